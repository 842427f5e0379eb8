"""The bindings of llama.cpp: how they are imported, silenced and interrupted."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import sys
import types
from functools import lru_cache
from typing import Any

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.engine import variants

_ERROR_LEVEL = 4  # ggml.h, GGML_LOG_LEVEL_ERROR
_MEMORY_WORDS = (b"alloc", b"out of memory")


@lru_cache(maxsize=1)
def bindings() -> Any:
    """Import the low-level functions of llama-cpp-python and start llama.cpp.

    The package's own `__init__` also brings numpy, a template engine and a disk cache, which
    costs 0.7 s and 20 MB and would have a template engine in the process that reads foreign files.
    So its one module of ctypes signatures is imported under an empty package, which is taken away
    again so that others in this process can import the real one. Raises EngineError
    (engine_unavailable) where the library is missing or does not load, engine_cpu_unsupported
    where it would end the process.
    """
    variants.require_processor()
    try:
        library = sys.modules.get("llama_cpp.llama_cpp") or _import_signatures()
    except (ImportError, OSError, RuntimeError, FileNotFoundError):
        raise EngineError("engine_unavailable") from None
    NATIVE_LOG.attach(library)
    processor_code()
    library.llama_backend_init()
    return library


@lru_cache(maxsize=1)
def processor_code() -> str:
    """Name of the build of ggml's processor code in use ("AVX2"), loaded with the first call."""
    return variants.load_best()


def _import_signatures() -> Any:
    if "llama_cpp" in sys.modules:
        return importlib.import_module("llama_cpp.llama_cpp")
    spec = importlib.util.find_spec("llama_cpp")
    if spec is None or spec.submodule_search_locations is None:
        raise EngineError("engine_unavailable")
    package = types.ModuleType("llama_cpp")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["llama_cpp"] = package
    try:
        return importlib.import_module("llama_cpp.llama_cpp")
    finally:
        del sys.modules["llama_cpp"]


class NativeLog:
    """Turns lines of llama.cpp's log into event codes; the lines themselves go nowhere."""

    def __init__(self) -> None:
        self._codes: set[str] = set()
        self._callback: Any = None

    def attach(self, library: Any) -> None:
        """Take over the log of `library` for good."""

        def receive(level: int, text: bytes | None, _data: Any) -> None:
            if level == _ERROR_LEVEL and text:
                lowered = text.lower()
                memory = any(word in lowered for word in _MEMORY_WORDS)
                self._codes.add("no_memory" if memory else "error")

        # llama.cpp keeps the pointer: the wrapper object must live as long as the process.
        self._callback = library.llama_log_callback(receive)
        library.llama_log_set(self._callback, None)

    def take(self) -> frozenset[str]:
        """Codes since the last call: no_memory, error."""
        codes = frozenset(self._codes)
        self._codes.clear()
        return codes


NATIVE_LOG = NativeLog()


class AbortFlag:
    """A flag that llama.cpp looks at before every node of its graph, without entering Python.

    The callback is the C function `strlen` over a two-byte buffer: 0 while the buffer is empty,
    1 once its first byte is set. A Python callback would take the interpreter lock hundreds of
    times a token.
    """

    def __init__(self, library: Any) -> None:
        runtime = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
        self._buffer = ctypes.create_string_buffer(2)
        self.callback = ctypes.cast(runtime.strlen, library.ggml_abort_callback)
        self.data = ctypes.cast(self._buffer, ctypes.c_void_p)

    def set(self) -> None:
        """Make the running evaluation end as soon as it can; safe from any thread."""
        self._buffer[0] = b"\x01"

    def clear(self) -> None:
        """Allow evaluations again."""
        self._buffer[0] = b"\x00"
