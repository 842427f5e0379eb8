"""Search over shipped corpora: static embedder, LanceDB tables and a NumPy fallback."""
