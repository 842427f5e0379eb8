"""The locks name packages, versions and hashes, and nothing of the machine that made them."""

import re
import tomllib

import pytest

from tests.architecture.sources import ROOT

LOCKS = sorted((ROOT / "installer" / "requirements").glob("*.txt"))
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+)( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def _pins(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    text = (ROOT / "installer" / "requirements" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if pin := PIN.match(line):
            found.setdefault(pin[1], set()).add(pin[2])
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_pins_and_hashes_alone(lock):
    lines = lock.read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line))] == []


def test_all_locks_are_there():
    names = {"build.txt", "bundle.txt", "dev.txt", "llama.txt", "run.txt", "uv.txt"}
    assert {path.name for path in LOCKS} == names


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "run.txt": project["project"]["dependencies"],
        "dev.txt": project["dependency-groups"]["dev"],
        "bundle.txt": project["dependency-groups"]["bundle"],
    }
    locked = _pins("run.txt") | _pins("llama.txt")
    for name, requirements in wanted.items():
        names = {re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in requirements}
        assert names - (set(locked) | set(_pins(name))) == set()


def test_the_locks_agree_with_each_other():
    run = _pins("run.txt")
    for other in (_pins("dev.txt"), _pins("bundle.txt")):
        assert {name for name in run.keys() & other.keys() if not other[name] <= run[name]} == set()


def test_training_libraries_stay_out_of_the_locks():
    heavy = {"torch", "transformers", "trl", "peft", "accelerate", "bitsandbytes"}
    assert {name for path in LOCKS for name in heavy & _pins(path.name).keys()} == set()
