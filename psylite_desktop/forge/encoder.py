"""Pre-trains the small encoder on unlabelled talk: masked words, and what was answered.

Two lessons at once. Masked-language modelling teaches the words; and from the mean of its states
the encoder must say which words the *reply* holds: counselors answer what was meant, so a message
without tell-tale words comes to lie near those that were answered alike. Both languages share one
table of subwords, and glossary words are sometimes exchanged for their meaning in the other one.

Needs the extra `forge`, imported inside functions. `forge/risk_encoder.py` goes on from here.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from psylite_desktop.forge.datasets import read_raw
from psylite_desktop.forge.glossary import read_glossary
from psylite_desktop.forge.glossary_exchange import Exchange
from psylite_desktop.forge.nano import build, build_muon, count_parameters
from psylite_desktop.forge.recipe import ModelShape
from psylite_desktop.forge.static_vectors import EmbedderRecipe, cooccurrence_vectors
from psylite_desktop.safety.assess import Assessor

SOURCES = ("smilechat.jsonl.xz", "cpsycound.jsonl.gz", "counselchat.jsonl.gz")
SMALL_TALK = "english_chat.jsonl.gz"
PAD, UNKNOWN, MASK, START = "[PAD]", "[UNK]", "[MASK]", "[CLS]"
SPECIAL = (PAD, UNKNOWN, MASK, START)
CHECKPOINT = "encoder.pt"
TOKENIZER = "tokenizer.json"
SAY_EVERY_S = 60.0

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class EncoderRecipe:
    """Numbers of a run; lengths in tokens, `masked` and `exchanged` are shares of words.

    `own_repeats` is how often utterances written for it stand among the talk.
    """

    vocabulary: int = 14_000
    width: int = 256
    layers: int = 4
    heads: int = 4
    feed_forward: int = 512
    context: int = 160
    batch_tokens: int = 4096
    masked: float = 0.18
    reply_weight: float = 0.5
    exchanged: float = 0.5
    minutes: float = 60.0
    muon_rate: float = 0.02
    adam_rate: float = 2e-3
    threads: int = 2
    seed: int = 20261121
    own_repeats: int = 2

    def learning_on(self) -> EncoderRecipe:
        """The same with lower rates, for a network that has learnt already."""
        return replace(self, muon_rate=0.012, adam_rate=1.5e-3)

    def shape(self, vocabulary: int) -> ModelShape:
        """The network's shape for a tokenizer of this size."""
        return ModelShape(
            vocabulary=vocabulary,
            width=self.width,
            layers=self.layers,
            heads=self.heads,
            feed_forward=self.feed_forward,
            context=self.context,
        )


