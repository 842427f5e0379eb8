"""What an adapted model learns from: mixing by ratio, chat formats, reasons, packed rows."""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.forge.adapt.documents import ChatWriter, encode, pack
from psylite_desktop.forge.adapt.mix import draw_general, mix
from psylite_desktop.forge.adapt.recipe import AdaptRecipe, read_adapt_recipe
from psylite_desktop.forge.adapt.vocabulary import Vocabulary, read_vocabulary
from psylite_desktop.forge.datasets import Dialogue, Turn
from psylite_desktop.forge.losses import REPLY
from psylite_desktop.forge.pipeline import RECIPES
from psylite_desktop.forge.reasoning import Reasoned
from psylite_desktop.forge.recipe import DataFile
from tests.fakes.tiny_bases import TALKS, write_talks, write_tokenizer

TALK = Dialogue("d1", "zh", "counseling", (Turn("我很累", "听起来很累。"), Turn("嗯", "我在听。")))


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    pytest.importorskip("tokenizers")
    write_tokenizer(tmp_path, 400)
    return read_vocabulary(tmp_path, 420)


def recipe_of(**changes: Any) -> AdaptRecipe:
    recipe = read_adapt_recipe(RECIPES / "adapt-internlm2.5-7b.toml")
    files = (
        DataFile("r1.jsonl", "zh", "general"),
        DataFile("toy.jsonl", "zh", "counseling"),
        DataFile("absent.jsonl", "zh", "counseling"),
    )
    settings = {"files": files, "own_repeats": 0, "reasoned": 1.0} | changes
    return dataclasses.replace(
        recipe, validation_percent=20, mix=dataclasses.replace(recipe.mix, **settings)
    )


def write_general(folder: Path, count: int) -> None:
    rows = [
        {"input": f"问题{n}", "reasoning_content": "想一想。", "content": "答。", "score": 10}
        for n in range(count)
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "r1.jsonl").write_text(text, "utf-8")


def test_general_and_counseling_dialogues_are_mixed_ten_to_three(tmp_path: Path) -> None:
    write_talks(tmp_path)
    write_general(tmp_path, 500)
    row = {"id": "toy-1", "turns": 1, "reasoning": "他说得很少，我先接住。"}
    (tmp_path / "reasons.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    said: list[str] = []
    found = mix(recipe_of(), tmp_path, said.append)
    mixed = found.counts["mixed"]
    assert mixed["counseling"] + mixed["held_out"] == len(TALKS)
    assert mixed["held_out"] > 0
    assert mixed["general"] == mixed["counseling"] * 10 // 3
    assert found.counts["absent.jsonl"] == "not found"
    assert "absent.jsonl: not found" in said
    assert found.counts["reasons"] == 1
    assert len(found.kept) == mixed["general"] + mixed["counseling"]
    kept = [one.dialogue.id for one in found.kept]
    assert not set(kept) & {one.dialogue.id for one in found.held_out}
    again = mix(recipe_of(), tmp_path, said.append)
    assert [one.dialogue.id for one in again.kept] == kept


def test_fewer_general_dialogues_than_wanted_are_all_taken() -> None:
    some = [Reasoned(dataclasses.replace(TALK, id=str(number))) for number in range(5)]
    assert len(draw_general(some, 30, 10, 3, random.Random(1))) == 5
    assert len(draw_general(some, 1, 10, 3, random.Random(1))) == 3


def test_nothing_to_learn_from_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no dialogues"):
        mix(recipe_of(), tmp_path, lambda _line: None)


def learnt(vocabulary: Vocabulary, document: tuple[list[int], list[int]]) -> str:
    ids = [token for token, part in zip(*document, strict=True) if part == REPLY]
    text: str = vocabulary.tokenizer.decode(ids, skip_special_tokens=False)
    return text


def test_replies_and_their_ends_are_learnt_and_nothing_else(vocabulary: Vocabulary) -> None:
    writer = ChatWriter(vocabulary, "qwen2", "tiny")
    document = writer.dialogue(Reasoned(TALK), "系统。", 500)
    assert learnt(vocabulary, document) == "听起来很累。<|im_end|>我在听。<|im_end|>"
    whole = vocabulary.tokenizer.decode(document[0], skip_special_tokens=False)
    assert whole.startswith("<|im_start|>system\n系统。<|im_end|>\n<|im_start|>user\n我很累")


def test_reasons_stand_before_the_last_reply(vocabulary: Vocabulary) -> None:
    writer = ChatWriter(vocabulary, "qwen3", "tiny")
    found = Reasoned(TALK, "他话很少。")
    document = writer.dialogue(found, "", 500)
    assert learnt(vocabulary, document) == (
        "听起来很累。<|im_end|><think>\n他话很少。\n</think>\n\n我在听。<|im_end|>"
    )
    # Where there are none, a Qwen3 base is told not to think, as the engine tells it.
    whole = vocabulary.tokenizer.decode(document[0], skip_special_tokens=False)
    assert whole.count("<think>\n\n</think>\n\n") == 1
    plain = ChatWriter(vocabulary, "qwen3", "tiny-instruct").dialogue(Reasoned(TALK), "", 500)
    assert "<think>" not in vocabulary.tokenizer.decode(plain[0], skip_special_tokens=False)


def test_a_dialogue_is_cut_after_its_last_whole_turn(vocabulary: Vocabulary) -> None:
    writer = ChatWriter(vocabulary, "qwen2", "tiny")
    first = writer.dialogue(Reasoned(TALK.cut(1)), "", 500)
    assert writer.dialogue(Reasoned(TALK), "", len(first[0]) + 3) == first
    assert writer.dialogue(Reasoned(TALK), "", 5) == ([], [])


def test_rows_hold_whole_documents(vocabulary: Vocabulary) -> None:
    np = pytest.importorskip("numpy")
    writer = ChatWriter(vocabulary, "qwen2", "tiny")
    found = [
        Reasoned(Dialogue(str(n), "zh", "counseling", (Turn(*talk),)))
        for n, talk in enumerate(TALKS[:9])
    ]
    documents = encode(
        found, writer, systems={}, system_share=1.0, limit=120, chance=random.Random(1)
    )
    rows = pack(documents, 120, writer.end_of_document)
    seen = []
    for ids, parts, owners in zip(rows["ids"], rows["parts"], rows["documents"], strict=True):
        assert ids.shape == (121,)
        for number in range(int(owners.max()) + 1):
            places = np.flatnonzero(owners == number)
            assert (np.diff(places) == 1).all()
            seen.append((ids[places].tolist(), parts[places].tolist()))
        assert (parts[owners < 0] < 0).all()
    assert sorted(seen) == sorted(documents)


def test_a_base_without_a_chat_format_is_refused(vocabulary: Vocabulary) -> None:
    bare = dataclasses.replace(
        vocabulary, tokens=tuple(token.strip("<") for token in vocabulary.tokens)
    )
    with pytest.raises(ValueError, match="no chat format"):
        ChatWriter(bare, "qwen2", "tiny")


def test_rows_of_embeddings_without_a_token_are_padding(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.tokens) == 420
    assert vocabulary.tokens[419] == "[PAD419]"
    assert vocabulary.kinds[419] == 5
    assert vocabulary.kinds[vocabulary.id_of("<|im_end|>") or 0] == 3
    assert vocabulary.pre == "qwen2"
    assert vocabulary.start == ()
