"""Stands in for requests: fastembed imports it to download models, which never happens here."""


def get(*_arguments: object, **_options: object) -> object:
    """Refuse."""
    raise OSError("this program has no network")
