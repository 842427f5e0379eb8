"""Low-rank adapters (Hu et al. 2021) beside frozen matrices, those perhaps in four bits (QLoRA).

Saved as peft saves them, so that an adapter made here can be read there and the other way round.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.adapt.weights import SafeTensors, Weights, write_file

ADAPTER, CONFIG = "adapter_model.safetensors", "adapter_config.json"
_PEFT = "base_model.model."


@dataclass(frozen=True, slots=True)
class LoraSettings:
    """Rank, strength (`alpha` / `rank` is the factor), dropout, and which matrices get one."""

    rank: int
    alpha: float
    dropout: float
    targets: tuple[str, ...]

    @property
    def factor(self) -> float:
        """What the adapter's product is multiplied by."""
        return self.alpha / self.rank


def add_adapters(model: Any, settings: LoraSettings) -> list[Any]:
    """Put an adapter beside every matrix whose name ends in a target; returns what is trained.

    Raises ValueError if a target names nothing.
    """
    lora = _lora_class(settings)
    found: set[str] = set()
    for name, module in list(model.named_modules()):
        owner, _, leaf = name.rpartition(".")
        if leaf in settings.targets:
            setattr(model.get_submodule(owner), leaf, lora(module))
            found.add(leaf)
    if missing := set(settings.targets) - found:
        raise ValueError(f"the model has no {', '.join(sorted(missing))}")
    return [parameter for _, parameter in adapters(model)]


def _lora_class(settings: LoraSettings) -> Any:
    import torch
    from torch import nn

    class Lora(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self, base: Any) -> None:
            super().__init__()
            device = base.weight.device
            self.base = base
            self.lora_A = nn.Linear(base.in_features, settings.rank, bias=False, device=device)
            self.lora_B = nn.Linear(settings.rank, base.out_features, bias=False, device=device)
            nn.init.kaiming_uniform_(self.lora_A.weight, a=math.sqrt(5))
            nn.init.zeros_(self.lora_B.weight)
            self.dropout = nn.Dropout(settings.dropout)

        def forward(self, x: Any) -> Any:
            # Trained in float32; under autocast both products are computed in its format.
            inner = self.dropout(x)
            if not torch.is_autocast_enabled(x.device.type):
                inner = inner.to(self.lora_A.weight.dtype)
            beside = self.lora_B(self.lora_A(inner)) * settings.factor
            return self.base(x) + beside.to(x.dtype)

    return Lora


def adapters(model: Any) -> list[tuple[str, Any]]:
    """Name and parameter of every adapter matrix."""
    # Where several processes train, the model stands inside another module, by the name `module`.
    return [
        (name.removeprefix("module."), parameter)
        for name, parameter in model.named_parameters()
        if name.endswith(("lora_A.weight", "lora_B.weight"))
    ]


def adapter_state(model: Any) -> dict[str, Any]:
    """The adapter's matrices on the CPU, by their names in the model; whole ones, if sharded."""
    state = {}
    for name, parameter in adapters(model):
        value = parameter.detach()
        whole = value.full_tensor() if hasattr(value, "full_tensor") else value
        state[name] = whole.float().cpu().clone()
    return state


def set_adapter_state(model: Any, state: dict[str, Any]) -> None:
    """Put back what `adapter_state` gave. Raises KeyError if a matrix is missing."""
    import torch

    with torch.no_grad():
        for name, parameter in adapters(model):
            value = state[name].to(parameter.device)
            if hasattr(parameter, "full_tensor"):
                from torch.distributed.tensor import distribute_tensor

                value = distribute_tensor(value, parameter.device_mesh, parameter.placements)
            parameter.copy_(value)


def save_adapter(
    state: dict[str, Any], settings: LoraSettings, folder: Path, *, base_name: str
) -> None:
    """Write adapter_model.safetensors and adapter_config.json. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {_PEFT + name: tensor for name, tensor in state.items()}
    sizes = {name: tuple(tensor.shape) for name, tensor in named.items()}
    write_file(named.__getitem__, sizes, folder / ADAPTER, "F32")
    said = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base_name,
        "r": settings.rank,
        "lora_alpha": settings.alpha,
        "lora_dropout": settings.dropout,
        "target_modules": list(settings.targets),
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
    }
    (folder / CONFIG).write_text(json.dumps(said, indent=1), "utf-8")


class Merged:
    """Weights of a base with an adapter added to them, computed in float32 when they are read.

    The base is the whole one, never its four-bit copy: adding to that would keep its rounding.
    """

    def __init__(self, base: Weights, folder: Path) -> None:
        """Read the adapter. Raises OSError, KeyError, and ValueError if it is for another base."""
        self._base = base
        said = json.loads((folder / CONFIG).read_text("utf-8"))
        self._factor = float(said["lora_alpha"]) / int(said["r"])
        self._adapter = SafeTensors(folder / ADAPTER)
        shapes = base.shapes()
        names = {name.removeprefix(_PEFT) for name in self._adapter.shapes()}
        self._changed = {name.rpartition(".lora_")[0] + ".weight" for name in names}
        if strange := self._changed - set(shapes):
            raise ValueError(f"the adapter is for another base: it names {min(strange)}")

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The base's."""
        return self._base.shapes()

    def tensor(self, name: str) -> Any:
        """One tensor of the base, with its adapter's product if it has one."""
        found = self._base.tensor(name)
        if name not in self._changed:
            return found
        stem = _PEFT + name.removesuffix(".weight")
        first, second = (self._adapter.tensor(f"{stem}.lora_{side}.weight") for side in "AB")
        return found.float() + self._factor * (second.float() @ first.float())


def settings_of(raw: dict[str, Any]) -> LoraSettings:
    """Settings out of a recipe's table. Raises TypeError for a wrong field."""
    return LoraSettings(**(raw | {"targets": tuple(raw["targets"])}))
