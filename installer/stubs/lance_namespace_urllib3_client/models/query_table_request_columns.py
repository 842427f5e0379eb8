"""See the package."""


class QueryTableRequestColumns:
    """The name of a type; nothing makes one."""
