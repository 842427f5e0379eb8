"""Shipped corpora: twins, lengths, tone, no near-duplicates; and reading broken ones."""

from __future__ import annotations

import re
import shutil
import tomllib
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.content.guided import GuidedReplies
from psylite_desktop.content.humor import HumorWords
from psylite_desktop.domain.errors import InputError
from psylite_desktop.retrieval.corpora import LANGS, Corpus, corpus_names, read_corpus
from tests.fakes.rows import failed

ASSETS = Path(__file__).parents[3] / "assets"
CORPORA = {name: read_corpus(ASSETS, name) for name in corpus_names(ASSETS)}
PRACTICE = "practice wisdom"
SLOGANS = ("加油", "想开点", "会好起来", "正能量", "stay strong", "cheer up", "everything happens")


def raw(corpus: str, lang: str) -> list[dict[str, Any]]:
    """All items of a corpus by their files, sorted by id: twins need not stand in one order."""
    folder = ASSETS / "corpora" / corpus / lang
    items: list[dict[str, Any]] = []
    for path in folder.glob("*.toml"):
        items += tomllib.loads(path.read_text(encoding="utf-8"))["passage"]
    return sorted(items, key=lambda item: str(item["id"]))


TECHNIQUES = [(lang, item) for lang in LANGS for item in raw("techniques", lang)]
ARTICLES = [(lang, item) for lang in LANGS for item in raw("articles", lang)]
SCENES = [(lang, item) for lang in LANGS for item in raw("crosstalk", lang)]


def grams(text: str) -> set[str]:
    letters = re.sub(r"\W+", "", text.lower())
    return {letters[i : i + 5] for i in range(len(letters) - 4)}


def test_the_corpora_are_there() -> None:
    assert set(CORPORA) >= {"articles", "crosstalk", "techniques"}
    assert len(raw("techniques", "zh")) >= 120
    assert len(raw("articles", "zh")) >= 40
    assert len(raw("crosstalk", "zh")) >= 80
    assert len(raw("crosstalk", "en")) >= 40


@pytest.mark.parametrize("corpus", ["techniques", "articles"])
def test_twins_agree_on_everything_but_words(corpus: str) -> None:
    for zh, en in zip(raw(corpus, "zh"), raw(corpus, "en"), strict=True):
        for field in ("id", "badge", "source", "tags"):
            assert zh[field] == en[field], zh["id"]


@pytest.mark.parametrize("name", sorted(CORPORA))
def test_every_passage_has_words_that_people_may_say(name: str) -> None:
    """No two passages claim the same words."""
    corpus = CORPORA[name]
    fewest = {"techniques": 12, "articles": 8, "crosstalk": 3, "moments": 20}[name]
    for passage, asks in zip(corpus.passages, corpus.asks, strict=True):
        assert len(asks) >= fewest, (passage.lang, passage.id)
    everything = [ask.lower() for asks in corpus.asks for ask in asks]
    assert len(everything) == len(set(everything))


def test_no_scene_carries_an_unknown_mark() -> None:
    for lang in LANGS:
        known = HumorWords.load(ASSETS).marks(lang)
        for item in raw("crosstalk", lang):
            assert set(item["taboo"]) <= known, item["id"]


def test_articles_lean_on_situations_that_are_recognised() -> None:
    known = set(GuidedReplies.load(ASSETS).tags("zh"))
    for item in raw("articles", "zh"):
        assert set(item["tags"]) & known, item["id"]


def check_article(lang: str, item: dict[str, Any]) -> None:
    body = "".join(item["body"])
    length = len(body) if lang == "zh" else len(body.split())
    assert (150 <= length <= 500) if lang == "zh" else (110 <= length <= 330)
    assert (item["badge"] == "D") or (item["source"] != PRACTICE)
    everything = " ".join(str(value) for value in item.values())
    assert not re.search("[!！]", everything)
    assert not any(word in everything for word in SLOGANS)


