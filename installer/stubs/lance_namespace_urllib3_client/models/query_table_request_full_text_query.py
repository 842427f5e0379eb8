"""See the package."""


class QueryTableRequestFullTextQuery:
    """The name of a type; nothing makes one."""
