"""See the package."""


class QueryTableRequestVector:
    """The name of a type; nothing makes one."""
