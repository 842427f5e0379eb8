"""Counseling reports made into dialogues: report, note, then four stages of a conversation.

The procedure is Memo2Demo's (Zhang et al., ACL Findings 2024); the words of the prompts are ours
and lie in texts/memo2demo. Every answer is checked: its form, its turns, its language, that it
repeats nothing and never speaks of the report.
"""

from __future__ import annotations

import hashlib
import re
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
    language_of,
    right_language,
)

TEXTS = Path(__file__).parent / "texts" / "memo2demo"
LANGS = ("zh", "en")
PARTS = ("title", "type", "method", "brief", "process", "thoughts")
"""Of a report; published files call the last three by the names on the left here."""
_OTHER_NAMES = {
    "case_brief": "brief",
    "consultation_process": "process",
    "experience_thoughts": "thoughts",
}
LEAST_TURNS, MOST_TURNS = 5, 15
Say = Callable[[str], None]
Exchange = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """A counseling report; `parts` are (name, text), in the order of PARTS."""

    id: str
    lang: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StageRules:
    """What is asked for in a stage, and how many exchanges it has."""

    name: str
    ask: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Prompts:
    """All that a language needs; `titles` are what the parts of a report are called."""

    titles: dict[str, str]
    note_system: str
    note_ask: str
    sections: tuple[str, ...]
    note_least: int
    note_most: int
    system: str
    open: str
    person: str
    counselor: str
    turn_most: int
    unmentioned: tuple[str, ...]
    stages: tuple[StageRules, ...]


def read_prompts(lang: str, folder: Path = TEXTS) -> Prompts:
    """The prompts of a language. Raises OSError, tomllib.TOMLDecodeError, TypeError, KeyError."""
    raw = tomllib.loads((folder / f"{lang}.toml").read_text("utf-8"))
    raw["stages"] = tuple(StageRules(**stage) for stage in raw["stages"])
    for key in ("sections", "unmentioned"):
        raw[key] = tuple(raw[key])
    return Prompts(**raw)


def parse_report(raw: dict[str, Any]) -> Report:
    """A report from a JSON object: its parts, or the whole as `text`; `id` and `lang` may be there.

    Raises ValueError if it holds no text, or a language other than zh and en.
    """
    named = {key.strip().lower().replace(" ", "_"): value for key, value in raw.items()}
    named = {_OTHER_NAMES.get(key, key): value for key, value in named.items()}
    if "text" in named:
        named.setdefault("process", named["text"])
    texts = [(part, named[part]) for part in PARTS if named.get(part)]
    joined = [(part, _joined(value)) for part, value in texts]
    whole = "\n".join(text for _, text in joined)
    if not whole.strip():
        raise ValueError(f"a report needs one of {', '.join(PARTS)}, text")
    lang = named.get("lang") or language_of(whole)
    if lang not in LANGS:
        raise ValueError(f'field "lang" must be one of {", ".join(LANGS)}')
    identity = named.get("id") or hashlib.sha256(whole.encode()).hexdigest()[:12]
    return Report(str(identity), lang, tuple(joined))


def _joined(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value).strip()


def make_dialogues(
    reports: Iterable[Report],
    model: TextModel,
    target: Path,
    *,
    seed: int = 1,
    tries: int = 3,
    cancelled: Callable[[], bool] = lambda: False,
    say: Say = print,
) -> dict[str, Any]:
    """Make a dialogue of each report that `target` does not have yet; returns the report.

    Stops soon after `cancelled()`; report["stopped"] says so. Raises EngineError, OSError.
    """
    rows = MadeRows(target)
    prompts = {lang: read_prompts(lang) for lang in LANGS}
    name = model.info().name
    asker = Asker(model, seed=seed, tries=tries, cancelled=cancelled)
    stopped = False
    waiting = [one for one in reports if not rows.has(one.id)]
    for number, report in enumerate(waiting, start=1):
        if cancelled():
            stopped = True
            break
        try:
            rows.add(make_dialogue(report, prompts[report.lang], asker) | {"model": name})
        except GivenUpError as error:
            rows.reject(report.id, error)
        except StoppedError:
            stopped = True
            break
        say(f"{number} of {len(waiting)}: {len(rows.made)} made, {len(rows.rejected)} rejected")
    return rows.report({"model": name, "stopped": stopped}, asker.counts)


