"""Texts for the risk models: labelled utterances, mined turns, PsySUICIDE, ordinary talk."""

from __future__ import annotations

import hashlib
import json
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from psylite_desktop.domain.risk import Level
from psylite_desktop.forge.datasets import read_raw
from psylite_desktop.retrieval.corpora import corpus_names, read_corpus
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.rules import Rule
from psylite_desktop.safety.weighing import resting_on

ORDINARY_WEIGHT = 0.3
WRITTEN_WEIGHT = 2.0
# User turns drawn from each file of dialogues.
ORDINARY = {"smilechat.jsonl.xz": 4000, "cpsycound.jsonl.gz": 1500, "english_chat.jsonl.gz": 4000}
PLAYFUL = ("own", "more")
"""Talks of the humor model by the project's own hand; those by other hands only judge it."""
PLAYFUL_WEIGHT = 1.0
RULE_SOURCE = "rule"
"""Of the rules' own examples: what is said outright, in the words of those who collected it. With
these 2,500 sentences Chinese strangers at risk are noticed .888 instead of .878 (at 5 to 11 % of
alarms on hard harmless texts) and have a card .811 instead of .802, English .820 (.814) and .721
(.723)."""
PSYSUICIDE_SOURCE = "psysuicide"
"""Of a published file that only judges."""
CALM_WEIGHT = 1.0
"""Of messages that hold no risk although they might sound like it, written for just that."""
ASKED = "asks.tsv"
"""Labels of those asks (what people say in the situations of passages) that hold risk."""
ASKED_CORPUS = "techniques"
MINED = "mined.tsv"
MINED_FROM = "smilechat.jsonl.xz"
REQUESTS_SOURCE = "requests"
"""Of the files about what messages ask for: what rings there is no measure of alarms about risk
("how do I leave somebody who checks my phone" is nearly one)."""
FOOLING_SOURCE = "fooling"
"""Of the files whose authors tried every message on an earlier model and went on with what fooled
it: much is learnt from them, but what the present model makes of them is no measure of people."""
SMALLTALK_SOURCE = "smalltalk"
"""Of the files of greetings, fillers, questions about the program and how-to questions: short texts
of which nearly nothing else here holds any."""
JOURNAL_SOURCE = "journal"
"""Of honest journal entries in parts: they set no threshold, being by ten authors a language; that
long texts stay silent is `stacking.LONGER`'s care."""
JOURNALS = "journals"
PHRASES = "phrases"
"""Of the files in which each line says what it says in another wording."""
OF_THEIR_OWN = (REQUESTS_SOURCE, FOOLING_SOURCE, SMALLTALK_SOURCE)
"""Sources that the name of a file tells."""
UNASKED = (FOOLING_SOURCE, PHRASES)
"""Of the files that were labelled for risk: nobody judged what else their lines ask for."""
FOLDS = 5
UNSEEN_FOLD = 4
"""Rule writers never saw the lines of these authors: thresholds and figures come from them."""
_NONE = "与自杀/自伤/攻击行为无关"
_INJURY = {"自伤行为", "自伤意图"}
_ACT = {"自杀未遂", "自杀准备行为", "自杀计划"}
_NEAR = re.compile("今晚|明天|今天|现在|刚刚?|这次|准备|已经|遗书|刀|药|绳|楼|跳|炭|瓶")


@dataclass(frozen=True, slots=True)
class Example:
    """One text as the models learn it; `trained` is False for what only judges.

    `kind`, `who` and `request` are "" where nobody said. `rules` is the level that the rules give
    it, `hinted` that a rule or hint of risk is among what they found, `soft` that nothing but hints
    raises it, `rests` by which names that is doubted (see `weighing.resting_on`), `cleared` that
    they heard a denial. `group` is the author. An example of an outright rule rests on all strong
    rules that ring in it: where they ring without it, among other things, none shall be doubted.
    """

    plain: str
    lang: str
    level: int
    kind: str
    source: str
    group: str
    who: str = ""
    request: str = ""
    weight: float = 1.0
    trained: bool = True
    rules: int = 0
    hinted: bool = False
    soft: bool = False
    rests: tuple[str, ...] = ()
    cleared: bool = False
    id: str = ""

    @property
    def fold(self) -> int:
        """The fold of its author, 0 to `FOLDS` - 1."""
        return fold_of(self.group)


