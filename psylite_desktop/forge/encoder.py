"""Pre-trains the encoder: a small transformer that guesses hidden words of unlabelled talk.

It reads words, in Chinese characters, with their classes, as the floor's network does
(`safety/reader.py`): what a word is like need not be learnt from the little that there is to read.
Both languages share one network. Needs torch, imported inside functions; `forge/risk_encoder.py`
goes on from here.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psylite_desktop.forge.datasets import read_raw
from psylite_desktop.forge.reading import batches, classes_in, padded, words_in
from psylite_desktop.forge.risk_texts import language, learnt_utterances
from psylite_desktop.retrieval.risk_encoder import VOCABULARY, Vocabulary
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.classifier import KINDS, LEVEL_HEADS, REQUESTS
from psylite_desktop.safety.pieces import pieces
from psylite_desktop.safety.reader import Token, tokens_of
from psylite_desktop.safety.word_classes import WORD_CLASSES, WordClasses

SOURCES = {
    "zh": ("cpsycound.jsonl.gz", "smilechat.jsonl.xz"),
    "en": ("counselchat.jsonl.gz", "english_chat.jsonl.gz"),
}
SMALL_TALK = "english_chat.jsonl.gz"
TOLD_AT_ONCE = 3
"""Lines of small talk that are read as one text."""
LONGEST_SAID = 600
LONGEST_READ = 200
"""Words of a text that are kept."""
OUTPUTS = (*LEVEL_HEADS, *KINDS, "other", *REQUESTS)
"""What the heads say: levels stand first, each says "at least"."""
CHECKPOINT = "encoder.pt"
SAY_EVERY = 500
WARM_STEPS = 300

Log = Callable[[str], None]
Texts = Sequence[Sequence[Token]]


@dataclass(frozen=True, slots=True)
class EncoderRecipe:
    """Numbers of a run; `context` in words, `masked` the share of words to guess.

    `told` is how often the classes of a hidden word stay, `talk` how many Chinese messages are read
    in a round, so that each language has about as many.
    """

    width: int = 128
    layers: int = 2
    heads: int = 4
    context: int = 128
    least: int = 3
    batch: int = 64
    masked: float = 0.18
    told: float = 0.3
    talk: int = 40_000
    rate: float = 2e-3
    minutes: float = 15.0
    threads: int = 2
    seed: int = 20261121


def read_talk(
    data_dir: Path, lang: str, plain: Callable[[str], str], classes: WordClasses
) -> list[list[Token]]:
    """What people wrote in the dialogues of a language, as words; raises OSError."""
    found = []
    for name in SOURCES[lang]:
        for raw in read_raw(data_dir / name):
            for text in _said(name, raw["messages"]):
                tokens = words_of_text(plain(text), lang, classes)
                if len(tokens) > TOLD_AT_ONCE:
                    found.append(tokens[:LONGEST_READ])
    return found


def _said(name: str, messages: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Questions and answers of counselors in English, messages of people in Chinese."""
    said = [one["content"] for one in messages]
    if name == SMALL_TALK:
        for place in range(0, len(said), TOLD_AT_ONCE):
            yield " ".join(said[place : place + TOLD_AT_ONCE])[:LONGEST_SAID]
    elif name in SOURCES["en"]:
        for text in said:
            yield from (text[at : at + LONGEST_SAID] for at in range(0, len(text), LONGEST_SAID))
    else:
        yield from (one["content"][:LONGEST_SAID] for one in messages if one["role"] == "user")


def words_of_text(plain: str, lang: str, classes: WordClasses) -> list[Token]:
    """The words of a plain text that are of one language."""
    parts = [part for part in pieces(plain, lambda sentence, _: (1,)) if part.lang == lang]
    return tokens_of(plain, parts, classes)[0]


