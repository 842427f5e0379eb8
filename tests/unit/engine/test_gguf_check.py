import random
import struct
import time
from dataclasses import replace
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.engine.gguf_check import chat_format_of, check_gguf
from tests.fakes.tiny_gguf import CONTROL, TinyShape, number_value, text_value, write_tiny_gguf

SMALL = TinyShape(width=8, layers=1, heads=1, feed_forward=8)


def code_of(path: Path) -> str:
    with pytest.raises(ModelFileError) as caught:
        check_gguf(path)
    return caught.value.code


def test_facts_of_a_good_file(tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "模型 1.gguf", TinyShape(width=64, layers=2, heads=4))
    facts = check_gguf(path)
    assert facts.path == path
    assert facts.size == path.stat().st_size
    assert (facts.architecture, facts.name, facts.file_type) == ("llama", "tiny", "f32")
    assert (facts.context_length, facts.embedding_length, facts.layers) == (512, 64, 2)
    assert (facts.heads, facts.kv_heads, facts.head_size) == (4, 4, 16)
    assert facts.vocabulary == 262
    assert facts.parameters == 115_776
    assert facts.chat_format == "nano"


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        (CONTROL, "nano"),
        (("<|endoftext|>", "<|im_start|>", "<|im_end|>"), "chatml"),
        (("<|begin_of_text|>", "<|start_header_id|>"), "llama3"),
        (("</s>",), "plain"),
        (("<|note|>",), "plain"),
    ],
)
def test_chat_format_follows_the_special_tokens(
    tmp_path: Path, control: tuple[str, ...], expected: str
) -> None:
    path = write_tiny_gguf(tmp_path / "m.gguf", replace(SMALL, control=control))
    assert check_gguf(path).chat_format == expected
    assert chat_format_of(frozenset(word.encode() for word in control)) == expected


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.gguf") == "model_missing"
    assert code_of(tmp_path) == "model_missing"
    assert code_of(Path("a\0b")) == "model_missing"


def test_empty_renamed_and_cut_files(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(b"")
    assert code_of(path) == "model_empty"
    path.write_bytes(b"GG")
    assert code_of(path) == "model_not_gguf"
    path.write_bytes(b"\x89PNG\r\n" * 100)
    assert code_of(path) == "model_not_gguf"
    path.write_bytes(b"GGUF")
    assert code_of(path) == "model_truncated"


@pytest.mark.parametrize("version", [0, 1, 4, 0x03000000])
def test_other_versions_and_byte_orders(tmp_path: Path, version: int) -> None:
    path = write_tiny_gguf(tmp_path / "m.gguf", SMALL)
    data = bytearray(path.read_bytes())
    data[4:8] = struct.pack("<I", version)
    path.write_bytes(data)
    assert code_of(path) == "model_version"


def test_a_file_cut_anywhere_is_noticed(tmp_path: Path) -> None:
    whole = write_tiny_gguf(tmp_path / "m.gguf", SMALL).read_bytes()
    path = tmp_path / "cut.gguf"
    for length in [*range(4, 4_000, 97), *range(4_000, len(whole), 1_511)]:
        path.write_bytes(whole[:length])
        assert code_of(path) == "model_truncated", length


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("general.architecture", text_value("mamba"), "model_unsupported"),
        ("general.architecture", number_value(3), "model_malformed"),
        ("general.type", text_value("adapter"), "model_unsupported"),
        ("split.count", number_value(3), "model_unsupported"),
        ("llama.expert_count", number_value(8), "model_unsupported"),
        ("llama.block_count", number_value(100_000), "model_malformed"),
        ("llama.attention.head_count", number_value(0), "model_malformed"),
        ("llama.context_length", text_value("512"), "model_malformed"),
        ("general.alignment", number_value(24), "model_malformed"),
        ("general.alignment", number_value(0), "model_malformed"),
        ("general.alignment", number_value(8192), "model_malformed"),
        ("tokenizer.ggml.tokens", number_value(1), "model_malformed"),
        ("tokenizer.ggml.tokens", struct.pack("<IIQ", 9, 9, 1), "model_malformed"),
        ("tokenizer.ggml.tokens", struct.pack("<IIQ", 9, 8, 1 << 62), "model_truncated"),
        ("tokenizer.ggml.tokens", struct.pack("<IIQQ", 9, 8, 1, 1 << 40), "model_malformed"),
        ("tokenizer.ggml.scores", struct.pack("<IIQf", 9, 6, 1, 0.0), "model_malformed"),
        ("tokenizer.ggml.eos_token_id", text_value("2"), "model_malformed"),
        ("general.name", struct.pack("<IQ", 8, 1 << 30), "model_malformed"),
        ("general.name", struct.pack("<IQ", 8, 2) + b"\xff\xff", "model_malformed"),
        ("general.name", struct.pack("<I", 77), "model_malformed"),
        ("llama.context_length", number_value(2), "model_malformed"),
        ("llama.attention.head_count", number_value(3), "model_malformed"),
        ("llama.attention.head_count_kv", number_value(2), "model_malformed"),
        ("llama.attention.key_length", number_value(255), "model_malformed"),
        ("llama.attention.value_length", number_value(1), "model_malformed"),
        ("llama.attention.value_length", text_value("8"), "model_malformed"),
        ("llama.rope.dimension_count", number_value(0), "model_malformed"),
        ("llama.rope.dimension_count", number_value(65535), "model_malformed"),
        ("llama.rope.dimension_count", number_value(3), "model_malformed"),
        ("llama.rope.freq_base", struct.pack("<If", 6, float("nan")), "model_malformed"),
        (
            "llama.attention.layer_norm_rms_epsilon",
            struct.pack("<If", 6, 3.4e38),
            "model_malformed",
        ),
        ("llama.feed_forward_length", number_value(3), "model_malformed"),
    ],
)
def test_values_out_of_range(tmp_path: Path, key: str, value: bytes, code: str) -> None:
    shape = replace(SMALL, overrides={key: value})
    assert code_of(write_tiny_gguf(tmp_path / "wrong.gguf", shape)) == code


