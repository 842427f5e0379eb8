"""The vocabulary of a base: its tokenizer, and what a GGUF file says about it.

Two kinds: byte-level BPE in a tokenizer.json (Qwen2, Qwen3, Llama 3), and SentencePiece's BPE in a
tokenizer.model (InternLM2), which is read here without the sentencepiece library.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.adapt.sentence_pieces import Piece, PieceKind, read_pieces
from psylite_desktop.forge.tokenizer import SPLIT

_LLAMA3 = SPLIT.replace(r"|\p{N}|", r"|\p{N}{1,3}|")
PRE_TOKENIZERS = {SPLIT: "qwen2", _LLAMA3: "llama-bpe"}
"""Split expressions and llama.cpp's names of them (src/llama-vocab.cpp)."""
CHAT_ENDS = ("<|im_end|>", "<|eot_id|>")
_NUL = "\N{DRAGON}"
"""Stands for the token of a zero byte: C ends a text there (llama.cpp does so for InternLM2)."""


class UnknownVocabularyError(ValueError):
    """A vocabulary that our writer does not know; the public converter may."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tokens by id with their kinds (llama.cpp's llama_token_type) and what is put before a text.

    `pieces` is true for SentencePiece, whose tokens have `scores` instead of `merges`.
    """

    tokenizer: Any
    tokens: tuple[str, ...]
    kinds: tuple[int, ...]
    merges: tuple[str, ...]
    scores: tuple[float, ...]
    pre: str
    pieces: bool
    space_prefix: bool
    start: tuple[int, ...]

    def id_of(self, *names: str) -> int | None:
        """The id of the first of these tokens that there is."""
        return next((self.tokens.index(name) for name in names if name in self.tokens), None)


def read_vocabulary(folder: Path, size: int) -> Vocabulary:
    """The vocabulary of a model folder with `size` rows of embeddings.

    Raises OSError if there is none, and UnknownVocabularyError for a kind that is not known here.
    """
    if (folder / "tokenizer.json").exists():
        return _byte_level(folder, size)
    if (folder / "tokenizer.model").exists():
        return _sentence_pieces(folder, size)
    raise FileNotFoundError(f"no tokenizer.json and no tokenizer.model in {folder.name}")


def _byte_level(folder: Path, size: int) -> Vocabulary:
    from tokenizers import Tokenizer

    said = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    if said["model"].get("type", "BPE") != "BPE" or said["model"].get("byte_fallback"):
        raise UnknownVocabularyError("the tokenizer is not byte-level BPE")
    by_id = {number: token for token, number in said["model"]["vocab"].items()}
    special = {entry["id"]: entry["content"] for entry in said["added_tokens"]}
    controls = {entry["id"] for entry in said["added_tokens"] if entry.get("special")}
    by_id |= special
    if max(by_id) >= size:
        raise UnknownVocabularyError(f"token {max(by_id)} has no embedding: there are {size}")
    kinds = [
        PieceKind.UNUSED
        if number not in by_id
        else PieceKind.CONTROL
        if number in controls
        else PieceKind.USER_DEFINED
        if number in special
        else PieceKind.NORMAL
        for number in range(size)
    ]
    merges = said["model"]["merges"]
    return Vocabulary(
        tokenizer=tokenizer,
        tokens=tuple(by_id.get(number, f"[PAD{number}]") for number in range(size)),
        kinds=tuple(int(kind) for kind in kinds),
        merges=tuple(one if isinstance(one, str) else " ".join(one) for one in merges),
        scores=(),
        pre=PRE_TOKENIZERS.get(_split_of(said), ""),
        pieces=False,
        space_prefix=False,
        start=tuple(tokenizer.encode("").ids),
    )


def _split_of(said: dict[str, Any]) -> str:
    """The split expression of a tokenizer.json, "" if it has none or several."""
    outer = said.get("pre_tokenizer") or {}
    parts = outer.get("pretokenizers", [outer])
    found = [part["pattern"].get("Regex", "") for part in parts if part.get("type") == "Split"]
    return found[0] if len(found) == 1 else ""


def _sentence_pieces(folder: Path, size: int) -> Vocabulary:
    model = read_pieces((folder / "tokenizer.model").read_bytes())
    pieces = list(model.pieces)
    config_path = folder / "tokenizer_config.json"
    config = json.loads(config_path.read_text("utf-8")) if config_path.exists() else {}
    for key, entry in config.get("added_tokens_decoder", {}).items():
        number = int(key)
        if number >= size:
            raise UnknownVocabularyError(f"token {number} has no embedding: there are {size}")
        while len(pieces) <= number:
            pieces.append(Piece(f"[PAD{len(pieces)}]", -1000.0, PieceKind.UNUSED))
        if entry.get("special") and pieces[number].kind != PieceKind.UNKNOWN:
            pieces[number] = Piece(entry["content"], -1000.0, PieceKind.CONTROL)
    if len(pieces) > size:
        raise UnknownVocabularyError(f"{len(pieces)} tokens, but {size} embeddings")
    pieces += [Piece(f"[PAD{n}]", -1000.0, PieceKind.UNUSED) for n in range(len(pieces), size)]
    pieces = [
        Piece(one.text, one.score, PieceKind.UNUSED) if one.text.startswith("[UNUSED") else one
        for one in pieces
    ]
    tokenizer = model.tokenizer(pieces)
    start = next((n for n, one in enumerate(pieces) if one.text == "<s>"), None)
    begins = start is not None and config.get("add_bos_token", True)
    return Vocabulary(
        tokenizer=tokenizer,
        tokens=tuple(_NUL if one.text == "\0" else one.text for one in pieces),
        kinds=tuple(int(one.kind) for one in pieces),
        merges=(),
        scores=tuple(one.score for one in pieces),
        pre="default",
        pieces=True,
        space_prefix=model.space_prefix,
        start=(start,) if begins and start is not None else (),
    )
