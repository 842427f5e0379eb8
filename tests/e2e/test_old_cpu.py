"""The bundle's llama.cpp on processors from 2006 to 2013, emulated: slow, so in the long tier.

`python3 installer/old_cpu.py` builds what is missing and runs this.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from installer.setup import llama
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.ports import Generated, Sampling, Turn
from psylite_desktop.domain.risk import Level
from psylite_desktop.host import client
from psylite_desktop.host.client import EngineHost
from tests.fakes.old_processor import (
    EMULATOR,
    LIBRARIES,
    command_on,
    engine_process_on,
    psylite_on,
)

pytestmark = [
    pytest.mark.long,
    pytest.mark.e2e,
    pytest.mark.timeout(3600),
    pytest.mark.xdist_group("engine_process"),
    pytest.mark.skipif(shutil.which(EMULATOR) is None, reason="needs qemu-user"),
]

ROOT = Path(__file__).parents[2]
NANO = ROOT / "model_store" / "psylite-nano" / "psylite-nano.gguf"
PATIENCE_S = 900.0
HELLO = [Turn("system", "你是一位温和的倾听者。"), Turn("user", "最近睡得不太好。")]

StartHost = Callable[[str], EngineHost]


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import pwd  # there is none on Windows

    # Not in the home of this test run, where nothing was ever built.
    cache = Path(pwd.getpwuid(os.getuid()).pw_dir, ".cache", "psylite", "wheels")
    found = llama.unpack_libraries(tmp_path_factory.mktemp("libraries"), cache)
    if found is None:
        pytest.skip("the bundle's llama.cpp was not built yet")
    return found


@pytest.fixture
def start(libraries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartHost]:
    """Start an engine process on a named processor, with the shipped model chosen."""
    monkeypatch.setattr(client, "OPENING_S", PATIENCE_S)
    with ExitStack() as stack:

        def make(processor: str) -> EngineHost:
            stack.enter_context(engine_process_on(processor, libraries, tmp_path))
            host = EngineHost(
                assets=ROOT / "assets",
                models=ROOT / "model_store",
                index=tmp_path / "index",
                silence_s=PATIENCE_S,
            )
            stack.callback(host.close)
            host.use_model(NANO, anyway=True)
            return host

        yield make


def reply(host: EngineHost) -> list[Generated]:
    return list(host.generate(HELLO, Sampling(max_tokens=12, seed=5), lambda: False))


def test_without_avx_the_engine_answers_searches_and_hears(
    start: StartHost, tmp_path: Path
) -> None:
    """Westmere, 2010: LanceDB would end the process here; NumPy and the encoder do not."""
    host = start("Westmere")
    assert host.info().processor == "SSE4.2"
    steps = reply(host)
    assert steps[-1].done
    assert "".join(step.text for step in steps).strip()
    found = host.search("techniques", "睡不着", lang="zh")
    assert found
    assert not list((tmp_path / "index").glob("*"))
    heard = host.listen_patiently("我不想活了，今晚就结束吧")
    assert heard is not None
    assert heard.level >= Level.CRISIS
    assert host.info().processor == "SSE4.2"  # the same process all along


@pytest.mark.parametrize(("processor", "named"), [("SandyBridge", "AVX"), ("Haswell", "AVX2")])
def test_a_better_processor_gets_better_code(start: StartHost, processor: str, named: str) -> None:
    host = start(processor)
    assert host.info().processor == named
    steps = reply(host)
    assert steps[-1].done
    assert "".join(step.text for step in steps).strip()


def test_a_processor_before_sse42_is_told_so_and_the_process_lives(start: StartHost) -> None:
    """core2duo, 2006."""
    host = start("core2duo")
    with pytest.raises(EngineError) as caught:
        host.info()
    assert caught.value.code == "engine_cpu_unsupported"
    assert caught.value.facts == {"features": "SSE4.2"}
    with pytest.raises(EngineError, match="listen_failed"):
        host.listen_patiently("你好")
    with pytest.raises(EngineError, match="retrieval_failed"):
        host.search("techniques", "睡不着", lang="zh")
    with pytest.raises(EngineError, match="engine_cpu_unsupported"):
        host.info()


def test_lancedb_is_rightly_left_alone_there() -> None:
    """If this fails, LanceDB learnt to run without AVX2 and need not be kept from it."""
    assert importlib.util.find_spec("lancedb") is not None
    done = subprocess.run(
        command_on("Westmere", "-c", "import lancedb"), capture_output=True, check=False
    )
    assert done.returncode != 0


def run(words: list[str], libraries: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env=os.environ
        | {
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            LIBRARIES: str(libraries),
        },
    )


def test_before_sse42_there_is_the_terminal_and_it_says_why(
    libraries: Path, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.json").write_text('{"model": "psylite-nano"}', encoding="utf-8")
    words = ["run", "--lang", "en", "--data-dir", str(tmp_path / "data")]
    done = run(psylite_on("core2duo", tmp_path, *words), libraries, "I sleep badly\n/quit\n")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "The window needs a processor with SSE4.2" in done.stdout
    assert "older than the language model needs" in done.stdout + done.stderr


def test_the_self_test_passes_without_avx_and_names_the_code(
    libraries: Path, tmp_path: Path
) -> None:
    words = ["selftest", "--lang", "en", "--data-dir", str(tmp_path / "data")]
    done = run(psylite_on("Westmere", tmp_path, *words), libraries)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "SSE4.2" in done.stdout


def test_the_window_opens_without_avx(libraries: Path, tmp_path: Path) -> None:
    """A walk through the window: its own process is emulated, its engine process is not."""
    words = ["-m", "psylite_desktop", "selftest", "--window", "--folder", str(tmp_path / "walk")]
    done = run(command_on("Westmere", *words), libraries)
    assert done.returncode == 0, done.stderr[-2000:]
