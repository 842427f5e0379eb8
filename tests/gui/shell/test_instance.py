"""A second start brings the first window forward and goes."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from psylite_desktop.app.instance import SingleInstance


def test_the_second_calls_the_first_and_leaves_the_folder(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    for _ in range(3):
        with qtbot.waitSignal(first.called, timeout=10_000):
            assert not second.claim()
    first.release()
    assert second.claim()
    second.release()
    assert [path.name for path in tmp_path.iterdir()] == ["window.lock"]


def test_another_folder_has_its_own_window(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert one.claim()
    assert other.claim()
    one.release()
    other.release()
