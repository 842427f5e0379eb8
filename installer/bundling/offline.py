"""Whether a finished program asks for the internet: turns without interfaces, every call seen."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from installer.setup.console import SetupError, step
from installer.setup.programs import tail

CALL = re.compile(r"\b(socket|socketpair|connect|bind|sendto|sendmsg|sendmmsg|listen|accept4?)\(")
FAMILY = re.compile(r"\b(?:AF|PF)_([A-Z0-9_]+)")
INTERNET = {"INET", "INET6", "PACKET", "VSOCK", "BLUETOOTH"}
"""Families that reach beyond this machine. NETLINK asks the kernel, UNIX the display."""

# Made for this, in the words of nobody; the engine writes, searches and listens for them.
TURNS = {
    "zh": [
        "最近作业有点多，我睡得不太好。",
        "室友总在半夜打游戏",
        "教我放松一下",
        "我不想活了",
        "谢谢",
    ],
    "en": ["I have not slept well this week.", "teach me to calm down", "tell me a joke", "bye"],
}


@dataclass(frozen=True)
class Trace:
    """What calls were seen: how often each family, and the lines that must not be."""

    families: Counter[str]
    forbidden: tuple[str, ...]


def read_trace(lines: Iterable[str]) -> Trace:
    """Read what strace wrote of network calls; a call counts also where it was refused."""
    families: Counter[str] = Counter()
    forbidden = []
    for line in lines:
        if not CALL.search(line):
            continue
        found = FAMILY.search(line)
        if found is None:
            continue
        families[found[1]] += 1
        if found[1] in INTERNET:
            forbidden.append(line.strip())
    return Trace(families, tuple(forbidden))


def prove(program: Path) -> Trace:
    """Talk in both languages and walk through the window, without a network, under strace.

    Raises:
        SetupError: strace or namespaces are not here, or the program failed.
    """
    for tool, package in (("strace", "strace"), ("unshare", "util-linux")):
        if shutil.which(tool) is None:
            raise SetupError(f"{tool} is not here.", f"apt-get install {package}")
    if subprocess.run(["unshare", "-rn", "true"], check=False).returncode:
        raise SetupError("No namespace without interfaces can be made here.", "Try it as root.")
    families: Counter[str] = Counter()
    forbidden: list[str] = []
    with tempfile.TemporaryDirectory(prefix="psylite-offline-") as place:
        for name, words in _runs(Path(place)):
            with step(f"{name}, without interfaces, every network call seen"):
                trace = _traced(program, words, Path(place))
            families += trace.families
            forbidden += trace.forbidden
    return Trace(families, tuple(forbidden))


def _runs(place: Path) -> Iterable[tuple[str, list[str]]]:
    for lang, texts in TURNS.items():
        script = place / f"{lang}.jsonl"
        lines = (json.dumps({"text": text}, ensure_ascii=False) for text in texts)
        script.write_text("\n".join(lines) + "\n", encoding="utf-8")
        yield f"a talk ({lang})", ["talk", "--script", str(script), "--json", "--lang", lang]
    yield "the self test", ["selftest"]
    yield "the walk through the window", ["selftest", "--window", "--lang", "zh"]


def _traced(program: Path, words: list[str], place: Path) -> Trace:
    log = place / "trace"
    command: list[str | Path] = ["unshare", "-rn", "strace", "-f", "-qq", "-s", "0"]
    command += ["--trace=network", "-o", log, program, *words, "--data-dir", place / "data"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(place), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"},
    )
    if done.returncode:
        raise SetupError(f"{' '.join(words)} failed without a network:\n{tail(done.stderr, 10)}")
    with log.open(encoding="utf-8", errors="replace") as lines:
        return read_trace(lines)
