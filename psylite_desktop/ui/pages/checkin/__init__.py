"""Check in: how you are, in ten seconds."""
