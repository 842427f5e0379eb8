"""Likelihoods of given texts, against the logits that the plain wrapper computes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from psylite_desktop.domain.likelihood import Asked, Likelihood
from psylite_desktop.domain.ports import Turn
from psylite_desktop.engine.forcing import OUTPUTS, ForcedModel
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.llama import EngineSettings
from psylite_desktop.engine.quantization import open_wrapper
from psylite_desktop.engine.threads import Threads
from tests.fakes.tiny_gguf import write_tiny_gguf


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_gguf(tmp_path_factory.mktemp("forcing") / "tiny.gguf")


@pytest.fixture(scope="module")
def model(path: Path) -> Iterator[ForcedModel]:
    settings = EngineSettings(threads=Threads(1, 1), outputs=OUTPUTS)
    model = ForcedModel(check_gguf(path), settings, lambda _done: True)
    yield model
    model.close()


def by_the_wrapper(path: Path, before: str, option: str) -> tuple[float, int]:
    """The same from all logits of the whole text at once."""
    wrapper = open_wrapper(path, all_logits=True)
    first = wrapper.tokenize(before.encode(), add_bos=False, special=False) if before else []
    rest = wrapper.tokenize(option.encode(), add_bos=False, special=False)
    tokens = [*first, *rest]
    wrapper.eval(tokens)
    logits = np.array(wrapper.scores[: len(tokens)], dtype=np.float64)
    logs = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    places = range(max(1, len(first)), len(tokens))
    return float(sum(logs[place - 1, tokens[place]] for place in places)), len(places)


@pytest.mark.parametrize(
    ("before", "option"),
    [
        ("The weather", " is nice"),
        ("", "nothing stands before this"),
        ("问：", "答" * 40),  # more tokens than logits are kept at once
        ("a" * 200, "b"),
    ],
)
def test_it_says_what_all_logits_at_once_say(
    path: Path, model: ForcedModel, before: str, option: str
) -> None:
    found = model.likelihood(Asked((option,), text=before))
    log, tokens = by_the_wrapper(path, before, option)
    assert found.tokens == (tokens,)
    assert found.logs[0] == pytest.approx(log, rel=2e-3)


def test_options_of_one_letter_are_a_distribution(model: ForcedModel) -> None:
    letters = tuple(chr(code) for code in range(33, 127))
    found = model.likelihood(Asked(letters, text="Answer:"))
    assert found.tokens == (1,) * len(letters)
    assert 0 < sum(map(math.exp, found.logs)) < 1


def test_the_order_of_questions_changes_nothing(model: ForcedModel) -> None:
    one, other = Asked(("yes", "no"), text="Is it so? "), Asked(("abc",), text="Is it ")
    first = model.likelihood(one)
    model.likelihood(other)
    again = model.likelihood(one)
    assert again.logs == pytest.approx(first.logs, abs=1e-3)


def test_turns_are_put_into_the_shape_of_the_model(model: ForcedModel) -> None:
    turns = (Turn("user", "hello"),)
    told = model.likelihood(Asked(("hi",), turns=turns))
    untold = model.likelihood(Asked(("hi",), text="hello"))
    assert told.tokens == untold.tokens
    assert told.logs != untold.logs


def test_shots_are_left_out_until_it_fits(model: ForcedModel) -> None:
    shots = tuple(f"{number}{'x' * 150}\n" for number in range(5))
    found = model.likelihood(Asked(("A",), head="head\n", shots=shots, text="question"))
    assert found.fits
    assert 0 < found.shots < 5
    kept = "".join(shots[-found.shots :])
    alone = model.likelihood(Asked(("A",), text=f"head\n{kept}question"))
    assert alone.logs == pytest.approx(found.logs, abs=1e-3)


def test_what_is_longer_than_the_context_is_said_to_be(model: ForcedModel) -> None:
    assert model.likelihood(Asked(("A",), text="x" * 600)) == Likelihood(fits=False)


def test_an_empty_option_counts_no_token(model: ForcedModel) -> None:
    assert model.likelihood(Asked(("",), text="x")).tokens == (0,)
