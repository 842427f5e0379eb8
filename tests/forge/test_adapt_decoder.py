"""The network that is adapted: as llama.cpp and transformers compute it, packed rows included."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.forge.adapt.shape import shape_of
from tests.fakes.tiny_bases import TALKS, random_weights, tiny_shape, write_base

pytestmark = [pytest.mark.ci, pytest.mark.filterwarnings("ignore")]
ARCHITECTURES = ("llama", "qwen2", "qwen3")


def loaded(folder: Path) -> Any:
    torch = pytest.importorskip("torch")
    from psylite_desktop.forge.adapt.base_model import open_base
    from psylite_desktop.forge.adapt.decoder import build_decoder, load_decoder

    base = open_base(folder)
    model = build_decoder(base.shape)
    load_decoder(model, base.weights, dtype=torch.float32, device="cpu")
    return model.eval()


def ids_of(count: int = 24) -> Any:
    torch = pytest.importorskip("torch")
    return torch.randint(10, 390, (2, count), generator=torch.Generator().manual_seed(3))


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_llama_cpp_computes_the_same(architecture: str, tied: bool, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("llama_cpp")
    from psylite_desktop.engine.quantization import open_wrapper
    from psylite_desktop.forge.adapt.base_model import open_base
    from psylite_desktop.forge.adapt.export import write_base_gguf
    from psylite_desktop.forge.adapt.vocabulary import read_vocabulary
    from psylite_desktop.forge.parity import gguf_logits, same_tokens

    write_base(tmp_path, tiny_shape(architecture, tied=tied))
    base = open_base(tmp_path)
    vocabulary = read_vocabulary(tmp_path, base.shape.vocabulary)
    target = tmp_path / "tiny.gguf"
    write_base_gguf(base.shape, base.weights, vocabulary, target, name="tiny")
    ids = ids_of()
    with torch.no_grad():
        ours = loaded(tmp_path)(ids)
    wrapper = open_wrapper(target, context=64, all_logits=True)
    theirs = torch.from_numpy(gguf_logits(wrapper, ids.tolist()))
    assert (ours.argmax(-1) == theirs.argmax(-1)).float().mean() >= 0.95
    assert float((ours - theirs).abs().max()) < 0.05 * float(ours.abs().max())
    lines = [text for talk in TALKS[:8] for text in talk] + ["Hello, it's 42 today. \n\n好"]
    assert same_tokens(wrapper, vocabulary.tokenizer, lines) == []


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_transformers_computes_the_same(architecture: str, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    write_base(tmp_path, tiny_shape(architecture))
    theirs = transformers.AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    ids = ids_of()
    with torch.no_grad():
        torch.testing.assert_close(
            loaded(tmp_path)(ids), theirs.eval()(ids).logits, atol=2e-4, rtol=2e-4
        )
    assert shape_of(theirs.config.to_dict() | {"architectures": [type(theirs).__name__]}) == (
        tiny_shape(architecture)
    )


def test_documents_of_a_row_do_not_see_each_other(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    write_base(tmp_path, tiny_shape("qwen2"))
    model = loaded(tmp_path)
    first, second = ids_of(11)[:1], ids_of(11)[1:]
    row = torch.cat([first, second], dim=1)
    documents = torch.tensor([[0] * 11 + [1] * 11])
    with torch.no_grad():
        together = model(row, documents=documents)
        torch.testing.assert_close(together[:, :11], model(first), atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(together[:, 11:], model(second), atol=1e-4, rtol=1e-4)


def test_logits_of_wanted_places_alone(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    write_base(tmp_path, tiny_shape("llama", tied=False))
    model = loaded(tmp_path)
    ids = ids_of()
    wanted = ids % 3 == 0
    with torch.no_grad():
        torch.testing.assert_close(model(ids, wanted=wanted), model(ids)[wanted])


def test_a_missing_tensor_is_named(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    shape = tiny_shape("qwen2")
    weights = random_weights(shape)
    del weights["model.layers.1.self_attn.k_proj.bias"]
    write_base(tmp_path, shape, weights)
    with pytest.raises(ValueError, match=r"layers\.1\.self_attn\.k_proj\.bias"):
        loaded(tmp_path)
