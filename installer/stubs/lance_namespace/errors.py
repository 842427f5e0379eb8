"""See the package. lancedb catches these; nothing raises them."""


def __getattr__(name: str) -> type:
    """An exception of that name, always the same one."""
    if name.startswith("_"):
        raise AttributeError(name)
    made = type(name, (RuntimeError,), {"__doc__": "Never raised."})
    globals()[name] = made
    return made
