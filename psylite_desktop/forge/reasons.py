"""Reasons for the last reply of counseling dialogues, written by a larger model (see reasoning.py).

The model sees the history, what the person said last and the counselor's reply, and writes the way
from one to the other. The words of the prompts lie in texts/reasons.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from psylite_desktop.domain.ports import Sampling, TextModel, Turn
from psylite_desktop.forge.asking import (
    Asker,
    GivenUpError,
    MadeRows,
    StoppedError,
    UnfitError,
    right_language,
)
from psylite_desktop.forge.datasets import Dialogue

TEXTS = Path(__file__).parent / "texts" / "reasons"
LANGS = ("zh", "en")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ReasonPrompts:
    """What is asked, and the bounds of an answer in characters."""

    system: str
    ask: str
    person: str
    counselor: str
    least: int
    most: int
    unmentioned: tuple[str, ...]


def read_prompts(lang: str, folder: Path = TEXTS) -> ReasonPrompts:
    """The prompts of a language. Raises OSError, tomllib.TOMLDecodeError, TypeError."""
    raw = tomllib.loads((folder / f"{lang}.toml").read_text("utf-8"))
    return ReasonPrompts(**(raw | {"unmentioned": tuple(raw["unmentioned"])}))


def write_reasons(
    dialogues: Iterable[Dialogue],
    model: TextModel,
    target: Path,
    *,
    seed: int = 1,
    tries: int = 3,
    cancelled: Callable[[], bool] = lambda: False,
    say: Say = print,
) -> dict[str, Any]:
    """Write {"id", "turns", "reasoning"} for each dialogue that `target` lacks; returns the report.

    Stops soon after `cancelled()`; report["stopped"] says so. Raises EngineError, OSError.
    """
    rows = MadeRows(target)
    prompts = {lang: read_prompts(lang) for lang in LANGS}
    name = model.info().name
    asker = Asker(model, seed=seed, tries=tries, cancelled=cancelled)
    stopped = False
    waiting = [one for one in dialogues if not rows.has(one.id)]
    for number, dialogue in enumerate(waiting, start=1):
        if cancelled():
            stopped = True
            break
        try:
            rows.add(_row(dialogue, prompts[dialogue.lang], asker))
        except GivenUpError as error:
            rows.reject(dialogue.id, error)
        except StoppedError:
            stopped = True
            break
        say(f"{number} of {len(waiting)}: {len(rows.made)} made, {len(rows.rejected)} rejected")
    return rows.report({"model": name, "stopped": stopped}, asker.counts)


def _row(dialogue: Dialogue, prompts: ReasonPrompts, asker: Asker) -> dict[str, Any]:
    *earlier, last = dialogue.turns
    history = "\n".join(
        f"{prompts.person}：{turn.user}\n{prompts.counselor}：{turn.reply}" for turn in earlier
    )
    asked = prompts.ask.replace("{history}", history or "-")
    asked = asked.replace("{user}", last.user).replace("{reply}", last.reply)
    reasoning = asker.ask(
        "reasons",
        [Turn("system", prompts.system), Turn("user", asked)],
        Sampling(temperature=0.6, top_p=0.9, max_tokens=500),
        partial(fit_reasons, prompts=prompts, lang=dialogue.lang, reply=last.reply),
    )
    return {"id": dialogue.id, "turns": len(dialogue.turns), "reasoning": reasoning}


def fit_reasons(text: str, *, prompts: ReasonPrompts, lang: str, reply: str) -> str:
    """Reasons as they can be used. Raises UnfitError: length, language, reply, report."""
    if not prompts.least <= len(text) <= prompts.most:
        raise UnfitError("length")
    if not right_language(text, lang):
        raise UnfitError("language")
    if reply in text:
        raise UnfitError("reply")
    if any(word.lower() in text.lower() for word in prompts.unmentioned):
        raise UnfitError("report")
    return text
