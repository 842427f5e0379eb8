"""llama-cpp-python, built here from its source with flags we can name.

The package index has the source alone, and a build left to itself is made for
the processor of the moment ("native"), so it would crash on another one. The
finished wheel is kept for this user, named by everything it depends on.
"""

from __future__ import annotations

import os
import platform
import re
import shlex
import shutil
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from installer.setup import compiler, cpu, uv
from installer.setup.apt import Apt
from installer.setup.console import SetupError, Ticker, say, step, warn
from installer.setup.layout import REQUIREMENTS, Environment, wheel_cache
from installer.setup.programs import clean_environment, follow, output_of, succeeds, tail
from installer.setup.stamp import Stamp, fingerprint

STEP = "llama"
LOCK = REQUIREMENTS / "llama.txt"
BUILD_LOCK = REQUIREMENTS / "build.txt"
WITHOUT_COMMON = Path(__file__).with_name("without_common.cmake")
CPU_VARIANTS = Path(__file__).with_name("cpu_variants.cmake")
NAME = "llama_cpp_python"
UNFINISHED = "building-"
A_DAY_S = 86_400
COMPILED = re.compile(r"\[(\d+)/(\d+)\]")

# What the build installs for C programs, at the top of site-packages, and the
# libraries a second and a third time under longer names.
NOT_IN_WHEEL = ("bin/**", "include/**", "lib/**", "llama_cpp/lib/*.so.*.*")

# Explicit, because ggml turns all of them off by itself where SOURCE_DATE_EPOCH is set.
X86_FLAGS = {
    "GGML_SSE42": "sse4_2",
    "GGML_AVX": "avx",
    "GGML_AVX2": "avx2",
    "GGML_FMA": "fma",
    "GGML_F16C": "f16c",
    "GGML_BMI2": "bmi2",
}
FIXED_FLAGS = {
    "CMAKE_BUILD_TYPE": "Release",
    "GGML_NATIVE": "OFF",
    "GGML_CCACHE": "OFF",
    # ggml's own threads wait for each other by spinning. On two cores beside one
    # other busy program that made generation six times slower than OpenMP's
    # threads, which go to sleep; on a quiet machine both are equally fast.
    # Apple's compiler has no OpenMP.
    "GGML_OPENMP": "OFF" if sys.platform == "darwin" else "ON",
    "LLAMA_BUILD_APP": "OFF",
    "LLAMA_BUILD_EXAMPLES": "OFF",
    "LLAMA_BUILD_SERVER": "OFF",
    "LLAMA_BUILD_TESTS": "OFF",
    "LLAMA_BUILD_TOOLS": "OFF",
    "LLAMA_OPENSSL": "OFF",
    # The multimodal library.
    "LLAVA_BUILD": "OFF",
}
# In ggml's words: SSE4.2 (2008), AVX (2011), AVX2 with FMA (2013), AVX-512 (servers 2017, laptops
# 2019). AVX on its own is there because below it ggml has no hand-written code for most of a
# model's products. psylite_desktop/engine/variants.py chooses by what the processor offers.
VARIANTS = ("sse42", "sandybridge", "haswell", "skylakex")
OLD_VARIANTS = VARIANTS[:2]
VARIANTS_FLAG = "PSYLITE_CPU_VARIANTS"
SELF_CHECK = "import llama_cpp; print(llama_cpp.llama_print_system_info().decode())"
# Before the first model, ggml loads the best of its variants, here from the folder of the package.
VARIANTS_CHECK = """
import os, sys
import llama_cpp
from llama_cpp._ggml import libggml
from llama_cpp.llama_cpp import _base_path, _lib
ggml = libggml if sys.platform == "win32" else _lib
ggml.ggml_backend_load_all_from_path(os.fsencode(_base_path))
print(llama_cpp.llama_print_system_info().decode())
print(*sorted(path.name for path in _base_path.iterdir()))
"""


@dataclass(frozen=True)
class Recipe:
    """All that decides what the wheel will hold."""

    version: str
    flags: tuple[tuple[str, str], ...]

    @property
    def variants(self) -> tuple[str, ...]:
        """The processors that a library is made for; empty for one library, for one processor."""
        names = dict(self.flags).get(VARIANTS_FLAG, "")
        return tuple(names.split(",")) if names else ()

    @property
    def cmake_include(self) -> Path:
        """What CMake reads besides llama-cpp-python's own list."""
        return CPU_VARIANTS if self.variants else WITHOUT_COMMON

    @property
    def cmake_arguments(self) -> str:
        """The flags as CMake takes them."""
        return " ".join(f"-D{name}={value}" for name, value in self.flags)

    @property
    def key(self) -> str:
        """A name for the finished wheel's folder."""
        tools = (LOCK, BUILD_LOCK, WITHOUT_COMMON, *([CPU_VARIANTS] if self.variants else []))
        content = " ".join(NOT_IN_WHEEL)
        place = f"{sys.platform} {cpu.machine()} {'-'.join(platform.libc_ver())}"
        return f"{NAME}-{self.version}-{fingerprint(self.cmake_arguments, content, place, *tools)}"

    @property
    def expected(self) -> tuple[str, ...]:
        """What the library must say of itself when it was built as asked."""
        if sys.platform == "darwin":
            # llama-cpp-python sets its own flags there.
            return ()
        if self.variants:
            return ("SSE3",)
        return tuple(
            name.removeprefix("GGML_")
            for name, value in self.flags
            if name in {"GGML_AVX", "GGML_AVX2", "GGML_FMA", "GGML_F16C"} and value == "ON"
        )


