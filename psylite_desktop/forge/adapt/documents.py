"""Dialogues as tokens, in exactly the shape in which the app's engine will ask the model."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any

from psylite_desktop.domain.ports import Turn
from psylite_desktop.engine.gguf_check import chat_format_of
from psylite_desktop.engine.prompt_format import PromptFormat, Segment, prompt_format
from psylite_desktop.forge.adapt.vocabulary import CHAT_ENDS, Vocabulary
from psylite_desktop.forge.corpus import IGNORED
from psylite_desktop.forge.losses import REPLY
from psylite_desktop.forge.reasoning import Reasoned, with_reasons
from psylite_desktop.forge.rows import plan_rows

Document = tuple[list[int], list[int]]
"""Token ids and parts of equal length: 0 scaffolding, 1 the person's words, 2 the reply."""


class ChatWriter:
    """Renders dialogues for one base; plain texts must hold no special tokens.

    Has what `orpo.encode_pairs` wants of an encoder.
    """

    def __init__(self, vocabulary: Vocabulary, architecture: str, name: str) -> None:
        """Choose the base's chat format. Raises ValueError if it has none that the app writes."""
        marks = frozenset(token.encode() for token in vocabulary.tokens if token.startswith("<"))
        chat = chat_format_of(marks)
        if chat not in ("chatml", "llama3"):
            raise ValueError("the base has no chat format that the app writes (ChatML, Llama 3)")
        # As engine/llama.py chooses: Qwen3 is told in every reply not to think aloud.
        quiet = architecture == "qwen3" and "instruct" not in name.lower()
        self._plain: PromptFormat = prompt_format(chat, quiet_thinking=quiet)
        self._thinking: PromptFormat = prompt_format(chat)
        self._tokenizer = vocabulary.tokenizer
        self._start = list(vocabulary.start)
        end = vocabulary.id_of(*CHAT_ENDS)
        if end is None:
            raise ValueError(f"the base has none of {', '.join(CHAT_ENDS)}")
        self.end_of_document = end
        """Fills rows; nothing is learnt from it there."""

    def text(self, text: str) -> list[int]:
        """Ids of a text, special tokens recognised."""
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def turn(self, user: str, note: str | None, reply: str) -> Document:
        """One message and its reply, from the very beginning."""
        return self.turns([Turn("user", user, note or ""), Turn("assistant", reply)])

    def turns(self, turns: Sequence[Turn]) -> Document:
        """A conversation from the very beginning."""
        ids, parts = list(self._start), [0] * len(self._start)
        for turn in turns:
            self._add(ids, parts, self._plain, turn)
        return ids, parts

    def dialogue(self, found: Reasoned, system: str, limit: int) -> Document:
        """A dialogue up to the last whole turn within `limit` tokens; empty if none fits."""
        ids, parts = list(self._start), [0] * len(self._start)
        if system:
            self._add(ids, parts, self._plain, Turn("system", system))
        whole = (0, 0)
        turns = found.dialogue.turns
        for number, turn in enumerate(turns, start=1):
            reasons = found.reasons if number == len(turns) else ""
            self._add(ids, parts, self._plain, Turn("user", turn.user))
            form = self._thinking if reasons else self._plain
            self._add(ids, parts, form, Turn("assistant", with_reasons(turn.reply, reasons)))
            if len(ids) > limit:
                break
            whole = (len(ids), number)
        return ids[: whole[0]], parts[: whole[0]]

    def _add(self, ids: list[int], parts: list[int], form: PromptFormat, turn: Turn) -> None:
        part = {"user": 1, "assistant": REPLY}.get(turn.role, 0)
        said = False
        for segment in form.turn(turn):
            found = self._tokens(segment)
            ids += found
            if not segment.control:
                parts += [part] * len(found)
                said = True
            elif said and part == REPLY:
                # The end of a reply is learnt, the line break after it is not.
                parts += [REPLY] + [0] * (len(found) - 1)
            else:
                parts += [0] * len(found)

    def _tokens(self, segment: Segment) -> list[int]:
        return self.text(segment.text) if segment.text else []


def encode(
    found: Sequence[Reasoned],
    writer: ChatWriter,
    *,
    systems: dict[str, str],
    system_share: float,
    limit: int,
    chance: random.Random,
) -> list[Document]:
    """Documents of the dialogues that fit; general ones get no system prompt."""
    documents = []
    for one in found:
        wants = one.dialogue.kind != "general" and chance.random() < system_share
        system = systems.get(one.dialogue.lang, "") if wants else ""
        document = writer.dialogue(one, system, limit)
        if document[0]:
            documents.append(document)
    return documents


def pack(documents: Iterable[Document], block: int, pad: int) -> dict[str, Any]:
    """Rows of `block` + 1 tokens: `ids`, `parts`, and `documents`, the number of each token's."""
    import numpy as np

    held = list(documents)
    rows = plan_rows([len(ids) for ids, _ in held], block + 1)
    shape = (len(rows), block + 1)
    ids = np.full(shape, pad, dtype=np.int32)
    parts = np.full(shape, IGNORED, dtype=np.int8)
    owners = np.full(shape, -1, dtype=np.int32)
    for row, members in enumerate(rows):
        place = 0
        for number, member in enumerate(members):
            found_ids, found_parts = held[member]
            end = place + len(found_ids)
            ids[row, place:end], parts[row, place:end] = found_ids, found_parts
            owners[row, place:end] = number
            place = end
    return {"ids": ids, "parts": parts, "documents": owners}
