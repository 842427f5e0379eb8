"""Damaged rules are told as other damaged content is: with a code, not as an error of Python."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import InputError
from psylite_desktop.safety.assess import Assessor

ROOT = Path(__file__).parents[3]


@pytest.fixture
def safety(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "assets" / "safety", tmp_path / "safety")


@pytest.mark.parametrize("name", ["zh.toml", "en.toml", "normalise.toml"])
@pytest.mark.parametrize("content", [None, b"", b"lang = [", b"\xff\xfe", b"lang = 1\nfold = 2\n"])
def test_a_damaged_file_has_a_code(safety: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (safety / name).unlink()
    else:
        (safety / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        Assessor.load(safety.parent)
    assert caught.value.code == "content_invalid"
    assert set(caught.value.facts) == {"file", "where", "reason"}


@pytest.mark.parametrize("pattern", ["(((", "{no_such_slot}"])
def test_a_damaged_pattern_has_a_code(safety: Path, pattern: str) -> None:
    rule = ["[[rule]]", 'id = "x"', 'family = "x"', "level = 3", f'patterns = ["{pattern}"]']
    (safety / "en" / "zz.toml").write_text("\n".join(rule), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Assessor.load(safety.parent).warm()
    assert caught.value.code == "content_invalid"
