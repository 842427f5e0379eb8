"""Window, navigation and the registry of pages."""
