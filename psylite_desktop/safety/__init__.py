"""What watches over people: finding risk in a text, and holding back what must not be said.

Pure Python, no engine, no network: it runs in the window's own process before anything else.
"""
