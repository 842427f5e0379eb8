"""See the package."""


class StringFtsQuery:
    """The name of a type; nothing makes one."""
