"""How replies did: means of the marks that the person gave."""
