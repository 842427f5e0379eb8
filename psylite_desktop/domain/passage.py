"""Passages that retrieval finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One retrievable passage of a shipped corpus.

    `text` is what is embedded and shown; `say` is one model sentence (at most 60 characters in
    Chinese, 25 words in English) that a small model can lean on, or what an article suggests
    trying. `badge` grades the evidence, A to D, and `source` names it. `taboo` names situations
    in which a piece of crosstalk must not be shown.
    """

    corpus: str
    id: str
    lang: str
    title: str
    text: str
    say: str = ""
    tags: tuple[str, ...] = ()
    badge: str = ""
    source: str = ""
    taboo: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and its similarity (cosine, 0-1)."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Near:
    """Passages near a message, best first.

    `message` holds situations near the newest message, `talk` those near the talk as a whole,
    `moments` what the newest message may be telling, whatever the talk is about.
    """

    message: tuple[Found, ...] = ()
    talk: tuple[Found, ...] = ()
    moments: tuple[Found, ...] = ()
