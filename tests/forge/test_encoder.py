"""The risk encoder at toy size: pre-training, heads, ONNX, and the reader that ships."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from psylite_desktop.forge.encoder import EncoderRecipe, Turn, load_encoder, pretrain
from psylite_desktop.forge.risk_blend import _seal, _write_look_alikes
from psylite_desktop.forge.risk_encoder import (
    OUTPUTS,
    HeadRecipe,
    RiskNetwork,
    Sample,
    export,
    fine_tune,
)
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.forge.shipped_encoder import load_shipped, start_of
from psylite_desktop.retrieval.risk_encoder import RiskEncoder

pytestmark = [pytest.mark.ci, pytest.mark.filterwarnings("ignore")]  # torch's exporter warns

DARK = ("没有光", "太沉了", "不想再醒来", "都是空的")
LIGHT = ("有阳光", "很轻松", "想去爬山", "都很热闹")
WHEN = ("早上", "晚上", "下课后", "周末", "路上", "雨天", "饭后", "半夜")
RECIPE = EncoderRecipe(
    vocabulary=120, width=32, layers=2, heads=2, feed_forward=64, context=32, minutes=0.4
)
"""By the clock; the heads learn by epochs, enough of them for a machine that was busy."""


def said(words: tuple[str, ...], times: tuple[str, ...]) -> list[str]:
    return [f"{time}我觉得{word}" for time, word in itertools.product(times, words)]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RiskNetwork:
    pytest.importorskip("torch")
    folder = tmp_path_factory.mktemp("encoder")
    turns = [Turn(text, f"你说{text}") for text in said(DARK, WHEN) + said(LIGHT, WHEN)]
    pretrain(turns, [("sad", "难过")], folder, recipe=RECIPE, log=lambda _: None)
    encoder, tokenizer, recipe = load_encoder(folder)
    network = RiskNetwork(encoder.token_embd.weight.detach(), tokenizer, recipe)
    samples = [Sample(text, 2, kind="suicide", who="self") for text in said(DARK, WHEN[:6])]
    samples += [Sample(text, 0) for text in said(LIGHT, WHEN[:6])]
    plain = HeadRecipe(epochs=120, batch_tokens=256, dropout=0.0, word_dropout=0.0)
    fine_tune(network, samples, ["今天吃了面"], recipe=plain, log=lambda _: None)
    return network


def crisis(scores: np.ndarray) -> np.ndarray:
    return scores[:, OUTPUTS.index("crisis")]


def test_it_tells_apart_what_it_has_not_read_word_for_word(network: RiskNetwork) -> None:
    dark, _ = network.read(said(DARK, WHEN[6:]))
    light, _ = network.read(said(LIGHT, WHEN[6:]))
    assert crisis(dark).min() > crisis(light).max()


def test_the_app_reads_what_the_forge_exports(network: RiskNetwork, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    texts = said(DARK, WHEN) + said(LIGHT, WHEN)
    scores, vectors = network.read(texts)
    export(network, tmp_path, {"blend": {}})
    learnt = [Example(text, "zh", 2, "suicide", "written", "a") for text in texts]
    _write_look_alikes(learnt, vectors, tmp_path)
    _seal(tmp_path)
    readings = RiskEncoder.load(tmp_path).read(texts)
    read = np.array([[one.scores[name] for name in OUTPUTS] for one in readings])
    assert np.corrcoef(crisis(read), crisis(scores))[0, 1] > 0.99
    assert set(np.argsort(-crisis(read))[: len(texts) // 2]) == set(range(len(texts) // 2))


def test_what_was_shipped_can_learn_on(network: RiskNetwork, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    texts = said(DARK, WHEN) + said(LIGHT, WHEN)
    export(network, tmp_path, {"blend": {}})
    scores, vectors = network.read(texts)
    again, there = load_shipped(tmp_path).read(texts)
    # Signed bytes are coarser than what was trained: by a little, in every output.
    assert np.abs(again - scores).max() < 0.05 * np.abs(scores).max()
    assert np.abs(there - vectors).max() < 0.1


def test_pre_training_goes_on_from_what_was_shipped(network: RiskNetwork, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    import torch

    export(network, tmp_path / "shipped", {"blend": {}})
    turns = [Turn(text, f"你说{text}") for text in said(DARK, WHEN)]
    short = replace(RECIPE.learning_on(), minutes=0.02)
    start = start_of(tmp_path / "shipped")
    pretrain(turns, [], tmp_path / "on", recipe=short, log=lambda _: None, start=start)
    further, tokenizer, _ = load_encoder(tmp_path / "on")
    assert tokenizer.get_vocab() == network.tokenizer.get_vocab()
    words = further.token_embd.weight
    begun = start.weights["token_embd.weight"]
    fresh = torch.nn.functional.cosine_similarity(words, begun).median()
    assert not torch.equal(words, begun)  # it learnt,
    assert fresh > 0.5  # and did not begin anew


def test_a_shipped_network_of_another_make_is_named(network: RiskNetwork, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    export(network, tmp_path, {"blend": {}})
    header = tmp_path / "encoder.json"
    said = header.read_text("utf-8")
    header.write_text(said.replace('"width": 32', '"width": 48'), "utf-8")
    with pytest.raises(ValueError, match=r"encoder\.onnx .* another width"):
        load_shipped(tmp_path)


def test_a_mix_of_two_runs_is_noticed(network: RiskNetwork, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from psylite_desktop.domain.errors import EngineError

    _, vectors = network.read(["早上"])
    export(network, tmp_path, {"blend": {}})
    _write_look_alikes([Example("早上", "zh", 0, "none", "written", "a")], vectors, tmp_path)
    _seal(tmp_path)
    (tmp_path / "look_alikes.bin").write_bytes(b"\x01")
    with pytest.raises(EngineError) as caught:
        RiskEncoder.load(tmp_path)
    assert caught.value.code == "listen_failed"
