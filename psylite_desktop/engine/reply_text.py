"""Reply text from token bytes: characters only when whole, and nothing from a stop text on."""

from __future__ import annotations

import codecs


class ReplyText:
    """Decodes the bytes of a reply step by step.

    Blanks before the first character are dropped. Text that may be the beginning of a stop text
    is held back until that is decided.
    """

    def __init__(self, stops: tuple[str, ...] = ()) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = stops
        self._held = ""
        self._begun = False
        self.ended = False
        """A stop text was met: the reply is over."""

    def feed(self, raw: bytes) -> str:
        """Take the bytes of the next token; return text that is ready."""
        return self._release(self._decoder.decode(raw))

    def finish(self) -> str:
        """Return what was held back; bytes of an unfinished character are dropped."""
        self._decoder.reset()
        rest, self._held = self._held, ""
        return "" if self.ended else rest

    def _release(self, text: str) -> str:
        if not self._begun:
            text = text.lstrip()
            self._begun = bool(text)
        if self.ended or not self._stops:
            return "" if self.ended else text
        self._held += text
        for stop in self._stops:
            at = self._held.find(stop)
            if at >= 0:
                self.ended = True
                ready, self._held = self._held[:at], ""
                return ready
        keep = max(_overlap(self._held, stop) for stop in self._stops)
        cut = len(self._held) - keep
        ready, self._held = self._held[:cut], self._held[cut:]
        return ready


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that is a beginning of `stop`."""
    for length in range(min(len(stop) - 1, len(text)), 0, -1):
        if text.endswith(stop[:length]):
            return length
    return 0
