import dataclasses
import os
import shlex
import sys
import time

import pytest

from installer.setup import compiler, cpu, llama, uv
from installer.setup.apt import Apt
from installer.setup.console import SetupError
from installer.setup.layout import Environment
from installer.setup.stamp import Stamp
from psylite_desktop.engine import variants

MODERN = frozenset({"sse4_2", "avx", "avx2", "fma", "f16c", "bmi2", "aes"})
OLD = frozenset({"sse4_2", "avx"})


@pytest.fixture
def env(tmp_path, monkeypatch):
    monkeypatch.setattr(llama, "wheel_cache", lambda: tmp_path / "wheels")
    return Environment(tmp_path / "venv")


@pytest.fixture
def stamp(tmp_path):
    return Stamp(tmp_path / "stamp.json")


def _keep_wheel(tmp_path):
    folder = tmp_path / "wheels" / llama.recipe().key
    folder.mkdir(parents=True)
    wheel = folder / "llama_cpp_python-1-py3-none-any.whl"
    wheel.touch()
    return wheel


def test_every_instruction_set_is_named_on_a_modern_processor():
    flags = dict(llama.recipe("x86_64", MODERN).flags)
    assert {flags[name] for name in llama.X86_FLAGS} == {"ON"}
    assert flags["GGML_NATIVE"] == "OFF"
    assert flags["LLAVA_BUILD"] == "OFF"


@pytest.mark.skipif(sys.platform == "darwin", reason="llama-cpp-python sets its own flags there")
def test_an_old_processor_gets_variants_it_can_run():
    wanted = llama.recipe("x86_64", OLD)
    flags = dict(wanted.flags)
    assert wanted.variants == ("sse42", "sandybridge")
    assert flags["GGML_BACKEND_DL"] == "ON"
    assert not flags.keys() & llama.X86_FLAGS.keys()


@pytest.mark.skipif(
    cpu.machine() != "x86_64" or sys.platform == "darwin", reason="variants are for x86"
)
def test_the_bundle_gets_every_variant_and_cmake_is_told_of_them(tmp_path):
    wanted = llama.portable_recipe()
    assert wanted.variants == llama.VARIANTS
    assert wanted.key != llama.recipe("x86_64", OLD).key
    found = llama._build_variables(wanted, Environment(tmp_path / "tools"), tmp_path, jobs=1)
    words = shlex.split(found["CMAKE_ARGS"])
    assert "-DPSYLITE_CPU_VARIANTS=sse42,sandybridge,haswell,skylakex" in words
    assert any(word.endswith("/cpu_variants.cmake") for word in words)


def test_the_engine_knows_every_variant_that_is_built():
    assert {one.tag for one in variants.VARIANTS} == set(llama.VARIANTS)


def test_an_arm_processor_gets_no_flag_of_another():
    plain = dict(llama.recipe("arm64", frozenset({"fp", "asimd"})).flags)
    newer = dict(llama.recipe("arm64", cpu.ARM_DOT_AND_HALF).flags)
    assert not plain.keys() & llama.X86_FLAGS.keys()
    assert "GGML_CPU_ARM_ARCH" not in plain
    assert newer["GGML_CPU_ARM_ARCH"] == "armv8.2-a+dotprod+fp16"


def test_another_processor_gets_another_wheel():
    assert llama.recipe("x86_64", OLD).key != llama.recipe("x86_64", MODERN).key
    assert llama.recipe("x86_64", MODERN).key == llama.recipe("x86_64", MODERN).key


