"""Where training runs: one process on a CPU or a GPU, or several under `accelerate launch`."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any


class Alone:
    """One process; the GPU if there is one."""

    rank, world = 0, 1

    def __init__(self, device: str = "") -> None:
        """Choose the device ("cuda", "cpu"; "" for the best) and the number format."""
        import torch

        chosen = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.device = torch.device(chosen)
        halves = self.device.type == "cuda" and torch.cuda.is_bf16_supported()
        self.dtype = torch.bfloat16 if halves else torch.float32

    def describe(self) -> str:
        """The device's name."""
        import torch

        return torch.cuda.get_device_name() if self.device.type == "cuda" else "CPU"

    def autocast(self) -> Any:
        """Computing in the number format of the base."""
        import torch

        if self.dtype == torch.float32:
            return contextlib.nullcontext()
        return torch.autocast(self.device.type, dtype=self.dtype)

    def prepare(self, model: Any, optimiser: Any) -> tuple[Any, Any]:
        """What is trained and what trains it, spread over the processes."""
        return model, optimiser

    def backward(self, loss: Any) -> None:
        """Gradients of a loss."""
        loss.backward()

    def clip(self, parameters: list[Any], limit: float) -> None:
        """Scale gradients down to that norm."""
        import torch

        torch.nn.utils.clip_grad_norm_(parameters, limit)

    def agree(self, value: float) -> float:
        """The first process's value."""
        return value

    def first_before_others(self) -> Any:
        """A context that the first process goes through alone, then the others."""
        return contextlib.nullcontext()

    def save(self, folder: Path, state: dict[str, Any]) -> None:
        """Keep the state of the training, in one move. Raises OSError."""
        import torch

        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "checkpoint.pt"
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def load(self, folder: Path) -> dict[str, Any] | None:
        """The state that was kept, None if there is none."""
        import torch

        path = folder / "checkpoint.pt"
        if not path.exists():
            return None
        found: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")
        return found


class Together(Alone):
    """Several processes: each reads other rows, accelerate shards the model and sums gradients.

    Started by `accelerate launch --config_file model_store/recipes/adapt-fsdp.yaml`.
    """

    def __init__(self, device: str = "") -> None:
        """Meet the other processes."""
        import torch
        from accelerate import Accelerator

        no_card = device == "cpu" or not torch.cuda.is_available()
        self._accelerator: Any = Accelerator(cpu=no_card)
        super().__init__(self._accelerator.device.type)
        self.device = self._accelerator.device
        self.rank = int(self._accelerator.process_index)
        self.world = int(self._accelerator.num_processes)
        if self._accelerator.mixed_precision == "bf16":
            self.dtype = torch.bfloat16

    def prepare(self, model: Any, optimiser: Any) -> tuple[Any, Any]:
        """Shard both as the configuration says."""
        prepared: tuple[Any, Any] = self._accelerator.prepare(model, optimiser)
        return prepared

    def backward(self, loss: Any) -> None:
        """Gradients of a loss, averaged over the processes."""
        self._accelerator.backward(loss)

    def clip(self, parameters: list[Any], limit: float) -> None:
        """Scale gradients down to that norm, over all shards."""
        self._accelerator.clip_grad_norm_(parameters, limit)

    def agree(self, value: float) -> float:
        """The first process's value: all of them stop at the same step."""
        import torch
        from accelerate.utils import broadcast

        # Not every device has doubles; seconds need no more than this.
        return float(broadcast(torch.tensor([value], device=self.device))[0])

    def first_before_others(self) -> Any:
        """What the first process writes, the others find there."""
        return self._accelerator.main_process_first()

    def save(self, folder: Path, state: dict[str, Any]) -> None:
        """As alone, by the first process; optimiser shards beside it, a file a process."""
        import torch

        own = {"optimiser": state.pop("optimiser")}
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(own, folder / f"optimiser-{self.rank}-of-{self.world}.pt")
        if self.rank == 0:
            super().save(folder, state)
        self._accelerator.wait_for_everyone()

    def load(self, folder: Path) -> dict[str, Any] | None:
        """What `save` kept; without the optimiser's shards if the number of processes changed."""
        import torch
        import torch.distributed.tensor  # names what may be read besides plain tensors

        found = super().load(folder)
        path = folder / f"optimiser-{self.rank}-of-{self.world}.pt"
        if found is not None and path.exists():
            own = torch.load(path, weights_only=True, map_location="cpu")
            found |= own
        return found


def find_place(device: str = "") -> Alone:
    """Alone, or together with the processes that `accelerate launch` started."""
    return Together(device) if int(os.environ.get("WORLD_SIZE", "1")) > 1 else Alone(device)
