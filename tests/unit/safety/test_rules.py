"""Every rule's own examples, the masks, the denials and the cases written beside the rules."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from psylite_desktop.domain.risk import Kind, Level, Request
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.rules import Rule, RuleSet

ASSETS = Path(__file__).parents[3] / "assets"
RULE_SETS = [RuleSet.from_file(ASSETS / "safety" / f"{lang}.toml") for lang in ("zh", "en")]
RULES = [rule for rules in RULE_SETS for rule in rules.rules]
SELF_CHECKS = [
    (case["level"], text)
    for lang in ("zh", "en")
    for case in tomllib.loads(
        Path(__file__).with_name(f"self_check_{lang}.toml").read_text(encoding="utf-8")
    )["case"]
    for text in case["texts"]
]


def pairs(field: str) -> list[tuple[Rule, str]]:
    return [(rule, text) for rule in RULES for text in getattr(rule, field)]


def identify(value: object) -> str:
    return value.id if isinstance(value, Rule) else ""


def fires(assessor: Assessor, rule: Rule, text: str) -> bool:
    if not rule.strong:  # a hint by itself is only a sign for the linear model
        return any(sign.name == rule.id for _, _, signs in assessor.scan(text) for sign in signs)
    found = assessor.assess(text)
    if rule.request is not Request.NONE:
        return found.request is rule.request
    if rule.level is Level.NONE:
        return found.humor_blocked
    return rule.id in {reason.rule for reason in found.reasons}


@pytest.mark.parametrize(("rule", "text"), pairs("examples"), ids=identify)
def test_an_example_is_found(assessor: Assessor, rule: Rule, text: str) -> None:
    assert fires(assessor, rule, text)
    assert not rule.strong or assessor.assess(text).level >= rule.level


@pytest.mark.parametrize(("rule", "text"), pairs("counter_examples"), ids=identify)
def test_a_counter_example_is_left_alone(assessor: Assessor, rule: Rule, text: str) -> None:
    assert not fires(assessor, rule, text)


@pytest.mark.parametrize("text", [text for rules in RULE_SETS for text in rules.mask_examples])
def test_an_idiom_is_no_risk(assessor: Assessor, text: str) -> None:
    assert assessor.assess(text).level is Level.NONE


@pytest.mark.parametrize("text", [text for rules in RULE_SETS for text in rules.denial_examples])
def test_a_denial_clears(assessor: Assessor, text: str) -> None:
    found = assessor.assess(text)
    assert found.level is Level.NONE
    assert found.cleared


@pytest.mark.parametrize(("level", "text"), SELF_CHECKS)
def test_the_families_reach_beyond_their_examples(
    assessor: Assessor, level: int, text: str
) -> None:
    found = assessor.assess(text).level
    if level == 0:
        assert found is Level.NONE
    elif level == 1:
        assert Level.WATCH <= found <= Level.CRISIS
    else:
        assert found >= level


@pytest.mark.parametrize("rules", RULE_SETS, ids=lambda rules: rules.lang)
def test_every_pattern_compiles(rules: RuleSet) -> None:
    rules.compile_all()


def test_rule_ids_are_unique_and_name_their_family() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(len(rule.id.split(".")) == 3 for rule in RULES)


def test_every_strong_rule_has_an_example() -> None:
    silent = [
        rule.id for rule in RULES if rule.strong and not rule.examples and not rule.blocks_humor
    ]
    assert silent == []


def test_both_languages_know_every_kind_of_risk() -> None:
    zh, en = ({rule.kind for rule in rules.rules if rule.strong} for rules in RULE_SETS)
    assert zh == en == set(Kind)
