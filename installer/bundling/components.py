"""Which packages are in a bundle, and under which licences: read from what PyInstaller wrote.

Run with the Python that made the bundle, whose packages' metadata it reads:

    python -m installer.bundling.components WORK-FOLDER OUTPUT.json
"""

from __future__ import annotations

import ast
import json
import platform
import re
import subprocess
import sys
import sysconfig
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import cast

LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
# Whose wheels name a licence by a word that is not SPDX's, or bring no text.
KNOWN = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
}


def components(work: Path) -> list[dict[str, str]]:
    """Everything in the bundle that others made: name, version, licence, its text."""
    sources = _sources(work)
    found = [_python()]
    claimed: set[Path] = set()
    for package in metadata.distributions():
        files = {Path(str(package.locate_file(file))).resolve() for file in package.files or ()}
        used = files & sources
        name = re.sub("[-_.]+", "-", package.metadata["Name"].lower())
        if name in {"psylite-desktop", "pip", "setuptools", "uv"}:
            continue
        if used or name == "pyinstaller":
            claimed |= used
            found.append(_of_package(package, name))
    found += _of_system(sources - claimed)
    used_names = {entry["name"] for entry in found}
    if absent := {"lancedb", "llama-cpp-python", "onnxruntime"} - used_names:
        raise SystemExit(f"not in the bundle: {', '.join(sorted(absent))}")
    return sorted(found, key=lambda entry: (entry["kind"], entry["name"]))


def _sources(work: Path) -> set[Path]:
    """Every file that PyInstaller took."""
    sources: set[Path] = set()
    for toc in [*work.glob("PYZ-*.toc"), *work.glob("COLLECT-*.toc")]:
        for entry in _tuples(ast.literal_eval(toc.read_text(encoding="utf-8"))):
            if len(entry) == 3 and isinstance(entry[1], str) and entry[1] not in {"", "-"}:
                sources.add(Path(entry[1]).resolve())
    return sources


def _tuples(value: object) -> list[tuple[object, ...]]:
    if not isinstance(value, tuple | list):
        return []
    inner = [entry for part in value for entry in _tuples(part)]
    return [value, *inner] if isinstance(value, tuple) else inner


def _of_package(package: metadata.Distribution, name: str) -> dict[str, str]:
    texts = []
    for file in package.files or ():
        inside = ".dist-info" in str(file) or len(file.parts) <= 3
        if inside and LICENCE_FILE.search(file.name) and file.suffix not in {".py", ".pyc", ".so"}:
            path = Path(str(package.locate_file(file)))
            if path.is_file():
                texts.append(path.read_text(encoding="utf-8", errors="replace").strip())
    return {
        "kind": "python",
        "name": name,
        "version": package.version,
        "licence": KNOWN.get(name) or _licence(package),
        "text": "\n\n".join(dict.fromkeys(texts)),
    }


def _licence(package: metadata.Distribution) -> str:
    # A message of the mail package; the stubs know less of it.
    fields = cast("Message", package.metadata)
    if fields.get("License-Expression"):
        return str(fields["License-Expression"])
    words = str(fields.get("License") or "").strip()
    if words and len(words) < 80 and "\n" not in words:
        return words
    classes = [
        line.rpartition("::")[2].strip()
        for line in fields.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    return " AND ".join(classes) or "see its text"


def _python() -> dict[str, str]:
    text = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    return {
        "kind": "interpreter",
        "name": "python",
        "version": platform.python_version(),
        "licence": "PSF-2.0",
        "text": text.read_text(encoding="utf-8") if text.is_file() else "",
    }


def _of_system(files: set[Path]) -> list[dict[str, str]]:
    """Libraries of the system that PyInstaller copied, by Debian's packages."""
    if not sys.platform.startswith("linux"):
        return []
    prefixes = ("/usr/lib/", "/lib/", "/usr/local/lib/")
    libraries = sorted(str(path) for path in files if str(path).startswith(prefixes))
    packages: dict[str, set[str]] = {}
    for library in libraries:
        # Debian knows a file by its place before or after /lib became a link to /usr/lib.
        for place in (library, library.removeprefix("/usr")):
            owner = _output(["dpkg", "-S", place]).partition(": ")[0].partition(",")[0]
            if owner:
                packages.setdefault(owner.partition(":")[0], set()).add(Path(library).name)
                break
    return [_of_debian(name, files) for name, files in sorted(packages.items())]


def _of_debian(name: str, files: set[str]) -> dict[str, str]:
    text = Path("/usr/share/doc", name, "copyright")
    words = text.read_text(encoding="utf-8", errors="replace") if text.is_file() else ""
    named = sorted(set(re.findall(r"^License: *(\S.*)$", words, re.MULTILINE)))
    return {
        "kind": "system",
        "name": name,
        "version": _output(["dpkg-query", "-W", "-f", "${Version}", name]),
        "licence": " AND ".join(named[:6]) or "see its text",
        "text": f"Files: {', '.join(sorted(files))}\n\n{words.strip()}",
    }


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(
        json.dumps(components(Path(sys.argv[1])), ensure_ascii=False, indent=1), encoding="utf-8"
    )
