"""The language model: file check, prompt rendering, llama.cpp. Runs in the engine process."""
