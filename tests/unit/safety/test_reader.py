from __future__ import annotations

import json
import random
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.linear import LANGS, DamagedModelError
from psylite_desktop.safety.pieces import pieces
from psylite_desktop.safety.reader import (
    BREAK,
    FORMAT,
    HEADER,
    LOUDEST,
    MAGIC,
    ONE,
    OUTPUTS,
    TAPS,
    WEIGHTS,
    Heard,
    Network,
    Reader,
    Token,
    network_of,
    packed,
    read_together,
    tokens_of,
    words_within,
)
from psylite_desktop.safety.word_classes import WordClasses
from tests.fakes.readers import NOTHING, SILENT, write_silent

WIDTH = 3
CLASSES = WordClasses(
    {
        "zh": {"dark": ["夜", "黑夜"]},
        "en": {"dark": ["night", "dead of night"]},
        "wide": {"zh": {"food": ["面"]}, "en": {"food": ["soup"]}},
    }
)


def parts_of(text: str, lang: str):
    return [one for one in pieces(text, lambda *_: (1,)) if one.lang == lang]


def test_a_text_is_read_sentence_by_sentence_with_the_classes_of_its_words() -> None:
    text = "Soup at dead of night. Yes"
    tokens, spans = tokens_of(text.lower(), parts_of(text.lower(), "en"), CLASSES)
    assert tokens == [
        ("soup", "", "#food"),
        ("at", "", ""),
        ("dead", "#dark", "#dark"),
        ("of", "#dark", "#dark"),
        ("night", "#dark", "#dark"),
        (BREAK, "", ""),
        ("yes", "", ""),
    ]
    assert spans == [(0, 5), (6, 7), (0, 7)], "both sentences, and the two together"


def test_of_a_group_the_sentences_are_read_that_it_holds() -> None:
    text = "soup. at night. yes. no."
    parts = parts_of(text, "en")
    assert any(one.sentences[0] != one.sentences[1] for one in parts), "groups are among them"
    whole = tokens_of(text, parts, CLASSES)[0]
    assert words_within(text, parts, (0, len(text)), CLASSES) == whole
    for one in parts:
        held = words_within(text, parts, (one.start, one.end), CLASSES)
        words = [word for word, _, _ in held if word != BREAK]
        assert words == text[one.start : one.end].replace(".", "").split()


def test_chinese_is_read_by_characters() -> None:
    tokens, spans = tokens_of("黑夜吃面", parts_of("黑夜吃面", "zh"), CLASSES)
    assert [word for word, _, _ in tokens] == list("黑夜吃面")
    assert [narrow for _, narrow, _ in tokens] == ["#dark", "#dark", "", ""]
    assert [wide for _, _, wide in tokens] == ["#dark", "#dark", "", "#food"]
    assert spans == [(0, 4)]


def test_a_piece_whose_sentences_were_left_out_holds_no_words() -> None:
    parts = parts_of("one. two.", "en")
    group = [one for one in parts if one.sentences[0] != one.sentences[1]]
    assert tokens_of("one. two.", group, CLASSES) == ([], [(0, 0)])


@given(st.lists(st.lists(st.integers(-128, 127), min_size=4, max_size=4), max_size=30))
def test_packed_numbers_add_up_each_by_itself(rows: list[list[int]]) -> None:
    total = sum((place * packed(row) for place, row in enumerate(rows)), packed([0] * 4))
    sums = [sum(place * row[lane] for place, row in enumerate(rows)) for lane in range(4)]
    assert total == packed(sums)


