"""Makes psylite-embed, a static sentence embedder: one vector a subword, no network to run.

A tokenizer over the dialogues; vectors from co-occurrence; rare words weigh more; a contrastive
pass pulls a message and the reply to it together (`static_vectors`); English words are carried
into the Chinese space (`glossary`); what people say in the situations of our passages comes to lie
near these (`static_tuning`). The result has model2vec's layout.

Needs the extra `forge` (numpy, scipy, scikit-learn, tokenizers, torch), imported inside functions.
"""

from __future__ import annotations

import json
import math
import re
import struct
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psylite_desktop.forge.curves import KEY, Record
from psylite_desktop.forge.datasets import read_raw
from psylite_desktop.forge.glossary import bridge, read_glossary
from psylite_desktop.forge.risk_texts import language
from psylite_desktop.forge.static_tuning import Lesson, tune
from psylite_desktop.forge.static_vectors import (
    EmbedderRecipe,
    Example,
    Log,
    contrast,
    cooccurrence_vectors,
    scale_of,
    weigh,
    with_identity,
)
from psylite_desktop.retrieval.corpora import LANGS, corpus_names, read_corpus
from psylite_desktop.retrieval.embedder import clean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ids = NDArray[np.int32]

SOURCES = (
    ("smilechat.jsonl.xz", "zh"),
    ("cpsycound.jsonl.gz", "zh"),
    ("counselchat.jsonl.gz", "en"),
    ("english_chat.jsonl.gz", "en"),
)
TEXTS = Path(__file__).parent / "texts"
OWN = ("dialogues", "humor", "mirror", "risk")
"""Folders of our own texts: the published English is small talk, these are lives."""
WORD = r"[a-z]+(?:'[a-z]+)?"
UNKNOWN = "[UNK]"
_SENTENCE = re.compile(r"[^.!?。!?;\n]{2,}[.!?。!?;]*")
SPECIAL = ("[PAD]", UNKNOWN)
TAUGHT = ("techniques", "articles")
"""The corpora whose situations it learns; the others only judge it."""
REPORT = "training.json"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message; `dialogue` numbers its dialogue, so that neighbours are known."""

    lang: str
    dialogue: int
    text: str


def train_embedder(
    data_dir: Path,
    texts_dir: Path,
    glossary_file: Path,
    assets_dir: Path,
    out_dir: Path,
    *,
    recipe: EmbedderRecipe,
    log: Log,
) -> None:
    """Read the dialogues in `data_dir` and write the model's three files into `out_dir`.

    `texts_dir` has texts of our own, which are read too. Beside the files training.json holds the
    curves of the run. Raises OSError if a file is missing and InputError for a corpus in
    `assets_dir` that cannot be read. One core for about a quarter of an hour.
    """
    import numpy as np

    started = time.monotonic()

    def say(what: str) -> None:
        log(f"{time.monotonic() - started:.0f} s: {what}")

    glossary = read_glossary(glossary_file)
    utterances = [*read_utterances(data_dir), *read_own(texts_dir)]
    tokenizer = train_tokenizer(utterances, glossary, recipe)
    size = tokenizer.get_vocab_size()
    say(f"{len(utterances)} messages, {size} tokens")
    tables: dict[str, Floats] = {}
    seen: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    curves: dict[str, Record] = {}
    for lang in LANGS:
        chosen = [utterance for utterance in utterances if utterance.lang == lang]
        ids = encode(tokenizer, [utterance.text for utterance in chosen])
        seen[lang] = np.bincount(np.concatenate(ids), minlength=size)
        table = weigh(cooccurrence_vectors(ids, size, recipe), ids, seen[lang], recipe)
        say(f"{lang}: {int(seen[lang].sum())} tokens counted")
        table, facts[lang], curves[f"neighbours, {lang}"] = contrast(
            table, pairs(chosen, ids), recipe, lang=lang, log=say
        )
        say(f"{lang}: {facts[lang]}")
        if lang == "en":
            table = bridge(
                tables["zh"], table, glossary, recipe, tokenizer=tokenizer, seen=seen[lang]
            )
        tables[lang] = table / scale_of(table, ids)
    vectors = with_identity(_joined(tables, seen, set(glossary), tokenizer), recipe)
    if lessons := read_lessons(assets_dir, tokenizer):
        vectors, curves["situations"] = tune(vectors, lessons, recipe, say)
    write_model(out_dir, vectors, tokenizer, {"recipe": asdict(recipe), "held_out": facts})
    report = {KEY: {name: record.as_dict() for name, record in curves.items()}}
    (out_dir / REPORT).write_text(json.dumps(report) + "\n", encoding="utf-8")
    say("written")


def read_lessons(assets_dir: Path, tokenizer: Any) -> list[Lesson]:
    """The passages of `TAUGHT` that are there, in tokens. Raises InputError."""
    there = [name for name in corpus_names(assets_dir) if name in TAUGHT]
    found = [(name, corpus) for name in there for corpus in [read_corpus(assets_dir, name)]]
    rows = [
        (name, passage, asks)
        for name, corpus in found
        for passage, asks in zip(corpus.passages, corpus.asks, strict=True)
    ]
    places = {(name, one.lang, one.id): place for place, (name, one, _) in enumerate(rows)}
    other = dict(zip(LANGS, reversed(LANGS), strict=True))
    return [
        Lesson(
            shelf=(name, one.lang),
            twin=places.get((name, other[one.lang], one.id), -1),
            text=encode(tokenizer, [clean(one.text)])[0],
            asks=tuple(encode(tokenizer, [clean(ask) for ask in asks])),
        )
        for name, one, asks in rows
    ]


def _joined(
    tables: Mapping[str, Floats], seen: Mapping[str, Any], words: set[str], tokenizer: Any
) -> Floats:
    """Each token's row from the language that uses it more; a glossary word's from English."""
    import numpy as np

    shares = np.stack([seen[lang] / max(int(seen[lang].sum()), 1) for lang in LANGS])
    english = shares[1] > shares[0]
    for word in words:
        place = tokenizer.token_to_id(word)
        if place is not None:
            english[place] = True
    joined: Floats = np.where(english[:, None], tables["en"], tables["zh"])
    return joined


def read_utterances(data_dir: Path) -> Iterator[Utterance]:
    """Yield every message of every dialogue, NFKC and in lower case."""
    number = 0
    for name, lang in SOURCES:
        for raw in read_raw(data_dir / name):
            number += 1
            for message in raw["messages"]:
                yield Utterance(lang, number, _plain(str(message["content"])))


def read_own(texts_dir: Path) -> Iterator[Utterance]:
    """Yield our own texts sentence by sentence; the sentences of one text are neighbours.

    Raises OSError and ValueError.
    """
    number = -1
    for path in sorted(path for name in OWN for path in (texts_dir / name).glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            said = (
                [one["content"] for one in row["messages"]] if "messages" in row else [row["text"]]
            )
            number -= 1
            for text in said:
                for part in _SENTENCE.findall(_plain(text)):
                    yield Utterance(language(part), number, part.strip())


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    return re.sub(r"\s+", " ", folded)


def train_tokenizer(
    utterances: Sequence[Utterance], words: Mapping[str, str], recipe: EmbedderRecipe
) -> Any:
    """One unigram tokenizer out of trained Chinese pieces and whole English words.

    Trained pieces would cut even common English words into letters: the Chinese text is larger.
    `words` are taken in whether they were seen or not.
    """
    from tokenizers import models

    chinese = [utterance.text for utterance in utterances if utterance.lang == "zh"]
    step = max(1, sum(map(len, chinese)) // recipe.tokenizer_characters)
    pieces = _chinese_pieces(chinese[::step], recipe)
    english = (utterance.text for utterance in utterances if utterance.lang == "en")
    counts = Counter(word for text in english for word in re.findall(WORD, text))
    total = sum(counts.values())
    kept = [w for w, _ in counts.most_common(recipe.vocabulary["en"]) if len(w) > 1 or w in "ai"]
    for word in {*kept, *words}:
        score = math.log(max(counts[word], 1) / total)
        pieces[word] = max(score, pieces.get(word, score))
    vocabulary = [*((name, 0.0) for name in SPECIAL), *sorted(pieces.items())]
    return _tokenizer(models.Unigram(vocabulary, unk_id=SPECIAL.index(UNKNOWN)))


def _chinese_pieces(texts: Sequence[str], recipe: EmbedderRecipe) -> dict[str, float]:
    """Pieces with log probabilities. Rare characters are left out: unigram would keep each."""
    from tokenizers import models, trainers

    common = {c for c, _ in Counter("".join(texts)).most_common(recipe.alphabet)}
    part = _tokenizer(models.Unigram())
    trainer = trainers.UnigramTrainer(
        vocab_size=recipe.vocabulary["zh"],
        special_tokens=list(SPECIAL),
        unk_token=UNKNOWN,
        max_piece_length=8,
        show_progress=False,
    )
    part.train_from_iterator(
        ("".join(c if c in common else " " for c in text) for text in texts), trainer
    )
    found = json.loads(part.to_str())["model"]["vocab"]
    return {piece: score for piece, score in found if piece not in SPECIAL}


def _tokenizer(model: Any) -> Any:
    """A tokenizer that folds case and width and never joins words, digits and punctuation."""
    from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers

    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace("\u2019", "'"),
            normalizers.Replace(Regex(r"\s+"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Split(Regex(rf"{WORD}|[\p{{P}}\p{{S}}]|\d+"), "isolated"),
        ]
    )
    return tokenizer


def encode(tokenizer: Any, texts: Sequence[str]) -> list[Ids]:
    """Token ids of each text, unknown ones left out as at run time."""
    import numpy as np

    unknown = tokenizer.token_to_id(UNKNOWN)
    result: list[Ids] = []
    for start in range(0, len(texts), 4096):
        for encoding in tokenizer.encode_batch(texts[start : start + 4096]):
            ids = np.asarray(encoding.ids, dtype=np.int32)
            result.append(ids[ids != unknown])
    return result


def pairs(utterances: Sequence[Utterance], ids: Sequence[Ids]) -> list[Example]:
    """Neighbouring messages of one dialogue, where both say something."""
    return [
        (here.dialogue, first[:160], second[:160])
        for here, there, first, second in zip(
            utterances[:-1], utterances[1:], ids[:-1], ids[1:], strict=True
        )
        if here.dialogue == there.dialogue and min(len(first), len(second)) >= 4
    ]


def write_model(out_dir: Path, vectors: Floats, tokenizer: Any, facts: Mapping[str, Any]) -> None:
    """Write model.safetensors (int8, one scale), tokenizer.json and config.json.

    Vectors are only ever compared by angle, so the scale is not kept. It is set at half the
    largest number: clipping a few outliers costs less than coarser steps for all.
    """
    import numpy as np

    out_dir.mkdir(parents=True, exist_ok=True)
    step = float(np.abs(vectors).max()) / 2 / 127
    body = np.clip(np.rint(vectors / step), -127, 127).astype(np.int8).tobytes()
    entry = {"dtype": "I8", "shape": list(vectors.shape), "data_offsets": [0, len(body)]}
    header = json.dumps({"embeddings": entry}, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)
    content = struct.pack("<Q", len(header)) + header + body
    (out_dir / "model.safetensors").write_bytes(content)
    tokenizer.save(str(out_dir / "tokenizer.json"), pretty=False)
    config = {
        "model_type": "model2vec",
        "hidden_dim": int(vectors.shape[1]),
        "normalize": True,
        "languages": list(LANGS),
        "psylite": dict(facts),
    }
    (out_dir / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
