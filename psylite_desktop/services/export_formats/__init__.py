"""The formats of exported files, one module each."""
