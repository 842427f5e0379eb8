"""Rendering of conversations into prompt segments, in the shape that a model was trained on.

Our own text, never the template inside a model file. Every turn is rendered by itself, so a longer
conversation starts with the same segments as a shorter one and the evaluated prefix stays valid.
A segment is either control (its special tokens are recognised) or plain (a person who types
`<|im_end|>` stays a person who typed that).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from psylite_desktop.domain.ports import Turn

NOTE_OPEN, NOTE_CLOSE = "[[[background", "]]]"
"""Fence around a note in formats without a note token; the system prompt may name it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a prompt; `control` text may contain special tokens."""

    text: str
    control: bool = False


@dataclass(frozen=True, slots=True)
class PromptFormat:
    """A prompt shape: how a turn is rendered, what opens a reply, what ends one.

    `markers` are special tokens that only control segments may produce. `stops` are texts that
    end a reply in formats without an end token.
    """

    name: str
    turn: Callable[[Turn], tuple[Segment, ...]]
    opening: tuple[Segment, ...]
    markers: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()

    def render(self, turns: Sequence[Turn]) -> list[tuple[Segment, ...]]:
        """Segments of each turn; the reply's opening belongs to the last one."""
        rendered = [self.turn(turn) for turn in turns]
        if rendered:
            rendered[-1] = (*rendered[-1], *self.opening)
        return rendered

    def past(self, turns: Sequence[Turn]) -> list[tuple[Segment, ...]]:
        """Segments of turns that no reply follows yet."""
        return [self.turn(turn) for turn in turns]

    def begun(self, turn: Turn) -> tuple[Segment, ...]:
        """Segments of a turn that is still being written: up to the end of its text."""
        segments = self.turn(Turn(turn.role, turn.text))
        for place, segment in enumerate(segments):
            if not segment.control:
                end = segment.text.rfind(turn.text) + len(turn.text)
                return (*segments[:place], Segment(segment.text[:end]))
        return ()


def prompt_format(chat_format: str, *, quiet_thinking: bool = False) -> PromptFormat:
    """Return the format of that name (nano, chatml, llama3, plain; anything else is plain).

    `quiet_thinking` opens every reply, past ones too, with an empty think block: the way Qwen3 is
    told not to think aloud (Qwen3 model card). Rendering it into the history as well keeps the
    prefix identical, which Qwen's own template does not.
    """
    if chat_format == "nano":
        return PromptFormat("nano", _nano_turn, _opening("<|im_start|>assistant\n"), _NANO_MARKERS)
    if chat_format == "chatml":
        lead = _CHATML_REPLY + (_EMPTY_THOUGHT if quiet_thinking else "")
        turn = _quiet_turn if quiet_thinking else _chatml_turn
        return PromptFormat("chatml", turn, _opening(lead), _CHATML_MARKERS)
    if chat_format == "llama3":
        lead = "<|start_header_id|>assistant<|end_header_id|>\n\n"
        return PromptFormat("llama3", _llama3_turn, _opening(lead), _LLAMA3_MARKERS)
    return PromptFormat("plain", _plain_turn, (Segment("Assistant:"),), stops=("\nUser:",))


_CHATML_MARKERS = ("<|im_start|>", "<|im_end|>", "<|endoftext|>", "<think>", "</think>")
_NANO_MARKERS = ("<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|note|>")
_LLAMA3_MARKERS = ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|end_of_text|>")
_CHATML_REPLY = "<|im_start|>assistant\n"
_EMPTY_THOUGHT = "<think>\n\n</think>\n\n"


def _opening(text: str) -> tuple[Segment, ...]:
    return (Segment(text, control=True),)


def _nano_turn(turn: Turn) -> tuple[Segment, ...]:
    """The shape psylite-nano is trained on; it never saw a system turn, so there is none."""
    if turn.role == "system":
        return ()
    note = (Segment("<|note|>", control=True), Segment(turn.note)) if turn.note else ()
    return (
        Segment(f"<|im_start|>{turn.role}\n", control=True),
        Segment(turn.text),
        *note,
        Segment("<|im_end|>\n", control=True),
    )


def _chatml_turn(turn: Turn, lead: str = "") -> tuple[Segment, ...]:
    return (
        Segment(f"<|im_start|>{turn.role}\n{lead}", control=True),
        Segment(_with_note(turn)),
        Segment("<|im_end|>\n", control=True),
    )


def _quiet_turn(turn: Turn) -> tuple[Segment, ...]:
    return _chatml_turn(turn, _EMPTY_THOUGHT if turn.role == "assistant" else "")


def _llama3_turn(turn: Turn) -> tuple[Segment, ...]:
    return (
        Segment(f"<|start_header_id|>{turn.role}<|end_header_id|>\n\n", control=True),
        Segment(_with_note(turn)),
        Segment("<|eot_id|>", control=True),
    )


def _plain_turn(turn: Turn) -> tuple[Segment, ...]:
    if turn.role == "system":
        return (Segment(f"{turn.text}\n\n"),)
    label = "User" if turn.role == "user" else "Assistant"
    return (Segment(f"{label}: {_with_note(turn)}\n"),)


def _with_note(turn: Turn) -> str:
    """The text with its note fenced below it; a note cannot close its own fence."""
    if not turn.note:
        return turn.text
    note = turn.note.replace(NOTE_CLOSE, "] ] ]")
    return f"{turn.text}\n\n{NOTE_OPEN}\n{note}\n{NOTE_CLOSE}"
