"""Words of an entry as the Mirror's models know them, and files that do not belong together."""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.linear import DamagedModelError
from psylite_desktop.services.mirror_words import TABLE, WORDS, load_words, words_in

KNOWN = frozenset({"考试", "考", "试卷", "室友", "mum", "mum's", "exam"})
HEADS = ("study", "tone")


def test_the_longest_chinese_word_counts_and_english_words_are_whole() -> None:
    assert words_in("考试卷子，室友", KNOWN) == ["考试", "室友"]
    assert words_in("考 试卷", KNOWN) == ["考", "试卷"]
    assert words_in("My MUM\u2019s exams, an exam", KNOWN) == ["mum's", "exam"]


@given(st.text())
def test_only_known_words_are_found_in_any_text(text: str) -> None:
    assert set(words_in(text, KNOWN)) <= KNOWN


def _written(folder: Path, body: bytes = b"\x02\xff\x04\x00", **changes: object) -> Path:
    languages = {
        "zh": {"words": ["考试"], "scales": [0.5, 1.0]},
        "en": {"words": ["exam"], "scales": [0.25, 1.0]},
    }
    header = {"crc32": crc32(body), "heads": list(HEADS), "languages": languages} | changes
    (folder / WORDS).write_text(json.dumps(header), "utf-8")
    (folder / TABLE).write_bytes(body)
    return folder


def test_what_words_add_is_their_bytes_over_the_root_of_their_number(tmp_path: Path) -> None:
    tables = load_words(_written(tmp_path), HEADS)
    assert tables["zh"].scores("考试") == [1.0, -1.0]
    assert tables["en"].scores("exam exam exam exam") == [2.0, 0.0]
    assert tables["en"].scores("nothing known") == [0.0, 0.0]


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        (b"\x02\xff\x04\x00", {"crc32": 1}),
        (b"\x02\xff\x04\x00\x00", {}),
        (b"\x02\xff\x04", {}),
        (b"\x02\xff\x04\x00", {"heads": ["tone", "study"]}),
        (b"\x02\xff\x04\x00", {"languages": {}}),
        (b"\x02\xff\x04\x00", {"languages": {"zh": [], "en": []}}),
    ],
)
def test_damaged_files_are_told(tmp_path: Path, body: bytes, changes: dict[str, object]) -> None:
    with pytest.raises(DamagedModelError):
        load_words(_written(tmp_path, body, **changes), HEADS)
