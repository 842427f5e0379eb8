"""The plan's words: all steps in both languages, an example in each."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from psylite_desktop.content.crisis import LANGS
from psylite_desktop.content.plan import PlanTexts
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.safety_plan import PlanStep

ASSETS = Path(__file__).parents[3] / "assets"
TEXTS = PlanTexts.load(ASSETS)


@pytest.mark.parametrize("lang", LANGS)
def test_there_is_a_line_and_six_steps(lang: str) -> None:
    steps = TEXTS.steps(lang)
    assert [step.id for step in steps] == list(PlanStep)
    assert len(steps) == 7
    assert [step.title[0] for step in steps[1:]] == list("123456")
    assert TEXTS.head(lang).intro


@pytest.mark.parametrize(
    ("lang", "never"),
    [
        ("zh", "您|！|加油|想开|坚强|承诺|保证|发誓|合同"),
        ("en", r"!|you should|you must|promise|contract|stay strong"),
    ],
)
def test_it_asks_for_no_promise(lang: str, never: str) -> None:
    head = TEXTS.head(lang)
    said = [head.title, head.intro]
    said += [text for step in TEXTS.steps(lang) for text in (step.title, step.example)]
    assert [text for text in said if re.search(never, text)] == []


def test_a_missing_step_is_named(tmp_path: Path) -> None:
    shutil.copytree(ASSETS / "content", tmp_path / "content")
    path = tmp_path / "content" / "zh" / "plan.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.rindex("[[step]]")], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        PlanTexts.load(tmp_path)
    assert caught.value.facts == {
        "file": "content/zh/plan.toml",
        "where": "step",
        "reason": "must be all steps in their order",
    }
