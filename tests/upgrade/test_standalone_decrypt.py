"""The stand-alone tool opens every vault and file that was ever released, without the app."""

from __future__ import annotations

import ast
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from psylite_desktop.domain.backup import Progress
from psylite_desktop.storage import standalone_decrypt
from psylite_desktop.storage.rescue import RescueShelf
from tests.upgrade.make_psyvault import OWN
from tests.upgrade.make_vault import PASSPHRASE

HERE = Path(__file__).parent
SCHEMAS = sorted(HERE.glob("schema_*"))
FILES = sorted(HERE.glob("psyvault_*/*.psyvault"))
TOOL = Path(standalone_decrypt.__file__)


def _run(tmp_path: Path, what: Path, secret: str, *, out: bool = True):
    (tmp_path / "secret").write_text(secret + "\n", encoding="utf-8")
    tool = shutil.copy(TOOL, tmp_path)
    arguments = [str(what), "--passphrase-file", "secret", *(("--out", "plain.db") if out else ())]
    return subprocess.run(
        [sys.executable, "-I", tool, *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def _texts(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [row[0] for row in connection.execute("SELECT text FROM messages ORDER BY id")]
    finally:
        connection.close()


def _others(path: Path) -> list[int]:
    """Which messages are not shown; schemas before 9 knew none."""
    connection = sqlite3.connect(path)
    try:
        if not connection.execute("PRAGMA table_info(other_versions)").fetchall():
            return []
        return [row[0] for row in connection.execute("SELECT message_id FROM other_versions")]
    finally:
        connection.close()


def test_it_needs_nothing_of_the_app() -> None:
    tree = ast.parse(TOOL.read_text(encoding="utf-8"))
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert modules - sys.stdlib_module_names == {"cryptography", "sqlcipher3"}


@pytest.mark.parametrize("secret", ["passphrase", "recovery_code"])
@pytest.mark.parametrize("folder", SCHEMAS, ids=lambda folder: folder.name)
def test_every_schema(tmp_path: Path, folder: Path, secret: str) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = _run(tmp_path, folder, expected[secret])
    assert (done.returncode, done.stderr) == (0, "")
    wanted = [row["text"] for talk in expected["contents"]["messages"] for row in talk]
    assert len(wanted) == 5
    others = [row for talk in expected["contents"].get("other_versions", []) for row in talk]
    wanted += [row["message"]["text"] for row in others]
    assert f"{len(wanted)} messages\n" in done.stdout
    assert sorted(_texts(tmp_path / "plain.db")) == sorted(wanted)
    assert len(_others(tmp_path / "plain.db")) == len(others)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_psyvault_file(tmp_path: Path, path: Path) -> None:
    code = (path.parent / "recovery_code.txt").read_text(encoding="ascii").strip()
    secrets = [OWN] if path.stem == "own" else [PASSPHRASE, code.replace("-", " ").lower()]
    for number, secret in enumerate(secrets):
        place = tmp_path / str(number)
        place.mkdir()
        done = _run(place, path, secret)
        assert (done.returncode, done.stderr) == (0, "")
        assert len(_texts(place / "plain.db")) == 5
    refused = _run(tmp_path, path, "not the phrase of it")
    assert refused.returncode == 1
    assert "does not fit" in refused.stderr
    assert not (tmp_path / "plain.db").exists()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_app_opens_every_psyvault_file(tmp_path: Path, path: Path) -> None:
    shelf = RescueShelf(tmp_path)
    secret = OWN if path.stem == "own" else PASSPHRASE
    profile = shelf.import_file(path, secret, Progress())
    vault = shelf.unlock(profile, secret)
    assert len(vault.conversations.search("焦虑")) == 1
    vault.close()


def test_without_out_nothing_is_written(tmp_path: Path) -> None:
    done = _run(tmp_path, FILES[0], OWN if FILES[0].stem == "own" else PASSPHRASE, out=False)
    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret", TOOL.name]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    content = bytearray(FILES[0].read_bytes())
    secret = OWN if FILES[0].stem == "own" else PASSPHRASE
    for place, said in ((-40, "damaged"), (60, "damaged"), (3, "not a .psyvault")):
        spoilt = bytearray(content)
        spoilt[place] ^= 1
        path = tmp_path / "x.psyvault"
        path.write_bytes(spoilt)
        done = _run(tmp_path, path, secret)
        assert done.returncode == 1
        assert said in done.stderr
    path.write_bytes(content[:-1])
    assert "cut off" in _run(tmp_path, path, secret).stderr


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "plain.db").write_text("mine", encoding="utf-8")
    done = _run(tmp_path, FILES[0], PASSPHRASE)
    assert done.returncode == 1
    assert (tmp_path / "plain.db").read_text(encoding="utf-8") == "mine"
