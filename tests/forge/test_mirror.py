"""`psylite forge mirror`: what it writes is what the Mirror reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("numpy")

from psylite_desktop.forge.mirror import TEXTS, read_cases, run_mirror
from psylite_desktop.safety.linear import LANGS
from psylite_desktop.services.mirror import MirrorService
from psylite_desktop.services.mirror_model import HEADS, MirrorModel

ASSETS = Path(__file__).parents[2] / "assets"


def test_a_model_of_a_few_entries_is_read_back(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for lang in LANGS:
        lines = (TEXTS / f"{lang}_a.jsonl").read_text("utf-8").splitlines()[::8]
        (texts / f"{lang}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    figures = run_mirror(texts, [], ASSETS, tmp_path / "out", seed=1, progress=lambda _line: None)
    assert set(figures) == set(LANGS)
    model = MirrorModel.load(tmp_path / "out")
    assert all(set(model.thresholds[lang]) == set(HEADS) for lang in LANGS)
    header = json.loads((tmp_path / "out" / "mirror.json").read_text("utf-8"))
    assert header["figures"] == figures
    service = MirrorService(ASSETS, tmp_path / "out")
    [case, *_others] = read_cases(texts / "zh.jsonl")
    assert service.reflect(case.text) == service.reflect(case.text)


def test_every_labelled_entry_can_be_read() -> None:
    for lang in LANGS:
        cases = read_cases(TEXTS / f"{lang}_a.jsonl")
        assert len(cases) > 100
        assert {case.lang for case in cases} == {lang}
        assert len({case.text for case in cases}) == len(cases)


def test_a_language_without_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zh.jsonl").write_text(
        json.dumps({"text": "雨。", "themes": [], "tone": 0}) + "\n", "utf-8"
    )
    with pytest.raises(ValueError, match="en"):
        run_mirror(tmp_path, [], ASSETS, tmp_path / "out", seed=1, progress=lambda _line: None)
