"""How the app listens for danger, how often it is wrong, and what was said about that."""
