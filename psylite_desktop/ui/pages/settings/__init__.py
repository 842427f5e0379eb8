"""Settings, built from the fields of domain/settings.py."""
