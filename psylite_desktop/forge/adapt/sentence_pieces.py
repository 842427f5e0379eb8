"""SentencePiece's model file (protocol buffers) and its tokenizer, without the library.

Source: sentencepiece_model.proto; how its BPE becomes merges: LlamaConverter of transformers'
convert_slow_tokenizer.py.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

SPACE = "▁"
_BPE = 2  # TrainerSpec.ModelType


class PieceKind(IntEnum):
    """Kinds of pieces; llama.cpp numbers its token types in the same way."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3
    USER_DEFINED = 4
    UNUSED = 5
    BYTE = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, how early it is put together (higher is earlier), and its kind."""

    text: str
    score: float
    kind: PieceKind


@dataclass(frozen=True, slots=True)
class PieceModel:
    """What a model file holds; `space_prefix`: a text is read as if it began with a blank."""

    pieces: tuple[Piece, ...]
    space_prefix: bool

    def tokenizer(self, pieces: Sequence[Piece]) -> Any:
        """A tokenizer of the tokenizers library with these pieces (the model's, or renamed)."""
        from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers

        vocabulary = {piece.text: number for number, piece in enumerate(pieces)}
        unknown = next((one.text for one in pieces if one.kind == PieceKind.UNKNOWN), None)
        tokenizer = Tokenizer(
            models.BPE(
                vocabulary,
                merges_of(pieces, vocabulary),
                unk_token=unknown,
                fuse_unk=True,
                byte_fallback=True,
            )
        )
        before = [normalizers.Prepend(SPACE)] if self.space_prefix else []
        tokenizer.normalizer = normalizers.Sequence([*before, normalizers.Replace(" ", SPACE)])
        tokenizer.decoder = decoders.Sequence(
            [decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
        )
        special = [one.text for one in pieces if one.kind == PieceKind.CONTROL]
        tokenizer.add_special_tokens(
            [AddedToken(text, normalized=False, special=True) for text in special]
        )
        return tokenizer


def merges_of(pieces: Sequence[Piece], vocabulary: dict[str, int]) -> list[tuple[str, str]]:
    """Pairs of pieces that make a piece, in the order in which they are put together."""
    found: list[tuple[float, int, int, tuple[str, str]]] = []
    for piece in pieces:
        if piece.kind not in (PieceKind.NORMAL, PieceKind.USER_DEFINED):
            continue
        cuts = [(piece.text[:at], piece.text[at:]) for at in range(1, len(piece.text))]
        found += [
            (-piece.score, vocabulary[left], vocabulary[right], (left, right))
            for left, right in cuts
            if left in vocabulary and right in vocabulary
        ]
    return [pair for _, _, _, pair in sorted(found)]


def read_pieces(data: bytes) -> PieceModel:
    """Parse a tokenizer.model. Raises ValueError if it is none, or not of the BPE kind."""
    pieces: list[Piece] = []
    space_prefix, kind = True, 1
    for number, value in _fields(data):
        if number == 1:
            pieces.append(_piece(value))
        elif number == 2:
            kind = next((int(v) for n, v in _fields(value) if n == 3), kind)
        elif number == 3:
            space_prefix = next((bool(v) for n, v in _fields(value) if n == 3), space_prefix)
    if not pieces or kind != _BPE:
        raise ValueError("tokenizer.model is no SentencePiece model of the BPE kind")
    return PieceModel(tuple(pieces), space_prefix)


def _piece(data: bytes) -> Piece:
    text, score, kind = "", 0.0, PieceKind.NORMAL
    for number, value in _fields(data):
        if number == 1:
            text = value.decode("utf-8")
        elif number == 2:
            score = struct.unpack("<f", value)[0]
        elif number == 3:
            kind = PieceKind(value)
    return Piece(text, score, kind)


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """Field numbers and values: an int, or bytes of a text, message or fixed-size number."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        wire = key & 7
        if wire == 0:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if wire == 2:
            size, at = _varint(data, at)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
        else:
            raise ValueError("not a protocol buffer")
        if at + size > len(data):
            raise ValueError("a protocol buffer is cut off")
        yield key >> 3, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("a protocol buffer is cut off")