def made(seed: int, *, layers: int = 2) -> tuple[dict, bytes]:
    """A network of random weights: its part of a header, and its weights."""
    chance = random.Random(seed)
    words, classes = ["", BREAK, "a", "b"], ["#dark", "#food"]
    count = (len(words) + 2 * len(classes) + layers * len(TAPS) * WIDTH) * WIDTH
    said = {
        "width": WIDTH,
        "words": words,
        "classes": classes,
        "layers": [
            {"distance": place + 1, "share": 0.01, "constants": [chance.randint(-900, 900)] * WIDTH}
            for place in range(layers)
        ],
        "gains": [chance.uniform(-2, 2) for _ in range(WIDTH)],
        "shifts": [chance.uniform(-1, 1) for _ in range(WIDTH)],
        "said": [[chance.uniform(-1, 1) for _ in range(2 * WIDTH + 1)] for _ in range(OUTPUTS)],
    }
    return said, bytes(chance.randrange(256) for _ in range(count))


def plainly(said: dict, weights: bytes, tokens: list[Token]) -> np.ndarray:
    """What a network hears of each word [words, width], by a library."""
    table = np.frombuffer(weights, np.int8).reshape(-1, WIDTH).astype(np.int64)
    words, classes = said["words"], said["classes"]
    first = len(words)
    rows = np.zeros((len(tokens), WIDTH), np.int64)
    for at, (word, *marks) in enumerate(tokens):
        rows[at] += table[words.index(word) if word in words else 0]
        for place, name in enumerate(marks):
            if name in classes:
                rows[at] += table[first + place * len(classes) + classes.index(name)]
    kernels = table[first + 2 * len(classes) :].reshape(-1, len(TAPS), WIDTH, WIDTH)
    for layer, kernel in zip(said["layers"], kernels, strict=True):
        far = layer["distance"]
        padded = np.pad(rows, ((far, far), (0, 0)))
        beside = [padded[far + step * far :][: len(rows)] for step in TAPS]
        sums = sum(one @ tap for one, tap in zip(beside, kernel, strict=True)) + layer["constants"]
        more = np.floor(sums * layer["share"]).astype(np.int64)
        rows = np.where(sums > 0, np.minimum(LOUDEST, rows + more), rows)
    mean = rows.mean(1, keepdims=True)
    loud = 1 / np.sqrt(rows.var(1, keepdims=True) + 1e-5 * ONE * ONE)
    return (rows - mean) * loud * said["gains"] + said["shifts"]


TOKENS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "new", BREAK]),
        st.sampled_from(["", "#dark", "#gone"]),
        st.sampled_from(["", "#dark", "#food"]),
    ),
    min_size=1,
    max_size=12,
)


@given(TOKENS, st.integers(0, 9), st.integers(0, 2))
def test_what_is_heard_is_what_plain_sums_come_to(tokens, seed, layers) -> None:
    said, weights = made(seed, layers=layers)
    network = network_of(said, weights)
    (whole,) = network(tokens, [(0, len(tokens))])
    rows = plainly(said, weights, tokens)
    assert whole.count == len(tokens)
    assert list(whole.loudest) == pytest.approx(rows.max(0), rel=1e-4, abs=1e-4)
    assert list(whole.total) == pytest.approx(rows.sum(0), rel=1e-4, abs=1e-4)
    expected = np.array(said["said"]) @ [*rows.max(0), *rows.mean(0), 1.0]
    assert read_together([whole]) == pytest.approx(expected, rel=1e-4, abs=1e-4)


@given(TOKENS, st.integers(0, 12))
def test_parts_read_together_are_read_as_one(tokens, cut) -> None:
    network = network_of(*made(3))
    cut = min(cut, len(tokens))
    whole, first, other = network(tokens, [(0, len(tokens)), (0, cut), (cut, len(tokens))])
    assert read_together([first, other]) == pytest.approx(read_together([whole]), abs=1e-4)
    assert read_together([first, NOTHING, other]) == read_together([first, other])


def test_nothing_says_nothing() -> None:
    assert read_together([]) == read_together([NOTHING]) == (0.0,) * OUTPUTS
    assert Reader({"en": network_of(*made(1))}, CLASSES)("", []) == []


