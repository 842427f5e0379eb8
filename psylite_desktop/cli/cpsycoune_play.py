"""Plays the cases of CPsyCounE: turn by turn with the true history, and as whole talks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from psylite_desktop.cli.app_replies import AppReplies, Said
from psylite_desktop.domain.conversation import Role
from psylite_desktop.evaluation import replies
from psylite_desktop.evaluation.cpsycoune import Case, Line, talk_item, turn_item
from psylite_desktop.evaluation.judging import Item
from psylite_desktop.services.prompting import language_of

RUBRICS = ("turn", "talk")


@dataclass(slots=True)
class Played:
    """What was replied so far."""

    items: list[Item] = field(default_factory=list)
    transcripts: list[dict[str, object]] = field(default_factory=list)
    beside: list[replies.Case] = field(default_factory=list)
    """Turn by turn, beside what the supporter said there."""
    modes: dict[str, int] = field(default_factory=dict)

    def note(self, said: Said) -> None:
        """Count who wrote a reply."""
        mode = said.mode or said.error
        self.modes[mode] = self.modes.get(mode, 0) + 1


def steps_of(cases: Sequence[Case], chosen: Sequence[str]) -> int:
    """How many replies are to be made."""
    return sum(len(case.client_lines) for case in cases) * len(chosen)


def play(
    app: AppReplies,
    cases: Sequence[Case],
    chosen: Sequence[str],
    stopped: Callable[[], bool],
    step: Callable[[], None],
) -> Played:
    """Reply to all client turns; what was not finished when it was stopped is not there."""
    played = Played()
    for case in cases:
        if "turn" in chosen:
            _by_turns(app, case, played, stopped, step)
        if "talk" in chosen:
            _by_talk(app, case, played, stopped, step)
    return played


def _by_turns(
    app: AppReplies,
    case: Case,
    played: Played,
    stopped: Callable[[], bool],
    step: Callable[[], None],
) -> None:
    for number_of, place in enumerate(case.client_lines, start=1):
        if stopped():
            return
        query = case.lines[place][1]
        said = app.answer(case.lines[:place], query, stopped)
        if stopped():
            return
        played.note(said)
        if said.reply:
            played.items.append(turn_item(case, place, said.reply))
        true = case.lines[place + 1][1] if place + 1 < len(case.lines) else ""
        played.transcripts.append(_transcript(case, "turn", number_of, query, true, said))
        if true and said.reply:
            named = f"{case.topic}/{case.name}/{number_of}"
            lang = language_of(true, "zh")
            played.beside.append(replies.Case(named, true, said.reply, query, lang))
        step()


def _by_talk(
    app: AppReplies,
    case: Case,
    played: Played,
    stopped: Callable[[], bool],
    step: Callable[[], None],
) -> None:
    lines: list[Line] = []
    for number_of, place in enumerate(case.client_lines, start=1):
        if stopped():
            return
        query = case.lines[place][1]
        said = app.answer(lines, query, stopped)
        if stopped():
            return
        played.note(said)
        lines.append((Role.USER, query))
        if said.reply:
            lines.append((Role.ASSISTANT, said.reply))
        played.transcripts.append(_transcript(case, "talk", number_of, query, "", said))
        step()
    played.items.append(talk_item(case, lines))


def _transcript(
    case: Case, rubric: str, turn: int, query: str, true: str, said: Said
) -> dict[str, object]:
    return {
        "group": case.topic,
        "case": case.name,
        "how": rubric,
        "turn": turn,
        "query": query,
        "true_reply": true,
        **asdict(said),
    }
