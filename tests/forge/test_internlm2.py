"""InternLM2's weights as Llama's: the reference is written here, after the published network."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.forge.adapt.shape import read_config, shape_of
from psylite_desktop.forge.adapt.weights import SafeTensors, write_file
from tests.fakes.tiny_bases import write_talks
from tests.forge.test_adapt_run import run, steps, toy
from tests.forge.test_sentence_pieces import write as write_pieces

pytestmark = [pytest.mark.ci, pytest.mark.filterwarnings("ignore")]
CONFIG = {
    "architectures": ["InternLM2ForCausalLM"],
    "auto_map": {"AutoModelForCausalLM": "modeling_internlm2.InternLM2ForCausalLM"},
    "bias": False,
    "vocab_size": 120,
    "hidden_size": 48,
    "num_hidden_layers": 3,
    "num_attention_heads": 6,
    "num_key_value_heads": 2,
    "intermediate_size": 80,
    "max_position_embeddings": 256,
    "rope_theta": 1000000,
    "rope_scaling": {"type": "dynamic", "factor": 2.0},
    "rms_norm_eps": 1e-5,
    "hidden_act": "silu",
    "tie_word_embeddings": False,
    "bos_token_id": 1,
    "eos_token_id": 2,
}
HEADS, KEYS, SIZE = 6, 2, 8


def source_weights(vocabulary: int = 120) -> dict[str, Any]:
    torch = pytest.importorskip("torch")
    chance = torch.Generator().manual_seed(8)
    width, wide = 48, 80
    sizes: dict[str, tuple[int, ...]] = {"model.tok_embeddings.weight": (vocabulary, width)}
    for layer in range(3):
        at = f"model.layers.{layer}."
        sizes |= {
            f"{at}attention.wqkv.weight": ((HEADS + 2 * KEYS) * SIZE, width),
            f"{at}attention.wo.weight": (width, width),
            f"{at}feed_forward.w1.weight": (wide, width),
            f"{at}feed_forward.w3.weight": (wide, width),
            f"{at}feed_forward.w2.weight": (width, wide),
            f"{at}attention_norm.weight": (width,),
            f"{at}ffn_norm.weight": (width,),
        }
    sizes |= {"model.norm.weight": (width,), "output.weight": (vocabulary, width)}
    return {
        name: 1.0 + 0.2 * torch.randn(size, generator=chance)
        if "norm" in name
        else torch.randn(size, generator=chance) / (1.0 if "emb" in name else size[-1] ** 0.5)
        for name, size in sizes.items()
    }


def reference(weights: dict[str, Any], ids: Any) -> Any:
    """Logits [length, vocabulary] of one text, spelt out head by head."""
    import torch
    from torch.nn import functional

    length, groups = len(ids), HEADS // KEYS
    x = weights["model.tok_embeddings.weight"][ids]
    angle = torch.outer(
        torch.arange(length).float(), 1000000.0 ** (-torch.arange(0, SIZE, 2).float() / SIZE)
    )
    cos, sin = torch.cat([angle, angle], -1).cos(), torch.cat([angle, angle], -1).sin()
    future = torch.triu(torch.full((length, length), float("-inf")), diagonal=1)

    def norm(x: Any, weight: Any) -> Any:
        return weight * x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5)

    def turned(x: Any) -> Any:
        half = torch.cat([-x[:, SIZE // 2 :], x[:, : SIZE // 2]], -1)
        return x * cos + half * sin

    for layer in range(3):
        at = f"model.layers.{layer}."
        h = norm(x, weights[f"{at}attention_norm.weight"])
        joined = h @ weights[f"{at}attention.wqkv.weight"].T
        joined = joined.view(length, KEYS, groups + 2, SIZE)
        heads = []
        for key_head in range(KEYS):
            key = turned(joined[:, key_head, groups])
            value = joined[:, key_head, groups + 1]
            for member in range(groups):
                query = turned(joined[:, key_head, member])
                heads.append(torch.softmax(query @ key.T / SIZE**0.5 + future, -1) @ value)
        x = x + torch.cat(heads, -1) @ weights[f"{at}attention.wo.weight"].T
        h = norm(x, weights[f"{at}ffn_norm.weight"])
        gate = functional.silu(h @ weights[f"{at}feed_forward.w1.weight"].T)
        inner = gate * (h @ weights[f"{at}feed_forward.w3.weight"].T)
        x = x + inner @ weights[f"{at}feed_forward.w2.weight"].T
    return norm(x, weights["model.norm.weight"]) @ weights["output.weight"].T


def write_source(folder: Path, weights: dict[str, Any], kind: str = "F32", **config: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {name: tuple(tensor.shape) for name, tensor in weights.items()}
    write_file(weights.__getitem__, sizes, folder / "model.safetensors", kind)
    (folder / "config.json").write_text(json.dumps(CONFIG | config), "utf-8")


def logits_of(folder: Path, ids: Any) -> Any:
    import torch

    from psylite_desktop.forge.adapt.base_model import open_base
    from psylite_desktop.forge.adapt.decoder import build_decoder, load_decoder

    base = open_base(folder)
    model = build_decoder(base.shape).eval()
    load_decoder(model, base.weights, dtype=torch.float32, device="cpu")
    with torch.no_grad():
        return model(ids[None])[0]


def test_the_converted_model_gives_the_same_logits(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    weights = source_weights()
    write_source(tmp_path, weights)
    ids = torch.randint(0, 120, (40,), generator=torch.Generator().manual_seed(2))
    torch.testing.assert_close(
        logits_of(tmp_path, ids), reference(weights, ids), atol=1e-4, rtol=1e-4
    )


def test_a_converted_folder_is_llamas_and_says_the_same(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from psylite_desktop.forge.adapt.base_model import convert_folder

    weights = {name: tensor.bfloat16().float() for name, tensor in source_weights().items()}
    write_source(tmp_path / "internlm", weights, "BF16")
    said = {"auto_map": {"x": "y"}, "tokenizer_class": "InternLM2Tokenizer"}
    (tmp_path / "internlm" / "tokenizer_config.json").write_text(json.dumps(said), "utf-8")
    shape = convert_folder(tmp_path / "internlm", tmp_path / "llama")
    config = read_config(tmp_path / "llama")
    assert config["architectures"] == ["LlamaForCausalLM"]
    assert (config["bos_token_id"], config["eos_token_id"]) == (1, 2)
    assert shape_of(config) == shape
    written = json.loads((tmp_path / "llama" / "tokenizer_config.json").read_text("utf-8"))
    assert written == {"tokenizer_class": "LlamaTokenizer"}
    ids = torch.arange(30) % 120
    torch.testing.assert_close(
        logits_of(tmp_path / "llama", ids), reference(weights, ids), atol=1e-4, rtol=1e-4
    )


def test_transformers_reads_the_converted_folder(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from psylite_desktop.forge.adapt.base_model import convert_folder

    weights = {name: tensor.bfloat16().float() for name, tensor in source_weights().items()}
    write_source(tmp_path / "internlm", weights, "BF16")
    convert_folder(tmp_path / "internlm", tmp_path / "llama")
    model = transformers.AutoModelForCausalLM.from_pretrained(
        tmp_path / "llama", dtype=torch.float32
    )
    ids = torch.arange(30) % 120
    with torch.no_grad():
        found = model.eval()(ids[None]).logits[0]
    torch.testing.assert_close(found, reference(weights, ids), atol=2e-4, rtol=2e-4)


def test_what_is_not_internlm2_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from psylite_desktop.forge.adapt.internlm2 import InternLM2AsLlama

    weights = source_weights()
    weights["model.layers.0.attention.wqkv.bias"] = weights["model.norm.weight"]
    write_source(tmp_path, weights)
    with pytest.raises(ValueError, match=r"wqkv\.bias"):
        InternLM2AsLlama(SafeTensors(tmp_path), shape_of(CONFIG))
    with pytest.raises(ValueError, match="biases"):
        shape_of(CONFIG | {"bias": True})


def test_an_internlm2_folder_is_adapted_and_talks(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("llama_cpp")
    from psylite_desktop.domain.ports import Sampling, Turn
    from psylite_desktop.engine.llama import EngineSettings, open_model
    from psylite_desktop.engine.threads import Threads

    write_source(
        tmp_path / "base",
        source_weights(300),
        "BF16",
        vocab_size=300,
        max_position_embeddings=512,
    )
    write_pieces(tmp_path / "base")
    (tmp_path / "data").mkdir()
    write_talks(tmp_path / "data")
    recipe = steps(toy("llama"), 40, 20)
    sft = dataclasses.replace(recipe.sft, block=256)
    report = run(dataclasses.replace(recipe, sft=sft, quantise=("q8_0",)), tmp_path, [])
    assert report["complete"]
    assert report["notes"]["reply_loss_after"] < report["notes"]["reply_loss_before"] - 0.5
    for kind in ("f16", "q8_0"):
        file = tmp_path / "out" / f"tiny-llama-{kind}.gguf"
        model = open_model(file, EngineSettings(threads=Threads(1, 1)))
        try:
            sampling = Sampling(temperature=0.0, top_k=1, max_tokens=24, seed=1)
            found = list(model.generate([Turn("user", "你好，我很累")], sampling, lambda: False))
            assert model.info.chat_format == "chatml"
        finally:
            model.close()
        assert found[-1].done
        assert found[-1].reply_tokens