def fold_of(author: str) -> int:
    """The fold of an author, 0 to `FOLDS` - 1."""
    return crc32(f"s{author}".encode()) % FOLDS


def language(text: str) -> str:
    """The language of a text: Chinese as soon as a third of its letters are."""
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    letters = sum(char.isascii() and char.isalpha() for char in text)
    return "zh" if han * 3 >= letters else "en"


def read_examples(data_dir: Path, texts_dir: Path, assets_dir: Path, *, seed: int) -> list[Example]:
    """Read everything there is, assessed by the rules; raises OSError and ValueError."""
    assessor = Assessor.load(assets_dir)
    rules = {rule.id: rule for one in assessor.rule_sets for rule in one.rules}
    mined = dict(read_mined(data_dir, texts_dir))
    examples = [
        _assessed(assessor, rules, text, fields)
        for source in (
            _written(texts_dir),
            _self_checks(assets_dir.parent / "tests" / "unit" / "safety"),
            _psysuicide(data_dir / "psysuicide_valid.json"),
            mined.values(),
            _playful(texts_dir.parent / "humor"),
            _calm(texts_dir.parent / "calm"),
            _asked(assets_dir, texts_dir),
        )
        for text, fields in source
    ]
    examples += _rule_examples(assessor, rules)
    labelled = {text for text, _ in mined.values()}
    for name, count in ORDINARY.items():
        found = (
            _assessed(assessor, rules, text, fields)
            for text, fields in _ordinary(data_dir / name, count, seed)
            if text not in labelled
        )
        examples += [one for one in found if one.rules == Level.NONE]
    return [one for one in examples if one.plain.strip()]


def _assessed(
    assessor: Assessor, rules: Mapping[str, Rule], text: str, fields: dict[str, Any]
) -> Example:
    found = assessor.assess(text)
    _, plain, signs = next(assessor.scan(text))  # no text here is longer than one window
    least = min(found.level, Level.CRISIS)
    heard = [rules[one.rule] for one in found.reasons if one.level >= least]
    return Example(
        plain.text,
        language(plain.text),
        rules=int(found.level),
        hinted=any(rules[sign.name].level for sign in signs),
        soft=bool(heard) and not any(rules[one.rule].strong for one in found.reasons),
        rests=resting_on(heard),
        cleared=found.cleared,
        **fields,
    )


def _rule_examples(assessor: Assessor, rules: Mapping[str, Rule]) -> Iterator[Example]:
    """What each strong rule was made for, at the level that the rules give it."""
    for rule in rules.values():
        if not rule.strong:
            continue
        # What asks for something may name a danger as well: whose, the rule does not say.
        fields = {"level": 0, "kind": str(rule.kind) if rule.level else "", "source": RULE_SOURCE}
        for text in rule.examples:
            one = _assessed(assessor, rules, text, fields | {"group": f"rule-{rule.id}"})
            rang = dict.fromkeys(found.rule for found in assessor.assess(text).reasons)
            if one.rules:
                beside = tuple(name for name in rang if rules[name].strong)
                yield replace(one, level=one.rules, rests=one.rests or beside)


