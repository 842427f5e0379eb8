from __future__ import annotations

import importlib.util
import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psylite_desktop.domain.risk import Level, Request
from psylite_desktop.forge.linear_fit import Linear, Row, Say, Table, quantised
from psylite_desktop.forge.risk import write_model
from psylite_desktop.forge.risk_figures import (
    ALERT_HEADS,
    REQUESTS_LET,
    calibrated,
    doubted,
    f1,
    joined,
    let_through,
    level_of,
    request_thresholds,
    requests_heard,
)
from psylite_desktop.forge.risk_fit import RISK_BITS, Vocabulary, packed
from psylite_desktop.forge.risk_reader import ReaderMade
from psylite_desktop.forge.risk_texts import Example, _fine_level, language
from psylite_desktop.forge.risk_trust import Judged, sparing_examples, trust_of
from psylite_desktop.safety.classifier import (
    ASKED,
    HEADS,
    KINDS,
    LEVEL_HEADS,
    RiskClassifier,
)
from psylite_desktop.safety.known import Known, written
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.normalise import Plain
from psylite_desktop.safety.pieces import Piece
from psylite_desktop.safety.risk_features import RiskFeatures
from psylite_desktop.safety.stacking import Stack
from psylite_desktop.safety.weighing import MOST_ALONE, SEVERAL
from psylite_desktop.safety.word_classes import WordClasses
from tests.fakes.readers import SILENT, SILENT_WEIGHTS
from tests.fakes.stacks import loudest

BITS = 8


def example(level: int, **more) -> Example:
    return Example("x", "en", level, "none", more.pop("source", "written"), "a", **more)


def test_quantised_weights_come_back_within_half_a_step():
    weights = np.random.default_rng(1).normal(size=4096)
    plane, scale = quantised(weights)
    back = np.frombuffer(plane, np.int8) * scale
    assert len(plane) == 4096
    assert np.abs(back - weights).max() <= scale / 2 + 1e-9


def test_a_weight_far_larger_than_the_others_is_kept():
    weights = np.full(4096, 0.01)
    weights[7] = 5.0
    plane, scale = quantised(weights)
    assert np.frombuffer(plane, np.int8)[7] * scale == pytest.approx(5.0)


