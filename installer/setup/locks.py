"""The locks: every package with its version and hashes, for all systems and Pythons."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from installer.setup import uv
from installer.setup.apt import Apt
from installer.setup.console import SetupError, say
from installer.setup.interpreter import ensure as ensure_interpreter
from installer.setup.layout import OLDEST_PYTHON, REQUIREMENTS, ROOT, Environment, environment
from installer.setup.programs import output_of, succeeds
from installer.setup.stamp import Stamp

ENGINE = "llama-cpp-python"
ADDRESS = re.compile(r"https?://|file:|(?:^|\s)/|[A-Za-z]:\\")


@dataclass(frozen=True)
class Lock:
    """One lock file and what goes into it.

    Attributes:
        name: The file's name.
        sources: Arguments that name requirements.
        wanted: Requirements written out here.
        options: More arguments for uv.
        fitting: Locks made before, whose versions this one must share.
    """

    name: str
    sources: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    fitting: tuple[str, ...] = ()


LOCKS = (
    Lock("uv.txt", wanted=("uv>=0.9",)),
    # llama-cpp-python has a lock of its own, because it is built and not just unpacked.
    Lock("run.txt", sources=("pyproject.toml",), options=("--no-emit-package", ENGINE)),
    Lock("llama.txt", wanted=(f"{ENGINE}>=0.3.36",), options=("--no-deps",)),
    Lock("dev.txt", sources=("--group", "pyproject.toml:dev"), fitting=("run.txt",)),
    Lock("bundle.txt", sources=("--group", "pyproject.toml:bundle"), fitting=("run.txt",)),
    Lock(
        "build.txt",
        wanted=("cmake>=3.28", "editables", "hatchling>=1.27", "ninja", "scikit-build-core>=0.11"),
    ),
)


def make_all(work: Path, *, upgrade: bool) -> None:
    """Make the locks one after the other; the old ones stay until all could be made.

    Args:
        work: An empty folder.
        upgrade: Take the newest versions; else keep those that still fit.

    Raises:
        SetupError: The requirements cannot be met, or an address got into a lock.
    """
    env = environment()
    _require_uv(env)
    for lock in LOCKS:
        fresh = work / lock.name
        old = REQUIREMENTS / lock.name
        if old.exists() and not upgrade:
            # uv keeps the versions it finds in the file it writes to.
            shutil.copyfile(old, fresh)
        _make(env, lock, fresh)
        _require_no_address(fresh)
    REQUIREMENTS.mkdir(exist_ok=True)
    for lock in LOCKS:
        shutil.copyfile(work / lock.name, REQUIREMENTS / lock.name)
        say(f"{lock.name}: {_size(REQUIREMENTS / lock.name)} packages")


def _require_uv(env: Environment) -> None:
    if output_of([env.program("uv"), "--version"]):
        return
    stamp = Stamp(env.stamp)
    ensure_interpreter(env, stamp, Apt())
    if uv.LOCK.exists():
        uv.ensure(env, stamp)
        return
    # The first lock of all cannot be made from a lock.
    complaint = succeeds([env.python, "-m", "pip", "install", "uv"])
    if complaint:
        raise SetupError(f"pip could not install uv:\n{complaint}")


def _make(env: Environment, lock: Lock, fresh: Path) -> None:
    wanted = fresh.with_suffix(".in")
    wanted.write_text("".join(f"{line}\n" for line in lock.wanted), encoding="utf-8")
    sources = [str(ROOT / name) if name == "pyproject.toml" else name for name in lock.sources]
    fitting = [word for name in lock.fitting for word in ("-c", str(fresh.with_name(name)))]
    command: list[str | Path] = [
        *(env.program("uv"), "pip", "compile", "--quiet", "--project", ROOT),
        *("--universal", "--python-version", ".".join(map(str, OLDEST_PYTHON))),
        *("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"),
        *lock.options,
        *fitting,
        *("--output-file", fresh),
        *(sources or [str(wanted)]),
    ]
    complaint = succeeds(command, env=uv.variables(env) | {"PWD": str(ROOT)})
    if complaint:
        raise SetupError(f"{lock.name} cannot be made:\n{complaint}")


def _require_no_address(lock: Path) -> None:
    for line in lock.read_text(encoding="utf-8").splitlines():
        if ADDRESS.search(line):
            raise SetupError(f"{lock.name} holds an address: {line}")


def _size(lock: Path) -> int:
    return len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
