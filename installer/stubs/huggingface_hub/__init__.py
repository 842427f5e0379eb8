"""Stands in for huggingface_hub: fastembed imports it to download models, which never happens."""

from huggingface_hub import constants


def refuse(*_arguments: object, **_options: object) -> object:
    """Refuse."""
    raise OSError("this program has no network")


snapshot_download = model_info = list_repo_tree = refuse

__all__ = ["constants", "list_repo_tree", "model_info", "refuse", "snapshot_download"]
