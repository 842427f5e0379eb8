"""`psylite forge adapt|internlm2`: what is missing or wrong is said, status tells the outcome."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from psylite_desktop.cli import forge_adapt
from psylite_desktop.cli.forge import command
from psylite_desktop.forge import __main__ as plain


def forge(*words: str | Path, data: Path) -> Result:
    given = [*map(str, words), "--lang", "en", "--data-dir", str(data)]
    return CliRunner().invoke(command, given)


def base(folder: Path, name: str = "Qwen2ForCausalLM") -> Path:
    (folder / "base").mkdir()
    (folder / "base" / "config.json").write_text(json.dumps({"architectures": [name]}), "utf-8")
    return folder / "base"


def adapt(folder: Path, preset: str = "adapt-qwen3-4b") -> Result:
    words = ("adapt", "--preset", preset, "--base", folder / "base", "--data", folder)
    return forge(*words, "--out", folder / "out", data=folder / "own")


def test_the_group_knows_all_of_them() -> None:
    assert {"adapt", "internlm2", "memo2demo", "reasons"} <= set(command.commands)


def test_without_torch_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base(tmp_path)
    monkeypatch.setattr(forge_adapt.importlib.util, "find_spec", lambda _name: None)
    done = adapt(tmp_path)
    assert done.exit_code == 2
    assert "extra" in done.output


@pytest.mark.parametrize("preset", ["none-such", "adapt-qwen3-4b"])
def test_a_wrong_preset_or_base_is_said(
    preset: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    base(tmp_path, "MambaForCausalLM")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: True)
    done = adapt(tmp_path, preset)
    assert done.exit_code == 2
    said = done.output + capsys.readouterr().err
    assert ("none-such" if preset == "none-such" else "MambaForCausalLM") in said


def test_what_is_not_internlm2_is_not_converted(tmp_path: Path, capsys: Any) -> None:
    source = base(tmp_path)
    assert plain.main(["internlm2", str(source), "--out", str(tmp_path / "out")]) == 2
    assert "not an InternLM2 model" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_reasons_need_a_recipe_of_adapting(tmp_path: Path) -> None:
    for preset in ("none-such", "nano-cpu"):
        words = ("reasons", "--preset", preset, "--data", tmp_path, "--model", "x.gguf")
        done = forge(*words, "--out", tmp_path / "out.jsonl", data=tmp_path / "own")
        assert done.exit_code == 2
        assert preset in done.output
