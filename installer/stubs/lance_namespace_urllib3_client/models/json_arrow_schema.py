"""See the package."""


class JsonArrowSchema:
    """The name of a type; nothing makes one."""
