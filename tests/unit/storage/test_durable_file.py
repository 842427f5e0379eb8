"""Files that are put in their place whole."""

from __future__ import annotations

import errno
import os

import pytest

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage import durable_file
from psylite_desktop.storage.durable_file import replace_file


@pytest.mark.parametrize("older", [None, b"older"])
def test_a_file_takes_its_place(tmp_path, older):
    path = tmp_path / "chart.svg"
    if older is not None:
        path.write_bytes(older)
    replace_file(path, b"newer")
    assert path.read_bytes() == b"newer"
    assert [one.name for one in tmp_path.iterdir()] == ["chart.svg"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "vault_disk_full"),
        (errno.EACCES, "vault_read_only"),
        (errno.EIO, "vault_io"),
    ],
)
def test_what_fails_leaves_the_older_one_and_no_half(tmp_path, monkeypatch, number, code):
    path = tmp_path / "chart.svg"
    path.write_bytes(b"older")

    def fail(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(durable_file.os, "fsync", fail)
    with pytest.raises(VaultError) as caught:
        replace_file(path, b"newer")
    assert caught.value.code == code
    assert path.read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir()] == ["chart.svg"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(VaultError):
        replace_file(tmp_path / "nowhere" / "chart.svg", b"newer")
