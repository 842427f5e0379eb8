"""Who may import whom: the import-linter contracts of pyproject.toml."""

import subprocess
import sys
import tomllib

from tests.architecture.sources import ROOT


def _named_modules() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    named = {
        module
        for contract in contracts
        for key in ("source_modules", "forbidden_modules")
        for module in contract.get(key, ())
    }
    return {name for name in named if name.startswith("psylite_desktop.") and "*" not in name}


def _exists(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_every_contract_is_kept():
    missing = sorted(name for name in _named_modules() if not _exists(name))
    assert not missing, f"contracts name what is not there: {', '.join(missing)}"
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_contract_has_an_exception():
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
