"""Every rule's own examples, the masks, the denials and the cases written beside the rules."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from psylite_desktop.domain.risk import Assessment, Kind, Level, Request
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.rules import Rule, RuleSet
from tests.fakes.floor import floor, rules_alone

ASSETS = Path(__file__).parents[3] / "assets"
RULE_SETS = rules_alone().rule_sets
RULES = [rule for rules in RULE_SETS for rule in rules.rules]
SELF_CHECKS = [
    (case["level"], text)
    for lang in ("zh", "en")
    for case in tomllib.loads(
        Path(__file__).with_name(f"self_check_{lang}.toml").read_text(encoding="utf-8")
    )["case"]
    for text in case["texts"]
]


FAMILIES = sorted({rule.id.rpartition(".")[0] for rule in RULES})
"""Language and family. One test walks all examples of a family and names those that fail: a test
for each of three thousand sentences took longer to set up than to run."""


def pairs(family: str, field: str) -> list[tuple[Rule, str]]:
    rules = [rule for rule in RULES if rule.id.rpartition(".")[0] == family]
    return [(rule, text) for rule in rules for text in getattr(rule, field)]


def fires(assessor: Assessor, rule: Rule, text: str, found: Assessment) -> bool:
    if not rule.strong:  # a hint by itself is only a sign for the linear model
        return any(sign.name == rule.id for _, _, signs in assessor.scan(text) for sign in signs)
    if rule.request is not Request.NONE:
        return found.request is rule.request
    if rule.level is Level.NONE:
        return found.humor_blocked
    return rule.id in {reason.rule for reason in found.reasons}


def test_every_family_is_walked() -> None:
    for field in ("examples", "counter_examples"):
        walked = [pair for family in FAMILIES for pair in pairs(family, field)]
        assert len(walked) == sum(len(getattr(rule, field)) for rule in RULES) > 0


@pytest.mark.parametrize("family", FAMILIES)
def test_the_model_doubts_no_example_of_a_card(family: str) -> None:
    """Rules may be doubted, but never what those of a card were made for."""
    doubted = [
        f"{rule.id}: {text}"
        for rule, text in pairs(family, "examples")
        if rule.strong
        and rule.level >= Level.CRISIS
        and rules_alone().assess(text).level >= Level.CRISIS > floor().assess(text).level
    ]
    assert doubted == []


@pytest.mark.parametrize("family", FAMILIES)
def test_an_example_is_found(assessor: Assessor, family: str) -> None:
    missed = []
    for rule, text in pairs(family, "examples"):
        found = assessor.assess(text)
        if not fires(assessor, rule, text, found):
            missed.append(f"{rule.id} does not fire: {text}")
        elif rule.strong and found.level < rule.level:
            missed.append(f"{rule.id} is level {found.level}: {text}")
    assert missed == []


@pytest.mark.parametrize("family", FAMILIES)
def test_a_counter_example_is_left_alone(assessor: Assessor, family: str) -> None:
    fired = [
        f"{rule.id}: {text}"
        for rule, text in pairs(family, "counter_examples")
        if fires(assessor, rule, text, assessor.assess(text))
    ]
    assert fired == []


@pytest.mark.parametrize("rules", RULE_SETS, ids=lambda rules: rules.lang)
def test_an_idiom_is_no_risk(assessor: Assessor, rules: RuleSet) -> None:
    assert rules.mask_examples
    texts = rules.mask_examples
    assert [text for text in texts if assessor.assess(text).level is not Level.NONE] == []


@pytest.mark.parametrize("rules", RULE_SETS, ids=lambda rules: rules.lang)
def test_a_denial_clears(assessor: Assessor, rules: RuleSet) -> None:
    assert rules.denial_examples
    kept = []
    for text in rules.denial_examples:
        found = assessor.assess(text)
        if found.level is not Level.NONE or not found.cleared:
            kept.append(f"level {found.level}, cleared {found.cleared}: {text}")
    assert kept == []


@pytest.mark.parametrize("level", sorted({level for level, _ in SELF_CHECKS}))
def test_the_families_reach_beyond_their_examples(assessor: Assessor, level: int) -> None:
    wrong = []
    for text in [text for wanted, text in SELF_CHECKS if wanted == level]:
        found = assessor.assess(text).level
        if level == 0:
            holds = found is Level.NONE
        elif level == 1:
            holds = Level.WATCH <= found <= Level.CRISIS
        else:
            holds = found >= level
        if not holds:
            wrong.append(f"level {found}: {text}")
    assert wrong == []


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