def write_reader(folder: Path, **changes) -> Path:
    parts = [made(seed) for seed in range(len(LANGS))]
    weights = MAGIC + b"".join(held for _, held in parts)
    languages = {lang: said | changes for lang, (said, _) in zip(LANGS, parts, strict=True)}
    header = {"format": FORMAT, "crc32": crc32(weights), "languages": languages}
    folder.mkdir(exist_ok=True)
    (folder / HEADER).write_text(json.dumps(header), "utf-8")
    (folder / WEIGHTS).write_bytes(weights)
    return folder


def test_both_languages_are_read_with_their_own_network(tmp_path) -> None:
    reader = Reader.load(write_reader(tmp_path / "risk"), CLASSES)
    for seed, (lang, text) in enumerate((("zh", "黑夜吃面"), ("en", "soup a b"))):
        parts = parts_of(text, lang)
        tokens, spans = tokens_of(text, parts, CLASSES)
        own = network_of(*made(seed))(tokens, spans)
        heard = reader(text, parts)
        assert [read_together([one]) for one in heard] == [read_together([one]) for one in own]


def test_a_silent_one_says_nothing(tmp_path) -> None:
    write_silent(tmp_path)
    (heard,) = Reader.load(tmp_path, CLASSES)("soup", parts_of("soup", "en"))
    assert isinstance(heard, Heard)
    assert isinstance(heard.network, Network)
    assert read_together([heard]) == (0.0,) * OUTPUTS


@pytest.mark.parametrize(
    "changes",
    [
        {"width": 0},
        {"width": 10**6},
        {"width": None},
        {"width": 4},
        {"words": ["", BREAK]},
        {"words": None},
        {"classes": []},
        {"layers": []},
        {"layers": [{"distance": 1, "share": 0.1, "constants": [0]}] * 2},
        {"layers": [{"distance": 0, "share": 0.1, "constants": [0] * WIDTH}] * 2},
        {"layers": [{"distance": 1, "share": 1e308, "constants": [0] * WIDTH}] * 2},
        {"layers": [{"distance": 1, "share": float("nan"), "constants": [0] * WIDTH}] * 2},
        {"layers": [{"distance": 1, "share": 0.1, "constants": [2**31] * WIDTH}] * 2},
        {"layers": [{"distance": 1, "share": 10**400, "constants": [0] * WIDTH}] * 2},
        {"gains": [1.0]},
        {"shifts": [1.0] * (WIDTH + 1)},
        {"gains": [float("inf")] * WIDTH},
        {"said": [[0.0] * (2 * WIDTH + 1)]},
        {"said": [[0.0]] * OUTPUTS},
        {"said": [["much"] * (2 * WIDTH + 1)] * OUTPUTS},
    ],
)
def test_what_does_not_fit_is_named(tmp_path, changes) -> None:
    with pytest.raises(DamagedModelError, match="reader"):
        Reader.load(write_reader(tmp_path / "risk", **changes), CLASSES)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"null", b"{}"])
def test_a_header_that_is_none(tmp_path, content) -> None:
    folder = write_reader(tmp_path / "risk")
    (folder / HEADER).write_bytes(content)
    with pytest.raises(DamagedModelError, match=r"reader\.json"):
        Reader.load(folder, CLASSES)


@pytest.mark.parametrize("change", [lambda said: said[:-1], lambda said: said + b"1", bytes.upper])
def test_weights_of_another_reader(tmp_path, change) -> None:
    folder = write_reader(tmp_path / "risk")
    (folder / WEIGHTS).write_bytes(change((folder / WEIGHTS).read_bytes()) + b"x")
    with pytest.raises(DamagedModelError, match=r"reader\.bin"):
        Reader.load(folder, CLASSES)


def test_weights_without_their_mark(tmp_path) -> None:
    write_silent(tmp_path)
    weights = b"NOTREAD1" + bytes(2 * len(LANGS))
    header = {"format": FORMAT, "crc32": crc32(weights), "languages": dict.fromkeys(LANGS, SILENT)}
    (tmp_path / HEADER).write_text(json.dumps(header), "utf-8")
    (tmp_path / WEIGHTS).write_bytes(weights)
    with pytest.raises(DamagedModelError, match="reader"):
        Reader.load(tmp_path, CLASSES)
