"""The network: Llama's shape (RMSNorm, rotary positions, SwiGLU, tied embeddings), in plain torch.

Weights are named as in the GGUF file's source convention, so that the export is a plain renaming.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psylite_desktop.forge.recipe import ModelShape


def count_parameters(shape: ModelShape) -> int:
    """Number of weights of a shape, tied embeddings counted once."""
    block = 4 * shape.width**2 + 3 * shape.width * shape.feed_forward + 2 * shape.width
    return shape.vocabulary * shape.width + shape.layers * block + shape.width


def build(shape: ModelShape) -> Any:
    """A freshly initialised torch.nn.Module for `shape`.

    Calling it with ids [batch, length] gives hidden states [batch, length, width], normalised;
    `logits(hidden)` maps [..., width] to [..., vocabulary]. Every token sees the earlier ones.
    """
    import torch
    from torch import nn
    from torch.nn import functional

    block = _block_class(shape)

    class Nano(nn.Module):  # type: ignore[misc, unused-ignore]
        cos: Any
        sin: Any

        def __init__(self) -> None:
            super().__init__()
            self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
            self.blk = nn.ModuleList(block() for _ in range(shape.layers))
            self.output_norm = nn.RMSNorm(shape.width, shape.norm_eps)
            head_width = shape.width // shape.heads
            steps = torch.arange(0, head_width, 2).float() / head_width
            angles = torch.outer(torch.arange(shape.context).float(), shape.rope_base**-steps)
            self.register_buffer("cos", angles.cos(), persistent=False)
            self.register_buffer("sin", angles.sin(), persistent=False)

        def forward(self, ids: Any) -> Any:
            x = self.token_embd(ids)
            cos, sin = self.cos[: ids.shape[1]], self.sin[: ids.shape[1]]
            for block in self.blk:
                x = block(x, cos, sin)
            return self.output_norm(x)

        def logits(self, hidden: Any) -> Any:
            return functional.linear(hidden, self.token_embd.weight)

    model = Nano()
    _initialise(model)
    return model


def _block_class(shape: ModelShape) -> Any:
    """The class of a layer: attention and feed-forward, each behind a norm, added to its input.

    One class for all layers: a compiler then compiles one of them and knows the others.
    """
    from torch import nn
    from torch.nn import functional

    def linear(inputs: int, outputs: int) -> nn.Linear:
        return nn.Linear(inputs, outputs, bias=False)

    class Block(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            width, wide = shape.width, shape.feed_forward
            self.attn_norm = nn.RMSNorm(width, shape.norm_eps)
            self.ffn_norm = nn.RMSNorm(width, shape.norm_eps)
            self.attn_q, self.attn_k = linear(width, width), linear(width, width)
            self.attn_v, self.attn_output = linear(width, width), linear(width, width)
            self.ffn_gate, self.ffn_up = linear(width, wide), linear(width, wide)
            self.ffn_down = linear(wide, width)

        def forward(self, x: Any, cos: Any, sin: Any) -> Any:
            h = self.attn_norm(x)
            split = (*x.shape[:2], shape.heads, shape.width // shape.heads)
            q, k, v = (
                part(h).view(split).transpose(1, 2)
                for part in (self.attn_q, self.attn_k, self.attn_v)
            )
            mixed = functional.scaled_dot_product_attention(
                _rotate(q, cos, sin),
                _rotate(k, cos, sin),
                v,
                is_causal=True,
            )
            x = x + self.attn_output(mixed.transpose(1, 2).reshape(x.shape))
            h = self.ffn_norm(x)
            return x + self.ffn_down(functional.silu(self.ffn_gate(h)) * self.ffn_up(h))

    return Block


def _rotate(x: Any, cos: Any, sin: Any) -> Any:
    """Rotary positions on [batch, heads, length, head_width], the two halves being the pairs.

    llama.cpp pairs neighbours instead: the export permutes the rows of the weights.
    """
    import torch

    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1).type_as(x)


def _initialise(model: Any) -> None:
    from torch import nn

    nn.init.normal_(model.token_embd.weight, std=0.02)
    for name, weight in model.blk.named_parameters():
        # Blocks start as the identity: the first steps are then safe at high rates.
        if name.endswith(("attn_output.weight", "ffn_down.weight")):
            nn.init.zeros_(weight)
        elif weight.dim() == 2:
            nn.init.normal_(weight, std=0.6 / math.sqrt(weight.shape[1]))


def build_muon(parameters: list[Any], lr: float, momentum: float, weight_decay: float) -> Any:
    """A Muon optimiser (Jordan et al. 2024) for 2-D weights, in float32.

    torch.optim.Muon orthogonalises in bfloat16, which CPUs without bf16 units emulate slowly;
    here weights of one shape are orthogonalised together, as one batch of matrices.
    """
    import torch

    class Muon(torch.optim.Optimizer):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__(
                parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay}
            )

        @torch.no_grad()  # type: ignore[untyped-decorator, unused-ignore]
        def step(self, closure: Any = None) -> None:  # type: ignore[override, unused-ignore]
            for group in self.param_groups:
                by_shape: dict[Any, list[Any]] = {}
                for weight in group["params"]:
                    if weight.grad is not None:
                        by_shape.setdefault(weight.shape, []).append(weight)
                for shape, weights in by_shape.items():
                    updates = []
                    for weight in weights:
                        state = self.state[weight]
                        if "momentum" not in state:
                            state["momentum"] = torch.zeros_like(weight)
                        kept = state["momentum"].lerp_(weight.grad, 1 - group["momentum"])
                        updates.append(weight.grad.lerp(kept, group["momentum"]))
                    flat = orthogonalise(torch.stack(updates))
                    scale = group["lr"] * max(1.0, shape[0] / shape[1]) ** 0.5
                    for weight, update in zip(weights, flat, strict=True):
                        weight.mul_(1 - group["lr"] * group["weight_decay"])
                        weight.add_(update, alpha=-scale)

    return Muon()


def orthogonalise(matrices: Any, steps: int = 5) -> Any:
    """Nearly orthogonal matrices [n, rows, columns] by Newton-Schulz iteration (Muon's quintic)."""
    import torch

    a, b, c = 3.4445, -4.7750, 2.0315
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.transpose(1, 2) if tall else matrices
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        square = x @ x.transpose(1, 2)
        x = torch.baddbmm(x, torch.baddbmm(square, square, square, beta=b, alpha=c), x, beta=a)
    return x.transpose(1, 2) if tall else x
