"""The steps of an installation, one module each; `prepare` runs them in order."""