@dataclass(frozen=True, slots=True)
class Start:
    """What to learn on from: the weights of an encoder by name, and its tokenizer."""

    weights: Mapping[str, Any]
    tokenizer: Any


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody wrote, in plain form, and the reply to it ("" where none is worth learning)."""

    text: str
    reply: str = ""


def read_turns(data_dir: Path, plain: Callable[[str], str]) -> list[Turn]:
    """Every message of a person with its reply, and English small talk; `plain` as rules read it.

    Raises OSError for a missing file.
    """
    found: list[Turn] = []
    for name in SOURCES:
        repeats = 4 if name.startswith("counselchat") else 1
        for raw in read_raw(data_dir / name):
            for one, answer in itertools.pairwise(raw["messages"]):
                if one["role"] == "user" and answer["role"] == "assistant":
                    text, reply = plain(one["content"][:600]), answer["content"][:300]
                    found += [Turn(text, reply)] * repeats
                    if repeats > 1:
                        found += [Turn(part) for part in _parts(plain(answer["content"]))]
    for raw in read_raw(data_dir / SMALL_TALK):
        said = [plain(one["content"]) for one in raw["messages"]]
        found += [Turn(" ".join(said[place : place + 2])) for place in range(0, len(said), 2)]
    return [turn for turn in found if len(turn.text) >= 4]


def _parts(text: str) -> Iterator[str]:
    yield from (text[start : start + 500] for start in range(0, len(text), 500))


def train_tokenizer(turns: Sequence[Turn], recipe: EncoderRecipe) -> Any:
    """A unigram tokenizer over both languages, each with the same say."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Split(Regex(r"[\p{P}\p{S}]|\d"), "isolated"),
            pre_tokenizers.Split(Regex(r"[a-z]+"), "isolated"),
        ]
    )
    latin = [turn.text for turn in turns if turn.text.isascii()]
    han = [turn.text for turn in turns if not turn.text.isascii()]
    step = max(1, sum(map(len, han)) // 3_000_000)
    other = max(1, sum(map(len, latin)) // 5_000_000)
    trainer = trainers.UnigramTrainer(
        vocab_size=recipe.vocabulary,
        special_tokens=list(SPECIAL),
        unk_token=UNKNOWN,
        max_piece_length=12,
        show_progress=False,
    )
    tokenizer.train_from_iterator(latin[::other] + han[::step], trainer)
    return tokenizer


def encode(tokenizer: Any, texts: Sequence[str], limit: int) -> list[Any]:
    """Ids of each text as int32 arrays, `START` first, at most `limit` of them."""
    import numpy as np

    start = tokenizer.token_to_id(START)
    result = []
    for place in range(0, len(texts), 8192):
        for one in tokenizer.encode_batch(list(texts[place : place + 8192])):
            result.append(np.asarray([start, *one.ids[: limit - 1]], dtype=np.int32))
    return result


def batches(lengths: Sequence[int], tokens: int, seed: int) -> Iterator[list[int]]:
    """Endless lists of row numbers, rows of about one length together, in another order each."""
    chance = random.Random(seed)
    while True:
        order = sorted(range(len(lengths)), key=lambda row: lengths[row] + 8 * chance.random())
        groups: list[list[int]] = []
        group: list[int] = []
        for row in order:
            if group and lengths[row] * (len(group) + 1) > tokens:
                groups.append(group)
                group = []
            group.append(row)
        groups.append(group)
        chance.shuffle(groups)
        yield from groups


def padded(rows: Sequence[Any], pad: int) -> tuple[Any, Any]:
    """Ids [rows, length] and which of them are real, as torch tensors."""
    import torch

    length = max(map(len, rows))
    ids = torch.full((len(rows), length), pad, dtype=torch.long)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.from_numpy(row)
    return ids, ids != pad


def pooled(states: Any, real: Any) -> Any:
    """The mean of the states [rows, length, width] over real tokens."""
    weight = real.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1)


def pretrain_from(
    data_dir: Path,
    assets_dir: Path,
    glossary_file: Path,
    out_dir: Path,
    *,
    recipe: EncoderRecipe,
    log: Log,
    own: Sequence[str] = (),
    start: Start | None = None,
) -> Path:
    """Read the dialogues in plain form and pre-train on them; raises OSError.

    `own` are further texts without a reply.
    """
    assessor = Assessor.load(assets_dir)
    meanings = read_glossary(glossary_file)
    pairs = [(word, one) for word, many in meanings.items() for one in many.split()]
    turns = read_turns(data_dir, assessor.plain)
    turns += [Turn(assessor.plain(text)) for text in own] * recipe.own_repeats
    return pretrain(turns, pairs, out_dir, recipe=recipe, log=log, start=start)


def pretrain(
    turns: Sequence[Turn],
    glossary: Sequence[tuple[str, str]],
    out_dir: Path,
    *,
    recipe: EncoderRecipe,
    log: Log,
    start: Start | None = None,
) -> Path:
    """Train by the clock and write the checkpoint and the tokenizer; returns the checkpoint."""
    import torch

    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    out_dir.mkdir(parents=True, exist_ok=True)
    tokenizer = start.tokenizer if start else train_tokenizer(turns, recipe)
    tokenizer.save(str(out_dir / TOKENIZER), pretty=False)
    exchange = Exchange(glossary, recipe.exchanged, recipe.seed)
    run = _Run(tokenizer, turns, exchange, recipe, start.weights if start else None)
    log(f"{len(turns)} turns, {run.tokens} tokens, {count_parameters(run.shape)} weights")
    started = said_at = time.monotonic()
    losses: list[tuple[float, float]] = []
    lengths = [len(row) for row in run.rows]
    for step, group in enumerate(batches(lengths, recipe.batch_tokens, recipe.seed)):
        done = (time.monotonic() - started) / (recipe.minutes * 60)
        if done >= 1:
            break
        losses.append(run.step(group, min(1.0, step / 200) * max(0.02, 1.0 - done)))
        if time.monotonic() - said_at > SAY_EVERY_S:
            said_at = time.monotonic()
            last = losses[-100:]
            masked, replies = (sum(column) / len(last) for column in zip(*last, strict=True))
            speed = run.seen / (said_at - started)
            log(
                f"{done:.0%}, step {step}, {speed:.0f} tokens/s, "
                f"masked {masked:.3f}, replies {replies:.3f}"
            )
            _save(out_dir, run.model, recipe, run.shape.vocabulary, run.seen)
    _save(out_dir, run.model, recipe, run.shape.vocabulary, run.seen)
    return out_dir / CHECKPOINT


class _Run:
    """Network, optimisers and data of one pre-training run."""

    def __init__(
        self,
        tokenizer: Any,
        turns: Sequence[Turn],
        exchange: Exchange,
        recipe: EncoderRecipe,
        weights: Mapping[str, Any] | None,
    ) -> None:
        import numpy as np
        import torch

        self.recipe = recipe
        self.shape = recipe.shape(tokenizer.get_vocab_size())
        size = self.shape.vocabulary
        self.rows = encode(tokenizer, [exchange(turn.text) for turn in turns], recipe.context)
        self.replies = encode(tokenizer, [turn.reply for turn in turns], recipe.context)
        self.tokens = sum(map(len, self.rows))
        self.seen = 0
        counts = np.bincount(np.concatenate(self.replies), minlength=size).astype(np.float64)
        self._rare = 1e-3 / (1e-3 + counts / max(counts.sum(), 1.0))
        self._rare[: len(SPECIAL)] = 0
        self.model = build(self.shape)
        if weights is not None:
            # What was shipped has its words alone.
            self.model.load_state_dict(weights, strict=False)
        else:
            with torch.no_grad():
                first = _first_vectors(self.rows, size, recipe)
                self.model.token_embd.weight.copy_(torch.from_numpy(first))
        self._speak = torch.nn.Linear(recipe.width, recipe.width)
        matrices = [weight for weight in self.model.blk.parameters() if weight.dim() == 2]
        chosen = {id(weight) for weight in matrices}
        self._others = [one for one in self.model.parameters() if id(one) not in chosen]
        self._muon = build_muon(matrices, recipe.muon_rate, 0.95, 0.01)
        self._adam = torch.optim.AdamW(
            [*self._others, *self._speak.parameters()],
            recipe.adam_rate,
            weight_decay=0.01,
            fused=True,  # the table of words is most of the weights: a sixth of a step less
        )
        self._chance = np.random.default_rng(recipe.seed)
        self._mask = tokenizer.token_to_id(MASK)

    def step(self, group: Sequence[int], rate: float) -> tuple[float, float]:
        """Learn from one batch; returns both losses (0 where nothing was answered)."""
        import torch

        for optimiser, base in (
            (self._muon, self.recipe.muon_rate),
            (self._adam, self.recipe.adam_rate),
        ):
            for part in optimiser.param_groups:
                part["lr"] = base * rate
        ids, real = padded([self.rows[row] for row in group], 0)
        masked, states = self._masked(ids, real)
        replies = self._replies(group, states, real)
        loss = masked if replies is None else masked + self.recipe.reply_weight * replies
        self._adam.zero_grad()
        self._muon.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._others, 1.0)
        self._muon.step()
        self._adam.step()
        self.seen += int(real.sum())
        return float(masked.detach()), 0.0 if replies is None else float(replies.detach())

    def _masked(self, ids: Any, real: Any) -> tuple[Any, Any]:
        """The loss on hidden words, a tenth of them shown after all; and the states."""
        import torch
        from torch.nn import functional

        hidden = torch.from_numpy(self._chance.random(ids.shape) < self.recipe.masked) & real
        hidden[:, 0] = False
        noise = torch.from_numpy(self._chance.random(ids.shape))
        shown = torch.where(hidden & (noise >= 0.1), self._mask, ids)
        states = self.model(shown, real[:, None, None, :])
        return functional.cross_entropy(self.model.logits(states[hidden]), ids[hidden]), states

    def _replies(self, group: Sequence[int], states: Any, real: Any) -> Any:
        """The loss on the words of the replies, rare words first; None without any reply."""
        import numpy as np
        import torch
        from torch.nn import functional

        answered = [place for place, row in enumerate(group) if len(self.replies[row]) > 6]
        if not answered:
            return None
        wanted = torch.zeros(len(answered), self.shape.vocabulary)
        for place, one in enumerate(answered):
            said = np.unique(self.replies[group[one]]).astype(np.int64)
            weight = self._rare[said]
            wanted[place, torch.from_numpy(said)] = torch.from_numpy(weight / weight.sum()).float()
        means = pooled(states[answered], real[answered])
        words = functional.log_softmax(self.model.logits(self._speak(means)), dim=-1)
        return -(wanted * words).sum(-1).mean()


