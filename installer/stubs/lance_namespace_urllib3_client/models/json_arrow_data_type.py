"""See the package."""


class JsonArrowDataType:
    """The name of a type; nothing makes one."""
