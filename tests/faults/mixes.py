"""Named mixes of operations: what somebody does in a sitting, as weights of kinds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mix:
    """Weights of kinds of operations; `long_texts` is the share of texts that fill the log."""

    weights: dict[str, int]
    long_texts: float = 0.05


EVERYTHING = Mix(
    {
        "append": 40,
        "update": 15,
        "note": 4,
        "edit": 4,
        "version": 4,
        "drop": 4,
        "rename": 4,
        "delete": 3,
        "search": 6,
        "correction": 4,
        "ending": 4,
        "draft": 15,
        "settings": 5,
        "risk": 10,
        "plan": 8,
        "check_in": 8,
        "exercise": 8,
        "scale": 4,
        "aside": 4,
        "memory": 8,
        "journal": 15,
        "rating": 4,
        "suggestion": 4,
        "mirror": 4,
        "phrase": 4,
        "lock": 2,
    }
)
"""How often each kind is drawn where nothing else is said."""

MIXES = {
    "everything": EVERYTHING,
    "chat_stream": Mix({"append": 10, "update": 80, "risk": 10}),
    "chat_with_asides": Mix({"append": 40, "note": 20, "aside": 30, "update": 10}),
    "drafts": Mix({"draft": 90, "append": 10}),
    "mood": Mix({"check_in": 90, "settings": 10}),
    "editing": Mix({"append": 30, "edit": 40, "update": 15, "drop": 15}),
    "versions": Mix({"append": 20, "edit": 30, "version": 40, "drop": 5, "delete": 5}),
    "deletion_heavy": Mix({"append": 40, "drop": 25, "delete": 35}),
    "settings": Mix({"settings": 80, "rename": 10, "append": 10}),
    "risk_and_plan": Mix({"risk": 50, "plan": 50}),
    "long_texts": Mix({"append": 60, "update": 20, "draft": 20}, long_texts=0.7),
    "phrase_changes": Mix({"phrase": 50, "append": 50}),
    "exercises": Mix({"exercise": 100}, long_texts=0.1),
    "scales": Mix({"scale": 90, "risk": 10}),
    "asides": Mix({"aside": 90, "settings": 10}),
    "journal": Mix({"journal": 90, "draft": 10}, long_texts=0.1),
    "ratings": Mix({"append": 40, "rating": 50, "drop": 10}),
    "suggestions": Mix({"suggestion": 90, "mirror": 10}),
    "mirror": Mix({"mirror": 50, "journal": 50}),
    "memory": Mix({"append": 20, "memory": 70, "drop": 10}),
    "endings": Mix({"append": 40, "ending": 50, "delete": 10}),
    "corrections": Mix({"append": 40, "correction": 50, "drop": 10}),
    "search_while_writing": Mix({"search": 70, "append": 20, "drop": 10}),
    "renaming": Mix({"append": 30, "rename": 60, "note": 10}),
    "lock_and_unlock": Mix({"lock": 50, "append": 30, "check_in": 20}),
    "other_profiles": Mix({"neighbour": 50, "append": 50}),
}
"""Everything that is done under fire, by name."""
