"""Self-rating scales: fill in, see what it says and what it does not, look back."""
