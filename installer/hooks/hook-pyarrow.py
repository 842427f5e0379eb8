"""pyarrow, in place of the common hook, which takes everything.

Left out: Flight (a network protocol, 31 MB), S3, Azure, Google and Hadoop file systems, headers
and tests. `pyarrow.fs` does without the file systems of clouds where they cannot be imported.
"""

from PyInstaller.utils.hooks import get_module_file_attribute

hiddenimports = [
    f"pyarrow.{name}"
    for name in (
        *("lib", "ipc", "types", "util", "compute", "_compute", "_compute_docstrings", "_acero"),
        *("acero", "_fs", "fs", "_csv", "csv", "_json", "json", "_substrait", "substrait"),
        *("dataset", "_dataset", "_dataset_orc", "_dataset_parquet", "_parquet", "_orc"),
        *("_dataset_parquet_encryption", "_parquet_encryption", "vendored.version"),
        "vendored.docscrape",
    )
]
excludedimports = [
    f"pyarrow.{name}"
    for name in (
        *("_flight", "flight", "_s3fs", "_azurefs", "_gcsfs", "_hdfs", "_cuda", "cuda", "tests"),
        *("interchange", "jvm", "cffi", "benchmark", "conftest", "_pyarrow_cpp_tests"),
    )
]
assert get_module_file_attribute("pyarrow")  # noqa: S101 - fails the build where it is missing
