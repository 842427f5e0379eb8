"""Text to tokens and back, with a person's words kept apart from control tokens."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.engine.prompt_format import Segment

_PIECE_BYTES = 256
_SHOW_CONTROL = False  # llama_token_to_piece
_ADD_SPECIAL = False  # llama_tokenize: start tokens are ours to place


class Vocabulary:
    """The tokenizer of a loaded model. `markers` are tokens that only control segments make."""

    def __init__(self, library: Any, model: Any, markers: Iterable[str]) -> None:
        self._library = library
        self._vocab = library.llama_model_get_vocab(model)
        self.size = int(library.llama_vocab_n_tokens(self._vocab))
        """Number of tokens."""
        self._markers = frozenset(self._marker_tokens(markers))
        adds_start = library.llama_vocab_get_add_bos(self._vocab)
        start = int(library.llama_vocab_bos(self._vocab))
        self.start: tuple[int, ...] = (start,) if adds_start and start >= 0 else ()
        """Tokens that stand before everything else."""
        self._bytes: dict[int, bytes] = {}
        self._ends: dict[int, bool] = {}

    def tokens_of(self, segment: Segment) -> list[int]:
        """Tokenise a segment. Raises EngineError (engine_failed)."""
        if segment.control:
            return self._tokenise(segment.text, special=True)
        tokens = self._tokenise(segment.text, special=False)
        if self._markers.isdisjoint(tokens):
            return tokens
        # Some files list their control tokens as ordinary words. Cut the text into characters
        # then: every one of them is still there, and none of them is a marker.
        return [
            token
            for char in segment.text
            for token in self._tokenise(char, special=False)
            if token not in self._markers
        ]

    def bytes_of(self, token: int) -> bytes:
        """The bytes a token stands for; control tokens stand for none."""
        known = self._bytes.get(token)
        if known is None:
            known = self._bytes[token] = self._looked_up(token)
        return known

    def _looked_up(self, token: int) -> bytes:
        size = _PIECE_BYTES
        while True:
            buffer = ctypes.create_string_buffer(size)
            written = int(
                self._library.llama_token_to_piece(
                    self._vocab, token, buffer, size, 0, _SHOW_CONTROL
                )
            )
            if written >= 0:
                return buffer.raw[:written]
            size = -written

    def ends(self, token: int) -> bool:
        """Whether a token ends the reply: end marks, and marks that no reply may contain."""
        known = self._ends.get(token)
        if known is None:
            is_last = bool(self._library.llama_vocab_is_eog(self._vocab, token))
            known = self._ends[token] = is_last or token in self._markers
        return known

    def _marker_tokens(self, markers: Iterable[str]) -> Iterable[int]:
        for marker in markers:
            tokens = self._tokenise(marker, special=True)
            if len(tokens) == 1:
                yield tokens[0]

    def _tokenise(self, text: str, *, special: bool) -> list[int]:
        raw = text.encode("utf-8", "replace")
        room = len(raw) + 8  # a token stands for a byte at least, a prefix may be added
        buffer = (self._library.llama_token * room)()
        count = int(
            self._library.llama_tokenize(
                self._vocab, raw, len(raw), buffer, room, _ADD_SPECIAL, special
            )
        )
        if count < 0:
            raise EngineError("engine_failed")
        return list(buffer[:count])
