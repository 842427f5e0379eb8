"""sqlcipher3: one native module, linked against nothing of the system."""

hiddenimports = ["sqlcipher3._sqlite3", "sqlcipher3.dbapi2"]
