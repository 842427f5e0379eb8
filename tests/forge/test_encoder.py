"""The risk encoder at toy size: pre-training, heads, ONNX, and the reader that ships."""

from __future__ import annotations

import gzip
import itertools
import json
import lzma
import random
from pathlib import Path

import numpy as np
import pytest

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.forge.encoder import (
    OUTPUTS,
    EncoderRecipe,
    load_encoder,
    pretrain,
    read_talk,
    words_of_text,
)
from psylite_desktop.forge.reading import batches, classes_in, padded, words_in
from psylite_desktop.forge.risk_blend import _encoder, _write_header, _write_look_alikes
from psylite_desktop.forge.risk_encoder import HeadRecipe, RiskNetwork, export, fine_tune
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.retrieval.risk_encoder import RiskEncoder, Vocabulary
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.reader import BREAK, Token
from psylite_desktop.safety.word_classes import WordClasses

pytestmark = [
    pytest.mark.ci,
    pytest.mark.xdist_group("encoder"),
    pytest.mark.filterwarnings("ignore"),  # torch's exporter warns
]

DARK = ("没有光", "太沉了", "不想再醒来", "都是空的")
LIGHT = ("有阳光", "很轻松", "想去爬山", "都很热闹")
WHEN = ("早上", "晚上", "下课后", "周末", "路上", "雨天", "饭后", "半夜")
RECIPE = EncoderRecipe(
    width=32, layers=2, heads=2, context=16, least=1, batch=16, minutes=0.4, threads=1
)
"""By the clock; the heads learn by epochs, enough of them for a machine that was busy."""
CLASSES = WordClasses({"zh": {"dark": ["沉", "空"]}, "en": {}, "wide": {"zh": {}, "en": {}}})


def said(words: tuple[str, ...], times: tuple[str, ...]) -> list[str]:
    return [f"{time}我觉得{word}" for time, word in itertools.product(times, words)]


def read(texts: list[str]) -> list[list[Token]]:
    return [words_of_text(text, "zh", CLASSES) for text in texts]


