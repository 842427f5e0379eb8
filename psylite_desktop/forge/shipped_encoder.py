"""Takes the shipped risk encoder back as a torch network, so that its heads can learn on.

Its weights are signed bytes with one scale each, so what comes back is a little coarser than what
was trained; a few steps mend that. Nobody then needs the pre-trained checkpoint, which is not
shipped. Needs the extra `forge`, imported inside functions.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from psylite_desktop.forge.encoder import EncoderRecipe, Start
from psylite_desktop.forge.risk_encoder import RiskNetwork

NETWORK, HEADER, TOKENIZER = "encoder.onnx", "encoder.json", "tokenizer.json"
QUANTISED = "_quantized"


def load_shipped(folder: Path) -> RiskNetwork:
    """The network of a folder that `risk_encoder.export` wrote.

    Raises OSError for a missing file and ValueError for a network of another make.
    """
    import torch
    from tokenizers import Tokenizer

    header = json.loads((folder / HEADER).read_text("utf-8"))
    recipe = EncoderRecipe(**header["recipe"])
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    words = torch.zeros(tokenizer.get_vocab_size(), recipe.width)
    network = RiskNetwork(words, tokenizer, recipe)
    found = _weights(folder / NETWORK)
    wanted = network.module.state_dict()
    if missing := sorted(set(wanted) - set(found)):
        raise ValueError(f"{folder / NETWORK} has no {missing[0]}")
    if any(found[name].shape != value.shape for name, value in wanted.items()):
        raise ValueError(f"{folder / NETWORK} is of another width than {HEADER} says")
    network.module.load_state_dict({name: found[name] for name in wanted})
    return network


def start_of(folder: Path) -> Start:
    """The words of the shipped network, to pre-train on from; raises as `load_shipped`."""
    network = load_shipped(folder)
    return Start({"token_embd.weight": network.module.words.weight.detach()}, network.tokenizer)


def _weights(path: Path) -> dict[str, Any]:
    """Tensors by the names of the torch module."""
    import numpy as np
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    kept = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def whole(name: str) -> Any:
        stem = name.removesuffix(QUANTISED)
        zero = kept[f"{stem}_zero_point"].astype(np.float32)
        return (kept[name].astype(np.float32) - zero) * kept[f"{stem}_scale"]

    found = {name: value for name, value in kept.items() if value.dtype == np.float32}
    for node in graph.node:
        quantised = [name for name in node.input if name in kept and name.endswith(QUANTISED)]
        if node.op_type == "Gather" and quantised:
            found[quantised[0].removesuffix(QUANTISED)] = whole(quantised[0])
        elif node.op_type == "MatMulInteger" and quantised:
            # "/spans.0/MatMul_quant"; ONNX keeps [inputs, outputs].
            module = ".".join(node.name.split("/")[1:-1])
            found[f"{module}.weight"] = whole(quantised[0]).T.copy()
    return {name: torch.from_numpy(np.array(value)) for name, value in found.items()}
