"""lancedb: its native part imports pyarrow by name, which PyInstaller cannot see."""

hiddenimports = [
    "pyarrow",
    "pyarrow.compute",
    "pyarrow.dataset",
    "pyarrow.fs",
    "lancedb._lancedb",
    "lancedb.index",
]
# Other people's embedding services, tables on servers, clouds of every kind.
excludedimports = ["boto3", "botocore", "pandas", "polars", "torch", "openai", "cohere", "datasets"]
