"""The table of the bench, and the command at a small size; no figure is asserted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from psylite_desktop.cli.bench import command
from psylite_desktop.domain.risk import Assessment, Level
from psylite_desktop.evaluation.bench_safety import (
    Missed,
    Positive,
    positives,
    robustness,
    sample_texts,
    timing,
)
from psylite_desktop.evaluation.obfuscation import TRANSFORMS, Obfuscation
from psylite_desktop.safety.assess import Assessor
from tests.fakes.floor import rules_alone

ASSETS = Path(__file__).parents[3] / "assets"
TEXTS = [Positive("zh.a", "zh", "我想自杀"), Positive("en.a", "en", "I want to die")]


@pytest.fixture(scope="module")
def assessor() -> Assessor:
    return rules_alone()


def hear_everything(_text: str) -> Assessment:
    return Assessment(level=Level.EMERGENCY)


def hear_plain_words(text: str) -> Assessment:
    known = {one.text for one in TEXTS}
    return Assessment(level=Level.CRISIS if text in known else Level.WATCH)


def test_where_all_is_heard_nothing_is_lost() -> None:
    table = robustness(hear_everything, TEXTS, Obfuscation.load())
    assert {row.transform for row in table} == set(TRANSFORMS)
    for row in table:
        assert (row.clean.value, row.hidden.value, row.loss, row.missed) == (1, 1, 0, ())
        assert row.met


def test_where_only_plain_words_are_heard_all_is_lost_and_named() -> None:
    (row,) = robustness(hear_plain_words, TEXTS[:1], Obfuscation.load(), transforms=["traditional"])
    assert (row.transform, row.lang, row.applied) == ("traditional", "zh", 1)
    assert (row.clean.value, row.hidden.value, row.loss, row.met) == (1, 0, 100, False)
    assert row.missed == (Missed("zh.a", "我想自杀", "我想自殺", 1),)
    assert row.as_dict()["loss_points"] == 100


def test_what_was_never_heard_is_not_lost() -> None:
    (row,) = robustness(
        lambda _text: Assessment(), TEXTS[:1], Obfuscation.load(), transforms=["traditional"]
    )
    assert (row.clean.value, row.hidden.value, row.loss, row.met) == (0, 0, 0, True)
    assert len(row.missed) == 1


def test_positives_are_examples_of_strong_rules_with_a_card(assessor: Assessor) -> None:
    found = positives(assessor.rule_sets)
    rules = {rule.id: rule for rules in assessor.rule_sets for rule in rules.rules}
    assert {one.lang for one in found} == {"zh", "en"}
    assert all(rules[one.rule].strong and rules[one.rule].level >= 2 for one in found)
    assert [one.lang for one in positives(assessor.rule_sets, most=2)] == ["zh"] * 2 + ["en"] * 2


def test_latency_is_measured_on_both_languages_in_turn(assessor: Assessor) -> None:
    texts = sample_texts(assessor.rule_sets)
    assert sum(map(len, texts)) > 5000
    chinese = [any("\u4e00" <= char <= "\u9fff" for char in text) for text in texts[:20]]
    assert chinese == [True, False] * 10


def test_the_ratio_is_told_where_its_length_was_measured() -> None:
    assert timing(len, ["some words "], repeats={50: 2}).ratio is None
    found = timing(len, ["some words "], repeats={50: 2, 500: 2})
    assert found.ratio is not None
    assert [one.length for one in found.latencies] == [50, 500]


def test_the_command_as_json(tmp_path: Path) -> None:
    arguments = ["safety", "--floor", "--most", "2", "--json", "--data-dir", str(tmp_path)]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 0, done.output
    report = json.loads(done.output)
    assert [one["length"] for one in report["floor"]["latencies"]] == [50, 500, 2000, 5000, 20_000]
    assert report["engine"] is None
    assert {row["transform"] for row in report["obfuscation"]} <= set(TRANSFORMS)
    assert {row["lang"] for row in report["obfuscation"]} == {"zh", "en"}
    for row in report["obfuscation"]:
        assert row["hidden"]["total"] - row["hidden"]["hits"] == len(row["missed"])


def test_the_command_as_a_table(tmp_path: Path) -> None:
    arguments = ["safety", "--floor", "--most", "1", "--data-dir", str(tmp_path)]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 0, done.output
    assert "zero_width" in done.output
    assert "passes of re.findall" in done.output
