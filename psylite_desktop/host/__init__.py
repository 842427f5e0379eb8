"""The engine process and the GUI's side of it: messages, child main loop, client."""
