"""Help now: the lines of a region, big and plain, without engine and before unlocking."""
