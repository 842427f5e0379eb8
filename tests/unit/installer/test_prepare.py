"""The whole order of steps, with every step that touches the machine replaced."""

import subprocess
import sys

import pytest

from installer.setup import (
    fonts,
    interpreter,
    layout,
    llama,
    lock_file,
    prepare,
    qt_libraries,
    uv,
)
from installer.setup.apt import Apt
from installer.setup.console import SetupError
from installer.setup.layout import ROOT, Environment
from installer.setup.stamp import Stamp


class Machine:
    """Notes what was done; makes the files that the steps would make."""

    def __init__(self, env, monkeypatch):
        self.env = env
        self.done = []
        self.works = False
        for module, name, answer in (
            (interpreter, "_create", self._create),
            (interpreter, "_works", lambda _: self.works),
            (uv, "ensure", lambda *_: self.done.append("uv")),
            (uv, "install", self._install),
            (uv, "install_editable", self._install_project),
            (llama, "ensure", self._llama),
            (fonts, "ensure", lambda _: self.done.append("fonts")),
            (qt_libraries, "ensure", lambda *_, **__: self.done.append("qt") or True),
        ):
            monkeypatch.setattr(module, name, answer)

    def _create(self, env, _apt):
        self.done.append("python")
        env.scripts.mkdir(parents=True, exist_ok=True)
        env.python.touch()
        self.works = True

    def _install(self, _env, locks, *, anew=False):
        self.done.append(("locks", [lock.name for lock in locks], anew))

    def _install_project(self, env, *_):
        self.done.append("project")
        env.program("psylite").touch()

    def _llama(self, _env, stamp, _apt):
        self.done.append("llama")
        stamp.add(llama.STEP, llama.recipe().key)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    env = Environment(tmp_path / ".venv")
    monkeypatch.setattr(prepare, "environment", lambda: env)
    monkeypatch.setattr(prepare, "LOCK_FILE", tmp_path / ".venv.lock")
    return Machine(env, monkeypatch)


def _prepare(*locks):
    return prepare.prepare(list(locks), qt_required=True)


def test_an_empty_machine_gets_everything_in_order(machine):
    assert _prepare(prepare.RUN_LOCK) == machine.env
    assert machine.done == [
        "python",
        "uv",
        ("locks", ["run.txt"], False),
        "llama",
        "project",
        "fonts",
        "qt",
    ]


def test_the_second_time_nothing_is_done(machine):
    _prepare(prepare.RUN_LOCK)
    machine.done.clear()
    _prepare(prepare.RUN_LOCK)
    assert machine.done == []


def test_the_tests_add_only_their_own_packages(machine):
    _prepare(prepare.RUN_LOCK)
    machine.done.clear()
    _prepare(prepare.RUN_LOCK, prepare.DEV_LOCK)
    assert ("locks", ["dev.txt"], False) in machine.done
    assert not {"python", "project", "qt"} & set(map(str, machine.done))


def test_packages_that_were_cut_off_are_installed_anew(machine, monkeypatch):
    def stop(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(uv, "install", stop)
        with pytest.raises(KeyboardInterrupt):
            _prepare(prepare.RUN_LOCK)
    _prepare(prepare.RUN_LOCK)
    assert ("locks", ["run.txt"], True) in machine.done


def test_an_environment_whose_interpreter_is_gone_is_made_again(machine):
    _prepare(prepare.RUN_LOCK)
    machine.done.clear()
    machine.env.python.unlink()
    machine.works = False
    _prepare(prepare.RUN_LOCK)
    assert machine.done[0] == "python"
    assert "project" in machine.done


def test_an_environment_that_was_moved_is_made_again(machine):
    _prepare(prepare.RUN_LOCK)
    machine.done.clear()
    stamp = Stamp(machine.env.stamp)
    stamp.add(interpreter.STEP, "the old place")
    _prepare(prepare.RUN_LOCK)
    assert machine.done[0] == "python"


def test_an_environment_made_by_somebody_else_is_filled_anew(machine):
    machine._create(machine.env, None)
    machine.done.clear()
    _prepare(prepare.RUN_LOCK)
    assert "python" not in machine.done
    assert ("locks", ["run.txt"], True) in machine.done


def test_missing_qt_libraries_are_looked_for_again_next_time(machine, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(qt_libraries, "ensure", lambda *_, **__: False)
        _prepare(prepare.RUN_LOCK)
    machine.done.clear()
    _prepare(prepare.RUN_LOCK)
    assert "qt" in machine.done


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (SetupError("It is broken.", "Type this."), 1, ["It is broken.", "Type this."]),
        (OSError(28, "No space left on device", "/x/y"), 1, ["/x/y", "No space left"]),
        (KeyboardInterrupt(), 130, ["Stopped."]),
    ],
)
def test_what_goes_wrong_becomes_one_message(error, status, words, capsys):
    def work():
        raise error

    assert prepare.guarded(work) == status
    said = capsys.readouterr().out
    assert all(word in said for word in words)
    assert "Traceback" not in said


def test_two_installations_do_not_run_at_once(tmp_path):
    path = tmp_path / "lock"
    other = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from installer.setup import lock_file\n"
            f"with lock_file.held(Path({str(path)!r})):\n"
            "    print('held', flush=True); sys.stdin.read()",
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout.readline() == "held\n"
        with path.open("a+b") as file:
            assert not lock_file._take(file)
    with lock_file.held(path):
        pass


def test_the_private_environment_of_windows_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(layout.sys, "platform", "win32")
    assert Environment(tmp_path).python == tmp_path / "Scripts" / "python.exe"


def test_a_relative_cache_folder_is_not_followed(monkeypatch, tmp_path):
    monkeypatch.setattr(layout.sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert layout.wheel_cache() == tmp_path / ".cache" / "psylite" / "wheels"


def test_without_the_venv_module_the_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(interpreter.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(Apt, "install", lambda *_, **__: False)
    with pytest.raises(SetupError) as caught:
        interpreter._create(Environment(tmp_path / ".venv"), Apt())
    assert f"python3.{sys.version_info[1]}-venv" in caught.value.remedy


def test_a_real_environment_is_made_and_recognised(tmp_path):
    env = Environment(tmp_path / ".venv")
    stamp = Stamp(env.stamp)
    interpreter.ensure(env, stamp, Apt())
    assert interpreter.ready(env, stamp)
    (env.folder / "pyvenv.cfg").unlink()
    assert not interpreter._works(env)
