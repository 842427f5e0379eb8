"""Remembers the tokens of replies, so that the next prompt repeats them exactly.

The same text cut up afresh may give other tokens than the model drew, and the evaluated prefix
would end there.
"""

from __future__ import annotations

REMEMBERED = 64
"""Replies; older ones are tokenised from their text again."""


class SpokenReplies:
    """Replies of this process as the model wrote them."""

    def __init__(self) -> None:
        self._replies: dict[str, list[tuple[int, int]]] = {}

    def remember(self, text: str, tokens: list[tuple[int, int]]) -> None:
        """Keep a reply: `tokens` pairs each token with the length of the text up to its end."""
        if text.strip():
            self._replies.pop(text, None)
            self._replies[text] = tokens
            if len(self._replies) > REMEMBERED:
                del self._replies[next(iter(self._replies))]

    def tokens_of(self, text: str) -> list[int] | None:
        """Tokens of a reply or of its beginning (replies get cut short); None if unknown."""
        wanted = text.rstrip()
        if not wanted:
            return None
        for spoken in reversed(self._replies):
            if spoken.startswith(wanted):
                tokens = self._replies[spoken]
                cut = sum(1 for _, end in tokens if end <= len(wanted))
                if cut and tokens[cut - 1][1] == len(wanted):
                    return [token for token, _ in tokens[:cut]]
        return None
