"""Taking things out of the vault into a file of one's own."""
