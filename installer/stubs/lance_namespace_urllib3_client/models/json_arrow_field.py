"""See the package."""


class JsonArrowField:
    """The name of a type; nothing makes one."""
