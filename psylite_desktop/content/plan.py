"""Titles and examples of the plan for hard moments, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from psylite_desktop.content.crisis import LANGS, About
from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import Sentence
from psylite_desktop.domain.safety_plan import PlanStep


class PlanHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands above the steps."""

    title: Sentence
    intro: Sentence


class StepText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step; `example` stands in its field while that is empty."""

    id: PlanStep
    title: Sentence
    example: Sentence


class PlanFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """content/<lang>/plan.toml."""

    about: About
    page: PlanHead
    step: tuple[StepText, ...]


class PlanTexts:
    """The words of the plan page."""

    def __init__(self, files: Mapping[str, PlanFile]) -> None:
        """`files` is keyed by language."""
        self._files = dict(files)

    @classmethod
    def load(cls, assets_dir: Path) -> PlanTexts:
        """Read content/{zh,en}/plan.toml. Raises InputError("content_invalid")."""
        files = {}
        for lang in LANGS:
            path = assets_dir / "content" / lang / "plan.toml"
            file = read_toml(path, PlanFile)
            if file.about.lang != lang:
                raise invalid(path, where="about.lang", reason=f"must be {lang}")
            if [step.id for step in file.step] != list(PlanStep):
                raise invalid(path, where="step", reason="must be all steps in their order")
            files[lang] = file
        return cls(files)

    def head(self, lang: str) -> PlanHead:
        """Title and introduction."""
        return self._files[lang].page

    def steps(self, lang: str) -> tuple[StepText, ...]:
        """All steps in their order."""
        return self._files[lang].step
