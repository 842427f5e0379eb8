"""Suggestions: the card, what was turned off, and where an item leads."""
