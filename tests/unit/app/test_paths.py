"""Where a run keeps its data: at home, where it was told, or beside the program on a stick."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from psylite_desktop.app.paths import PORTABLE_FLAG, find_paths
from psylite_desktop.app.services import build_services
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.settings import PlainSettings
from psylite_desktop.storage.journal_mode import JournalMode


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundled program in a folder of its own."""
    program = tmp_path / "stick" / "PsyLite"
    program.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "psylite"))
    return program


def test_without_the_flag_the_data_stays_at_home(stick: Path) -> None:
    paths = find_paths()
    assert not paths.is_portable
    assert stick not in paths.data.parents


def test_the_flag_keeps_the_data_beside_the_program(stick: Path) -> None:
    (stick / PORTABLE_FLAG).touch()
    paths = find_paths()
    assert paths.is_portable
    assert paths.data == (stick / "PsyLiteData").resolve()
    assert paths.profiles.parent == paths.data


@pytest.mark.skipif(sys.platform == "win32", reason="no bundles there")
def test_on_a_mac_it_stands_beside_the_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "PsyLite.app" / "Contents" / "MacOS"
    inside.mkdir(parents=True)
    (tmp_path / PORTABLE_FLAG).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(sys, "executable", str(inside / "psylite"))
    assert find_paths().data == (tmp_path / "PsyLiteData").resolve()


def test_a_checkout_knows_no_flag_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / PORTABLE_FLAG).touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert not find_paths().is_portable


def test_a_chosen_folder_may_be_a_stick(tmp_path: Path) -> None:
    assert not find_paths(tmp_path).is_portable
    (tmp_path / PORTABLE_FLAG).touch()
    paths = find_paths(tmp_path)
    assert paths.is_portable
    assert paths.data == tmp_path.resolve()


def test_on_a_stick_there_is_no_keyring_and_no_log_beside_the_database(tmp_path: Path) -> None:
    (tmp_path / PORTABLE_FLAG).touch()
    services = build_services(find_paths(tmp_path))
    shelf = services.profiles
    assert not services.keys.has_keyring()
    assert shelf.journal is JournalMode.ROLLBACK
    new, vault = shelf.create("a long enough phrase")
    conversation = vault.conversations.start(1.0)
    vault.conversations.append(conversation, Message(role=Role.USER, text="kept"))
    assert not list((tmp_path / "profiles" / new.profile.folder).glob("*-wal"))
    vault.close()
    vault = shelf.unlock(new.profile, "a long enough phrase")
    assert len(vault.conversations.messages(conversation)) == 1
    vault.close()
    services.host.close()


def test_a_safe_start_has_no_engine_and_leaves_the_settings_alone(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"zoom": 200, "theme": "dark"}', "utf-8")
    services = build_services(find_paths(tmp_path, safe=True))
    assert services.plain.current == PlainSettings()
    services.plain.change(zoom=120)
    assert build_services(find_paths(tmp_path)).plain.current.zoom == 200
    for ask in (services.host.info, lambda: services.host.search("techniques", "x", lang="en")):
        with pytest.raises(EngineError, match="engine_unavailable"):
            ask()
    assert services.host.pid == 0