def _written(texts_dir: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(texts_dir.glob("*.jsonl")):
        apart = (one for one in OF_THEIR_OWN if one in path.stem)
        source = next(apart, "written")
        unasked = any(one in path.stem for one in UNASKED)
        for line in path.read_text("utf-8").splitlines():
            said = json.loads(line)
            fields = {"level": int(said["level"]), "source": source, "group": said["author"]}
            fields |= {name: said[name] for name in ("id", "kind", "who")}
            fields["request"] = "" if unasked else said["request"]
            yield said["text"], fields | {"weight": WRITTEN_WEIGHT}


def learnt_utterances(texts_dir: Path) -> list[str]:
    """The utterances of all authors but the unseen ones; raises OSError."""
    written = _written(texts_dir)
    return [text for text, fields in written if fold_of(fields["group"]) != UNSEEN_FOLD]


def _playful(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Messages of talks after which something light is welcome: nothing in them is risk."""
    for path in sorted(folder.glob("*.jsonl")):
        if path.stem.rpartition("_")[0] not in PLAYFUL:
            continue
        for line in path.read_text("utf-8").splitlines():
            talk = json.loads(line)
            if not talk["humor_ok"]:
                continue
            for message in talk["messages"]:
                if message["role"] == "user":
                    yield message["content"], _harmless("playful", talk["id"], PLAYFUL_WEIGHT)


def _calm(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Farewells, everyday trouble, small things and honest journals in which nothing is risk."""
    for path in sorted(folder.glob("*.jsonl")):
        source = JOURNAL_SOURCE if JOURNALS in path.stem else "calm"
        for line in path.read_text("utf-8").splitlines():
            said = json.loads(line)
            yield said["text"], _harmless(source, said["author"], CALM_WEIGHT)


def _asked(assets_dir: Path, texts_dir: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everyday trouble as people tell it: what passages are searched by, read for risk here.

    Whatever rules or models rang for, and all of the passages about grave things, was labelled;
    the others are presumed harmless, and to ask for nothing that is declined.
    """
    if ASKED_CORPUS not in corpus_names(assets_dir):
        return
    labels = {}
    path = texts_dir / ASKED
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            mark, level, kind, who, _ = line.split("\t")
            labels[mark] = {"level": int(level), "kind": kind, "who": who}
    corpus = read_corpus(assets_dir, ASKED_CORPUS)
    for passage, asks in zip(corpus.passages, corpus.asks, strict=True):
        for text in asks:
            fields = _harmless("asked", f"ask-{passage.id}", CALM_WEIGHT)
            yield text, fields | labels.get(ask_mark(text), {})


def ask_mark(text: str) -> str:
    """What an ask is called in `ASKED`."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _harmless(source: str, group: str, weight: float) -> dict[str, Any]:
    told = {"kind": "none", "request": "none", "source": source, "group": group}
    return {"level": 0, "weight": weight, **told}


def read_mined(data_dir: Path, texts_dir: Path) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Turns of published dialogues that were labelled here: kept as `dialogue#turn` and labels.

    Yields the id with text and fields. Raises OSError, and ValueError for a turn that is not there.
    """
    path = texts_dir / MINED
    if not path.exists():
        return
    wanted: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        place, *labels = line.split("\t")
        wanted[place] = labels
    names = {place.partition("#")[0] for place in wanted}
    found = 0
    for raw in read_raw(data_dir / MINED_FROM):
        if raw["id"] not in names:
            continue
        for turn, message in enumerate(raw["messages"]):
            place = f"{raw['id']}#{turn}"
            if place in wanted:
                found += 1
                level, kind, who = wanted[place]
                fields = {"level": int(level), "kind": kind, "who": who, "source": "mined"}
                yield place, (message["content"], fields | {"group": raw["id"]})
    if found != len(wanted):
        raise ValueError(f"{MINED}: {len(wanted) - found} turns are not in {MINED_FROM}")


def _self_checks(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rule writers' own cases: they name the least level and no kind."""
    for path in sorted(folder.glob("self_check_*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            for text in case["texts"]:
                fields = {"level": int(case["level"]), "kind": "", "source": "self_check"}
                yield text, fields | {"group": f"self-{crc32(text.encode()) % 10}"}


def _psysuicide(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in json.loads(path.read_text("utf-8")):
        labels = set(one["labels"])
        level, trained = _fine_level(labels, one["text"])
        kind = "none" if level == 0 else "self_harm" if labels <= _INJURY else "suicide"
        yield (
            one["text"],
            {
                "level": level,
                "kind": kind,
                "source": PSYSUICIDE_SOURCE,
                "group": f"psy-{one['idx'] % 10}",
                "trained": trained,
            },
        )


def _fine_level(labels: set[str], text: str) -> tuple[int, bool]:
    """Our level for PsySUICIDE's fine labels, and whether it is clear enough to learn from."""
    if labels == {_NONE}:
        return 0, True
    if labels & _ACT:
        return (3 if _NEAR.search(text) else 2), True
    if labels & ({"主动自杀意图"} | _INJURY):
        return 2, True
    if "被动自杀意图" in labels:
        return 1, True
    return 1, False  # exploration and aggression: ambiguous, they only judge


def _ordinary(path: Path, count: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """User turns of a dialogue file, one a dialogue at first, drawn by the seed."""
    turns: list[tuple[str, str]] = []
    for raw in read_raw(path):
        said = [one["content"] for one in raw["messages"] if one["role"] == "user"]
        turns += [(raw["id"], text) for text in said if 4 <= len(text) <= 400]
    drawn = random.Random(seed).sample(turns, min(count, len(turns)))
    for group, text in drawn:
        yield text, _harmless("ordinary", group, ORDINARY_WEIGHT)
