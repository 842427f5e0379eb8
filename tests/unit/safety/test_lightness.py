from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.safety.lightness import (
    HEADS,
    LAYOUT,
    LENGTHS,
    LONGEST,
    LightnessClassifier,
    heard,
    sigmoid,
)
from psylite_desktop.safety.linear import LANGS, DamagedModelError, features

MODEL = LightnessClassifier.load(Path(__file__).parents[3] / "model_store" / "humor")
BITS = 12
SIZE = 1 << BITS
FUNNY = {"zh": "咕噜咕", "en": "zorblatt quux"}
GRAVE = {"zh": "青石板", "en": "murkle thrum"}


def write_model(folder: Path, **changes: object) -> Path:
    """A model to which the words of `FUNNY` are light in the newest text, `GRAVE` grave before."""
    planes = [LAYOUT.magic]
    for lang in LANGS:
        for words, weight in ((FUNNY[lang], 100), (GRAVE[lang], 156)):
            plane = bytearray(SIZE)
            edges = features("", lang, SIZE - 1, LENGTHS)
            for bucket in features(words, lang, SIZE - 1, LENGTHS) - edges:
                plane[bucket] = weight
            planes.append(bytes(plane))
    weights = b"".join(planes)
    said = {
        "heads": {HEADS[0]: [0.02, -2.0, {"laughter": 0.5}], HEADS[1]: [0.05, 0.0, {}]},
        "thresholds": {"offer": 0.6, "doubt": 0.1, "sure": 0.7},
    }
    header = {"format": LAYOUT.format, "bits": BITS, "crc32": crc32(weights)}
    header |= {"languages": dict.fromkeys(LANGS, said)} | changes
    folder.mkdir(exist_ok=True)
    (folder / LAYOUT.weights).write_bytes(weights)
    (folder / LAYOUT.header).write_text(json.dumps(header), "utf-8")
    return folder


@pytest.fixture
def made(tmp_path: Path) -> LightnessClassifier:
    return LightnessClassifier.load(write_model(tmp_path / "humor"))


@pytest.mark.parametrize("lang", LANGS)
def test_the_newest_text_speaks_and_what_was_before_it_counts(made, lang):
    assert made.welcomes([FUNNY[lang]], lang)
    assert made.welcomes(["2", FUNNY[lang]], lang)
    assert not made.welcomes([GRAVE[lang], FUNNY[lang]], lang)
    assert made.doubts([GRAVE[lang], FUNNY[lang]], lang)
    assert not made.welcomes([FUNNY[lang], "2"], lang), "earlier words have weights of their own"
    assert made.welcomes([GRAVE[lang], "1", "2", "3", FUNNY[lang]], lang), "it forgets"


def test_laughter_is_a_sign_of_the_newest_text_only():
    assert "laughter" in heard(["哈哈哈"], "zh", BITS).signs
    assert "laughter" in heard(["Haha, yes"], "en", BITS).signs
    assert "laughter" not in heard(["lol", "the Bahamas"], "en", BITS).signs


def test_rare_words_are_counted_in_english_only():
    assert "rare_2" in heard(["my ferret has a trumpet"], "en", BITS).signs
    assert "rare_0" in heard(["i am so happy today"], "en", BITS).signs
    assert not any(sign.startswith("rare") for sign in heard(["水獭"], "zh", BITS).signs)


@pytest.mark.parametrize("text", ["", "   ", "a" * (LONGEST + 1)])
def test_nothing_or_a_page_is_never_light(made, text):
    assert made.probability([text], "en") == 0.0
    assert made.probability([], "en") == 0.0


def test_a_model_that_is_not_whole_is_none(tmp_path):
    assert LightnessClassifier.if_whole(tmp_path / "nothing") is None
    folder = write_model(tmp_path / "humor")
    assert LightnessClassifier.if_whole(folder) is not None
    weights = bytearray((folder / LAYOUT.weights).read_bytes())
    weights[99] ^= 1
    (folder / LAYOUT.weights).write_bytes(weights)
    assert LightnessClassifier.if_whole(folder) is None
    with pytest.raises(DamagedModelError, match="belong"):
        LightnessClassifier.load(folder)


@pytest.mark.parametrize("logit", [-1e9, -3.0, 0.0, 3.0, 1e9])
def test_any_logit_is_a_probability(logit):
    assert 0.0 <= sigmoid(logit) <= 1.0
    assert sigmoid(logit) + sigmoid(-logit) == pytest.approx(1.0)


def test_the_shipped_model_tells_light_from_grave():
    assert MODEL.welcomes(["终于考完啦！！我把书全塞床底下了，哈哈哈"], "zh")
    assert MODEL.welcomes(
        ["Passed my driving test!!! The examiner asked if I'd bribed the traffic lights haha"], "en"
    )
    assert not MODEL.welcomes(["我妈昨天住院了，我很害怕"], "zh")
    assert not MODEL.welcomes(["my mother is in hospital and I'm scared"], "en")


@given(texts=st.lists(st.text(max_size=700), max_size=6), lang=st.sampled_from(LANGS))
def test_any_text_has_a_probability(texts, lang):
    said = MODEL.probability(texts, lang)
    assert 0.0 <= said <= 1.0
    assert not (MODEL.welcomes(texts, lang) and MODEL.doubts(texts, lang))
    assert MODEL.welcomes(texts, lang) or not MODEL.is_sure(texts, lang)
