"""SentencePiece's file read without its library, and texts cut as llama.cpp cuts them."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from psylite_desktop.forge.adapt.sentence_pieces import SPACE, PieceKind, read_pieces
from psylite_desktop.forge.adapt.vocabulary import UnknownVocabularyError, read_vocabulary
from tests.fakes.tiny_bases import random_weights, tiny_shape

WORDS = [
    "你",
    "好",
    "我",
    "累",
    "很",
    "你好",
    "很累",
    "a",
    "b",
    "c",
    "ab",
    "abc",
    SPACE,
    SPACE + "a",
]
MARKS = ["[UNUSED_TOKEN_1]", "[UNUSED_TOKEN_2]", "[UNUSED_TOKEN_3]"]


def varint(value: int) -> bytes:
    found = b""
    while value > 0x7F:
        found += bytes([value & 0x7F | 0x80])
        value >>= 7
    return found + bytes([value])


def message(number: int, body: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(body)) + body


def piece(text: str, score: float, kind: PieceKind) -> bytes:
    body = message(1, text.encode()) + b"\x15" + struct.pack("<f", score)
    return message(1, body + varint(3 << 3) + varint(int(kind)))


def model_file(*, prefix: bool = False, kind: int = 2) -> bytes:
    rows = [piece("<unk>", 0.0, PieceKind.UNKNOWN)]
    rows += [piece(text, 0.0, PieceKind.CONTROL) for text in ("<s>", "</s>")]
    rows += [piece(f"<0x{byte:02X}>", 0.0, PieceKind.BYTE) for byte in range(256)]
    rows += [piece(word, -float(n), PieceKind.NORMAL) for n, word in enumerate(WORDS)]
    rows += [piece(mark, -1000.0, PieceKind.NORMAL) for mark in MARKS]
    trainer = message(2, varint(3 << 3) + varint(kind))
    normaliser = message(3, message(1, b"identity") + varint(3 << 3) + varint(int(prefix)))
    return b"".join(rows) + trainer + normaliser


def write(folder: Path, *, prefix: bool = False) -> None:
    (folder / "tokenizer.model").write_bytes(model_file(prefix=prefix))
    first = 3 + 256 + len(WORDS)
    added = {
        str(first): {"content": "<|im_start|>", "special": True},
        str(first + 1): {"content": "<|im_end|>", "special": True},
    }
    config = {"added_tokens_decoder": added, "add_bos_token": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")


def test_the_file_is_read() -> None:
    found = read_pieces(model_file())
    assert [one.text for one in found.pieces[:4]] == ["<unk>", "<s>", "</s>", "<0x00>"]
    assert found.pieces[3].kind == PieceKind.BYTE
    assert found.pieces[259 + 1].score == -1.0
    assert not found.space_prefix
    assert read_pieces(model_file(prefix=True)).space_prefix


@pytest.mark.parametrize("data", [b"", b"\x0a\xff", b"not one", model_file(kind=1)])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"protocol buffer|SentencePiece"):
        read_pieces(data)


def test_renamed_tokens_are_control_tokens(tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    write(tmp_path)
    found = read_vocabulary(tmp_path, 300)
    assert found.pieces
    assert found.start == (1,)
    place = found.id_of("<|im_end|>")
    assert place is not None
    assert found.kinds[place] == PieceKind.CONTROL
    assert found.kinds[place + 1] == PieceKind.UNUSED
    assert found.kinds[299] == PieceKind.UNUSED
    ids = found.tokenizer.encode("<|im_start|>你好<|im_end|>", add_special_tokens=False).ids
    assert [found.tokens[number] for number in ids] == ["<|im_start|>", "你好", "<|im_end|>"]
    with pytest.raises(UnknownVocabularyError):
        read_vocabulary(tmp_path, 200)


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("prefix", [False, True])
def test_llama_cpp_cuts_texts_in_the_same_way(prefix: bool, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("llama_cpp")
    from psylite_desktop.engine.gguf_check import check_gguf
    from psylite_desktop.engine.quantization import open_wrapper
    from psylite_desktop.forge.adapt.export import write_base_gguf
    from psylite_desktop.forge.adapt.weights import SafeTensors, write_file
    from psylite_desktop.forge.parity import same_tokens

    write(tmp_path, prefix=prefix)
    shape = tiny_shape("llama", vocabulary=300, tied=False)
    weights = random_weights(shape)
    sizes = {name: tuple(tensor.shape) for name, tensor in weights.items()}
    write_file(weights.__getitem__, sizes, tmp_path / "model.safetensors", "F32")
    vocabulary = read_vocabulary(tmp_path, 300)
    target = tmp_path / "tiny.gguf"
    stored = SafeTensors(tmp_path)
    write_base_gguf(shape, stored, vocabulary, target, name="tiny")
    assert check_gguf(target).chat_format == "chatml"
    lines = ["你好", "我很累", "abcab a bc", "你好 abc  很很累", "🙂é\n", "", "a", "你好吗，abc？"]
    wrapper = open_wrapper(target, context=64)
    assert same_tokens(wrapper, vocabulary.tokenizer, lines) == []
