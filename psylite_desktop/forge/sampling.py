"""Replies sampled with torch, where no llama.cpp is at hand: a first look at a trained model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psylite_desktop.forge.tokenizer import Encoder


def sample_replies(
    model: Any,
    encoder: Encoder,
    openings: Sequence[dict[str, str]],
    *,
    seed: int,
    device: Any,
    context: int,
    tokens: int,
    temperature: float = 0.7,
    top_p: float = 0.9,
) -> list[dict[str, str]]:
    """One unedited reply to each opening (`user`, perhaps `note`), all in one batch."""
    import torch

    prompts = [encoder.prompt(opening["user"], opening.get("note")) for opening in openings]
    prompts = [prompt[-(context - 2) :] for prompt in prompts]
    width = min(max(map(len, prompts)) + tokens, context)
    ids = torch.full((len(prompts), width), encoder.end_of_document, device=device)
    for row, prompt in enumerate(prompts):
        ids[row, : len(prompt)] = torch.tensor(prompt, device=device)
    ends = torch.tensor([len(prompt) for prompt in prompts], device=device)
    starts, every = ends.tolist(), torch.arange(len(prompts), device=device)
    finished = torch.zeros(len(prompts), dtype=torch.bool, device=device)
    chance = torch.Generator(device=device).manual_seed(seed)
    stops = torch.tensor([encoder.end, encoder.end_of_document], device=device)
    with torch.no_grad():
        for _ in range(tokens):
            # What stands behind a row's end is not seen by it: attention looks back only.
            logits = model.logits(model(ids)[every, ends - 1]).float() / temperature
            token = _draw(logits, top_p, chance)
            finished |= torch.isin(token, stops) | (ends >= width)
            if bool(finished.all()):
                break
            ids[every[~finished], ends[~finished]] = token[~finished]
            ends = ends + (~finished).long()
    spans = zip(starts, ends.tolist(), strict=True)
    replies = [encoder.decode(ids[row, a:b].tolist()) for row, (a, b) in enumerate(spans)]
    return [{**opening, "reply": text} for opening, text in zip(openings, replies, strict=True)]


def _draw(logits: Any, top_p: float, chance: Any) -> Any:
    """One token a row out of the likeliest ones that together reach `top_p`."""
    import torch

    ordered, numbers = torch.softmax(logits, dim=-1).sort(dim=-1, descending=True)
    ordered[ordered.cumsum(dim=-1) - ordered > top_p] = 0.0
    return numbers.gather(1, torch.multinomial(ordered, 1, generator=chance))[:, 0]