def test_what_forge_writes_the_app_reads(tmp_path):
    text = "so tired"
    classes = tmp_path / "source.json"
    words = {"zh": {}, "en": {"weary": ["tired"]}, "wide": {"zh": {}, "en": {}}}
    classes.write_text(json.dumps(words), "utf-8")
    features = RiskFeatures(BITS, WordClasses.load(classes))
    learnt = sorted({*features(text, "en"), *features("a calm day", "en")})
    weights = np.isin(learnt, list(features(text, "en"))) * 3.0
    asked = dict.fromkeys(ASKED, 99.0) | {"watch": 1.0, "crisis": 1.0}
    heads = {name: Linear(weights, -5.0) for name in HEADS}
    stacks = {name: Stack.read(said) for name, said in loudest().items()}
    one = {"heads": heads, "thresholds": asked, "stacks": stacks, "known": learnt}
    one["trust"] = {Level.WATCH: {}, Level.CRISIS: {}}
    one["reader"] = ReaderMade(SILENT, SILENT_WEIGHTS)
    made = dict.fromkeys(LANGS, one)
    write_model(tmp_path, made, classes, {"seed": 1}, bits=BITS)
    model = RiskClassifier.load(tmp_path)
    plain = Plain(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    verdict = model.hear(plain).opinion
    assert (verdict.level, verdict.start, verdict.end) == (2, 0, len(text))
    (piece,) = model.pieces(plain)
    (stretch,) = model.stretches(text, [piece])
    head = heads["watch"]
    assert stretch.said == pytest.approx([head.score(piece.buckets)] * 3)
    (scored,) = stretch.scored
    assert (scored.pro, scored.contra) == pytest.approx(head.sides(piece.buckets))
    assert scored.levels == stretch.said


def test_thresholds_leave_few_false_alarms():
    examples = [example(0, source="ordinary")] * 1000 + [example(0)] * 100 + [example(2)] * 10
    scores = [[(place / 1000, place / 1000, 0.0)] for place in range(1000)]
    scores += [[(-1.0, -1.0, 0.0)]] * 100 + [[(2.0, 2.0, 0.5)]] * 10
    asked = calibrated(examples, scores)
    said = [level_of(one, asked) for one in scores]
    assert sum(level >= 2 for level in said[:1000]) <= 10
    assert sum(level >= 1 for level in said[:1000]) <= 30
    assert all(level >= 2 for level in said[-10:])


@pytest.mark.parametrize(("source", "name"), [("asked", "everyday"), ("requests", "twins")])
def test_a_request_is_falsely_heard_in_few_harmless_texts_whatever_their_words(source, name):
    texts = ["the pills are on the table", "he is late again"] * 1000
    told = {"lang": "en", "level": 0, "kind": "none", "group": "a", "request": "none"}
    examples = [Example(text, source=source, **told) for text in texts]
    scores = [[-9.0, place / 2000] for place in range(2000)]
    asked = request_thresholds(examples, scores, Request.CLINICAL)
    rung = [
        (text, max(said) >= asked["pills" not in text])
        for text, said in zip(texts, scores, strict=True)
    ]
    share = next(share for sources, share in REQUESTS_LET.items() if source in sources)
    allowed = int(share * len(texts))
    for worded in (True, False):
        assert sum(heard for text, heard in rung if ("pills" in text) is worded) == allowed
    told |= {"request": "clinical", "source": "requests"}
    examples.append(Example("should i take pills", **told))
    figures = requests_heard(examples, [*scores, [9.0]], Request.CLINICAL, asked)
    assert figures == {"texts": 1, "recall": 1.0, name: 2 * allowed / len(texts)}


def test_texts_that_ask_or_are_at_risk_set_no_threshold_of_a_request():
    told = {"lang": "zh", "kind": "none", "group": "a", "source": "asked"}
    calm = [Example("天气不错", level=0, request="none", **told)] * 10
    loud = [
        Example("开点药吧", level=0, request="clinical", **told),
        Example("药", level=2, request="none", **told),
    ]
    scores = [[0.5]] * 10 + [[7.0]] * 2
    worded, unworded = request_thresholds([*calm, *loud], scores, Request.CLINICAL)
    assert worded == pytest.approx(0.0)
    assert unworded == pytest.approx(0.5)


def test_an_emergency_needs_the_crisis_head():
    asked = {"watch": 0.0, "crisis": 0.0, "emergency": 0.0}
    assert level_of([(1.0, -1.0, 1.0)], asked) == 1
    assert level_of([(1.0, 1.0, 1.0)], asked) == 3
    assert level_of([], asked) == 0


def test_a_denial_holds_the_model_down_but_not_the_rules():
    assert joined(example(0, cleared=True), 3) == 1
    assert joined(example(0, rules=2), 1) == 2
    assert joined(example(3, hinted=True), 3) == 3
    assert joined(example(3), 3) == MOST_ALONE, "no emergency by the sound alone"


@pytest.mark.parametrize(("crisis", "rules"), [(-3.0, 2), (0.5, 2), (1.5, 3)])
def test_hints_alone_are_an_emergency_only_where_the_whole_sounds_like_a_crisis(crisis, rules):
    asked = {"crisis": 1.0}
    scores = [(0.0, -9.0, 0.0), (0.0, crisis, 0.0)]
    assert doubted(example(0, rules=3, soft=True), scores, asked, {}).rules == rules
    assert doubted(example(0, rules=2, soft=True), scores, asked, {}).rules == 2
    assert doubted(example(0, rules=3), scores, asked, {}).rules == 3
    assert doubted(example(0, rules=3, soft=True), [], asked, {}).rules == 3, "nothing to see"


@pytest.mark.parametrize(("crisis", "rules"), [(-0.1, 1), (0.1, 3)])
def test_what_rests_on_one_family_is_only_watched_where_it_sounds_harmless(crisis, rules):
    asked, trust = {"crisis": 1.0}, {Level.CRISIS: {"en.a.seen": 0.0, "en.a.more": 8.0}}
    scores = [(0.0, -9.0, 0.0), (0.0, crisis, 0.0)]
    both = ("en.a.seen", "en.a.more")
    assert doubted(example(0, rules=3, rests=both), scores, asked, trust).rules == rules
    assert doubted(example(0, rules=3), scores, asked, trust).rules == 3
    assert doubted(example(0, rules=3, rests=both), [], asked, trust).rules == 3, "nothing to see"
    beside = ("en.a.seen", "en.a.unknown")
    assert doubted(example(0, rules=3, rests=beside), scores, asked, trust).rules == 3


@pytest.mark.parametrize(
    ("watch", "crisis", "rules"),
    [(-0.1, -0.1, 0), (0.1, -0.1, 1), (0.1, 0.1, 2), (-0.1, 0.1, 2)],
)
def test_what_is_doubted_as_a_card_and_as_an_alert_is_nothing(watch, crisis, rules):
    trust = {Level.CRISIS: {"en.hints": 0.0}, Level.WATCH: {"en.hints": 0.0}}
    held, scores = example(0, rules=2, soft=True, rests=("en.hints",)), [(watch, crisis, 0.0)]
    assert doubted(held, scores, {"crisis": 1.0}, trust).rules == rules
    firm = replace(held, soft=False)
    assert doubted(firm, scores, {"crisis": 1.0}, trust).rules == max(1, rules)
    watched = example(0, rules=1, rests=("en.hints",))
    assert doubted(watched, scores, {"crisis": 1.0}, trust).rules == (watch > 0)


def test_other_layers_may_ring_as_often_as_the_first_did_on_the_same_texts():
    examples = [example(0, source="ordinary")] * 150 + [example(0)] * 70
    noise = np.random.default_rng(3).normal(size=(220, 3))
    first = [[tuple(row)] for row in noise]
    asked = {"watch": 1.2, "crisis": 1.9, "emergency": 0.0}
    allowed = let_through(examples, first, asked)
    second = [[tuple(row * 3 + 1)] for row in noise]
    ringing = [
        [[said[0][place] >= bar[name] for said in scores] for place, name in enumerate(ALERT_HEADS)]
        for scores, bar in ((first, asked), (second, calibrated(examples, second, allowed)))
    ]
    for one, other in zip(*ringing, strict=True):
        assert sum(other) <= sum(one)
        # The source that is stricter binds; there the very same texts ring.
        assert one[:150] == other[:150] or one[150:] == other[150:]


TOLD = "en.attempt.told"
OUTRIGHT = "en.intent.outright"


def cards(name: str, right: int, wrong: int, chance: np.random.Generator) -> list[Judged]:
    """Cards that rest on a rule: people at risk sound more like it, by two units."""
    return [
        Judged((name,), float(chance.normal(level)), level) for level in [2] * right + [0] * wrong
    ]


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs the extra forge")
def test_a_rule_that_rings_falsely_asks_for_more():
    chance = np.random.default_rng(5)
    texts = cards(OUTRIGHT, 150, 5, chance) + cards(TOLD, 60, 60, chance)
    trust = trust_of(texts, Level.CRISIS)
    # Where normal scores two apart are mixed 150 to 5 and 60 to 60, 0.7 are right at -0.3 and 1.4.
    assert -1.0 < trust[OUTRIGHT] < 0.2
    assert 0.8 < trust[TOLD] < 1.8
    kept = [one for one in texts if one.said >= trust[one.rests[0]]]
    assert sum(one.level > 0 for one in kept) / len(kept) > 0.8
    assert trust_of(cards(TOLD, 20, 0, chance), Level.CRISIS) == {}, "nothing false was ever seen"


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs the extra forge")
def test_a_rule_hardly_seen_is_trusted_as_its_family_is():
    chance = np.random.default_rng(6)
    texts = cards(OUTRIGHT, 200, 4, chance) + cards(TOLD, 60, 60, chance)
    texts += cards("en.attempt.rare", 1, 0, chance) + cards("en.intent.rare", 0, 1, chance)
    trust = trust_of(texts, Level.CRISIS)
    assert trust["en.intent.rare"] < trust["en.attempt.rare"]


def test_no_example_of_a_rule_is_doubted():
    both = f"en.{SEVERAL}"
    trust = {Level.CRISIS: {TOLD: 2.0, OUTRIGHT: -3.0, both: 1.0}, Level.WATCH: {TOLD: 0.0}}
    own = [example(2, source="rule", rests=(TOLD,)), example(2, source="rule", rests=(OUTRIGHT,))]
    own.append(example(2, source="rule", rests=(both,)))
    other = example(2, rests=(TOLD,))
    scores = [[(-4.0, -1.0, 0.0)]] * 3 + [[(0.0, -9.0, 0.0)]]
    spared = sparing_examples(trust, [*own, other], scores)
    assert spared[Level.CRISIS] == {TOLD: -1.25, OUTRIGHT: -3.0, both: 1.0}
    assert spared[Level.WATCH] == {TOLD: -4.25}


def test_f1():
    assert f1([True, True, False], [True, False, False])["f1"] == 0.6667


@pytest.mark.parametrize(
    ("labels", "text", "expected"),
    [
        ({"与自杀/自伤/攻击行为无关"}, "早", (0, True)),
        ({"自杀计划"}, "今晚", (3, True)),
        ({"自杀未遂"}, "那年", (2, True)),
        ({"自伤行为"}, "又来了", (2, True)),
        ({"被动自杀意图"}, "算了", (1, True)),
        ({"他人攻击行为"}, "算了", (1, False)),
    ],
)
def test_published_labels_become_our_levels(labels, text, expected):
    assert _fine_level(labels, text) == expected


def test_language():
    assert [language(text) for text in ("我想睡", "so tired", "我 emo 了", "")] == [
        "zh",
        "en",
        "zh",
        "zh",
    ]


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs the extra forge")
def test_heads_learn_how_grave_a_text_is_and_of_which_kind():
    from psylite_desktop.forge.risk_fit import risk_heads

    words = {"none": {4, 5, 6}, "suicide": {1, 2, 3}, "eating": {1, 7, 8}}
    kinds = list(words) * 20
    cut = [[Piece("en", 0, 1, words[kind])] for kind in kinds]
    examples = [replace(example(0 if kind == "none" else 2), kind=kind) for kind in kinds]
    heads = risk_heads(examples, cut, range(60), np.arange(9) / 9, seed=1)
    assert set(heads) == {*LEVEL_HEADS, *(kind.value for kind in KINDS)}
    calm, suicide, eating = (
        {name: heads[name].score(words[kind]) for name in ("crisis", "suicide", "eating")}
        for kind in words
    )
    assert suicide["crisis"] > 0 > calm["crisis"] < 0 < eating["crisis"]
    assert suicide["suicide"] > 0 > max(calm["suicide"], eating["suicide"])
    assert eating["eating"] > 0 > max(calm["eating"], suicide["eating"])


def test_a_head_is_rounded_as_it_is_shipped():
    weights = np.random.default_rng(2).normal(size=64)
    head = Linear(weights, -1.0).rounded()
    assert set(quantised(head.weights)[0]) == set(quantised(weights)[0])
    assert np.abs(head.weights - weights).max() <= quantised(weights)[1] / 2 + 1e-6
    pro, contra = head.sides(range(64))
    assert pro > 0 > contra
    assert head.score(range(64)) == pytest.approx(-1.0 + pro + contra, abs=1e-5)


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs the extra forge")
def test_what_asks_for_nothing_is_learnt_piece_by_piece():
    from psylite_desktop.forge.risk_fit import request_heads

    # "how do I" alone asks for nothing harmful, whatever stands beside it in a long message.
    how, harm, calm = (Piece("en", 0, 1, {word}) for word in (1, 2, 3))
    cut = [[how, harm] if place % 2 else [how, calm] for place in range(40)]
    examples = [example(0, request="harmful" if place % 2 else "none") for place in range(40)]
    heads = request_heads(examples, cut, range(40), np.arange(4) / 4, seed=1)
    said = [heads["harmful"].score(one.buckets) for one in (how, harm, calm)]
    assert said[1] > 0 > said[0] > said[2]


@given(
    st.lists(st.sets(st.integers(0, (1 << RISK_BITS) - 1), max_size=30), max_size=12),
    st.sets(st.integers(0, (1 << RISK_BITS) - 1), max_size=30),
)
@settings(max_examples=20)
def test_what_is_learnt_stood_in_two_texts_and_is_found_by_the_app_at_its_place(texts, said):
    texts = [*texts, *texts[::2]]  # so that some of them is seen twice
    vocabulary = Vocabulary.learnt([[Piece("en", 0, 1, text)] for text in texts])
    seen = Counter(bucket for text in texts for bucket in text)
    assert list(vocabulary.places) == sorted(one for one, times in seen.items() if times > 1)
    app = Known.read(memoryview(written(vocabulary.places, RISK_BITS)), RISK_BITS)
    assert len(app) == len(vocabulary.places)
    for text in (*texts, said):
        (read,) = vocabulary.of(packed([Piece("en", 0, 1, text, (0, 1), text)]))
        assert read.buckets == read.among == app.places(text)


def table(say: Say | None, *, copies: int = 1) -> Table:
    """Half of 40 rows hold 1 and, in turn, one of 8 to 13; the others 2 and what is above 200."""
    rows = []
    for place in range(40 * copies):
        risky, rare = place % 2, place // 2 % 6
        held = {1, 8 + rare} if risky else {2, 200 + rare}
        rows.append(Row((frozenset(held),), frozenset()))
    return Table(rows, bits=8, say=say)


def learnt(say: Say | None) -> Linear:
    made = table(say)
    return made.fit([place % 2 == 1 for place in range(40)], [1.0] * 40, 1)[0]


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs the extra forge")
def test_rare_words_say_more_where_they_are_given_more_say():
    alike, rarer = learnt(None), learnt(Say(rarity=2.0))
    assert rarer.weights[8] / rarer.weights[1] > 1.5 * alike.weights[8] / alike.weights[1]
    for made in (alike, rarer):  # the weights are ready for use: no factor is needed any more
        assert made.score({1, 9}) > 0 > made.score({2, 201})


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs the extra forge")
def test_a_region_of_the_table_says_less_where_it_is_given_less_say():
    alike, less = learnt(None), learnt(Say(regions={0.25: 1.0, 0.75: 0.3}))
    assert abs(less.weights[200]) < 0.5 * abs(alike.weights[200])
    assert less.weights[8] == pytest.approx(alike.weights[8], rel=0.2)
