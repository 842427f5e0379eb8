"""The byte-level BPE tokenizer: training, loading, and the prompt format in tokens.

The split expression is Qwen2's, so that llama.cpp's pre-tokenizer "qwen2" cuts text the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

END_OF_DOCUMENT = "<|endoftext|>"
START = "<|im_start|>"
END = "<|im_end|>"
NOTE = "<|note|>"
SPECIAL_TOKENS = (END_OF_DOCUMENT, START, END, NOTE)

# Source: tokenizer.json of Qwen2; llama.cpp, src/llama-vocab.cpp, LLAMA_VOCAB_PRE_TYPE_QWEN2.
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|"
    r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def train_tokenizer(texts: Iterable[str], vocabulary: int, path: Path) -> None:
    """Train a tokenizer of `vocabulary` entries, special tokens first, and save it as JSON."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        max_token_length=16,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    path.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(path))


class Encoder:
    r"""Renders the fixed prompt format into token ids.

    Format: ``<|im_start|>user\n{text}[<|note|>{note}]<|im_end|>\n<|im_start|>assistant\n{reply}
    <|im_end|>\n``, turn after turn, then ``<|endoftext|>``.
    """

    def __init__(self, path: Path) -> None:
        """Load a tokenizer.json; raises Exception (of tokenizers) if it cannot be read."""
        from tokenizers import Tokenizer

        self.path = path
        self.tokenizer: Any = Tokenizer.from_file(str(path))
        ids: list[Any] = [self.tokenizer.token_to_id(token) for token in SPECIAL_TOKENS]
        self.end_of_document: int = ids[0]
        self.start: int = ids[1]
        self.end: int = ids[2]
        self.note: int = ids[3]
        self._newline = self.text("\n")
        self._user = self.text("user\n")
        self._assistant = self.text("assistant\n")

    def text(self, text: str) -> list[int]:
        """Ids of plain text; special-token look-alikes must have been taken out before."""
        ids: list[int] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def many(self, texts: list[str]) -> list[list[int]]:
        """Ids of many plain texts, on all cores."""
        encoded = self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [found.ids for found in encoded]

    def prompt(self, user: str, note: str | None = None) -> list[int]:
        """Ids of one message of the person, up to where the reply starts."""
        ids = [self.start, *self._user, *self.text(user)]
        if note:
            ids += [self.note, *self.text(note)]
        return [*ids, self.end, *self._newline, self.start, *self._assistant]

    def turn(self, user: str, note: str | None, reply: str) -> tuple[list[int], list[int]]:
        """Ids and parts (0 scaffolding and note, 1 person, 2 reply with its end) of a turn."""
        asked = self.text(user)
        return self.turn_of(asked, self.text(note) if note else None, self.text(reply))

    def turn_of(
        self, said: list[int], note: list[int] | None, reply: list[int]
    ) -> tuple[list[int], list[int]]:
        """As `turn`, of ids instead of texts."""
        before = [self.start, *self._user]
        after = [self.note, *note] if note else []
        after += [self.end, *self._newline, self.start, *self._assistant]
        answer = [*reply, self.end]
        ids = [*before, *said, *after, *answer, *self._newline]
        parts = [0] * len(before) + [1] * len(said) + [0] * len(after)
        parts += [2] * len(answer) + [0] * len(self._newline)
        return ids, parts

    def decode(self, ids: list[int]) -> str:
        """Text of ids without special tokens."""
        text: str = self.tokenizer.decode(ids)
        return text
