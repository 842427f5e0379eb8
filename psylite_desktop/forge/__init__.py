"""Making of the shipped models: data, tokenizer, training, GGUF export and checks."""
