"""What the app does: no Qt, no threads; values in, values and codes out."""
