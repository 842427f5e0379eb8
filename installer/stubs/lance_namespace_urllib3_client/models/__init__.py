"""Stands in for the client of a table server, which lancedb imports and we never ask for."""
