"""System prompts and instructions for larger models, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import read_toml
from psylite_desktop.content.schema import PromptFile
from psylite_desktop.domain.conversation import Route
from psylite_desktop.domain.passage import Passage

LANGS = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model is told, by language."""

    files: Mapping[str, PromptFile]

    @classmethod
    def load(cls, assets_dir: Path) -> Prompts:
        """Read content/{zh,en}/prompts.toml. Raises InputError("content_invalid")."""
        return cls(
            {
                lang: read_toml(assets_dir / "content" / lang / "prompts.toml", PromptFile)
                for lang in LANGS
            }
        )

    def system(self, lang: str, route: Route | None = None, *, examples: bool = False) -> str:
        """The system prompt of a language; with `route`, that route's instruction follows.

        Without `route` it is the same in every turn, so that a cached prefix stays valid; put
        `instruction()` into the newest turn's note instead. `examples` shows a small model how a
        reply should sound.
        """
        base = self.files[lang].system["companion"].strip()
        if examples:
            pairs = (f"> {one.says}\n{one.reply}" for one in self.files[lang].examples)
            base = "\n\n".join((base, *pairs))
        extra = self.instruction(lang, route) if route is not None else ""
        return f"{base}\n{extra}" if extra else base

    def instruction(self, lang: str, route: Route) -> str:
        """What this turn asks of the model beyond the system prompt; empty for most routes."""
        return self.files[lang].routes.get(route.value, "").strip()

    def note(self, lang: str, passage: Passage) -> str:
        """A technique passage as a short note for a larger model."""
        template = self.files[lang].notes["technique"].strip()
        return template.format(title=passage.title, text=passage.text, say=passage.say)
