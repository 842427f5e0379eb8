"""Our own dialogues, notes and packing; nothing here needs torch or tokenizers."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from psylite_desktop.forge import corpus, datasets
from psylite_desktop.forge.datasets import Dialogue, Turn

if TYPE_CHECKING:
    from psylite_desktop.forge.recipe import Recipe


def dice(seed: int) -> random.Random:
    return random.Random(seed)


class LetterEncoder:
    """Stands in for the tokenizer: one id a character."""

    end_of_document = 0

    def turn(self, user: str, note: str | None, reply: str) -> tuple[list[int], list[int]]:
        text = user + (note or "") + reply
        parts = [1] * len(user) + [0] * len(note or "") + [2] * len(reply)
        return [ord(char) for char in text], parts


def test_forge_is_imported_without_heavy_libraries() -> None:
    code = (
        "import sys, psylite_desktop.forge.pipeline, psylite_desktop.forge.train,"
        "psylite_desktop.forge.parity, psylite_desktop.forge.gguf_export;"
        "print([m for m in ('torch','tokenizers','numpy','gguf','llama_cpp') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_our_own_dialogues_keep_their_style(recipe: Recipe) -> None:
    seeds = corpus.load_seeds()
    languages = [d.lang for d in seeds]
    assert languages.count("zh") >= 80
    assert languages.count("en") >= 50
    assert len({d.id for d in seeds}) == len(seeds)
    for dialogue in seeds:
        assert 1 <= len(dialogue.turns) <= 4
        for turn in dialogue.turns:
            assert not datasets.has_risk(turn.user + turn.reply, recipe.cleaning)
            assert "!" not in turn.reply
            assert "！" not in turn.reply
            assert turn.reply.count("？") + turn.reply.count("?") <= 1
            assert len(datasets.sentences(turn.reply)) <= 3
            assert not datasets.has_slogan(turn.reply, dialogue.lang, recipe.cleaning)
            assert not datasets.is_preachy(turn.reply, dialogue.lang, recipe.cleaning)


def test_our_own_dialogues_say_what_is_talking() -> None:
    asked = [
        t for d in corpus.load_seeds() for t in d.turns if t.user in ("你是谁", "What are you?")
    ]
    assert len(asked) == 2
    assert all("程序" in t.reply or "program" in t.reply for t in asked)


def test_notes_come_from_the_reply(recipe: Recipe) -> None:
    reply = "听起来这几天你很累，夜里也睡不好。最难熬的是什么时候？"
    chance = dice(5)
    notes = [corpus.make_note(reply, recipe.grounding, chance) for _ in range(200)]
    assert all(note and set(note) <= set(reply) for note in notes)
    exact = sum(note in datasets.sentences(reply) for note in notes)
    assert 60 < exact < 160
    assert any("，" in note and note not in reply for note in notes)


@pytest.mark.parametrize("reply", ["嗯。", "Yes.", "…", "好"])
def test_notes_of_tiny_replies_are_never_empty(reply: str, recipe: Recipe) -> None:
    chance = dice(1)
    assert all(corpus.make_note(reply, recipe.grounding, chance) for _ in range(50))


def test_dialogues_are_cut_after_a_whole_turn(recipe: Recipe) -> None:
    dialogue = Dialogue("d", "zh", "support", (Turn("ab", "cdef"), Turn("gh", "i" * 50)))
    ids, parts = corpus.encode_dialogue(dialogue, LetterEncoder(), recipe.grounding, 20, dice(2))
    assert ids[-1] == 0
    assert len(ids) == len(parts) <= 20
    assert parts.count(2) == 4


def test_packing_loses_nothing_and_keeps_documents_whole() -> None:
    chance = dice(3)
    documents = []
    for number in range(1, 200):
        size = chance.randint(2, 30)
        documents.append(([number] * size, [2] * size))
    rows, marks = corpus.pack(documents, 31, 0)
    assert {len(row) for row in rows} == {32}
    for number in range(1, 200):
        homes = [row for row in rows if number in row]
        assert len(homes) == 1
        assert homes[0].count(number) == len(documents[number - 1][0])
    padded = sum(mark.count(corpus.IGNORED) for mark in marks)
    assert padded == sum(row.count(0) for row in rows)
    assert padded < 0.2 * 32 * len(rows)


def test_heavier_dialogues_come_earlier() -> None:
    heavy = [Dialogue(f"h{i}", "zh", "s", (), 2.0) for i in range(200)]
    light = [Dialogue(f"l{i}", "zh", "s", (), 0.3) for i in range(200)]
    order = corpus.weighted_order([*light, *heavy], dice(4))
    assert sum(d.weight > 1 for d in order[:200]) > 130
    assert len(order) == 400