def recipe(machine: str | None = None, features: frozenset[str] | None = None) -> Recipe:
    """The build for a processor; for this one when none is named.

    An x86 processor without AVX2 gets variants, as the bundle has them: the engine takes a single
    library for one that needs AVX2.
    """
    machine = cpu.machine() if machine is None else machine
    features = cpu.features() if features is None else features
    flags = dict(FIXED_FLAGS)
    if machine == "x86_64" and sys.platform == "darwin":
        flags |= {flag: "ON" if name in features else "OFF" for flag, name in X86_FLAGS.items()}
    elif machine == "x86_64" and features >= frozenset(X86_FLAGS.values()):
        flags |= dict.fromkeys(X86_FLAGS, "ON")
    elif machine == "x86_64":
        flags |= _variant_flags(OLD_VARIANTS)
    elif machine == "arm64" and features >= cpu.ARM_DOT_AND_HALF:
        flags["GGML_CPU_ARM_ARCH"] = "armv8.2-a+dotprod+fp16"
    return Recipe(_locked_version(), tuple(sorted(flags.items())))


def portable_recipe() -> Recipe:
    """The build that goes into a bundle: for every processor the engine accepts."""
    if cpu.machine() != "x86_64" or sys.platform == "darwin":
        return recipe(features=frozenset(X86_FLAGS.values()))
    return Recipe(
        _locked_version(), tuple(sorted((FIXED_FLAGS | _variant_flags(VARIANTS)).items()))
    )


def _variant_flags(names: tuple[str, ...]) -> dict[str, str]:
    return {
        "GGML_BACKEND_DL": "ON",
        "GGML_CPU_ALL_VARIANTS": "ON",
        VARIANTS_FLAG: ",".join(names),
    }


def ensure(env: Environment, stamp: Stamp, apt: Apt, wanted: Recipe | None = None) -> None:
    """Install llama-cpp-python, from the cache or by building it; for this processor by default.

    Raises:
        SetupError: No compiler, the build failed, or what was built does not run.
    """
    wanted = wanted or recipe()
    if stamp.has(STEP, wanted.key):
        return
    stamp.drop(STEP)
    wheel = _cached(wanted)
    if wheel is not None and _try_cached(env, wanted, wheel):
        stamp.add(STEP, wanted.key)
        return
    compiler.require(apt)
    whom = "several kinds of processor" if wanted.variants else "this processor"
    with step(f"llama.cpp, built for {whom} (minutes, once)"):
        wheel = _build(env, wanted)
        if complaint := uv.install_wheel(env, wheel):
            raise SetupError(f"llama.cpp was built but could not be installed:\n{complaint}")
        if complaint := _self_check(env, wanted):
            shutil.rmtree(wheel.parent, ignore_errors=True)
            raise SetupError(f"llama.cpp was built but does not run:\n{complaint}")
    stamp.add(STEP, wanted.key)


def libraries(env: Environment, apt: Apt, folder: Path) -> Path:
    """The bundle's libraries alone, built where there is none in the cache, unpacked to a folder.

    Raises:
        SetupError: No compiler, or the build failed.
    """
    wanted = portable_recipe()
    if _cached(wanted) is None:
        compiler.require(apt)
        with step("llama.cpp, built for several kinds of processor (minutes, once)"):
            _build(env, wanted)
    unpacked = unpack_libraries(folder)
    if unpacked is None:
        raise SetupError("The build of llama.cpp ended without a wheel.")
    return unpacked


def unpack_libraries(folder: Path, cache: Path | None = None) -> Path | None:
    """Take the bundle's libraries out of the kept wheel; None where it was not built yet."""
    wheel = _cached(portable_recipe(), cache)
    if wheel is None:
        return None
    with zipfile.ZipFile(wheel) as archive:
        inside = [name for name in archive.namelist() if name.startswith("llama_cpp/lib/")]
        archive.extractall(folder, inside)
    return folder / "llama_cpp" / "lib"


def _try_cached(env: Environment, wanted: Recipe, wheel: Path) -> bool:
    with step("llama.cpp, built earlier for this user"):
        complaint = uv.install_wheel(env, wheel) or _self_check(env, wanted)
    if complaint:
        warn(f"the kept build cannot be used and is made anew:\n{complaint}")
        shutil.rmtree(wheel.parent, ignore_errors=True)
    return not complaint


