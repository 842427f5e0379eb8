"""The static embedder: reading a folder, the mean of token vectors, odd texts, broken files."""

from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.retrieval.embedder import (
    MODEL_FILE,
    StaticEmbedder,
    model_digest,
    read_safetensors,
)

MODEL = Path(__file__).parents[3] / "model_store" / "embedder"
EMBEDDER = StaticEmbedder.load(MODEL)


def safetensors(array: np.ndarray, kind: str) -> bytes:
    body = array.tobytes()
    entry = {"dtype": kind, "shape": list(array.shape), "data_offsets": [0, len(body)]}
    header = json.dumps({"embeddings": entry}).encode()
    return struct.pack("<Q", len(header)) + header + body


@pytest.mark.parametrize(("kind", "dtype"), [("F32", "<f4"), ("F16", "<f2"), ("I8", "i1")])
def test_reads_three_number_types(kind: str, dtype: str) -> None:
    array = np.arange(6).reshape(3, 2).astype(dtype)
    assert read_safetensors(safetensors(array, kind)).tolist() == array.tolist()


def test_model_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) < 8_000_000


def test_vectors_have_unit_length() -> None:
    vectors = EMBEDDER.embed(["我睡不着", "I cannot sleep"])
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_one_text_gives_the_same_vector_alone_and_in_company() -> None:
    alone = EMBEDDER.embed(["和室友吵架了"])[0]
    assert np.allclose(alone, EMBEDDER.embed(["x", "和室友吵架了", ""])[1], atol=1e-6)


def test_nothing_known_gives_a_zero_vector() -> None:
    vectors = EMBEDDER.embed(["", "   ", "\U0001f9ff"])
    assert not vectors.any()


def test_no_texts_give_no_rows() -> None:
    assert EMBEDDER.embed([]).shape[0] == 0


def test_case_and_width_do_not_matter() -> None:
    first, second = EMBEDDER.embed(["My EXAM", "my ｅｘａｍ"])
    assert np.allclose(first, second, atol=1e-6)


@pytest.mark.parametrize(
    ("near", "other", "far"),
    [
        ("我失眠了", "晚上睡不着觉", "今天发工资了"),
        ("室友太吵", "舍友打游戏影响我", "爷爷去世了"),
        ("I can't sleep", "lying awake at night", "my boss gave me a raise"),
        ("my mother is in hospital", "dad has surgery tomorrow", "I like this song"),
    ],
)
def test_like_situations_lie_closer(near: str, other: str, far: str) -> None:
    first, second, third = EMBEDDER.embed([near, other, far])
    assert first @ second > first @ third


@given(st.text(max_size=200))
def test_takes_any_text(text: str) -> None:
    """Lone surrogates, NUL and right-to-left marks included."""
    for odd in (text, text + "\ud800\x00\u202e"):
        assert np.isfinite(EMBEDDER.embed([odd])).all()


def test_a_very_long_text_is_cut() -> None:
    assert np.isfinite(EMBEDDER.embed(["累" * 200_000])).all()


@pytest.mark.parametrize("damage", [b"", b"\x00" * 4, struct.pack("<Q", 1 << 40), b"\xff" * 64])
def test_a_broken_model_file_is_an_engine_error(tmp_path: Path, damage: bytes) -> None:
    folder = shutil.copytree(MODEL, tmp_path / "model")
    (folder / MODEL_FILE).write_bytes(damage)
    with pytest.raises(EngineError) as caught:
        StaticEmbedder.load(folder)
    assert caught.value.code == "retrieval_failed"


def test_a_missing_folder_is_an_engine_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        StaticEmbedder.load(tmp_path / "none")


def test_digest_follows_the_files(tmp_path: Path) -> None:
    folder = shutil.copytree(MODEL, tmp_path / "model")
    before = model_digest(folder)
    path = folder / MODEL_FILE
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    assert model_digest(folder) != before
