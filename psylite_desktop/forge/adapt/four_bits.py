"""The base's matrices in four bits (NF4 with double quantisation, Dettmers et al. 2023).

Needs bitsandbytes. The adapters beside them stay whole; merging reads the whole base again.
"""

from __future__ import annotations

import importlib.util
from typing import Any

KIND = "nf4"


def available() -> bool:
    """The library is installed."""
    return importlib.util.find_spec("bitsandbytes") is not None


def four_bit_placer(device: Any, compute: Any) -> Any:
    """A `place` for `load_decoder`: matrices inside the layers are quantised as they come in.

    Embeddings, norms and the output layer stay as they are, as in QLoRA.
    """
    import bitsandbytes
    from torch import nn

    def place(model: Any, name: str, tensor: Any) -> bool:
        owner, _, leaf = name.rpartition(".")
        module = model.get_submodule(owner)
        if leaf != "weight" or ".layers." not in name or not isinstance(module, nn.Linear):
            return False
        holder, _, attribute = owner.rpartition(".")
        small = bitsandbytes.nn.Linear4bit(
            module.in_features,
            module.out_features,
            bias=module.bias is not None,
            compute_dtype=compute,
            compress_statistics=True,
            quant_type=KIND,
            # Sharding over several GPUs wants one number format for everything.
            quant_storage=compute,
            device="meta",
        )
        small.weight = bitsandbytes.nn.Params4bit(
            tensor.contiguous(),
            requires_grad=False,
            compress_statistics=True,
            quant_type=KIND,
            quant_storage=compute,
            module=small,
        ).to(device)
        if module.bias is not None:
            small.bias = module.bias
        setattr(model.get_submodule(holder), attribute, small)
        return True

    return place
