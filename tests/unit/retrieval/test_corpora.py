"""Shipped corpora: twins, lengths, tone, no near-duplicates; and reading broken ones."""

from __future__ import annotations

import re
import shutil
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.domain.errors import InputError
from psylite_desktop.retrieval.corpora import LANGS, Corpus, corpus_names, read_corpus

ASSETS = Path(__file__).parents[3] / "assets"
CORPORA = {name: read_corpus(ASSETS, name) for name in corpus_names(ASSETS)}
PRACTICE = "practice wisdom"
SLOGANS = ("加油", "想开点", "会好起来", "正能量", "stay strong", "cheer up", "everything happens")


def raw(corpus: str, lang: str) -> list[dict[str, Any]]:
    path = ASSETS / "corpora" / corpus / f"{lang}.toml"
    items: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["passage"]
    return items


TECHNIQUES = [(lang, item) for lang in LANGS for item in raw("techniques", lang)]
SCENES = [(lang, item) for lang in LANGS for item in raw("crosstalk", lang)]


def named(cases: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return [f"{lang}-{item['id']}" for lang, item in cases]


def grams(text: str) -> set[str]:
    letters = re.sub(r"\W+", "", text.lower())
    return {letters[i : i + 5] for i in range(len(letters) - 4)}


def test_both_corpora_are_there() -> None:
    assert set(CORPORA) >= {"crosstalk", "techniques"}
    assert len(raw("techniques", "zh")) >= 30
    assert len(raw("crosstalk", "zh")) >= 10
    assert len(raw("crosstalk", "en")) >= 5


def test_technique_twins_agree_on_everything_but_words() -> None:
    for zh, en in zip(raw("techniques", "zh"), raw("techniques", "en"), strict=True):
        for field in ("id", "badge", "source", "tags"):
            assert zh[field] == en[field], zh["id"]


def test_english_scenes_are_twins_of_chinese_ones() -> None:
    zh = {item["id"]: item for item in raw("crosstalk", "zh")}
    for item in raw("crosstalk", "en"):
        for field in ("mood", "taboo", "tags"):
            assert item[field] == zh[item["id"]][field], item["id"]


@pytest.mark.parametrize(("lang", "item"), TECHNIQUES, ids=named(TECHNIQUES))
def test_technique(lang: str, item: dict[str, Any]) -> None:
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
    assert 3 <= len(item["asks"]) <= 6


@pytest.mark.parametrize(("lang", "item"), SCENES, ids=named(SCENES))
def test_scene(lang: str, item: dict[str, Any]) -> None:
    lines = item["lines"]
    drive, ground = ("逗：", "捧：") if lang == "zh" else ("A: ", "B: ")
    assert 6 <= len(lines) <= 12
    assert [line.startswith(drive) for line in lines] == [n % 2 == 0 for n in range(len(lines))]
    assert [line.startswith(ground) for line in lines] == [n % 2 == 1 for n in range(len(lines))]
    assert max(map(len, lines)) <= (60 if lang == "zh" else 130)
    text = "".join(lines)
    assert not re.search("[!！]", text)
    # Nothing that could land on somebody in a dark hour.
    assert not re.search("死|杀|疯|傻|胖|丑|kill|dead|die|crazy|stupid|ugly", text.lower())


@pytest.mark.parametrize("name", sorted(CORPORA))
@pytest.mark.parametrize("lang", LANGS)
def test_no_two_passages_are_nearly_the_same(name: str, lang: str) -> None:
    sets = [(p.id, grams(p.text)) for p in CORPORA[name].passages if p.lang == lang]
    for (first, some), (second, others) in combinations(sets, 2):
        assert len(some & others) / len(some | others) <= 0.4, (first, second)


def test_a_passage_holds_when_and_how() -> None:
    item = raw("techniques", "zh")[0]
    passage = CORPORA["techniques"].passages[0]
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


@pytest.mark.parametrize("name", ["corpus.toml", "zh.toml", "en.toml"])
def test_digest_follows_every_file(copied: Path, name: str) -> None:
    before = CORPORA["techniques"].digest
    assert changed(copied, name, "#", "# a").digest != before


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
        changed(copied, "en.toml", old, new)
    assert caught.value.code == "content_invalid"
    assert caught.value.facts["file"] == "corpora/techniques/en.toml"
    assert caught.value.facts["reason"]


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "corpora" / "techniques" / "zh.toml").unlink()
    with pytest.raises(InputError):
        read_corpus(copied, "techniques")
