"""Programs that tests need, and the command that runs the long form of the fault tests."""

import sys

import pytest

from installer.setup import fault_tools
from installer.setup.apt import Apt
from installer.setup.console import SetupError
from installer.setup.layout import Environment
from installer.setup.stamp import Stamp


class FakeApt(Apt):
    def __init__(self):
        super().__init__()
        self.asked: list[list[str]] = []

    def install(self, packages, *, why):
        assert why
        self.asked.append(list(packages))
        return False


@pytest.mark.parametrize("found", [None, "/usr/bin/strace"])
def test_programs_are_asked_for_once_where_they_are_missing(tmp_path, monkeypatch, found):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(fault_tools.shutil, "which", lambda _: found)
    env, apt = Environment(tmp_path), FakeApt()
    fault_tools.ensure(env, apt)
    fault_tools.ensure(env, apt)
    assert apt.asked == ([] if found else [["strace"], ["dbus", "gnome-keyring"]])
    assert Stamp(env.stamp).knows(fault_tools.STEP)


def test_other_systems_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(fault_tools.shutil, "which", lambda _: None)
    apt = FakeApt()
    fault_tools.ensure(Environment(tmp_path), apt)
    assert apt.asked == []


def test_the_long_form_is_one_command():
    assert fault_tools.pytest_arguments(["-k", "vault"]) == ["-k", "vault"]
    asked = fault_tools.pytest_arguments(["--long", "--figures", "f.json"])
    how = ["-m", "long", "-p", "tests.faults.figures", "--maxschedchunk", "1"]
    assert asked == [*how, "--figures", "f.json", "tests/faults"]
    chosen = fault_tools.pytest_arguments(["--long", "--rounds", "3", "tests/faults/test_kill.py"])
    assert chosen == [*how, "--rounds", "3", "tests/faults/test_kill.py"]


def test_tests_may_run_where_there_is_no_network(monkeypatch):
    assert fault_tools.without_network(["-k", "vault"]) == []
    assert fault_tools.pytest_arguments(["--no-network", "-x"]) == ["-x"]
    monkeypatch.setattr(fault_tools.shutil, "which", lambda _: "/usr/bin/unshare")
    monkeypatch.setattr(fault_tools, "succeeds", lambda _: "")
    command = fault_tools.without_network(["--no-network"])
    assert command == ["/usr/bin/unshare", "--map-root-user", "--net"]
    monkeypatch.setattr(fault_tools, "succeeds", lambda _: "not permitted")
    with pytest.raises(SetupError):
        fault_tools.without_network(["--no-network"])
