"""Hears somebody between two ways, and the replies that help to weigh them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.content.loader import invalid, read_toml
from psylite_desktop.content.schema import ChoicesFile
from psylite_desktop.content.slots import form

LONGEST = {"zh": 12, "en": 8}
"""Characters (Chinese) or words (English) of one of the ways."""
HEARD_LAST = 3
"""Sentences at the end of a message in which a choice is looked for: there a question stands."""
ONE, OTHER = "{one}", "{other}"
_TAIL = re.compile("(?:呢|啊|呀|啦|嘛|吧|还是|還是|算了|了)+$")
_SENTENCE = re.compile(r"[。．.！!？?\n;；…~～]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """The two ways in the person's words; `other` is empty where it is only not doing `one`."""

    one: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceReply:
    """A reply with slots for the two ways."""

    id: str
    text: str

    def filled(self, choice: Choice) -> str:
        """The text with the person's words in it."""
        return self.text.replace(ONE, choice.one).replace(OTHER, choice.other)

    def is_in(self, shown: Sequence[str]) -> bool:
        """Whether one of the texts is this reply, whatever the ways were."""
        return any(form(self.text).fullmatch(text) is not None for text in shown)


class Choices:
    """Choices of one language. Pure: the same text gets the same answer."""

    def __init__(self, lang: str, file: ChoicesFile) -> None:
        """Use `load`. Raises re.error."""
        self._longest = LONGEST[lang]
        self._by_words = lang == "en"
        self._between = [re.compile(one, re.IGNORECASE) for one in file.hear.between]
        self._whether = [re.compile(one, re.IGNORECASE) for one in file.hear.whether]
        edge = r"\b" if self._by_words else ""
        leads = sorted(file.hear.lead, key=len, reverse=True)
        self._lead = re.compile(rf"^(?:(?:{'|'.join(leads)}){edge}\s*)+", re.IGNORECASE)
        self._never = re.compile("|".join(file.hear.never), re.IGNORECASE)
        self._both = tuple(ChoiceReply(one.id, one.text) for one in file.reply.between)
        self._single = tuple(ChoiceReply(one.id, one.text) for one in file.reply.whether)

    @classmethod
    def load(cls, assets_dir: Path, lang: str) -> Choices:
        """Read content/LANG/choices.toml. Raises InputError("content_invalid")."""
        path = assets_dir / "content" / lang / "choices.toml"
        file = read_toml(path, ChoicesFile)
        try:
            return cls(lang, file)
        except re.error as error:
            raise invalid(path, where="hear", reason=str(error)) from None

    def hear(self, text: str) -> Choice | None:
        """The two ways that the end of a message asks about, as the person named them."""
        folded = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
        sentences = [one.strip() for one in _SENTENCE.split(folded) if one.strip()]
        for sentence in reversed(sentences[-HEARD_LAST:]):
            for pattern in self._between:
                for match in pattern.finditer(sentence):
                    one, other = self._way(match["one"]), self._way(match["other"])
                    if one and other and one != other:
                        return Choice(one, other)
            for pattern in self._whether:
                for match in pattern.finditer(sentence):
                    if one := self._way(match["one"]):
                        return Choice(one)
        return None

    def replies(self, choice: Choice) -> tuple[ChoiceReply, ...]:
        """Replies for such a choice."""
        return self._both if choice.other else self._single

    def _way(self, words: str) -> str:
        """One of the ways, "" where it is too long to be quoted or no way to go."""
        way = _TAIL.sub("", words.strip()) or words.strip()
        way = self._lead.sub("", way).strip() or way
        size = len(way.split()) if self._by_words else len(way)
        return way if 0 < size <= self._longest and not self._never.search(way) else ""
