"""Quantising GGUF files with llama.cpp, and opening them with the plain wrapper.

Only model makers come here; the app itself never loads the wrapper.
"""

from __future__ import annotations

import ctypes
from functools import lru_cache
from pathlib import Path
from typing import Any

KINDS = ("q8_0", "q4_k_m", "f16")


def quantize(source: Path, target: Path, kind: str) -> int:
    """Quantise `source` into `target` and return its size in bytes.

    Raises ValueError for an unknown kind and OSError if llama.cpp reports a failure.
    """
    import llama_cpp

    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}, expected one of {KINDS}")
    types = {
        "q8_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0,
        "q4_k_m": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_K_M,
        "f16": llama_cpp.LLAMA_FTYPE_MOSTLY_F16,
    }
    _silence()
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype = types[kind]
    target.parent.mkdir(parents=True, exist_ok=True)
    failed = llama_cpp.llama_model_quantize(
        str(source).encode(), str(target).encode(), ctypes.byref(params)
    )
    if failed:
        raise OSError(f"llama.cpp could not quantise {source.name} to {kind} (code {failed})")
    return target.stat().st_size


@lru_cache(maxsize=1)
def _silence() -> Any:
    """Turn llama.cpp's own log off; the callback is kept, since C holds only its address."""
    import llama_cpp

    callback = llama_cpp.llama_log_callback(lambda _level, _text, _data: None)
    llama_cpp.llama_log_set(callback, ctypes.c_void_p(0))
    return callback


def open_wrapper(
    path: Path, *, context: int = 512, threads: int = 2, all_logits: bool = False
) -> Any:
    """Open llama-cpp-python's own `Llama` over `path`, to look at all logits of a text.

    Raises ValueError if it cannot be loaded.
    """
    import llama_cpp

    return llama_cpp.Llama(
        str(path),
        n_ctx=context,
        n_batch=context,
        n_threads=threads,
        logits_all=all_logits,
        verbose=False,
    )