def examples(texts: list[str], level: int) -> list[Example]:
    kind = "suicide" if level else "none"
    return [Example(text, "zh", level, kind, "written", "a", who="self") for text in texts]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pre-training leaves."""
    pytest.importorskip("torch")
    folder = tmp_path_factory.mktemp("encoder")
    own = read(said(DARK, WHEN) + said(LIGHT, WHEN))
    pretrain(own, {"zh": read(["今天吃了面"])}, folder, recipe=RECIPE, log=lambda _: None)
    return folder


@pytest.fixture(scope="module")
def network(work: Path) -> RiskNetwork:
    network = RiskNetwork(*load_encoder(work))
    dark, light = said(DARK, WHEN[:6]), said(LIGHT, WHEN[:6])
    learnt = examples(dark, 2) + examples(light, 0)
    recipe = HeadRecipe(epochs=60, unheard=(0.0, 0.0))
    fine_tune(network, learnt, read(dark + light), recipe=recipe, log=lambda _: None)
    return network


def crisis(scores: np.ndarray) -> np.ndarray:
    return scores[:, OUTPUTS.index("crisis")]


def shipped(network: RiskNetwork, folder: Path) -> Path:
    """All files, as they ship."""
    pytest.importorskip("onnx")
    export(network, folder, {"blend": {}})
    texts = said(DARK, WHEN)
    _write_look_alikes(examples(texts, 2), network.scores(read(texts))[1], folder)
    _write_header(folder, {})
    return folder


def test_it_tells_apart_what_it_has_not_read_word_for_word(network: RiskNetwork) -> None:
    dark, _ = network.scores(read(said(DARK, WHEN[6:])))
    light, _ = network.scores(read(said(LIGHT, WHEN[6:])))
    assert crisis(dark).min() > crisis(light).max()


def test_pre_training_guesses_better_than_chance(work: Path) -> None:
    network, vocabulary, recipe = load_encoder(work)
    assert recipe == RECIPE
    rows = padded([vocabulary(words) for words in read(said(DARK, WHEN))], 16, None)
    network.eval()
    i = rows[0] == vocabulary.words["我"]
    assert i.any(1).all()
    heard, _ = network.states(
        rows.masked_fill(i, 0) + rows.new_tensor([1, 0, 0])[:, None, None] * i
    )
    assert (network.guessed(heard[i]).argmax(-1) == vocabulary.words["我"]).float().mean() > 0.9


def test_the_app_reads_what_the_forge_exports(network: RiskNetwork, tmp_path: Path) -> None:
    texts = read(said(DARK, WHEN) + said(LIGHT, WHEN))
    scores, vectors = network.scores(texts)
    readings = RiskEncoder.load(shipped(network, tmp_path)).read(texts)
    heard = np.array([[one.scores[name] for name in OUTPUTS] for one in readings])
    assert np.corrcoef(crisis(heard), crisis(scores))[0, 1] > 0.99
    assert set(np.argsort(-crisis(heard))[: len(texts) // 2]) == set(range(len(texts) // 2))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert min(one.vector @ other for one, other in zip(readings, unit, strict=True)) > 0.98


def test_a_long_text_says_what_its_gravest_part_says(network: RiskNetwork, tmp_path: Path) -> None:
    calm, dark = said(LIGHT, WHEN), said(DARK, WHEN)[0]
    buried = read(["。".join([*calm[:9], dark, *calm[9:20]])])
    app = RiskEncoder.load(shipped(network, tmp_path))
    assert len(buried[0]) > 4 * RECIPE.context
    for reader in (network, app):
        assert crisis(reader.scores(buried)[0])[0] > crisis(reader.scores(read(calm))[0]).max()


def test_what_was_shipped_is_weighed_anew_as_it_is(network: RiskNetwork, tmp_path: Path) -> None:
    folder = shipped(network, tmp_path / "shipped")
    texts = read(said(DARK, WHEN))
    before = RiskEncoder.load(folder).scores(texts)[0]
    for out in (tmp_path / "out", folder):
        again = _encoder([], folder, out, CLASSES, HeadRecipe(), lambda _: None)
        assert np.array_equal(again.scores(texts)[0], before)


def test_heads_are_not_trained_twice(work: Path, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    learnt = examples(said(DARK, WHEN), 2) + examples(said(LIGHT, WHEN), 0)
    recipe, told = HeadRecipe(epochs=1), []
    for out in ("one", "two"):
        _encoder(learnt, work, tmp_path / out, CLASSES, recipe, told.append)
    assert len(told) == 1
    first, second = ((tmp_path / out / "encoder.onnx").read_bytes() for out in ("one", "two"))
    assert first == second


def test_a_mix_of_two_runs_is_noticed(network: RiskNetwork, tmp_path: Path) -> None:
    shipped(network, tmp_path)
    (tmp_path / "look_alikes.bin").write_bytes(b"\x01")
    with pytest.raises(EngineError) as caught:
        RiskEncoder.load(tmp_path)
    assert caught.value.code == "listen_failed"


def test_a_word_has_a_number_where_enough_texts_hold_it() -> None:
    texts = [
        [("so", "", "#w"), ("so", "", ""), ("tired", "#n", "")],
        [("tired", "#n", ""), (BREAK, "", ""), ("of", "", "")],
    ]
    assert words_in(texts, 2) == [BREAK, "tired"]
    assert classes_in(texts) == ["#n", "#w"]
    numbers = Vocabulary.of(words_in(texts, 2), classes_in(texts))
    assert numbers(texts[0]).tolist() == [[1, 1, 3], [0, 0, 1], [2, 0, 0]]


def test_every_text_is_in_one_batch() -> None:
    rows = [np.ones((3, 1 + place % 7), dtype=np.int64) for place in range(300)]
    found = list(batches(rows, 8, random.Random(1)))
    assert sorted(place for part in found for place in part) == list(range(300))
    alike = [len({rows[place].shape[1] for place in part}) <= 2 for part in found]
    assert sum(alike) == len(found)


def test_of_a_long_text_a_part_is_learnt() -> None:
    pytest.importorskip("torch")
    numbers = Vocabulary.of([BREAK, "a", "b"], [])
    rows = [numbers([(word, "", "") for word in words]) for words in ("abab", "a")]
    whole = padded(rows, 2, random.Random(1))
    assert whole.shape == (3, 2, 2)
    assert sorted(whole[0, 0].tolist()) == [3, 4]
    assert whole[0, 1].tolist() == [3, 0]
    assert padded(rows, 2, None)[0, 0].tolist() == [3, 4]


def test_talk_is_read_as_it_was_said(tmp_path: Path) -> None:
    asked = {"role": "user", "content": "Ich" * 300 + " 我今天很累"}
    answer = {"role": "assistant", "content": "听起来你今天很累"}
    for name, opened in (("cpsycound.jsonl.gz", gzip.open), ("smilechat.jsonl.xz", lzma.open)):
        with opened(tmp_path / name, "wt", encoding="utf-8") as file:
            file.write(json.dumps({"messages": [asked, answer]}) + "\n")
            file.write(json.dumps({"messages": [{**asked, "content": "我今天真的很累"}, answer]}))
    small = [{"role": "user", "content": f"line {word}"} for word in "abcd"]
    with gzip.open(tmp_path / "english_chat.jsonl.gz", "wt") as file:
        file.write(json.dumps({"messages": small}))
    with gzip.open(tmp_path / "counselchat.jsonl.gz", "wt") as file:
        file.write(json.dumps({"messages": [{"role": "user", "content": "so tired " * 80}]}))
    talk = {lang: read_talk(tmp_path, lang, str.lower, CLASSES) for lang in LANGS}
    # The long one is cut before its Chinese begins; answers are nobody's distress.
    assert ["".join(word for word, _, _ in one) for one in talk["zh"]] == ["我今天真的很累"] * 2
    spoken = [" ".join(word for word, _, _ in one) for one in talk["en"]]
    assert spoken[0].startswith("so tired so tired")
    assert spoken[-1] == "line a line b line c", "what is left is too short"
