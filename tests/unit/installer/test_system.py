"""System libraries, fonts, compiler and apt: what is missing, and the line to type."""

import pytest

from installer.setup import apt as apt_module
from installer.setup import compiler, fonts, qt_libraries
from installer.setup.apt import Apt
from installer.setup.console import SetupError
from installer.setup.layout import Environment

LDD = """/x/libqxcb.so:
\tlinux-vdso.so.1 (0x00007ffe)
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
/x/libqsvg.so:
\tlibEGL.so.1 => not found
\tlibQt6Quick.so.6 => not found
"""


class FakeApt(Apt):
    def __init__(self, *, works: bool, here: bool = True):
        super().__init__()
        self.asked: list[list[str]] = []
        self._works = works
        self._here = here

    @property
    def is_here(self):
        return self._here

    def install(self, packages, *, why):
        assert why
        self.asked.append(list(packages))
        return self._works


@pytest.fixture
def env(tmp_path):
    return Environment(tmp_path)


def test_the_loader_says_what_is_missing():
    assert qt_libraries.not_found(LDD) == ["libEGL.so.1", "libxcb-cursor.so.0"]


def test_nothing_is_installed_when_nothing_is_missing(monkeypatch, env):
    monkeypatch.setattr(qt_libraries, "missing", lambda _: [])
    apt = FakeApt(works=True)
    assert qt_libraries.ensure(env, apt, required=True)
    assert apt.asked == []


def test_missing_libraries_are_installed_where_we_may(monkeypatch, env):
    answers = iter([["libEGL.so.1", "libxcb-cursor.so.0"], []])
    monkeypatch.setattr(qt_libraries, "missing", lambda _: next(answers))
    apt = FakeApt(works=True)
    assert qt_libraries.ensure(env, apt, required=True)
    assert apt.asked == [["libegl1", "libxcb-cursor0"]]


def test_one_line_to_type_where_we_may_not(monkeypatch, env):
    monkeypatch.setattr(qt_libraries, "missing", lambda _: ["libEGL.so.1"])
    with pytest.raises(SetupError) as caught:
        qt_libraries.ensure(env, FakeApt(works=False), required=True)
    assert "libEGL.so.1" in caught.value.reason
    assert caught.value.remedy == "sudo apt-get update && sudo apt-get install -y libegl1"


def test_the_terminal_goes_on_without_qt(monkeypatch, env, capsys):
    monkeypatch.setattr(qt_libraries, "missing", lambda _: ["libEGL.so.1"])
    assert not qt_libraries.ensure(env, FakeApt(works=False), required=False)
    assert "libegl1" in capsys.readouterr().out


def test_other_systems_are_asked_by_file(monkeypatch):
    monkeypatch.setattr(
        qt_libraries.shutil, "which", lambda name: "/usr/bin/dnf" if name == "dnf" else None
    )
    line = qt_libraries.remedy(FakeApt(works=False, here=False), ["libEGL.so.1"])
    assert line == "sudo dnf install 'libEGL.so.1()(64bit)'"


def test_missing_fonts_are_installed_or_told(monkeypatch, capsys):
    monkeypatch.setattr(fonts.sys, "platform", "linux")
    monkeypatch.setattr(fonts, "has", lambda script: script.name == "emoji")
    apt = FakeApt(works=False)
    fonts.ensure(apt)
    assert apt.asked == [["fonts-noto-cjk"]]
    assert "sudo apt-get install -y fonts-noto-cjk" in capsys.readouterr().out.replace(
        "sudo apt-get update && ", ""
    )


@pytest.mark.parametrize(
    ("file", "script"),
    [("NotoSansCJK-Regular.ttc", 0), ("wqy-zenhei.ttc", 0), ("NotoColorEmoji.ttf", 1)],
)
def test_fonts_are_found_without_fontconfig(monkeypatch, tmp_path, file, script):
    monkeypatch.setattr(fonts, "output_of", lambda _: "")
    monkeypatch.setattr(fonts, "font_files", lambda: [tmp_path / file])
    assert fonts.has(fonts.SCRIPTS[script])
    assert not fonts.has(fonts.SCRIPTS[1 - script])


def test_a_latin_font_is_not_taken_for_another(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "output_of", lambda _: "")
    monkeypatch.setattr(fonts, "font_files", lambda: [tmp_path / "DejaVuSans.ttf"])
    assert not any(fonts.has(script) for script in fonts.SCRIPTS)


def test_only_root_installs(monkeypatch):
    monkeypatch.setattr(Apt, "is_here", property(lambda _: True))
    monkeypatch.setattr(apt_module.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(apt_module, "succeeds", lambda *_, **__: pytest.fail("ran apt-get"))
    assert not Apt().install(["gcc"], why="a test")


def test_old_package_lists_are_renewed_once(monkeypatch):
    monkeypatch.setattr(Apt, "is_allowed", property(lambda _: True))
    monkeypatch.setattr(Apt, "_are_known", lambda *_: True)
    ran = []

    def answer(command, **_):
        ran.append(command[1])
        return "404" if ran == ["install"] else ""

    monkeypatch.setattr(apt_module, "succeeds", answer)
    apt = Apt()
    assert apt.install(["gcc"], why="a test")
    assert apt.install(["g++"], why="a test")
    assert ran == ["install", "update", "install", "install"]


@pytest.mark.parametrize(
    ("manager", "line"),
    [("dnf", "sudo dnf install gcc gcc-c++"), ("pacman", "sudo pacman -S --needed gcc")],
)
def test_the_compiler_of_another_system_is_named(monkeypatch, manager, line):
    monkeypatch.setattr(compiler.sys, "platform", "linux")
    monkeypatch.setattr(compiler.shutil, "which", lambda name: name if name == manager else None)
    assert compiler.remedy(FakeApt(works=False, here=False)) == line


def test_a_compiler_installed_by_apt_is_enough(monkeypatch):
    answers = iter([False, True])
    monkeypatch.setattr(compiler, "is_here", lambda: next(answers))
    apt = FakeApt(works=True)
    compiler.require(apt)
    assert apt.asked == [["gcc", "g++"]]