def test_a_reproducible_build_keeps_the_flags(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_CUDA=ON")
    monkeypatch.setattr(llama, "WITHOUT_COMMON", tmp_path / "a folder" / "x.cmake")
    found = llama._build_variables(
        llama.recipe("x86_64", MODERN), Environment(tmp_path / "tools"), tmp_path, jobs=3
    )
    words = shlex.split(found["CMAKE_ARGS"])
    assert "SOURCE_DATE_EPOCH" not in found
    assert "-DGGML_AVX2=ON" in words
    assert "-DGGML_CUDA=ON" not in words
    assert any(word.endswith("/a folder/x.cmake") for word in words)
    assert found["CMAKE_BUILD_PARALLEL_LEVEL"] == "3"


def test_a_library_built_otherwise_is_refused(monkeypatch, env):
    monkeypatch.setattr(llama, "output_of", lambda _: "CPU : SSE3 = 1 | AVX = 1 |")
    assert "AVX2" in llama._self_check(env, llama.recipe("x86_64", MODERN))


@pytest.mark.skipif(sys.platform == "darwin", reason="llama-cpp-python sets its own flags there")
def test_a_build_that_lacks_a_variant_is_refused(monkeypatch, env):
    monkeypatch.setattr(llama, "output_of", lambda _: "CPU : SSE3 = 1 |\nlibggml-cpu-sse42.so")
    assert "sandybridge" in llama._self_check(env, llama.recipe("x86_64", OLD))
    files = "CPU : SSE3 = 1 |\nlibggml-cpu-sandybridge.so libggml-cpu-sse42.so libggml.so"
    monkeypatch.setattr(llama, "output_of", lambda _: files)
    assert llama._self_check(env, llama.recipe("x86_64", OLD)) == ""


def test_a_library_that_kills_its_process_is_refused(monkeypatch, env):
    monkeypatch.setattr(llama, "output_of", lambda _: "")
    monkeypatch.setattr(llama, "succeeds", lambda _: "exit status -4")
    assert llama._self_check(env, llama.recipe("x86_64", OLD)) == "exit status -4"


def test_a_kept_wheel_needs_no_compiler(monkeypatch, env, stamp, tmp_path):
    wheel = _keep_wheel(tmp_path)
    installed = []
    monkeypatch.setattr(uv, "install_wheel", lambda _, path: installed.append(path) or "")
    monkeypatch.setattr(llama, "_self_check", lambda *_: "")
    monkeypatch.setattr(compiler, "require", lambda _: pytest.fail("asked for a compiler"))
    llama.ensure(env, stamp, Apt())
    llama.ensure(env, stamp, Apt())
    assert installed == [wheel]


def test_a_broken_kept_wheel_is_built_anew(monkeypatch, env, stamp, tmp_path):
    wheel = _keep_wheel(tmp_path)
    monkeypatch.setattr(uv, "install_wheel", lambda *_: "" if not wheel.exists() else "bad zip")
    monkeypatch.setattr(llama, "_self_check", lambda *_: "")
    monkeypatch.setattr(compiler, "require", lambda _: None)
    monkeypatch.setattr(llama, "_build", lambda *_: tmp_path / "new.whl")
    llama.ensure(env, stamp, Apt())
    assert not wheel.exists()
    assert stamp.has(llama.STEP, llama.recipe().key)


def test_no_compiler_is_a_clear_message_and_nothing_is_noted(monkeypatch, env, stamp):
    monkeypatch.setattr(compiler, "is_here", lambda: False)
    monkeypatch.setattr(Apt, "install", lambda *_, **__: False)
    with pytest.raises(SetupError) as caught:
        llama.ensure(env, stamp, Apt())
    assert "compiler" in caught.value.reason
    assert caught.value.remedy
    assert not stamp.knows(llama.STEP)


def test_a_failed_build_leaves_nothing_behind(monkeypatch, env, tmp_path):
    def fail(*_args):
        raise SetupError("no")

    monkeypatch.setattr(llama, "succeeds", lambda _: "")
    monkeypatch.setattr(uv, "install", lambda *_, **__: None)
    monkeypatch.setattr(llama, "_compile", fail)
    with pytest.raises(SetupError):
        llama._build(env, llama.recipe())
    assert list((tmp_path / "wheels").iterdir()) == []


def test_what_a_killed_build_left_is_removed_a_day_later(tmp_path):
    for name, age_s in (("building-old", 2 * llama.A_DAY_S), ("building-new", 60)):
        (tmp_path / name).mkdir()
        then = time.time() - age_s
        os.utime(tmp_path / name, (then, then))
    llama._remove_killed_builds(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["building-new"]


def test_compiler_errors_come_before_the_rest_of_the_log():
    words = "x\n" * 500 + "a.cpp:3: error: no such thing\n" + "y\n" * 500
    assert llama._first_errors(words) == "a.cpp:3: error: no such thing"


def test_a_recipe_is_a_value():
    with pytest.raises(dataclasses.FrozenInstanceError):
        llama.recipe().version = "0"
