"""Has the model read what a person is writing while they write it, so that less is left at Enter.

Nothing is generated here, nothing is stored, and nothing waits for it. Only words in which the
floor hears no risk are read; when that changes, what was read of them is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.domain.ports import ReadsAhead
from psylite_desktop.domain.risk import Level, Request
from psylite_desktop.services.generation import PRACTICE_LANGUAGES, sampling_for
from psylite_desktop.services.prompt_window import (
    CHARACTERS_A_TURN,
    NOTE_TOKENS,
    Frame,
    PromptWindow,
)
from psylite_desktop.services.prompting import language_of
from psylite_desktop.services.screening import Screening

SURE_OF_LANGUAGE = 24
"""Characters from which on a draft decides in which language the talk goes on."""

HEAD = CHARACTERS_A_TURN // 2 - 8
"""Characters of a very long draft that stand in the prompt whatever is written behind them."""


class ReadingAhead:
    """Reads one talk at a time. Call it on the thread that asks the engine."""

    def __init__(
        self,
        *,
        reader: ReadsAhead,
        window: PromptWindow,
        screening: Screening,
        language: Callable[[], str],
    ) -> None:
        """`language` is the window's and decides for texts without letters."""
        self._reader = reader
        self._window = window
        self._screening = screening
        self._language = language

    def read(self, history: Sequence[Message], draft: str) -> bool:
        """Begin to read a talk and the beginning of its next message; whether it will.

        Without a draft only the talk is read: after a reply, or when it was opened.
        """
        if not self._may_be_read(draft):
            self.drop()
            return False
        info = self._reader.loaded()
        if info is None:
            return False
        lang = self._lang(history, draft)
        if info.practice and lang not in PRACTICE_LANGUAGES:
            return False
        frame = Frame(lang, info, sampling_for(info).max_tokens)
        try:
            return self._read(history, draft, frame)
        except PsyLiteError:  # whoever asks for a reply is told
            return False

    def drop(self) -> None:
        """Forget what was read of a draft."""
        self._reader.drop_draft()

    def _may_be_read(self, draft: str) -> bool:
        if self._screening.state.level >= Level.CRISIS:
            return False  # no model answers now
        if not draft.strip():
            return True
        heard = self._screening.look(draft)
        return heard.level is Level.NONE and heard.request is Request.NONE

    def _read(self, history: Sequence[Message], draft: str, frame: Frame) -> bool:
        if not draft.strip():
            turns = self._window.settled(history, frame)
            return bool(turns) and self._reader.read_ahead(turns, is_open=False)
        words = draft if len(draft) <= CHARACTERS_A_TURN else draft[:HEAD]
        messages = [*history, Message(Role.USER, words)]
        turns = self._window.for_reply(messages, frame, reserve=NOTE_TOKENS)
        if turns[-1].text != words:  # cut in the middle: the next word would change it all
            return False
        return self._reader.read_ahead(turns, is_open=True)

    def _lang(self, history: Sequence[Message], draft: str) -> str:
        """The language of the prompt; a word in another one does not change it yet."""
        said = next((m.text for m in reversed(history) if m.role is Role.USER), "")
        lang = language_of(said, self._language())
        return language_of(draft, lang) if len(draft) >= SURE_OF_LANGUAGE or not said else lang
