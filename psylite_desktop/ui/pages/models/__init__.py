"""Models: what fits this machine, what was brought, tried, measured and taken away."""
