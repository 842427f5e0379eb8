"""The journal: pages to oneself."""
