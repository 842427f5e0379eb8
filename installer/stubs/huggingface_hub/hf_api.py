"""See the package."""


class RepoFile:
    """The name of a type; there are no such files."""
