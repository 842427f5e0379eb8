"""How well search finds the passage that a message means, beside plain BM25 over the same texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from psylite_desktop.evaluation.intervals import Share
from psylite_desktop.retrieval.corpora import Corpus
from psylite_desktop.retrieval.embedder import Embedder
from psylite_desktop.retrieval.exact import ExactIndex
from psylite_desktop.retrieval.library import fused
from psylite_desktop.retrieval.terms import terms

FIRST = (1, 3, 5)
"""Among how many passages the right one is looked for."""
CHARACTERS = {"zh": (1, 2), "en": (3, 4, 5)}
"""Lengths of the character n-grams that BM25 counts."""
LANGS = ("zh", "en")
WAYS = ("vectors", "characters", "words", "together", "across")


@dataclass(frozen=True, slots=True)
class Query:
    """A message and the passage that it means; `id` is "" where no passage is about it."""

    text: str
    id: str
    lang: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one language: the right passage by way and by how many are looked at.

    `spoken`: messages with a passage for which search says something at all; `first_right`: of
    these, the right one first; `off`: messages about other things for which it says something.
    """

    found: Mapping[str, Mapping[int, Share]]
    spoken: Share
    first_right: Share
    off: Share

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "found": {
                way: {str(count): share.as_dict() for count, share in shares.items()}
                for way, shares in self.found.items()
            },
            "spoken": self.spoken.as_dict(),
            "first_right": self.first_right.as_dict(),
            "off": self.off.as_dict(),
        }


def parse_query(corpus: Corpus, lang: str) -> Callable[[dict[str, object]], Query]:
    """A reader of JSON objects; its ValueError names the field that is wrong."""
    known = {(one.lang, one.id) for one in corpus.passages}

    def parse(row: dict[str, object]) -> Query:
        text, passage = row.get("text"), row.get("id", "")
        if not isinstance(text, str) or not text.strip():
            raise ValueError('field "text" is missing or not a string')
        if not isinstance(passage, str):
            raise ValueError('field "id" is not a string')  # noqa: TRY004 - bad input
        said = row.get("lang", lang)
        if said not in LANGS:
            raise ValueError('field "lang" is neither zh nor en')
        if passage and (said, passage) not in known:
            raise ValueError(f"there is no passage {passage!r}")
        return Query(text, passage, str(said))

    return parse


class Judge:
    """Searches one corpus in every way."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        """Index the corpus three times; some seconds."""
        self._corpus = corpus
        self._embedder = embedder
        self._index = ExactIndex.build(corpus, embedder)
        langs = [passage.lang for passage in corpus.passages]
        texts = [
            [passage.title, passage.text, passage.say, *asks]
            for passage, asks in zip(corpus.passages, corpus.asks, strict=True)
        ]
        vectors = embedder.embed(langs)  # a row each; only words are asked of this index
        self._characters = {
            lang: ExactIndex(vectors, langs, [_grams(rows, lang) for rows in texts])
            for lang in LANGS
        }

    def figures(self, queries: Sequence[Query], lang: str) -> Figures:
        """Of the queries of one language."""
        meant = [one for one in queries if one.lang == lang and one.id]
        off = [one for one in queries if one.lang == lang and not one.id]
        threshold = self._corpus.info.threshold.get(lang, 0.0)
        places = {way: [self._place(one, way) for one in meant] for way in WAYS}
        best = [self._scores(one)[:1] for one in meant]
        spoken = [place for place, hit in enumerate(best) if hit and hit[0][1] >= threshold]
        return Figures(
            {
                way: {
                    count: Share(sum(0 <= place < count for place in found), len(found))
                    for count in FIRST
                }
                for way, found in places.items()
            },
            Share(len(spoken), len(meant)),
            Share(sum(places["together"][place] == 0 for place in spoken), len(spoken)),
            Share(
                sum(score >= threshold for one in off for _, score in self._scores(one)[:1]),
                len(off),
            ),
        )

    def _place(self, query: Query, way: str) -> int:
        """At which place the right passage comes, -1 where it does not."""
        lang = LANGS[1 - LANGS.index(query.lang)] if way == "across" else query.lang
        order = [self._corpus.passages[place].id for place, _ in self._found(query, way, lang)]
        return order.index(query.id) if query.id in order else -1

    def _found(self, query: Query, way: str, lang: str) -> list[tuple[int, float]]:
        every = len(self._corpus.passages)
        if way == "characters":
            grams = _grams([query.text], lang)
            return self._characters[lang].matching(grams, lang=lang, limit=every)
        if way == "words":
            return self._index.matching(terms(query.text), lang=lang, limit=every)
        if way == "together":
            return self._scores(query)
        vector = self._embedder.embed([query.text])[0]
        return self._index.nearest(vector, lang=lang, limit=every)

    def _scores(self, query: Query) -> list[tuple[int, float]]:
        """As the app searches, without its threshold."""
        return fused(
            self._found(query, "vectors", query.lang), self._found(query, "words", query.lang)
        )


def _grams(texts: Sequence[str], lang: str) -> list[str]:
    """Character n-grams within runs of letters."""
    runs = "".join(char.lower() if char.isalnum() else " " for char in " ".join(texts)).split()
    joined = runs if lang == "zh" else [f" {run} " for run in runs]
    return [
        run[at : at + size]
        for run in joined
        for size in CHARACTERS[lang]
        for at in range(len(run) - size + 1)
    ]
