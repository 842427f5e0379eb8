import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from installer import wheel_contents
from tests.architecture.sources import ROOT


@pytest.mark.parametrize(
    ("path", "belongs"),
    [
        ("assets/content/zh/x.toml", True),
        ("model_store/catalogue.toml", True),
        ("model_store/psylite-nano/model.gguf", True),
        ("model_store/something-7b.gguf", False),
        ("model_store/other/model.gguf", False),
        ("assets/__pycache__/x.pyc", False),
    ],
)
def test_a_wheel_holds_only_the_shipped_model(path, belongs):
    assert wheel_contents._belongs(Path(path)) is belongs


def test_a_wheel_has_its_data_inside_the_package(tmp_path):
    tree = tmp_path / "tree"
    (tree / "installer").mkdir(parents=True)
    for name in ("pyproject.toml", "LICENSE", "installer/wheel_contents.py"):
        shutil.copy(ROOT / name, tree / name)
    for name in (
        "README.md",
        "psylite_desktop/__init__.py",
        "assets/hotlines.toml",
        "model_store/psylite-nano/model.gguf",
        "model_store/big.gguf",
    ):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=tree,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == {
        "psylite_desktop/__init__.py",
        "psylite_desktop/_assets/hotlines.toml",
        "psylite_desktop/_model_store/psylite-nano/model.gguf",
    }
