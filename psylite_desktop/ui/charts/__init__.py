"""Charts: each one a card with a picture, a sentence that says the same, and a table."""
