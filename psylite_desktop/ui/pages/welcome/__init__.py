"""The first minute: what this is, and a few choices."""
