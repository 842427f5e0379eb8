"""Earlier conversations: find, open, rename, delete."""
