"""Calls that stand nowhere in the application, each for a reason."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import sources

# Method name -> why not.
METHODS = {
    "setHtml": "text of models, documents and people is never read as markup",
    "setMarkdown": "text of models, documents and people is never read as markup",
    "insertHtml": "text of models, documents and people is never read as markup",
    "toHtml": "nothing is kept as markup",
}
# Dotted name -> why not.
NAMES = {
    "QApplication.instance": "the application is passed by constructor",
    "QCoreApplication.instance": "the application is passed by constructor",
    "QGuiApplication.instance": "the application is passed by constructor",
    "os.system": "a shell reads file names as commands",
    "yaml.load": "YAML can name any class to make",
    "yaml.unsafe_load": "YAML can name any class to make",
    "tempfile.mktemp": "somebody else may make the file first",
}
FUNCTIONS = {"eval", "exec"}
MODULES = {"pickle", "cPickle", "dill", "shelve", "marshal", "PySide6.QtNetwork"}


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Attribute(value=value, attr=attr):
            return f"{_dotted(value)}.{attr}"
        case ast.Name(id=name):
            return name
        case _:
            return ""


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                yield f"{source.name}:{node.lineno}", node


def _imports() -> Iterator[tuple[str, str]]:
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                names = [base, *(f"{base}.{alias.name}" for alias in node.names)]
            else:
                continue
            for name in names:
                yield f"{source.name}:{node.lineno}", name


@pytest.mark.parametrize("method", sorted(METHODS))
def test_no_method_reads_text_as_markup(method):
    found = [
        place
        for place, call in _calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr == method
    ]
    assert found == [], METHODS[method]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_no_call_by_dotted_name(name):
    found = [place for place, call in _calls() if _dotted(call.func).endswith(name)]
    assert found == [], NAMES[name]


def test_no_text_is_run_as_code():
    found = [
        place
        for place, call in _calls()
        if isinstance(call.func, ast.Name) and call.func.id in FUNCTIONS
    ]
    assert found == []


def test_no_module_runs_what_it_reads_or_opens_the_network():
    assert [place for place, name in _imports() if name in MODULES] == []


def test_no_program_is_started_through_a_shell():
    found = [
        place
        for place, call in _calls()
        for keyword in call.keywords
        if keyword.arg == "shell"
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
    ]
    assert found == []


def test_translated_texts_are_whole():
    """An f-string is extracted with its braces and looked up with its values, so never found."""
    found = [
        place
        for place, call in _calls()
        if _dotted(call.func).rpartition(".")[2] in {"tr", "translate"}
        and any(isinstance(argument, ast.JoinedStr) for argument in call.args)
    ]
    assert found == []
