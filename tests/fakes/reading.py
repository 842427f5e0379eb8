"""A model's memory without a model: counts what reading ahead and replies evaluate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn

OPENED, CLOSED = "\x01", "\x02"


@dataclass
class CountingModel:
    """A `TextModel` and `ReadsAhead` that keeps a common prefix, one token a character."""

    context_length: int = 4096
    practice: bool = False
    reply: str = "Mhm. That sounds like a lot to carry around."
    memory: str = ""
    draft_from: int | None = None
    evaluated_ahead: list[int] = field(default_factory=list)
    evaluated: list[int] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    is_loaded: bool = True

    def is_chosen(self) -> bool:
        return True

    def info(self, cancelled: Callable[[], bool] = lambda: False) -> ModelInfo:
        return ModelInfo("counting", self.context_length, 1_000_000, "chatml", self.practice)

    def loaded(self) -> ModelInfo | None:
        return self.info() if self.is_loaded else None

    def count_tokens(self, turns: Sequence[Turn]) -> list[int]:
        return [len(self._rendered(turn)) for turn in turns]

    def generate(
        self, turns: Sequence[Turn], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Iterator[Generated]:
        prompt = "".join(self._rendered(turn) for turn in turns)
        assert len(prompt) < self.context_length
        self.prompts.append(prompt)
        self.evaluated.append(self._advance(prompt))
        self.draft_from = None
        yield Generated(text=self.reply)
        self.memory += OPENED + "assistant" + self.reply
        yield Generated(done=True, stopped=True, prompt_tokens_evaluated=self.evaluated[-1])

    def read_ahead(self, turns: Sequence[Turn], *, is_open: bool) -> bool:
        closed = "".join(self._rendered(turn) for turn in (turns[:-1] if is_open else turns))
        begun = OPENED + turns[-1].role + turns[-1].text if is_open else ""
        self.draft_from = len(closed) if is_open else None
        self.evaluated_ahead.append(self._advance(closed + begun))
        return True

    def drop_draft(self) -> bool:
        if self.draft_from is not None:
            self.memory = self.memory[: self.draft_from]
            self.draft_from = None
        return True

    def _rendered(self, turn: Turn) -> str:
        note = f"[{turn.note}]" if turn.note else ""
        return OPENED + turn.role + turn.text + note + CLOSED

    def _advance(self, prompt: str) -> int:
        common = 0
        for one, other in zip(self.memory, prompt, strict=False):
            if one != other:
                break
            common += 1
        self.memory = prompt
        return len(prompt) - common
