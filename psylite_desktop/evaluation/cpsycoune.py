"""The turn-based procedure of CPsyCounE, and whole talks over the same cases.

A case is a JSON list of lines "求助者：…" (client) and "支持者：…" (supporter) in turn. For every
client line the app replies with the true history before it, so that its own earlier mistakes do
not add up (CPsyCoun, arXiv 2405.16433). A whole talk is the same client lines with the app's own
replies between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psylite_desktop.domain.conversation import Role
from psylite_desktop.evaluation.case_fields import BadRowError, list_items, plain
from psylite_desktop.evaluation.judging import Item
from psylite_desktop.evaluation.rubrics import rubrics

CLIENT, SUPPORTER = "求助者", "支持者"
_SIDES = {CLIENT: Role.USER, SUPPORTER: Role.ASSISTANT}
_NAMES = {role: name for name, role in _SIDES.items()}
_NOTHING = "（无）"

Line = tuple[Role, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A dialogue, its file's name and the folder it stood in; sides take turns."""

    name: str
    topic: str
    lines: tuple[Line, ...]

    @property
    def client_lines(self) -> tuple[int, ...]:
        """Places of what the client says."""
        return tuple(at for at, (role, _) in enumerate(self.lines) if role is Role.USER)


def parse_cases(text: str, *, name: str, topic: str) -> list[Case]:
    """Read a file: one case as a list of lines, or a list of such lists.

    Lines of one side that follow each other are joined. Raises BadRowError.
    """
    items = list(list_items(text))
    if items and all(isinstance(value, list) for _, value in items):
        width = len(str(len(items)))
        return [
            _case([(line, one) for one in value], f"{name}-{number:0{width}}", topic, line)
            for number, (line, value) in enumerate(items, start=1)
            if isinstance(value, list)
        ]
    return [_case(items, name, topic, 1)]


def _case(items: Sequence[tuple[int, object]], name: str, topic: str, first: int) -> Case:
    lines: list[Line] = []
    for number, value in items:
        role, words = _side(number, value)
        if lines and lines[-1][0] is role:
            lines[-1] = role, f"{lines[-1][1]}\n{words}"
        else:
            lines.append((role, words))
    case = Case(name, topic, tuple(lines))
    if not case.client_lines:
        raise BadRowError(first, f'no line of "{CLIENT}"')
    return case


def _side(number: int, value: object) -> Line:
    """Who says a line and what. Raises BadRowError."""
    if not isinstance(value, str):
        raise BadRowError(number, "not a string")
    said = value.strip()
    for name, role in _SIDES.items():
        if said.startswith(name) and said[len(name) : len(name) + 1] in {"：", ":"}:
            words = plain(said[len(name) + 1 :]).strip()
            if not words:
                raise BadRowError(number, f'nothing stands behind "{name}"')
            return role, words
    raise BadRowError(number, f'does not begin with "{CLIENT}：" or "{SUPPORTER}："')


def written(lines: Sequence[Line]) -> str:
    """Lines as a judge reads them."""
    return "\n".join(f"{_NAMES[role]}：{text}" for role, text in lines) or _NOTHING


def turn_item(case: Case, place: int, reply: str) -> Item:
    """The reply to the client line at that place, to be judged by itself."""
    prompt = rubrics()["turn"].asked(
        history=written(case.lines[:place]), query=written(case.lines[place : place + 1])
    )
    return Item(
        rubric="turn",
        group=case.topic,
        case=case.name,
        turn=case.client_lines.index(place) + 1,
        prompt=prompt,
        judged=reply,
    )


def talk_item(case: Case, lines: Sequence[Line]) -> Item:
    """A whole talk with the app's own replies."""
    return Item(
        rubric="talk",
        group=case.topic,
        case=case.name,
        turn=0,
        prompt=rubrics()["talk"].asked(),
        judged=written(lines),
    )
