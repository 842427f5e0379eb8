"""Values and ports: frozen dataclasses, Protocols and errors, standard library only."""
