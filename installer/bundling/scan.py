"""What a finished bundle holds: nothing of a network, everything that it is linked against."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from installer.bundling import elf

FORBIDDEN_FILES = re.compile(
    r"(network|libssl|_ssl\.|webengine|libqt6qml|libqt6quick|qt6qml|qt6quick|libcurl|flight|_s3fs"
    r"|gcsfs|azurefs|hdfs|qtls|certifi|cacert|\.pem$|readline|urllib3|httpx|requests)",
    re.IGNORECASE,
)
FORBIDDEN_MODULES = re.compile(
    r"^(urllib3|httpx|httpcore|h11|aiohttp|anyio|boto3|botocore|certifi|hf_xet|charset_normalizer"
    r"|smtplib|ftplib|imaplib|poplib|telnetlib|http\.server|xmlrpc|socketserver|webbrowser|_ssl"
    r"|PySide6\.Qt(Network|Qml|Quick|WebEngine|WebSockets).*|torch|transformers"
    r"|psylite_desktop\.forge)(\.|$)"
)
TEXTS = {"assets", "model_store"}
"""Folders of ours, without code: "requests" is an English word there."""
STAND_INS = {"huggingface_hub", "lance_namespace", "lance_namespace_urllib3_client", "requests"}
STAND_IN_MODULES = 12
"""More modules than that below such a name, and it is the real library."""

# What every Linux with a desktop has, and what must be the system's own (drivers, the loader).
OF_THE_SYSTEM = re.compile(
    r"^(ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv|nsl|crypt)\.so.*|libGL\.so.*|libEGL\.so.*"
    r"|libGLX\.so.*|libOpenGL\.so.*|libxcb\.so.*|libwayland-.*|libdrm\.so.*|libgbm\.so.*"
    r"|libstdc\+\+\.so.*|libgcc_s\.so.*|libX11(-xcb)?\.so.*|libfontconfig\.so.*|libexpat\.so.*"
    r"|libfreetype\.so.*|libglib-2\.0\.so.*|libgthread-2\.0\.so.*|libdbus-1\.so.*|libz\.so.*"
    r"|libcups\.so.*)$"
)
OLDEST_GLIBC = (2, 35)
"""Ubuntu 22.04's."""


@dataclass(frozen=True)
class Report:
    """The findings of a scan."""

    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...]
    files: int
    glibc: tuple[int, int]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for _, size in self.sizes)


def scan(folder: Path) -> Report:
    """Look through a bundle's folder."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    problems = [
        f"file of a network: {path.relative_to(folder)}"
        for path in files
        if FORBIDDEN_FILES.search(path.name) and not TEXTS & set(path.parts)
    ]
    problems += _modules(folder)
    libraries, warnings, glibc = _libraries(folder, files)
    problems += [
        f"link to nothing: {path.relative_to(folder)}"
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() and not path.exists()
    ]
    real = [path for path in files if not path.is_symlink()]
    sizes: Counter[str] = Counter()
    for path in real:
        sizes[_component(path.relative_to(folder))] += path.stat().st_size
    return Report(
        tuple(problems + libraries), tuple(warnings), tuple(sizes.most_common()), len(real), glibc
    )


def table(report: Report) -> str:
    """The report for people."""
    lines = [f"{size / 1e6:8.1f} MB  {name}" for name, size in report.sizes if size >= 1e5]
    lines.append(f"{report.size / 1e6:8.1f} MB  in {report.files} files")
    if report.glibc > (2, 0):
        lines.append(f"needs glibc {report.glibc[0]}.{report.glibc[1]}")
    lines += [f"warning: {line}" for line in report.warnings]
    lines += [f"PROBLEM: {line}" for line in report.problems]
    return "\n".join(lines)


def _modules(folder: Path) -> list[str]:
    """Names of Python modules in the program's own archive and beside it."""
    names = module_names(folder)
    if not names:
        return ["the list of Python modules cannot be read"]
    problems = [f"module: {name}" for name in sorted(names) if FORBIDDEN_MODULES.match(name)]
    for stub in sorted(STAND_INS):
        count = sum(name == stub or name.startswith(f"{stub}.") for name in names)
        if count > STAND_IN_MODULES:
            problems.append(f"module: {stub} is the real library ({count} modules)")
    return problems


def module_names(folder: Path) -> set[str]:
    """Modules inside: of the listing that the build left, and of the base library."""
    listing = folder / "_internal" / "modules.txt"
    names = set(listing.read_text(encoding="utf-8").split()) if listing.exists() else set()
    for archive in folder.rglob("base_library.zip"):
        with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as packed:
            names |= {
                name.removesuffix(".pyc").replace("/", ".").removesuffix(".__init__")
                for name in packed.namelist()
            }
    return names


def _libraries(folder: Path, files: list[Path]) -> tuple[list[str], list[str], tuple[int, int]]:
    """What libraries are linked against and is not here, and the newest glibc they ask for."""
    present = {path.name for path in files}
    problems: list[str] = []
    newest, newest_file = (2, 0), ""
    outside: Counter[str] = Counter()
    for path in files:
        if path.is_symlink() or not elf.is_elf(path):
            continue
        library = elf.read(path)
        if library.glibc > newest:
            newest, newest_file = library.glibc, str(path.relative_to(folder))
        for name in library.needed:
            if name in present:
                continue
            if OF_THE_SYSTEM.match(name):
                outside[name] += 1
            else:
                problems.append(f"{path.relative_to(folder)} needs {name}, which is not here")
    warnings = []
    if outside:
        warnings.append(f"from the system: {' '.join(sorted(outside))}")
    if newest > OLDEST_GLIBC:
        warnings.append(
            f"{newest_file} needs glibc {newest[0]}.{newest[1]}, newer than Ubuntu 22.04's"
        )
    return problems + _unresolved(folder, files), warnings, newest


def _unresolved(folder: Path, files: list[Path]) -> list[str]:
    """What the loader of this machine does not find, asked for every library."""
    if not sys.platform.startswith("linux"):
        return []
    found: set[str] = set()
    libraries = [str(path) for path in files if ".so" in path.name and not path.is_symlink()]
    try:
        done = subprocess.run(
            ["ldd", *libraries],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(folder / "_internal")},
        )
    except OSError:
        return []
    for name in re.findall(r"^\s*(\S+) => not found", done.stdout, re.MULTILINE):
        if not OF_THE_SYSTEM.match(name):
            found.add(f"ldd does not find {name}")
    return sorted(found)


def _component(path: Path) -> str:
    """The part that a file belongs to, for the table of sizes."""
    parts = path.parts
    if len(parts) == 1:
        return "program and papers"
    inside = parts[1]
    if len(parts) == 2:
        if inside.startswith("libpython") or inside == "base_library.zip":
            return "python"
        return "libraries of the system" if ".so" in inside else "other"
    if inside.startswith("python3"):
        return "python"
    name = inside.split(".libs")[0]
    if inside == "PySide6" and len(parts) > 4:
        return f"PySide6 {'ICU' if 'icu' in parts[-1] else parts[3]}"
    return "model_store" if inside == "model_store" else name