def build(recipe: EncoderRecipe, vocabulary: Vocabulary) -> Any:
    """The network, with heads on the loudest and the mean of what is heard of all words.

    From [3, texts, words] as `Vocabulary` numbers them to logits [texts, `OUTPUTS`] and that of
    which the heads read, [texts, 2 * width].
    """
    import torch
    from torch import nn

    width = recipe.width

    block = _block_class(recipe)

    class Network(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            rows = (len(vocabulary.words) + 2, *[len(vocabulary.classes) + 1] * 2)
            self.tables = nn.ModuleList(nn.Embedding(one, width, padding_idx=0) for one in rows)
            self.places = nn.Embedding(recipe.context, width)
            for table in (*self.tables, self.places):
                nn.init.normal_(table.weight, std=0.05)
            self.beside = nn.Conv1d(width, width, 3, padding=1)
            self.blocks = nn.ModuleList(block() for _ in range(recipe.layers))
            self.norm = nn.LayerNorm(width)
            self.heads = nn.Linear(2 * width, len(OUTPUTS))
            self.drop, self.untold = nn.Dropout(0.2), nn.Dropout(0.3)
            self.guess = nn.Linear(width, width)
            self.often = nn.Parameter(torch.zeros(rows[0]))

        def states(self, rows: Any) -> tuple[Any, Any]:
            """What is heard of each word [texts, words, width], and which are there."""
            there = (rows[0] > 0).unsqueeze(-1)
            heard = sum(table(one) for table, one in zip(self.tables, rows, strict=True))
            heard = self.drop(heard + self.places(torch.arange(rows[0].shape[1]))) * there
            near = self.beside(heard.transpose(1, 2)).transpose(1, 2)
            heard = heard + torch.relu(near) * there
            silence = torch.where(there[:, None, None, :, 0], 0.0, -1e9)
            for block in self.blocks:
                heard = block(heard, silence)
            return self.norm(heard), there

        def guessed(self, heard: Any) -> Any:
            """Logits over the vocabulary of words of which this is heard."""
            return self.guess(heard) @ self.tables[0].weight.T + self.often

        def forward(self, rows: Any) -> tuple[Any, Any]:
            heard, there = self.states(rows)
            loudest = heard.masked_fill(~there, -1e9).amax(1)
            mean = (heard * there).sum(1) / there.sum(1)
            vector = torch.cat([loudest, mean], dim=1)
            return self.heads(self.untold(vector)), vector

    return Network()


def _block_class(recipe: EncoderRecipe) -> Any:
    """A layer in which every word hears all others."""
    import torch
    from torch import nn

    width = recipe.width

    class Block(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
            self.asked, self.told = nn.Linear(width, 3 * width), nn.Linear(width, width)
            self.wide, self.back = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
            self.drop = nn.Dropout(0.15)

        def forward(self, heard: Any, silence: Any) -> Any:
            texts, words, _ = heard.shape
            parts = self.asked(self.before(heard))
            parts = parts.reshape(texts, words, 3, recipe.heads, width // recipe.heads)
            query, key, value = parts.permute(2, 0, 3, 1, 4)
            likeness = query @ key.transpose(2, 3) * (width // recipe.heads) ** -0.5
            told = torch.softmax(likeness + silence, dim=-1) @ value
            told = told.transpose(1, 2).reshape(texts, words, width)
            heard = heard + self.drop(self.told(told))
            wide = nn.functional.gelu(self.wide(self.between(heard)))
            return heard + self.drop(self.back(wide))

    return Block


def pretrain_from(
    data_dir: Path,
    texts_dir: Path,
    assets_dir: Path,
    out_dir: Path,
    *,
    recipe: EncoderRecipe,
    log: Log,
) -> Path:
    """Read dialogues and the utterances of seen authors in plain form, and pre-train on them.

    Raises OSError.
    """
    plain = Assessor.load(assets_dir).plain
    classes = WordClasses.load(texts_dir / WORD_CLASSES)
    said = [plain(text) for text in learnt_utterances(texts_dir)]
    own = [words_of_text(text, language(text), classes)[:LONGEST_READ] for text in said]
    talk = {lang: read_talk(data_dir, lang, plain, classes) for lang in SOURCES}
    log(f"{len(own)} utterances, messages: { {lang: len(one) for lang, one in talk.items()} }")
    return pretrain(own, talk, out_dir, recipe=recipe, log=log)


def pretrain(
    own: Texts,
    talk: Mapping[str, Texts],
    out_dir: Path,
    *,
    recipe: EncoderRecipe,
    log: Log,
) -> Path:
    """Learn by the clock and write the checkpoint and the vocabulary; returns the checkpoint.

    `own` are the texts to be labelled later, `talk` is that of each language. Raises OSError.
    """
    import torch

    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    every = [*own, *(tokens for texts in talk.values() for tokens in texts)]
    vocabulary = Vocabulary.of(words_in(every, recipe.least), classes_in(own))
    network = build(recipe, vocabulary)
    kept = [vocabulary(tokens) for tokens in own if len(tokens) > TOLD_AT_ONCE]
    others = [[vocabulary(tokens) for tokens in texts] for texts in talk.values()]
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=0.01)
    network.train()
    started, step, loss = time.monotonic(), 0, 0.0
    out_dir.mkdir(parents=True, exist_ok=True)
    while True:
        drawn = [chance.sample(rows, min(len(rows), recipe.talk)) for rows in others]
        rows = [*kept, *(row for some in drawn for row in some)]
        for part in batches(rows, recipe.batch, chance):
            done = (time.monotonic() - started) / (recipe.minutes * 60)
            if done >= 1:
                return _save(out_dir, network, vocabulary, recipe, step)
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * min(1.0, (step + 1) / WARM_STEPS) * max(0.02, 1 - done)
            found = _guessing(
                network, padded([rows[p] for p in part], recipe.context, chance), recipe
            )
            optimiser.zero_grad()
            found.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            loss += (float(found.detach()) - loss) / min(step, 100)
            if step % SAY_EVERY == 0:
                log(f"{done:.0%}, step {step}, loss {loss:.3f}")


def _guessing(network: Any, rows: Any, recipe: EncoderRecipe) -> Any:
    """How badly hidden words of some texts are guessed."""
    import torch

    hidden = (torch.rand(rows[0].shape) < recipe.masked) & (rows[0] > 1)
    hidden[0, 0] |= not hidden.any()
    alone = hidden & (torch.rand(rows[0].shape) >= recipe.told)
    # A hidden word is an unknown one; mostly its classes are not told either.
    shown = torch.stack(
        [
            rows[0].masked_fill(hidden, 1),
            rows[1].masked_fill(alone, 0),
            rows[2].masked_fill(alone, 0),
        ]
    )
    heard, _ = network.states(shown)
    return torch.nn.functional.cross_entropy(network.guessed(heard[hidden]), rows[0][hidden])


def _save(
    out_dir: Path, network: Any, vocabulary: Vocabulary, recipe: EncoderRecipe, steps: int
) -> Path:
    import torch

    (out_dir / VOCABULARY).write_bytes(vocabulary.written())
    path = out_dir / CHECKPOINT
    part = path.with_suffix(".part")
    said = {"recipe": asdict(recipe), "steps": steps, "weights": network.state_dict()}
    torch.save(said, part)
    part.replace(path)
    return path


def load_encoder(folder: Path) -> tuple[Any, Vocabulary, EncoderRecipe]:
    """What `pretrain` wrote: network, vocabulary, recipe. Raises OSError, KeyError, ValueError."""
    import torch

    said = torch.load(folder / CHECKPOINT, weights_only=True)
    recipe = EncoderRecipe(**said["recipe"])
    vocabulary = Vocabulary.read((folder / VOCABULARY).read_bytes())
    network = build(recipe, vocabulary)
    network.load_state_dict(said["weights"])
    return network, vocabulary, recipe
