"""Stands in for Pillow: fastembed names its image class and never meets one here."""
