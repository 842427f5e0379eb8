"""Choose, create or recover a profile, or start as a guest."""
