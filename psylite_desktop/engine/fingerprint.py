"""Names for what measured and stored things belong to: a model file, a build, a machine."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
from pathlib import Path
from typing import Any

_HEAD = 1 << 20
_SAMPLES = 256
_SAMPLE = 4096


def model_fingerprint(path: Path) -> str:
    """A hash of a model file's size, its beginning and 256 pieces spread over it.

    Reading all of a large file would take longer than loading it. Two versions of a model differ
    in nearly every weight, so in the pieces, too. Raises OSError.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest.update(size.to_bytes(8, "little"))
        digest.update(file.read(_HEAD))
        for index in range(_SAMPLES):
            file.seek(size * index // _SAMPLES)
            digest.update(file.read(_SAMPLE))
    return digest.hexdigest()


def build_fingerprint(library: Any) -> str:
    """Version and processor features of the llama.cpp that runs."""
    try:
        version = importlib.metadata.version("llama-cpp-python")
    except importlib.metadata.PackageNotFoundError:
        version = "?"
    features = bytes(library.llama_print_system_info()).decode("ascii", "replace")
    return f"{version} {features.strip()}"


def machine_name() -> str:
    """Processor and number of logical cores: what a measured speed belongs to."""
    name = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    return f"{name} x{os.cpu_count() or 1}"
