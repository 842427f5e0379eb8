"""`psylite forge mirror`: what it writes is what the Mirror reads."""

from __future__ import annotations

import gzip
import json
import lzma
import re
from pathlib import Path

import pytest

pytest.importorskip("numpy")

import numpy as np

from psylite_desktop.domain.mirror import Distortion, Theme
from psylite_desktop.forge.mirror import TEXTS, run_mirror
from psylite_desktop.forge.mirror_texts import MINED, read_cases, read_mined
from psylite_desktop.forge.mirror_vectors import WordVectors, write_words
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.services.mirror import MirrorService
from psylite_desktop.services.mirror_model import HEADS, MirrorModel
from psylite_desktop.services.mirror_words import load_words, words_in

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
EMBEDDER = ROOT / "model_store" / "embedder"


@pytest.mark.ci
def test_a_model_of_a_few_entries_is_read_back(tmp_path: Path) -> None:
    pytest.importorskip("scipy")
    texts = tmp_path / "texts"
    texts.mkdir()
    for lang in LANGS:
        lines = (TEXTS / f"{lang}_a.jsonl").read_text("utf-8").splitlines()[::8]
        (texts / f"{lang}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    figures = run_mirror(
        texts, None, [], ASSETS, EMBEDDER, tmp_path / "out", seed=1, progress=lambda _line: None
    )
    assert set(figures) == set(LANGS)
    model = MirrorModel.load(tmp_path / "out")
    assert all(set(model.thresholds[lang]) == set(HEADS) for lang in LANGS)
    header = json.loads((tmp_path / "out" / "mirror.json").read_text("utf-8"))
    assert header["figures"] == figures
    service = MirrorService(ASSETS, tmp_path / "out")
    [case, *_others] = read_cases(texts / "zh.jsonl")
    assert service.reflect(case.text) == service.reflect(case.text)


@pytest.mark.parametrize(("lang", "text"), [("zh", "今晚又失眠了,考试"), ("en", "my mum's exam")])
def test_a_word_adds_its_vector_along_the_direction(tmp_path: Path, lang: str, text: str) -> None:
    vectors = {lang: WordVectors.load(EMBEDDER, lang) for lang in LANGS}
    chance = np.random.default_rng(1)
    size = vectors["zh"].vectors.shape[1]
    directions = {lang: list(chance.normal(size=(3, size))) for lang in LANGS}
    write_words(tmp_path, ("a", "b", "c"), vectors, directions)
    table = load_words(tmp_path, ("a", "b", "c"))[lang]
    assert words_in(text, table.number)
    wanted = [float(vectors[lang].of(text) @ one) for one in directions[lang]]
    assert table.scores(text) == pytest.approx(wanted, abs=0.03 * float(np.abs(wanted).max()) + 0.1)


def test_every_labelled_entry_can_be_read() -> None:
    seen: set[str] = set()
    for path in sorted(TEXTS.glob("*.jsonl")):
        cases = read_cases(path)
        assert len(cases) > 100
        assert {case.lang for case in cases} == {path.name[:2]}
        texts = {case.text for case in cases}
        assert len(texts) == len(cases)
        assert not texts & seen
        seen |= texts


def test_no_judged_entry_is_learnt_from() -> None:
    learnt = {case.text for path in TEXTS.glob("*.jsonl") for case in read_cases(path)}
    folder = ROOT / "tests" / "data" / "journal"
    judged = sorted((*folder.glob("third_*.jsonl"), *folder.glob("fourth_*.jsonl")))
    assert len(judged) == 4
    for path in judged:
        assert not learnt & {case.text for case in read_cases(path)}


def test_labels_of_posts_have_their_form() -> None:
    """The posts themselves are not here: only places and labels are."""
    rows = [line.split("\t") for line in (TEXTS / MINED).read_text("utf-8").splitlines()]
    assert len({row[0] for row in rows}) == len(rows)
    for place, themes, tone, habits in rows:
        assert re.fullmatch(r"(smile|counselchat)-\d+#\d+(,\d+)*", place), place
        assert set(filter(None, themes.split(","))) <= set(Theme), place
        assert -2 <= int(tone) <= 2, place
        for habit in filter(None, habits.split(",")):
            kind, _, span = habit.partition("@")
            start, end = map(int, span.split("-"))
            assert kind in set(Distortion), place
            assert 0 <= start < end, place


def test_posts_are_found_by_their_place(tmp_path: Path) -> None:
    data, texts = tmp_path / "data", tmp_path / "texts"
    data.mkdir()
    texts.mkdir()
    said = ["我又没考好，大家肯定都觉得我笨。", "别急。", "昨天也没睡着。"]
    row = {"id": "smile-7", "messages": [{"role": "user", "content": text} for text in said]}
    with lzma.open(data / "smilechat.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    with gzip.open(data / "counselchat.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("")
    line = "smile-7#0,2\tstudy,sleep\t-1\tmind_reading@7-15\n"
    (texts / MINED).write_text(line, "utf-8")
    [case] = read_mined(data, texts)
    assert case.text == said[0] + said[2]
    assert case.themes == {Theme.STUDY, Theme.SLEEP}
    [label] = case.distortions
    assert case.text[label.start : label.end] == "家肯定都觉得我笨"
    (texts / MINED).write_text(line + "smile-8#0\tstudy\t0\t\n", "utf-8")
    with pytest.raises(ValueError, match="smile-8"):
        list(read_mined(data, texts))


def test_a_language_without_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zh.jsonl").write_text(
        json.dumps({"text": "雨。", "themes": [], "tone": 0}) + "\n", "utf-8"
    )
    with pytest.raises(ValueError, match="en"):
        run_mirror(
            tmp_path, None, [], ASSETS, EMBEDDER, tmp_path, seed=1, progress=lambda _line: None
        )