def _first_vectors(rows: Sequence[Any], size: int, recipe: EncoderRecipe) -> Any:
    """Rows [size, width] from co-occurrence: a short run then need not learn the words first."""
    import numpy as np

    vectors = cooccurrence_vectors(
        [row[1:] for row in rows], size, EmbedderRecipe(dimensions=recipe.width, window=5)
    )
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    noise = np.random.default_rng(recipe.seed).normal(scale=0.005, size=vectors.shape)
    return (0.4 * vectors / np.maximum(lengths, 1e-6) + noise).astype(np.float32)


def _save(out_dir: Path, model: Any, recipe: EncoderRecipe, size: int, tokens: int) -> None:
    import torch

    part = out_dir / f"{CHECKPOINT}.part"
    torch.save(
        {
            "state": model.state_dict(),
            "recipe": asdict(recipe),
            "vocabulary": size,
            "tokens": tokens,
        },
        part,
    )
    part.replace(out_dir / CHECKPOINT)


def load_encoder(folder: Path) -> tuple[Any, Any, EncoderRecipe]:
    """The pre-trained network, its tokenizer and its recipe; raises OSError and RuntimeError."""
    import torch
    from tokenizers import Tokenizer

    kept = torch.load(folder / CHECKPOINT, weights_only=True)
    recipe = EncoderRecipe(**kept["recipe"])
    model = build(recipe.shape(kept["vocabulary"]))
    model.load_state_dict(kept["state"])
    return model, Tokenizer.from_file(str(folder / TOKENIZER)), recipe
