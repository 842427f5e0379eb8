"""PsyLite Desktop: an offline counseling companion."""
