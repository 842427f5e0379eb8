"""Adapters: they begin as nothing, merge as they spoke, and are read by peft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from psylite_desktop.forge.adapt.lora import LoraSettings
from tests.fakes.tiny_bases import tiny_shape, write_base

pytestmark = [pytest.mark.ci, pytest.mark.filterwarnings("ignore")]
SETTINGS = LoraSettings(4, 8.0, 0.0, ("q_proj", "v_proj", "down_proj"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pytest.importorskip("torch")
    write_base(tmp_path / "base", tiny_shape("qwen2"))
    return tmp_path


def adapted(folder: Path) -> tuple[Any, list[Any]]:
    import torch

    from psylite_desktop.forge.adapt.base_model import open_base
    from psylite_desktop.forge.adapt.decoder import build_decoder, load_decoder
    from psylite_desktop.forge.adapt.lora import add_adapters

    base = open_base(folder / "base")
    model = build_decoder(base.shape).eval()
    load_decoder(model, base.weights, dtype=torch.float32, device="cpu")
    return model, add_adapters(model, SETTINGS)


def logits(model: Any) -> Any:
    import torch

    with torch.no_grad():
        return model(torch.arange(20)[None] % 390)


def stir(trained: list[Any]) -> None:
    """As if it had been trained."""
    import torch

    chance = torch.Generator().manual_seed(4)
    with torch.no_grad():
        for parameter in trained:
            parameter.copy_(0.3 * torch.randn(parameter.shape, generator=chance))


def saved(folder: Path) -> Any:
    from psylite_desktop.forge.adapt.lora import adapter_state, save_adapter

    model, trained = adapted(folder)
    stir(trained)
    save_adapter(adapter_state(model), SETTINGS, folder / "adapter", base_name="base")
    return logits(model)


def test_it_begins_as_the_base_and_only_adapters_are_trained(folder: Path) -> None:
    import torch

    from psylite_desktop.forge.adapt.base_model import open_base
    from psylite_desktop.forge.adapt.decoder import build_decoder, load_decoder

    base = open_base(folder / "base")
    plain = build_decoder(base.shape).eval()
    load_decoder(plain, base.weights, dtype=torch.float32, device="cpu")
    model, trained = adapted(folder)
    torch.testing.assert_close(logits(model), logits(plain))
    asked = [parameter for parameter in model.parameters() if parameter.requires_grad]
    assert {id(one) for one in asked} == {id(one) for one in trained}
    assert len(trained) == 2 * 2 * len(SETTINGS.targets)


def test_what_is_merged_says_what_the_adapted_model_said(folder: Path) -> None:
    import torch

    from psylite_desktop.forge.adapt.base_model import open_base, write_folder
    from psylite_desktop.forge.adapt.decoder import build_decoder, load_decoder
    from psylite_desktop.forge.adapt.lora import Merged

    expected = saved(folder)
    base = open_base(folder / "base")
    for kind, near in (("F32", 1e-4), ("BF16", 0.05)):
        out = folder / kind
        write_folder(base, Merged(base.weights, folder / "adapter"), out, kind=kind)
        again = open_base(out)
        model = build_decoder(again.shape).eval()
        load_decoder(model, again.weights, dtype=torch.float32, device="cpu")
        wrong = (logits(model) - expected).std() / expected.std()
        assert float(wrong) < near


def test_peft_reads_the_adapter(folder: Path) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    peft = pytest.importorskip("peft")
    expected = saved(folder)
    base = transformers.AutoModelForCausalLM.from_pretrained(folder / "base", dtype=torch.float32)
    model = peft.PeftModel.from_pretrained(base, folder / "adapter").merge_and_unload().eval()
    with torch.no_grad():
        found = model(torch.arange(20)[None] % 390).logits
    torch.testing.assert_close(found, expected, atol=1e-3, rtol=1e-3)


def test_an_adapter_of_another_base_is_refused(folder: Path) -> None:
    from psylite_desktop.forge.adapt.base_model import open_base
    from psylite_desktop.forge.adapt.lora import Merged

    saved(folder)
    write_base(folder / "other", tiny_shape("llama"))
    Merged(open_base(folder / "other").weights, folder / "adapter")  # the same names: fits
    other = open_base(folder / "other").weights
    fewer = {k: v for k, v in other.shapes().items() if "layers.1" not in k}
    other.shapes = lambda: fewer  # type: ignore[method-assign]
    with pytest.raises(ValueError, match="another base"):
        Merged(other, folder / "adapter")


def test_an_unknown_target_is_named(folder: Path) -> None:
    from psylite_desktop.forge.adapt.base_model import open_base
    from psylite_desktop.forge.adapt.decoder import build_decoder
    from psylite_desktop.forge.adapt.lora import add_adapters

    model = build_decoder(open_base(folder / "base").shape)
    with pytest.raises(ValueError, match="w_pack"):
        add_adapters(model, LoraSettings(4, 8.0, 0.0, ("w_pack",)))


def test_adapters_are_trained_beside_a_base_in_four_bits(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("bitsandbytes")
    from psylite_desktop.forge.adapt.base_model import open_base
    from psylite_desktop.forge.adapt.decoder import build_decoder, load_decoder
    from psylite_desktop.forge.adapt.four_bits import four_bit_placer
    from psylite_desktop.forge.adapt.lora import add_adapters
    from psylite_desktop.forge.adapt.trainer import row_loss

    write_base(tmp_path, tiny_shape("qwen2"))
    base = open_base(tmp_path)
    model = build_decoder(base.shape)
    placer = four_bit_placer("cpu", torch.float32)
    load_decoder(model, base.weights, dtype=torch.float32, device="cpu", place=placer)
    trained = add_adapters(model, SETTINGS)
    optimiser = torch.optim.AdamW(trained, lr=1e-2)
    ids = torch.arange(30)[None] * 11 % 390
    rows = {"ids": ids, "parts": torch.full((1, 30), 2), "documents": torch.zeros_like(ids)}
    losses = []
    for _ in range(15):
        loss = row_loss(model, rows)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0] - 1.0
