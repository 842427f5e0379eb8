"""Networks for models in tests: what a text comes to is what its loudest piece says."""

from __future__ import annotations

from typing import Any

from psylite_desktop.safety.classifier import INPUTS, TELLS

FIRST = {"levels": 8, "requests": INPUTS}
"""From which input on the highest score of each output stands, with its mean behind it."""


def loudest() -> dict[str, dict[str, Any]]:
    """As the header of a model holds them, by what they tell."""
    return {name: _loudest(FIRST[name], *TELLS[name]) for name in TELLS}


def _loudest(first: int, inputs: int, outputs: int) -> dict[str, Any]:
    return {
        "mean": [0.0] * inputs,
        "spread": [10.0] * inputs,
        "hidden": [],
        "out": [[]] * outputs,
        "straight": [
            [10.0 if place == first + 2 * head else 0.0 for place in range(inputs + 1)]
            for head in range(outputs)
        ],
    }
