"""llama.cpp: the module of ctypes signatures and the libraries beside it.

The engine never imports the wrapper (psylite_desktop/engine/native.py says why), so its template
engine, disk cache and web server stay out.
"""

from PyInstaller.utils.hooks import collect_dynamic_libs

# The bindings look for their libraries in llama_cpp/lib, beside themselves.
binaries = collect_dynamic_libs("llama_cpp")
hiddenimports = ["llama_cpp.llama_cpp", "llama_cpp._ctypes_extensions", "llama_cpp._ggml"]
excludedimports = ["llama_cpp.llama", "llama_cpp.server", "jinja2", "diskcache"]
