"""The Mirror: what is read out of a person's own entry, on request, each claim on exact words.

Pure Python and fast; nothing of it needs the engine. Lexicons and patterns lie in
assets/content/<lang>/mirror, the small linear models in model_store/mirror.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from psylite_desktop.content.mirror import LANGS, MirrorWords
from psylite_desktop.domain.mirror import (
    DistortionFound,
    Excerpt,
    Mirror,
    MirrorCorrection,
    Theme,
    ThemeFound,
)
from psylite_desktop.safety.linear import DamagedModelError
from psylite_desktop.safety.normalise import Folder
from psylite_desktop.services.mirror_model import MirrorModel
from psylite_desktop.services.mirror_reading import (
    ThemeScores,
    ToneScores,
    habit_hits,
    signs_of,
    theme_scores,
    tone_scores,
)
from psylite_desktop.services.mirror_repeats import repeats
from psylite_desktop.services.mirror_taken import without
from psylite_desktop.services.mirror_text import ReadEntry, clause, exactly
from psylite_desktop.services.prompting import language_of

MOST_THEMES = 4
MOST_HABITS = 6
MOST_QUOTES = 3
_BARE_THEME = 2.0
"""Without a model: the score from which a theme is claimed, and its share of the highest one."""
_BARE_SHARE = 0.4
_BARE_TONE = (0.35, 1.5)


class MirrorService:
    """Reads entries. Nothing is loaded before the first one."""

    def __init__(self, assets_dir: Path, model_dir: Path | None = None) -> None:
        """`model_dir` is model_store/mirror; without it the lexicons stand alone."""
        self._assets = assets_dir
        self._model_dir = model_dir
        self._folder: Folder | None = None
        self._words: dict[str, MirrorWords] = {}
        self._model: MirrorModel | None = None

    def reflect(
        self,
        text: str,
        lang: str = "",
        *,
        earlier: Sequence[str] = (),
        corrections: Iterable[MirrorCorrection] = (),
    ) -> Mirror:
        """Read an entry; never raises on any text.

        `lang` is a guess for texts without letters. `earlier` are other entries, the newest
        first, in which thoughts of this one are looked for. What `corrections` took back is not
        claimed again. Raises InputError when a shipped content file is broken.
        """
        lang = language_of(text, lang if lang in LANGS else "zh")
        words = self._load(lang)
        entry = self.read(text)
        if not entry.sentences:
            return Mirror()
        themes, tone = theme_scores(entry, words), tone_scores(entry, words, lang)
        signs = signs_of(entry, themes, tone)
        value = self._tone(entry, lang, tone, signs)
        found = Mirror(
            themes=tuple(self._themes(entry, lang, themes, signs)),
            tone=value,
            tone_quotes=_tone_quotes(entry, tone, value) or self._loudest(entry, lang, value),
            distortions=tuple(self._distortions(entry, words)),
            repeated=tuple(repeats(entry, [self.read(one) for one in earlier])),
        )
        return without(found, corrections)

    def read(self, text: str) -> ReadEntry:
        """An entry in plain form, cut into sentences."""
        if self._folder is None:
            self._folder = Folder.from_file(self._assets / "safety" / "normalise.toml")
        return ReadEntry.read(text, self._folder)

    def words(self, lang: str) -> MirrorWords:
        """The lexicons of a language."""
        return self._load(lang)

    def _load(self, lang: str) -> MirrorWords:
        if lang not in self._words:
            self._words[lang] = MirrorWords.load(self._assets, lang)
            if self._model is None and self._model_dir is not None:
                with contextlib.suppress(OSError, DamagedModelError):
                    self._model = MirrorModel.load(self._model_dir)
        return self._words[lang]

    def _themes(
        self, entry: ReadEntry, lang: str, scores: ThemeScores, signs: Mapping[str, float]
    ) -> list[ThemeFound]:
        model = self._model
        if model is None:
            top = max(scores.total.values(), default=0.0)
            least = max(_BARE_THEME, top * _BARE_SHARE)
            ranked = [(scores.total.get(theme, 0.0) - least, theme) for theme in Theme]
        else:
            heard = model.hear(entry.plain.text, lang)
            asked = model.thresholds[lang]
            ranked = [
                (model.score(theme, lang, heard, signs) - asked[theme], theme) for theme in Theme
            ]
        claimed = sorted((one for one in ranked if one[0] >= 0), key=lambda one: -one[0])
        found = []
        for _above, theme in claimed[:MOST_THEMES]:
            quotes = self._theme_quotes(entry, lang, scores, theme)
            if quotes:
                found.append(ThemeFound(theme, quotes))
        return found

    def _theme_quotes(
        self, entry: ReadEntry, lang: str, scores: ThemeScores, theme: Theme
    ) -> tuple[Excerpt, ...]:
        places = scores.by_sentence.get(theme, {})
        ranked = sorted(places, key=lambda index: (-places[index], index))
        if not ranked and self._model is not None:  # the model heard it: its loudest sentence
            model = self._model
            ranked = sorted(
                range(len(entry.sentences)),
                key=lambda index: (
                    -model.score(theme, lang, model.hear(entry.sentences[index].text, lang), {})
                ),
            )[:1]
        return tuple(entry.sentences[index].excerpt for index in ranked[:MOST_QUOTES])

    def _tone(
        self, entry: ReadEntry, lang: str, tone: ToneScores, signs: Mapping[str, float]
    ) -> int:
        if self._model is not None:
            heard = self._model.hear(entry.plain.text, lang)
            value = self._model.score("tone", lang, heard, signs)
            return max(-2, min(2, round(value)))
        some, much = _BARE_TONE
        size = abs(tone.balance)
        value = 2 if size >= much else 1 if size >= some else 0
        return value if tone.balance > 0 else -value

    def _loudest(self, entry: ReadEntry, lang: str, value: int) -> tuple[Excerpt, ...]:
        """Where no single word carries the tone: the sentence in which the model hears it most."""
        model = self._model
        if model is None or value == 0:
            return ()
        side = 1 if value > 0 else -1
        index = max(
            range(len(entry.sentences)),
            key=lambda one: (
                side * model.score("tone", lang, model.hear(entry.sentences[one].text, lang), {})
            ),
        )
        return (entry.sentences[index].excerpt,)

    def _distortions(self, entry: ReadEntry, words: MirrorWords) -> list[DistortionFound]:
        found: list[DistortionFound] = []
        for hit in habit_hits(entry, words):
            sentence = entry.sentences[hit.sentence]
            start, end = clause(sentence, sentence.start + hit.start, sentence.start + hit.end)
            excerpt = exactly(entry.original, entry.plain, start, end)
            if excerpt is not None:
                found.append(DistortionFound(hit.kind, excerpt.text, excerpt.start, excerpt.end))
        return found[:MOST_HABITS]


def _tone_quotes(entry: ReadEntry, tone: ToneScores, value: int) -> tuple[Excerpt, ...]:
    """The sentences that carry the tone; of a plain one, the gladdest and the heaviest."""
    weights = tone.by_sentence
    if value:
        side = 1 if value > 0 else -1
        ranked = sorted(
            (index for index in weights if weights[index] * side > 0),
            key=lambda index: (-weights[index] * side, index),
        )[:2]
    else:
        ends = (
            {max(weights, key=weights.__getitem__), min(weights, key=weights.__getitem__)}
            if (weights)
            else set()
        )
        mixed = max(weights.values(), default=0.0) > 0 > min(weights.values(), default=0.0)
        ranked = sorted(ends) if mixed else []
    return tuple(entry.sentences[index].excerpt for index in ranked)
