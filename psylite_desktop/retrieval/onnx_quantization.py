"""Turns an ONNX network's weights into signed bytes; part of making models, not of running them."""

from __future__ import annotations

from pathlib import Path


def quantise(source: Path, target: Path) -> None:
    """Write `target` with int8 weights of `source` (float32); needs the package `onnx` as well.

    Activations are quantised while it runs ("dynamic quantization" in onnxruntime).
    Raises ImportError, OSError and what onnxruntime raises for a network it cannot read.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # onnxruntime has no convolution of signed bytes.
    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["Gather", "Gemm", "MatMul"],
    )
