from __future__ import annotations

import importlib.util
import random

import pytest

from psylite_desktop.forge.risk_reader import (
    Read,
    ReaderMade,
    fit_reader,
    wanted_of,
    write_reader,
)
from psylite_desktop.forge.risk_texts import Example
from psylite_desktop.safety.classifier import HEADS, KINDS, LEVEL_HEADS, REQUESTS
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.safety.reader import OUTPUTS, Reader, read_together
from psylite_desktop.safety.word_classes import WordClasses

needs_torch = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="needs the extra forge"
)
CLASSES = WordClasses({"zh": {}, "en": {}, "wide": {"zh": {}, "en": {}}})


def example(level: int, **more) -> Example:
    told = {"kind": "none", "source": "written", "request": "none"} | more
    return Example("x", "en", level, group="a", **told)


def read(*words: str) -> Read:
    return Read([(word, "", "") for word in words], [(0, len(words))])


def test_there_is_an_output_for_every_head():
    assert len(HEADS) == OUTPUTS


@needs_torch
def test_what_each_text_is_to_be_told_as():
    truth, weight = wanted_of(
        [
            example(0, request="clinical"),
            example(1, kind="suicide"),
            example(3, kind="eating", weight=2.0, request=""),
            example(2, kind="", request=""),
        ]
    )
    levels, kinds = len(LEVEL_HEADS), len(KINDS)
    asked = truth[:, levels + kinds :]
    assert truth[:, :levels].tolist() == [[0, 0, 0], [1, 0, 0], [1, 1, 1], [1, 1, 0]]
    assert truth[:, levels : levels + kinds].sum(1).tolist() == [0, 1, 1, 0]
    assert asked.argmax(1)[0] == REQUESTS.index("clinical")
    assert asked.sum() == 1
    assert weight[1, 2] == 0, "whether what is to be watched is an emergency is not asked"
    assert weight[3, levels : levels + kinds].sum() == 0, "nobody said of which kind it is"
    assert weight[2:, levels + kinds :].sum() == 0, "nor what it asks for"
    assert weight[2, 1] > weight[3, 1] > weight[1, 1] > 0


def texts(count: int) -> tuple[list[Example], list[Read]]:
    """What is grave is told by the order of two words, which no bag of them can tell."""
    chance = random.Random(2)
    examples, found = [], []
    for place in range(count):
        risky = bool(place % 2)
        calm = [chance.choice("klmnop") for _ in range(chance.randint(2, 8))]
        at = chance.randint(0, len(calm))
        told = ["up", "give"] if not risky else ["give", "up"]
        found.append(read(*calm[:at], *told, *calm[at:]))
        examples.append(example(2 * risky, kind="suicide" if risky else "none"))
    return examples, found


@needs_torch
def test_the_order_of_words_is_learnt_and_the_app_reads_what_is_written(tmp_path):
    examples, found = texts(3000)
    learnt = range(2000)
    made = fit_reader(examples, found, learnt, seed=5)
    assert fit_reader(examples, found, learnt, seed=5) == made, "the same for the same seed"
    said = [read_together(made.network(one.tokens, one.spans))[1] > 0 for one in found[2000:]]
    right = [heard is (one.level > 0) for heard, one in zip(said, examples[2000:], strict=True)]
    assert sum(right) > 950
    write_reader(tmp_path, dict.fromkeys(LANGS, made))
    assert isinstance(Reader.load(tmp_path, CLASSES), Reader)
    assert isinstance(made, ReaderMade)
