"""The network of Llama, Qwen2 and Qwen3 in plain torch, its weights named as in published folders.

One module for all of them, small enough to be read and to run where nothing but torch is
installed; tests compare it with transformers and with llama.cpp.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psylite_desktop.forge.adapt.shape import BaseShape
    from psylite_desktop.forge.adapt.weights import Weights

LAYER = "DecoderLayer"
"""The class that is sharded as a whole (accelerate's fsdp_transformer_layer_cls_to_wrap)."""


def build_decoder(shape: BaseShape, *, checkpointing: bool = False) -> Any:
    """A torch.nn.Module without weights (on the meta device); see `load_decoder`.

    Called with ids [batch, length] it gives logits [batch, length, vocabulary]; with `wanted`
    (truth values [batch, length]) logits [n, vocabulary] of those places alone. `documents`
    [batch, length] numbers the documents of a packed row: none sees another, positions start anew.
    `checkpointing` computes layers a second time instead of keeping what they made.
    """
    import torch
    from torch import nn
    from torch.nn import functional
    from torch.utils.checkpoint import checkpoint

    layer_class, norm_class = _layer_class(shape), _norm_class(shape.norm_eps)

    class Body(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.embed_tokens = nn.Embedding(shape.vocabulary, shape.width)
            self.layers = nn.ModuleList(layer_class() for _ in range(shape.layers))
            self.norm = norm_class(shape.width)

        def forward(self, ids: Any, cos: Any, sin: Any, mask: Any) -> Any:
            x = self.embed_tokens(ids)
            for layer in self.layers:
                if checkpointing and self.training:
                    x = checkpoint(layer, x, cos, sin, mask, use_reentrant=False)
                else:
                    x = layer(x, cos, sin, mask)
            return self.norm(x)

    class Decoder(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.model = Body()
            if not shape.tied:
                self.lm_head = nn.Linear(shape.width, shape.vocabulary, bias=False)

        def forward(self, ids: Any, wanted: Any = None, documents: Any = None) -> Any:
            positions, mask = _seen(ids, documents)
            cos, sin = _angles(shape, positions)
            hidden = self.model(ids, cos, sin, mask)
            if wanted is not None:
                hidden = hidden[wanted]
            if shape.tied:
                return functional.linear(hidden, self.model.embed_tokens.weight)
            return self.lm_head(hidden)

    with torch.device("meta"):
        return Decoder()


def load_decoder(
    model: Any,
    weights: Weights,
    *,
    dtype: Any,
    device: Any,
    place: Callable[[Any, str, Any], bool] = lambda _model, _name, _tensor: False,
) -> None:
    """Fill a model of `build_decoder`, a tensor at a time; nothing of it is trained yet.

    `place` may put a tensor into the model in a way of its own and say so. Raises ValueError if
    a tensor is missing or of another size.
    """
    shapes = weights.shapes()
    for name, empty in list(model.state_dict().items()):
        if shapes.get(name) != tuple(empty.shape):
            raise ValueError(f"{name}: {shapes.get(name)}, expected {tuple(empty.shape)}")
        tensor = weights.tensor(name).to(dtype)
        if not place(model, name, tensor):
            put(model, name, tensor.to(device))
    for parameter in model.parameters():
        parameter.requires_grad_(False)  # noqa: FBT003 - torch's own name for it


def put(model: Any, name: str, tensor: Any) -> None:
    """Make a tensor the model's parameter of that name."""
    from torch import nn

    owner, _, leaf = name.rpartition(".")
    setattr(model.get_submodule(owner), leaf, nn.Parameter(tensor, requires_grad=False))


def _seen(ids: Any, documents: Any) -> tuple[Any, Any]:
    """Positions [batch, length], and which places each place sees (None: all before it)."""
    import torch

    count = torch.arange(ids.shape[1], device=ids.device)
    if documents is None:
        return count.expand(ids.shape), None
    new = torch.ones_like(documents, dtype=torch.bool)
    new[:, 1:] = documents[:, 1:] != documents[:, :-1]
    starts = torch.where(new, count, 0).cummax(dim=1).values
    same = documents[:, :, None] == documents[:, None, :]
    mask = same & (count[:, None] >= count[None, :])
    return count - starts, mask[:, None]


def _angles(shape: BaseShape, positions: Any) -> tuple[Any, Any]:
    """Cosines and sines [batch, 1, length, head_size / 2] of rotary positions."""
    import torch

    steps = torch.arange(0, shape.head_size, 2, device=positions.device).float() / shape.head_size
    angles = positions.float()[:, None, :, None] * shape.rope_base**-steps
    return angles.cos(), angles.sin()


def _rotate(x: Any, cos: Any, sin: Any) -> Any:
    import torch

    first, second = x.float().chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1).type_as(x)


def _norm_class(eps: float) -> Any:
    import torch
    from torch import nn

    class RootMeanSquareNorm(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self, width: int) -> None:
            super().__init__()
            self.weight = nn.Parameter(torch.ones(width))

        def forward(self, x: Any) -> Any:
            wide = x.float()
            wide = wide * torch.rsqrt(wide.pow(2).mean(dim=-1, keepdim=True) + eps)
            return self.weight * wide.type_as(x)

    return RootMeanSquareNorm


def _layer_class(shape: BaseShape) -> Any:
    from torch import nn
    from torch.nn import functional

    norm = _norm_class(shape.norm_eps)
    attention = _attention_class(shape)

    class FeedForward(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.gate_proj = nn.Linear(shape.width, shape.feed_forward, bias=False)
            self.up_proj = nn.Linear(shape.width, shape.feed_forward, bias=False)
            self.down_proj = nn.Linear(shape.feed_forward, shape.width, bias=False)

        def forward(self, x: Any) -> Any:
            return self.down_proj(functional.silu(self.gate_proj(x)) * self.up_proj(x))

    class DecoderLayer(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.input_layernorm = norm(shape.width)
            self.self_attn = attention()
            self.post_attention_layernorm = norm(shape.width)
            self.mlp = FeedForward()

        def forward(self, x: Any, cos: Any, sin: Any, mask: Any) -> Any:
            x = x + self.self_attn(self.input_layernorm(x), cos, sin, mask)
            return x + self.mlp(self.post_attention_layernorm(x))

    return DecoderLayer


def _attention_class(shape: BaseShape) -> Any:
    from torch import nn
    from torch.nn import functional

    norm = _norm_class(shape.norm_eps)
    queries, keys = shape.heads * shape.head_size, shape.kv_heads * shape.head_size

    class Attention(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.q_proj = nn.Linear(shape.width, queries, bias=shape.biased)
            self.k_proj = nn.Linear(shape.width, keys, bias=shape.biased)
            self.v_proj = nn.Linear(shape.width, keys, bias=shape.biased)
            self.o_proj = nn.Linear(queries, shape.width, bias=False)
            if shape.head_norms:
                self.q_norm, self.k_norm = norm(shape.head_size), norm(shape.head_size)

        def forward(self, x: Any, cos: Any, sin: Any, mask: Any) -> Any:
            split = (*x.shape[:2], -1, shape.head_size)
            q, k, v = (part(x).view(split) for part in (self.q_proj, self.k_proj, self.v_proj))
            if shape.head_norms:
                q, k = self.q_norm(q), self.k_norm(k)
            q, k, v = (part.transpose(1, 2) for part in (q, k, v))
            q, k = _rotate(q, cos, sin), _rotate(k, cos, sin)
            shared = shape.heads // shape.kv_heads
            if shared > 1:
                k, v = (part.repeat_interleave(shared, dim=1) for part in (k, v))
            mixed = functional.scaled_dot_product_attention(
                q, k, v, attn_mask=mask, is_causal=mask is None
            )
            return self.o_proj(mixed.transpose(1, 2).reshape(*x.shape[:2], queries))

    return Attention
