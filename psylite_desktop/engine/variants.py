"""Which build of llama.cpp's processor code runs here.

The bundle holds it several times, each made for another kind of processor, as libraries of ggml's
that are loaded at run time. An install from source has one library for the processor it was made
on. Asked before the first of them is loaded.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.engine import cpu

CHOICE = "PSYLITE_CPU_VARIANT"
"""Environment variable that names the one variant to be used, for measuring and finding faults."""
FOLDER = "LLAMA_CPP_LIB_PATH"
"""llama-cpp-python's own environment variable for where its libraries are."""
NATIVE = "native"


@dataclass(frozen=True, slots=True)
class Variant:
    """A build of the processor code: ggml's name for it, ours, and what it needs."""

    tag: str
    name: str
    needs: frozenset[str]


VARIANTS = (
    Variant("skylakex", "AVX-512", cpu.AVX512),
    Variant("haswell", "AVX2", cpu.AVX2),
    Variant("sandybridge", "AVX", cpu.AVX),
    Variant("sse42", "SSE4.2", cpu.SSE42),
)
"""Best first; installer/setup/llama.py builds them."""
SINGLE = Variant("", NATIVE, cpu.AVX2)
"""What an install from source builds where the processor has AVX2 (else it builds variants)."""


def library_folder() -> Path | None:
    """The folder of llama.cpp's libraries, found without loading any; None without them."""
    elsewhere = os.environ.get(FOLDER)
    if elsewhere is not None:
        return Path(elsewhere)
    spec = importlib.util.find_spec("llama_cpp")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)), "lib")


def library(folder: Path, name: str) -> Path:
    """A library of llama.cpp by its short name."""
    if sys.platform == "win32":
        return folder / f"{name}.dll"
    return folder / f"lib{name}.so"


def on_disk(folder: Path) -> tuple[Variant, ...]:
    """Variants that the folder holds, best first; empty for a build of one kind alone."""
    return tuple(one for one in VARIANTS if library(folder, f"ggml-cpu-{one.tag}").is_file())


def usable(folder: Path, features: frozenset[str] | None) -> tuple[Variant, ...]:
    """Variants of the folder that run with these features (None: all are tried), best first."""
    chosen = os.environ.get(CHOICE)
    return tuple(
        one
        for one in on_disk(folder)
        if (features is None or one.needs <= features) and chosen in (None, "", one.tag)
    )


def missing_features() -> frozenset[str]:
    """What this processor certainly lacks for every build of llama.cpp that is here."""
    folder = library_folder()
    if folder is None:
        return frozenset()
    return cpu.missing((on_disk(folder) or (SINGLE,))[-1].needs)


def require_processor() -> None:
    """Raise EngineError (engine_cpu_unsupported, fact `features`) where none can run."""
    lacking = missing_features()
    if lacking:
        raise EngineError("engine_cpu_unsupported", features=cpu.spelled(lacking))


def load_best() -> str:
    """Load the best variant into ggml and return its name; "native" where there is one build.

    Call it with llama.cpp loaded and before it is initialised, which would otherwise look for
    libraries beside the interpreter and in the folder of the moment.
    Raises EngineError (engine_unavailable).
    """
    folder = library_folder()
    if folder is None:
        raise EngineError("engine_unavailable")
    if not on_disk(folder):
        return NATIVE
    # Elsewhere than on Windows a library's functions are found through one that is linked to it.
    # Asked for by its own path, ggml could be loaded a second time, beside the one that
    # llama.cpp uses: the package holds copies of it under two names.
    first = "ggml" if sys.platform == "win32" else "llama"
    try:
        load = ctypes.CDLL(str(library(folder, first))).ggml_backend_load
    except (AttributeError, OSError):
        raise EngineError("engine_unavailable") from None
    load.argtypes, load.restype = [ctypes.c_char_p], ctypes.c_void_p
    for one in usable(folder, cpu.features()):
        # Null where the library's own look at the processor says no. On Windows our manifest
        # makes UTF-8 the code page of file names.
        if load(os.fsencode(library(folder, f"ggml-cpu-{one.tag}"))):
            return one.name
    raise EngineError("engine_unavailable")
