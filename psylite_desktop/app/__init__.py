"""Composition root: the one place that knows every other package and puts them together."""
