"""onnxruntime: the session alone; tools that make and change models stay out."""

import sys

from PyInstaller.utils.hooks import collect_dynamic_libs

# Elsewhere providers are separate libraries, which for the CPU nobody loads.
binaries = [] if sys.platform == "linux" else collect_dynamic_libs("onnxruntime")
excludedimports = [
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "onnxruntime.backend",
    "onnxruntime.datasets",
    "onnx",
    "torch",
]
