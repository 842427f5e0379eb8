"""Measures what the parts are worth, on cases that nobody tuned them on."""
