"""Backups: see them, make one, carry one away, look into one before it comes back."""
