"""Two or three sentences out of the claims of a Mirror, and nothing beyond them."""

from __future__ import annotations

from pathlib import Path

from psylite_desktop.content.mirror_wording import WordingFile, read_wording
from psylite_desktop.domain.mirror import Distortion, Mirror, Theme

MOST_SENTENCES = 3
_ENDS = " \t\n。.!！?？;；,，…"


class MirrorWording:
    """Words for claims. Pure: the same Mirror is told in the same words."""

    def __init__(self, files: dict[str, WordingFile]) -> None:
        """`files` is keyed by language."""
        self._files = files

    @classmethod
    def load(cls, assets_dir: Path) -> MirrorWording:
        """Read both languages. Raises InputError("content_invalid")."""
        return cls(read_wording(assets_dir))

    def sentences(self, mirror: Mirror, lang: str) -> list[str]:
        """What is said of an entry: its subject, its tone, a habit or a thought that returns."""
        words = self._files[lang]
        said = [
            *self._subjects(mirror, words),
            *self._tone(mirror, words),
            *self._habit(mirror, words),
            *self._repeated(mirror, words),
        ]
        return said[:MOST_SENTENCES] or [words.nothing.empty]

    def quiet(self, lang: str) -> str:
        """What is said where an entry is left alone because of danger."""
        return self._files[lang].nothing.quiet

    def theme(self, theme: Theme, lang: str) -> str:
        """What a theme is called."""
        return self._files[lang].themes[theme]

    def tone(self, tone: int, lang: str) -> str:
        """What a tone is called."""
        return self._files[lang].tone_names[str(tone)]

    def habit(self, kind: Distortion, lang: str) -> str:
        """What a habit of thought is called: always as something that may be."""
        return self._files[lang].habit_names[kind]

    def _subjects(self, mirror: Mirror, words: WordingFile) -> list[str]:
        found = [one.theme for one in mirror.themes][:3]
        names = [words.themes[theme] for theme in found]
        match names:
            case [a]:
                return [words.subjects.one.format(a=a)]
            case [a, b]:
                key = "_".join(sorted(theme.value for theme in found))
                plain = words.subjects.two.format(a=a, b=b)
                return [words.meeting.get(key, plain)]
            case [a, b, c]:
                return [words.subjects.three.format(a=a, b=b, c=c)]
        return []

    def _tone(self, mirror: Mirror, words: WordingFile) -> list[str]:
        told = {one.quote for one in mirror.distortions[:1]}
        # The same sentence is not held up twice.
        quotes = [one.text for one in mirror.tone_quotes if one.text not in told]
        if not quotes:
            return []
        # Of a mixed page the last of the two: what it comes to.
        quote = quotes[-1] if mirror.tone == 0 else quotes[0]
        return [_with(words.tone[str(mirror.tone)], quote, words)]

    def _habit(self, mirror: Mirror, words: WordingFile) -> list[str]:
        return [_with(words.habits[one.kind], one.quote, words) for one in mirror.distortions[:1]]

    def _repeated(self, mirror: Mirror, words: WordingFile) -> list[str]:
        return [
            _with(
                words.repeated.here if len(one.quotes) > 1 else words.repeated.earlier,
                one.quotes[0].text,
                words,
            )
            for one in mirror.repeated[:1]
        ]


def _with(sentence: str, quote: str, words: WordingFile) -> str:
    return sentence.replace("{quote}", shortened(quote, words.quoting.most))


def shortened(quote: str, most: int) -> str:
    """A quote without its last full stop, cut at a pause where it is long."""
    text = " ".join(quote.split()).strip(_ENDS) or quote.strip()
    if len(text) <= most:
        return text
    cut = max(text.rfind(sign, most // 2, most) for sign in ",，、;；: ")
    return text[: cut if cut > 0 else most].rstrip(_ENDS) + "…"
