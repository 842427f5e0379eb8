import ast

import pytest

from installer import oldest_python
from tests.architecture.sources import ROOT


@pytest.mark.parametrize("name", ["run.py", "test.py", "lock.py", "oldest_python.py"])
def test_an_old_python_can_read_the_refusal(name):
    text = (ROOT / "installer" / name).read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))


def test_an_old_python_is_refused_in_one_line(monkeypatch):
    monkeypatch.setattr(oldest_python.sys, "version_info", (3, 9, 1))
    monkeypatch.setattr(oldest_python.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit) as caught:
        oldest_python.require()
    assert "3.11 or newer; this is 3.9" in str(caught.value.code)


def test_a_newer_python_takes_over(monkeypatch):
    calls = []
    monkeypatch.setattr(oldest_python.sys, "version_info", (3, 9, 1))
    monkeypatch.setattr(oldest_python.sys, "argv", ["installer/run.py", "--safe"])
    monkeypatch.setattr(oldest_python.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(oldest_python, "_runs", lambda path: path.endswith("3.12"))
    monkeypatch.setattr(oldest_python.subprocess, "call", lambda words: calls.append(words) or 7)
    with pytest.raises(SystemExit) as caught:
        oldest_python.require()
    assert caught.value.code == 7
    assert calls == [["/bin/python3.12", "installer/run.py", "--safe"]]
