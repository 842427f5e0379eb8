"""Where threads meet Qt: the engine thread, its events as signals, jobs of the vault."""