def make_dialogue(report: Report, prompts: Prompts, asker: Asker) -> dict[str, Any]:
    """One dialogue with its note, as a row. Raises GivenUpError, StoppedError, EngineError."""
    whole = "\n".join(f"{prompts.titles[part]}：{text}" for part, text in report.parts)
    asked = [
        Turn("system", prompts.note_system),
        Turn("user", prompts.note_ask.replace("{report}", whole)),
    ]
    sampling = Sampling(temperature=0.85, top_p=0.7, max_tokens=700)
    note = asker.ask("note", asked, sampling, partial(fit_note, prompts=prompts, lang=report.lang))
    exchanges: list[Exchange] = []
    counts: dict[str, int] = {}
    opening = prompts.open.replace("{report}", whole).replace("{note}", note)
    for stage in prompts.stages:
        found = asker.ask(
            stage.name,
            _stage_turns(opening, stage, exchanges, prompts),
            Sampling(temperature=0.75, top_p=0.9, max_tokens=900),
            partial(
                fit_stage, stage=stage, prompts=prompts, lang=report.lang, before=tuple(exchanges)
            ),
        )
        counts[stage.name] = len(found)
        exchanges += found
    if not LEAST_TURNS <= len(exchanges) <= MOST_TURNS:
        raise GivenUpError("dialogue", "turns")
    messages = [
        {"role": role, "content": text}
        for exchange in exchanges
        for role, text in zip(("user", "assistant"), exchange, strict=True)
    ]
    return {
        "id": report.id,
        "lang": report.lang,
        "messages": messages,
        "note": note,
        "stages": counts,
    }


def _stage_turns(
    opening: str, stage: StageRules, exchanges: list[Exchange], prompts: Prompts
) -> list[Turn]:
    said = "\n".join(
        f"{prompts.person}：{person}\n{prompts.counselor}：{counselor}"
        for person, counselor in exchanges
    )
    asked = stage.ask.replace("{least}", str(stage.least)).replace("{most}", str(stage.most))
    return [Turn("system", prompts.system), Turn("user", f"{opening}\n{said}\n\n{asked}")]


def fit_note(text: str, *, prompts: Prompts, lang: str) -> str:
    """The note itself: all its sections in order, of a fitting length, in the right language."""
    places = [text.find(section) for section in prompts.sections]
    if -1 in places or places != sorted(places):
        raise UnfitError("form")
    if not prompts.note_least <= len(text) <= prompts.note_most:
        raise UnfitError("length")
    if not right_language(text, lang):
        raise UnfitError("language")
    return text[places[0] :].strip()


def fit_stage(
    text: str, *, stage: StageRules, prompts: Prompts, lang: str, before: tuple[Exchange, ...] = ()
) -> list[Exchange]:
    """The exchanges of a stage. Raises UnfitError: form, turns, length, language, repeats, report.

    Lines begin with the name of who speaks; both take turns, the person begins, the counselor ends.
    """
    spoken = _spoken(text, prompts)
    names = [name for name, _ in spoken]
    if not spoken or names != [prompts.person, prompts.counselor] * (len(spoken) // 2):
        raise UnfitError("form")
    texts = [said for _, said in spoken]
    exchanges = list(zip(texts[::2], texts[1::2], strict=True))
    if not stage.least <= len(exchanges) <= stage.most:
        raise UnfitError("turns")
    if any(not said or len(said) > prompts.turn_most for said in texts):
        raise UnfitError("length")
    if not all(right_language(said, lang) for said in texts if len(said) > 4):
        raise UnfitError("language")
    earlier = [said for exchange in before for said in exchange]
    long = [said for said in (*earlier, *texts) if len(said) > 8]
    if len(set(long)) < len(long):
        raise UnfitError("repeats")
    if any(word.lower() in said.lower() for word in prompts.unmentioned for said in texts):
        raise UnfitError("report")
    return exchanges


def _spoken(text: str, prompts: Prompts) -> list[tuple[str, str]]:
    """Who says what, line by line. Raises UnfitError for a line that nobody says."""
    label = re.compile(
        rf"[*\s]*({re.escape(prompts.person)}|{re.escape(prompts.counselor)})[*\s]*[:：][*\s]*(.*)",
        re.IGNORECASE,
    )
    names = {name.lower(): name for name in (prompts.person, prompts.counselor)}
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        spoken = label.fullmatch(line.strip())
        if spoken is None:
            raise UnfitError("form")
        found.append((names[spoken[1].lower()], spoken[2].strip()))
    return found
