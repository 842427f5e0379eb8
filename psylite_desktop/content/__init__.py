"""Reads and validates the content in assets/: prompts, guided replies, sentences, help lines."""
