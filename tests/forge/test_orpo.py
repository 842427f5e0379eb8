"""The preference loss against numbers worked out by hand; needs torch."""

from __future__ import annotations

import math

import pytest

from psylite_desktop.forge.orpo import encode_pairs, judge, mean_log_probability, odds_ratio_loss
from psylite_desktop.forge.pairs import Pair

pytestmark = [pytest.mark.ci, pytest.mark.filterwarnings("ignore")]


class LetterEncoder:
    """Stands in for the tokenizer: one id a character."""

    end_of_document = 0

    def turn(self, user: str, note: str | None, reply: str) -> tuple[list[int], list[int]]:
        return [ord(c) - 96 for c in user + reply], [1] * len(user) + [2] * len(reply)


class Table:
    """A model that gives every next token the same fixed chances, whatever stands before."""

    def __init__(self, chances: list[float]) -> None:
        import torch

        self.scores = torch.tensor(chances).log()

    def __call__(self, ids):
        return ids

    def logits(self, hidden):
        return self.scores.expand(*hidden.shape, -1)


def test_the_loss_is_the_formula_of_the_paper() -> None:
    torch = pytest.importorskip("torch")
    # Chances of 1/2 and 1/5 a token: odds 1 and 1/4, so the odds ratio is 4.
    chosen, rejected = torch.tensor([0.5]).log(), torch.tensor([0.2]).log()
    loss, ratio = odds_ratio_loss(chosen, rejected, -chosen, 0.5)
    assert ratio.item() == pytest.approx(math.log(4), rel=1e-5)
    # -log sigmoid(log 4) = log(1 + 1/4)
    assert loss.item() == pytest.approx(math.log(2) + 0.5 * math.log(1.25), rel=1e-5)


def test_the_loss_is_a_mean_over_pairs_and_finite_when_sure() -> None:
    torch = pytest.importorskip("torch")
    chosen, rejected = torch.tensor([0.5, 0.2]).log(), torch.tensor([0.2, 0.5]).log()
    loss, _ = odds_ratio_loss(chosen, rejected, torch.zeros(2), 1.0)
    assert loss.item() == pytest.approx((math.log(1.25) + math.log(5)) / 2, rel=1e-5)
    sure = torch.zeros(1, requires_grad=True)
    loss, _ = odds_ratio_loss(sure, rejected[:1], -sure, 0.5)
    loss.backward()
    assert math.isfinite(loss.item())
    assert math.isfinite(sure.grad.item())


def test_only_replies_count_and_long_pairs_are_named() -> None:
    torch = pytest.importorskip("torch")
    pairs = [
        Pair("p1", "en", "style", "slogan", "bb", "aa", "ba"),
        Pair("p2", "en", "style", "slogan", "bb", "aaaaaaaaaa", "a"),
    ]
    ids, parts, left_out = encode_pairs(pairs, LetterEncoder(), 6)
    assert left_out == ["p2"]
    assert ids.shape == parts.shape == (2, 7)
    ids, parts = torch.from_numpy(ids), torch.from_numpy(parts)
    model = Table([0.25, 0.5, 0.25])
    means = mean_log_probability(model, ids, parts)
    assert means.tolist() == pytest.approx([math.log(0.5), (math.log(0.5) + math.log(0.25)) / 2])
    found = judge(model, ids, parts)
    assert (found.pairs, found.accuracy) == (1, 1.0)
    assert found.margin == pytest.approx(math.log(2) / 2)
