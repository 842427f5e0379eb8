"""Adapting published models: a base in its folder, LoRA on replies, merging, GGUF files."""
