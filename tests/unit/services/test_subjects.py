"""Sixty talks of six messages: written replies go on with a subject that a reader finds right."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from psylite_desktop.content.guided import LANGS, GuidedReplies
from psylite_desktop.content.moves import Moves
from psylite_desktop.content.quoting import Quoting
from psylite_desktop.domain.passage import Near
from psylite_desktop.domain.talk import Move
from psylite_desktop.retrieval.library import PassageLibrary
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.guided import GuidedTalk
from psylite_desktop.services.nearby import SITUATIONS, TOGETHER
from psylite_desktop.services.stages import stage_of

ROOT = Path(__file__).parents[3]
ASSETS = ROOT / "assets"
TALKS = [
    json.loads(line) for line in (ROOT / "tests/data/talks.jsonl").read_text("utf-8").splitlines()
]
REPLIES, MOVES = GuidedReplies.load(ASSETS), Moves.load(ASSETS)
LIGHT = {Move.CHAT: ("smalltalk",), Move.REJOICE: ("joy",), Move.ASK_ADVICE: ("advice",)}
FOR_THEMSELVES = {Move.LEAVE, Move.GREET, Move.ASK_ABOUT}


@pytest.fixture(scope="module")
def library() -> PassageLibrary:
    return PassageLibrary.open(ASSETS, None, ROOT / "model_store" / "embedder")


def judged(
    talk: dict[str, list[str]], lang: str, library: PassageLibrary, assessor: Assessor
) -> Counter[str]:
    """How many replies of a talk are on a right subject, on a wrong one, or on none."""
    guided = GuidedTalk(REPLIES, MOVES, Quoting.load(ASSETS), assessor)
    known = REPLIES.tags(lang)
    tags_of = {one.id: one.tags for one in REPLIES.replies(lang)}
    shown: list[str] = []
    found: Counter[str] = Counter()
    for place, right in enumerate(talk["subjects"], start=1):
        texts = talk["messages"][:place]
        said = texts if len(texts) <= TOGETHER else [texts[0], *texts[1 - TOGETHER :]]
        move = MOVES.move(texts[-1], lang)
        if move in FOR_THEMSELVES:
            continue
        near = Near(
            tuple(library.search(SITUATIONS, texts[-1], lang=lang)),
            tuple(library.search(SITUATIONS, " ".join(said), lang=lang)) if place > 1 else (),
        )
        reply = guided.reply(
            texts,
            shown,
            lang=lang,
            stage=stage_of(texts, MOVES, lang),
            tags=LIGHT.get(move, ()),
            near=near,
        )
        shown.append(reply.text)
        subjects = {
            tag
            for tag in reply.topics or tags_of.get(reply.id, ())
            if tag in known and known[tag].label and not known[tag].feeling
        }
        found["right" if subjects & set(right) else "wrong" if subjects else "open"] += 1
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_replies_stay_with_what_the_talk_is_about(
    assessor: Assessor, library: PassageLibrary, lang: str
) -> None:
    """Lower bounds of what was measured; some parameters were chosen on these talks."""
    found: Counter[str] = Counter()
    for talk in (one for one in TALKS if one["lang"] == lang):
        found += judged(talk, lang, library, assessor)
    assert found["right"] >= 0.6 * found.total(), found
    assert found["wrong"] <= {"zh": 0.15, "en": 0.18}[lang] * found.total(), found