def _locked_version() -> str:
    found = re.search(r"^llama-cpp-python==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SetupError(f"{LOCK.name} names no version.", "Restore it: git checkout installer")
    return found[1]


def _cached(wanted: Recipe, cache: Path | None = None) -> Path | None:
    return next(iter(sorted(((cache or wheel_cache()) / wanted.key).glob("*.whl"))), None)


def _build(env: Environment, wanted: Recipe) -> Path:
    """Build in a temporary folder beside the cache, and move the result in one step."""
    cache = wheel_cache()
    cache.mkdir(parents=True, exist_ok=True)
    _remove_killed_builds(cache)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=cache) as place:
        work = Path(place)
        tools = Environment(work / "tools")
        complaint = succeeds([env.python, "-m", "venv", "--without-pip", tools.folder])
        if complaint:
            raise SetupError(f"No environment for the build tools:\n{complaint}")
        uv.install(env, [BUILD_LOCK], into=tools)
        result = work / "result"
        _compile(env, tools, wanted, work, result)
        target = cache / wanted.key
        shutil.rmtree(target, ignore_errors=True)
        result.replace(target)
    wheel = _cached(wanted)
    if wheel is None:
        raise SetupError("The build of llama.cpp ended without a wheel.")
    return wheel


def _remove_killed_builds(cache: Path) -> None:
    """A build that was killed could not tidy up after itself; a day later it surely is dead."""
    for folder in cache.glob(f"{UNFINISHED}*"):
        if time.time() - folder.stat().st_mtime > A_DAY_S:
            shutil.rmtree(folder, ignore_errors=True)


def _compile(
    env: Environment, tools: Environment, wanted: Recipe, work: Path, result: Path
) -> None:
    log = work / "build.log"
    # pip reads its answers from the tools' environment, which has no pip of its own.
    command: list[str | Path] = [
        *(env.python, "-m", "pip", "--python", tools.python),
        *("wheel", "--verbose", "--no-input", "--disable-pip-version-check", "--no-cache-dir"),
        *("--no-deps", "--no-build-isolation", "--no-binary", "llama-cpp-python"),
        *("--require-hashes", "-r", LOCK, "--wheel-dir", result),
    ]
    jobs = cpu.build_jobs()
    say(f"  version {wanted.version}, {jobs} at a time")
    ticker = Ticker()

    def on_line(line: str) -> None:
        found = COMPILED.search(line)
        ticker.tick(f"{found[1]} of {found[2]} files compiled" if found else "preparing")

    if not follow(
        command, env=_build_variables(wanted, tools, work, jobs), log=log, on_line=on_line
    ):
        words = log.read_text(encoding="utf-8", errors="replace")
        kept = Path(tempfile.gettempdir(), "psylite-llama-build.log")
        shutil.copyfile(log, kept)
        raise SetupError(f"llama.cpp could not be built:\n{_first_errors(words)}", f"All: {kept}")


def _build_variables(wanted: Recipe, tools: Environment, work: Path, jobs: int) -> dict[str, str]:
    include = shlex.quote(f"-DCMAKE_PROJECT_llama_cpp_INCLUDE={wanted.cmake_include.as_posix()}")
    found = clean_environment(
        CMAKE_ARGS=f"{wanted.cmake_arguments} {include}",
        CMAKE_BUILD_PARALLEL_LEVEL=str(jobs),
        SKBUILD_BUILD_TARGETS="llama",
        SKBUILD_WHEEL_EXCLUDE=";".join(NOT_IN_WHEEL),
        PATH=f"{tools.scripts}{os.pathsep}{os.environ.get('PATH', '')}",
    )
    if sys.platform != "win32":
        # Beside the rest, because a small /tmp would not hold it. Windows limits
        # the length of paths, and its own folder for this is a short one.
        found["TMPDIR"] = str(work)
    for name in ("SOURCE_DATE_EPOCH", "SKBUILD_CMAKE_ARGS", "FORCE_CMAKE"):
        found.pop(name, None)
    return found


def _first_errors(words: str) -> str:
    errors = [line for line in words.splitlines() if re.search(r"\berror\b", line, re.IGNORECASE)]
    return "\n".join(line.strip()[:300] for line in errors[:8]) or tail(words)


def _self_check(env: Environment, wanted: Recipe) -> str:
    """Load the library in another process: a wrong instruction set ends a process at once."""
    command: list[str | Path] = [env.python, "-I", "-c"]
    command.append(VARIANTS_CHECK if wanted.variants else SELF_CHECK)
    info = output_of(command)
    if not info:
        return succeeds(command) or "it says nothing of itself"
    missing = [name for name in wanted.expected if f"{name} = 1" not in info]
    missing += [name for name in wanted.variants if f"ggml-cpu-{name}." not in info]
    return f"built without {', '.join(missing)}: {info.strip()}" if missing else ""
