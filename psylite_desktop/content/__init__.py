"""Reads and validates the content in assets/: prompts, guided replies, terminal sentences, help lines."""
