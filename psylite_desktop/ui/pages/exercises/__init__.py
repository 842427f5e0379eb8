"""Guided exercises: choose one, go through it step by step, see what was written."""
