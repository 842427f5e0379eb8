"""Stands in for lance_namespace: tables found through a server, which lancedb only names here."""


def connect(*_arguments: object, **_options: object) -> object:
    """Refuse."""
    raise OSError("this program has no network")


def __getattr__(name: str) -> type:
    """A class of that name: lancedb wants one for each kind of request in its annotations."""
    if name.startswith("_"):
        raise AttributeError(name)
    made = type(name, (), {"__doc__": "The name of a type; nothing makes one."})
    globals()[name] = made
    return made