def test_a_vocabulary_that_cannot_spell_every_byte(tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "m.gguf", SMALL)
    letter = struct.pack("<Q", 2) + "é".encode()
    data = path.read_bytes()
    assert letter in data
    path.write_bytes(data.replace(letter, struct.pack("<Q", 2) + b"\xff\xff"))
    assert code_of(path) == "model_malformed"


def with_tensor_info(path: Path, name: str, patch: bytes, *, after_name: int) -> Path:
    """Overwrite bytes of a tensor's entry, counted from the end of its name."""
    data = bytearray(path.read_bytes())
    at = data.rindex(name.encode()) + len(name) + after_name
    data[at : at + len(patch)] = patch
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("patch", "after_name", "code"),
    [
        (struct.pack("<I", 5), 0, "model_malformed"),  # dimensions
        (struct.pack("<Q", 0), 4, "model_malformed"),  # an empty side
        (struct.pack("<Q", 1 << 63), 4, "model_malformed"),
        (struct.pack("<Q", 1 << 40), 4, "model_truncated"),  # more data than the file has
        (struct.pack("<I", 200), 12, "model_unsupported"),  # type
        (struct.pack("<I", 12), 12, "model_malformed"),  # rows that are no multiple of a block
        (struct.pack("<Q", 7), 16, "model_malformed"),  # offset
    ],
)
def test_tensor_entries_out_of_range(
    tmp_path: Path, patch: bytes, after_name: int, code: str
) -> None:
    path = write_tiny_gguf(tmp_path / "m.gguf", SMALL)
    name = "blk.0.ffn_norm.weight" if code != "model_truncated" else "blk.0.ffn_down.weight"
    assert code_of(with_tensor_info(path, name, patch, after_name=after_name)) == code


def test_a_name_with_control_characters_is_cleaned(tmp_path: Path) -> None:
    shape = replace(SMALL, overrides={"general.name": text_value("a\u202eb\nc" + "x" * 200)})
    name = check_gguf(write_tiny_gguf(tmp_path / "m.gguf", shape)).name
    assert name.startswith("abc")
    assert len(name) == 80


def test_mutated_headers_end_in_a_verdict(tmp_path: Path) -> None:
    whole = write_tiny_gguf(tmp_path / "m.gguf", SMALL).read_bytes()
    header = whole.index(b"blk.0.ffn_down.weight") + 64
    rng = random.Random(20260)
    path = tmp_path / "mutated.gguf"
    slowest = 0.0
    for _ in range(2_000):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(header)
            if rng.random() < 0.5:
                data[at] = rng.randrange(256)
            else:  # whole words: counts, lengths and shapes are eight bytes
                data[at : at + 8] = struct.pack("<Q", rng.choice(EXTREMES))
        path.write_bytes(data[: rng.choice((len(data), rng.randrange(len(data))))])
        started = time.process_time()
        try:
            check_gguf(path)
        except ModelFileError as error:
            assert error.code.startswith("model_")  # noqa: PT017 - a good file is fine too
        slowest = max(slowest, time.process_time() - started)
    assert slowest < 2.0


EXTREMES = (0, 1, 8, 255, 1 << 20, 1 << 31, (1 << 32) - 1, 1 << 40, 1 << 62, (1 << 64) - 1)
