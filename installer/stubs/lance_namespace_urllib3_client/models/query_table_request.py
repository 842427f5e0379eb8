"""See the package."""


class QueryTableRequest:
    """The name of a type; nothing makes one."""