def check_technique(lang: str, item: dict[str, Any]) -> None:
    if lang == "zh":
        assert len(item["say"]) <= 60
    else:
        assert len(item["say"].split()) <= 25
    assert len(re.findall("[?？]", item["say"])) <= 1
    assert (item["badge"] == "D") or (item["source"] != PRACTICE)
    everything = " ".join(str(value) for value in item.values())
    assert not re.search("[!！]", everything)
    assert not any(word in everything for word in SLOGANS if word not in item["how"])
    assert "您" not in everything


def check_scene(lang: str, item: dict[str, Any]) -> None:
    lines = item["lines"]
    drive, ground = ("逗：", "捧：") if lang == "zh" else ("A: ", "B: ")
    assert 6 <= len(lines) <= 12
    drives = [line.startswith(drive) for line in lines]
    assert [line.startswith(ground) for line in lines] == [not it for it in drives]
    assert all(one is not other for one, other in pairwise(drives))  # either of them may begin
    assert max(map(len, lines)) <= (60 if lang == "zh" else 130)
    text = "".join(lines)
    assert not re.search("[!！]", text)
    # Nothing that could land on somebody in a dark hour.
    assert not re.search("死|杀|疯|傻|胖|丑|kill|dead|die|crazy|stupid|ugly", text.lower())


CHECKS = {
    "articles": (ARTICLES, check_article),
    "techniques": (TECHNIQUES, check_technique),
    "crosstalk": (SCENES, check_scene),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("corpus", CHECKS)
def test_every_passage_is_in_form(corpus: str, lang: str) -> None:
    cases, check = CHECKS[corpus]
    items = [item for of, item in cases if of == lang]
    assert items
    assert failed(items, lambda item: check(lang, item), name=lambda item: str(item["id"])) == []


@pytest.mark.parametrize("name", sorted(CORPORA))
@pytest.mark.parametrize("lang", LANGS)
def test_no_two_passages_are_nearly_the_same(name: str, lang: str) -> None:
    sets = [(p.id, grams(p.text)) for p in CORPORA[name].passages if p.lang == lang]
    for (first, some), (second, others) in combinations(sets, 2):
        assert len(some & others) / len(some | others) <= 0.4, (first, second)


def test_a_passage_holds_when_and_how() -> None:
    passage = CORPORA["techniques"].passages[0]
    item = next(item for item in raw("techniques", "zh") if item["id"] == passage.id)
    assert passage.text == item["when"] + item["how"]
    assert passage.say == item["say"]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(ASSETS / "corpora", tmp_path / "corpora")
    return tmp_path


def changed(assets: Path, name: str, old: str, new: str) -> Corpus:
    path = assets / "corpora" / "techniques" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_corpus(assets, "techniques")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("corpus.toml", "\n", "\n\n"),
        ("zh/everyday.toml", "\n", "\n\n"),
        ("en/people.toml", "\n", "\n\n"),
        ("en/asks.tsv", "\t", "\tWell, "),
    ],
)
def test_digest_follows_every_file(copied: Path, name: str, old: str, new: str) -> None:
    before = CORPORA["techniques"].digest
    assert changed(copied, name, old, new).digest != before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("\t", " ", "expected an id, a tab and words"),
        ("exam-nerves\t", "exam-nerve\t", "no passage 'exam-nerve'"),
    ],
)
def test_a_broken_line_of_asks_is_named(copied: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        changed(copied, "en/asks.tsv", old, new)
    assert caught.value.facts == {
        "file": "corpora/techniques/en/asks.tsv",
        "where": "line 1",
        "reason": reason,
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('badge = "B"', 'badge = "Z"'),
        ('id = "job-pressure"', 'id = "exam-nerves"'),
        ('title = "', "title = 3 # "),
        ("[[passage]]", "[[passages]]"),
        ("say =", "saying ="),
    ],
)
def test_a_broken_file_is_named(copied: Path, old: str, new: str) -> None:
    with pytest.raises(InputError) as caught:
        changed(copied, "en/everyday.toml", old, new)
    assert caught.value.code == "content_invalid"
    assert str(caught.value.facts["file"]).startswith("corpora/techniques/en")
    assert caught.value.facts["reason"]


def test_a_missing_file_is_named(copied: Path) -> None:
    shutil.rmtree(copied / "corpora" / "techniques" / "zh")
    with pytest.raises(InputError):
        read_corpus(copied, "techniques")
