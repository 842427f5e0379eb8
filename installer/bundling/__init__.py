"""Makes the bundle: everything in one folder, for a machine with nothing installed."""
