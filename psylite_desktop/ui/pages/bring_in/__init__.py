"""Bringing a file into the vault."""
