"""A language model and an index that say what a test tells them to, and remember the questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.passage import Found, Passage
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn


class ScriptedModel:
    """A `TextModel` that streams the given replies, one a call, a few characters a step."""

    def __init__(
        self,
        *replies: str | PsyLiteError,
        practice: bool = True,
        context_length: int = 512,
        step: int = 3,
        chosen: bool = True,
    ) -> None:
        self._chosen = chosen
        self.replies = list(replies)
        self.asked: list[list[Turn]] = []
        self.steps_taken = 0
        self._step = step
        self._info = ModelInfo("scripted", context_length, 1_000_000, "nano", practice)

    def is_chosen(self) -> bool:
        return self._chosen

    def info(self, cancelled: Callable[[], bool] = lambda: False) -> ModelInfo:
        return self._info

    def count_tokens(self, turns: Sequence[Turn]) -> list[int]:
        """One token a character, four a turn."""
        return [len(turn.text) + len(turn.note) + 4 for turn in turns]

    def generate(
        self, turns: Sequence[Turn], sampling: Sampling, cancelled: Callable[[], bool]
    ) -> Iterator[Generated]:
        self.asked.append(list(turns))
        reply = self.replies.pop(0)
        yield Generated(read=1, to_read=1)
        text = reply if isinstance(reply, str) else "我在听。然后"
        for start in range(0, len(text), self._step):
            if cancelled():
                yield Generated(done=True, stopped=True)
                return
            self.steps_taken += 1
            yield Generated(text=text[start : start + self._step])
        if isinstance(reply, PsyLiteError):
            raise reply
        yield Generated(done=True, stopped=True, prompt_tokens_evaluated=7, reply_tokens=len(text))


class ScriptedIndex:
    """A `PassageIndex` that always finds the same passage, or fails."""

    def __init__(
        self, say: str = "", error: PsyLiteError | None = None, tags: tuple[str, ...] = ()
    ) -> None:
        self.queries: list[str] = []
        self.tags = tags
        self._say = say
        self._error = error

    def search(
        self,
        corpus: str,
        query: str,
        *,
        lang: str,
        limit: int = 3,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[Found]:
        self.queries.append(query)
        if self._error is not None:
            raise self._error
        if not self._say:
            return []
        text = "逗：好。\n捧：好在哪儿？" if corpus == "crosstalk" else "When unsure, listen."
        passage = Passage(corpus, "listen", lang, "Listen", text, self._say, self.tags)
        return [Found(passage, 0.8)][:limit]
