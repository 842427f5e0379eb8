"""The formats of files that are brought in, one module each."""
