"""Hard bounds on size; what we aim at is 300 lines a module and 40 a function."""

import ast

from tests.architecture.sources import sources

MODULE_LINES = 400
FUNCTION_LINES = 60
WINDOW_LINES = 200
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"}


def test_no_module_is_too_long():
    found = {source.name: len(source.text.splitlines()) for source in sources()}
    assert {name: lines for name, lines in found.items() if lines > MODULE_LINES} == {}


def test_no_function_is_too_long():
    found = {
        f"{source.name}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in found.items() if lines > FUNCTION_LINES} == {}


def test_the_window_is_a_thin_frame():
    windows = {
        source.name: len(source.text.splitlines())
        for source in sources()
        if source.name.endswith("/window.py")
    }
    assert {name: lines for name, lines in windows.items() if lines > WINDOW_LINES} == {}


def test_every_module_is_named_by_its_subject():
    stems = {
        source.name: source.name.rpartition("/")[2].removesuffix(".py") for source in sources()
    }
    assert [name for name, stem in stems.items() if stem in VAGUE_NAMES] == []
