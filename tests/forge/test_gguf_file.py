"""Our GGUF writer, judged by our own reader, and by the public package where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from psylite_desktop.engine.gguf_header import read_header
from psylite_desktop.forge.gguf_file import GgufFile, quantise_q8_0


def write(path: Path) -> Path:
    import numpy as np

    file = GgufFile("llama")
    file.text("general.name", "练习")
    file.number("{arch}.context_length", 1024)
    file.number("{arch}.rope.freq_base", 10000.0)
    file.switch("tokenizer.ggml.add_bos_token", value=False)
    file.texts("tokenizer.ggml.tokens", ["a", "ĠB", "你"])
    file.integers("tokenizer.ggml.token_type", [1, 3, 1])
    weight = np.arange(128, dtype=np.float32).reshape(2, 64) / 64
    file.tensor("whole", weight, "f16")
    file.tensor("norm", weight[0], "f32")
    file.tensor("blocks", weight, "q8_0")
    size = file.write(path)
    assert size == path.stat().st_size
    return path


def test_the_engine_reads_the_header(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gguf")
    with path.open("rb") as handle:
        header = read_header(handle, path.stat().st_size)
    values = header.values
    assert values["general.architecture"] == "llama"
    assert values["general.name"] == "练习"
    assert values["llama.context_length"] == 1024


def test_blocks_keep_values_to_within_a_step() -> None:
    np = pytest.importorskip("numpy")
    weight = np.random.default_rng(3).normal(size=(4, 96)).astype(np.float32)
    weight[1] = 0
    blocks = quantise_q8_0(weight).reshape(-1, 34)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    back = (blocks[:, 2:].view(np.int8) * scale).reshape(weight.shape)
    assert np.abs(back - weight).max() <= np.abs(weight).max() / 127
    assert not back[1].any()
    with pytest.raises(ValueError, match="33"):
        quantise_q8_0(weight[:, :33])


@pytest.mark.ci
@pytest.mark.filterwarnings("ignore")
def test_the_public_package_agrees(tmp_path: Path) -> None:
    gguf = pytest.importorskip("gguf")
    import numpy as np

    reader = gguf.GGUFReader(write(tmp_path / "a.gguf"))
    assert reader.fields["tokenizer.ggml.tokens"].contents() == ["a", "ĠB", "你"]
    assert reader.fields["tokenizer.ggml.token_type"].contents() == [1, 3, 1]
    assert reader.fields["llama.rope.freq_base"].contents() == 10000.0
    assert reader.fields["tokenizer.ggml.add_bos_token"].contents() is False
    found = {tensor.name: tensor for tensor in reader.tensors}
    assert found["whole"].data.shape == (2, 64)
    assert found["norm"].data.dtype == np.float32
    weight = np.random.default_rng(4).normal(size=(8, 256)).astype(np.float32)
    theirs = gguf.quants.quantize(weight, gguf.GGMLQuantizationType.Q8_0)
    assert (quantise_q8_0(weight) == theirs).all()
