"""The vault: everything personal, in one encrypted file a profile."""
