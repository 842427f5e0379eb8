"""The real engine process with a tiny model: start, stream, stop, crash, restart, end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from psylite_desktop.domain.errors import EngineError, ModelFileError
from psylite_desktop.domain.ports import Generated, Sampling, Turn
from psylite_desktop.host.client import EngineHost
from psylite_desktop.host.protocol import Counted, CountTokens
from psylite_desktop.host.status import EngineState, EngineStatus
from tests.fakes.tiny_gguf import SLOW, write_tiny_gguf

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("engine_process")]

ROOT = Path(__file__).parents[2]
SHORT = Sampling(max_tokens=20, seed=3)
LONG = Sampling(max_tokens=3000, seed=3)
HELLO = [Turn("user", "hello there 你好", "a note")]


def never() -> bool:
    return False


def text_of(steps: list[Generated]) -> str:
    return "".join(step.text for step in steps)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_gguf(tmp_path_factory.mktemp("模型 é") / "tiny.gguf")


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_gguf(tmp_path_factory.mktemp("slow") / "slow.gguf", SLOW)


@pytest.fixture
def statuses() -> list[EngineStatus]:
    return []


@pytest.fixture
def host(tmp_path: Path, tiny: Path, statuses: list[EngineStatus]) -> Iterator[EngineHost]:
    host = EngineHost(
        assets=tmp_path / "no assets", models=tmp_path / "none", on_status=statuses.append
    )
    host.use_model(tiny)
    yield host
    host.close()
    assert host.pid == 0


def at_first_text(host: EngineHost, act: Callable[[], object]) -> None:
    """Ask for a long reply, act once when it begins to come, and read on."""
    begun = False
    for step in host.generate(HELLO, Sampling(max_tokens=400), never):
        if step.text and not begun:
            begun = True
            act()


def gone(pid: int) -> bool:
    """Whether a process has ended with all its threads: its first one may be a zombie before."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:  # waited for already, or a child of somebody else
        return not psutil.pid_exists(pid) or _is_unburied(pid)


def _is_unburied(pid: int) -> bool:
    """Whether an orphan has ended, and only the system's first process did not look yet."""
    try:
        process = psutil.Process(pid)
        return process.status() == psutil.STATUS_ZOMBIE and process.num_threads() <= 1
    except psutil.NoSuchProcess:
        return True


def wait_until(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def test_a_conversation(host: EngineHost, statuses: list[EngineStatus]) -> None:
    assert host.status().state is EngineState.ABSENT
    assert host.info().chat_format == "nano"
    counts = host.count_tokens(HELLO)
    steps = list(host.generate(HELLO, SHORT, never))
    assert steps[-1].done
    assert steps[-1].reply_tokens == 20
    assert steps[-1].prompt_tokens_evaluated == sum(counts)
    assert max(step.read for step in steps) == max(step.to_read for step in steps) == sum(counts)
    reply = text_of(steps)
    assert reply

    later = [*HELLO, Turn("assistant", reply), Turn("user", "and now?")]
    second = list(host.generate(later, SHORT, never))
    # end of the reply (2), its last token (1), and the new turn: nothing is read twice
    assert second[-1].prompt_tokens_evaluated <= host.count_tokens(later)[-1] + 3

    states = [status.state for status in statuses]
    assert states[0] is EngineState.STARTING
    assert states[1] is EngineState.LOADING
    assert EngineState.BUSY in states
    assert states[-1] is EngineState.READY
    host.close()
    assert host.status().state is EngineState.ABSENT


def test_a_stop_while_the_prompt_is_read(host: EngineHost, slow: Path) -> None:
    host.use_model(slow)
    turns = [Turn("user", "long story " * 300)]
    steps: list[Generated] = []
    stop_at: list[float] = []

    def cancelled() -> bool:
        if any(step.read for step in steps) and not stop_at:
            stop_at.append(time.monotonic())
        return bool(stop_at)

    steps.extend(host.generate(turns, SHORT, cancelled))
    assert time.monotonic() - stop_at[0] < 1.0  # 0.3 s is measured by `psylite bench`
    assert steps[-1].stopped
    assert max(step.read for step in steps) < max(step.to_read for step in steps)
    assert text_of(steps) == ""
    assert text_of(list(host.generate(HELLO, SHORT, never)))


def test_a_stop_while_a_reply_is_written(host: EngineHost, slow: Path) -> None:
    host.use_model(slow)
    steps: list[Generated] = []
    steps.extend(host.generate(HELLO, LONG, lambda: any(step.text for step in steps)))
    assert steps[-1].done
    assert steps[-1].stopped
    assert host.count_tokens(HELLO)[0] > 0


def test_a_reply_that_is_left_alone_stops(host: EngineHost, slow: Path) -> None:
    host.use_model(slow)
    reply = host.generate(HELLO, LONG, never)
    while not next(reply).text:
        pass
    reply.close()
    started = time.monotonic()
    assert list(host.generate(HELLO, SHORT, never))[-1].reply_tokens == 20
    assert time.monotonic() - started < 5.0  # LONG would have taken its time first


def test_a_killed_process_is_one_error_and_the_next_message_works(
    host: EngineHost, statuses: list[EngineStatus]
) -> None:
    host.info()
    pid = host.pid
    with pytest.raises(EngineError) as caught:
        at_first_text(host, lambda: os.kill(pid, signal.SIGKILL))
    assert caught.value.code == "engine_crashed"
    assert caught.value.facts["exit"] == -signal.SIGKILL
    assert statuses[-1].state is EngineState.CRASHED
    assert text_of(list(host.generate(HELLO, SHORT, never)))
    assert host.pid not in {0, pid}


def test_a_process_that_died_while_idle_is_replaced_silently(host: EngineHost) -> None:
    host.info()
    pid = host.pid
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: gone(pid))
    assert text_of(list(host.generate(HELLO, SHORT, never)))


def test_a_model_that_crashes_the_process_twice_is_not_tried_again(
    host: EngineHost, statuses: list[EngineStatus], tiny: Path
) -> None:
    host.watch(
        lambda status: (
            os.kill(host.pid, signal.SIGKILL) if status.state is EngineState.LOADING else None
        )
    )
    with pytest.raises(EngineError) as first:
        host.info()
    assert first.value.code == "engine_crashed"
    with pytest.raises(EngineError):
        host.info()
    host.watch(statuses.append)
    for _ in range(2):
        with pytest.raises(ModelFileError) as refused:
            host.info()
        assert refused.value.code == "model_load_failed"
    assert EngineState.LOADING not in [status.state for status in statuses]
    host.use_model(tiny)
    assert host.info().name == "tiny"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP")
def test_a_hung_process_is_ended(tmp_path: Path, tiny: Path) -> None:
    host = EngineHost(assets=tmp_path, models=tmp_path, silence_s=2.0)
    host.use_model(tiny)
    host.info()
    os.kill(host.pid, signal.SIGSTOP)
    with pytest.raises(EngineError) as caught:
        list(host.generate(HELLO, SHORT, never))
    assert caught.value.code == "engine_timeout"
    host._silence_s = 30.0
    assert text_of(list(host.generate(HELLO, SHORT, never)))
    host.close()


def test_ending_from_another_thread(host: EngineHost, slow: Path) -> None:
    host.use_model(slow)
    host.info()
    pid = host.pid
    with pytest.raises(EngineError) as caught:
        at_first_text(host, threading.Thread(target=host.stop_now).start)
    assert caught.value.code == "engine_stopped"
    assert wait_until(lambda: gone(pid), 1.0)
    assert host.status().state is EngineState.ABSENT
    assert text_of(list(host.generate(HELLO, SHORT, never)))


def test_after_close_nothing_starts(host: EngineHost) -> None:
    host.info()
    pid = host.pid
    started = time.monotonic()
    host.close()
    assert time.monotonic() - started < 1.0
    assert gone(pid)
    with pytest.raises(EngineError) as caught:
        host.info()
    assert caught.value.code == "engine_unavailable"


def test_a_question_inside_an_answer_is_refused(host: EngineHost) -> None:
    with pytest.raises(EngineError) as caught:
        at_first_text(host, host.info)
    assert caught.value.code == "engine_busy"
    assert host.info().name == "tiny"


def test_bad_files_are_told_apart_and_do_no_harm(
    host: EngineHost, tiny: Path, tmp_path: Path
) -> None:
    whole = tiny.read_bytes()
    bad = {
        "model_missing": None,
        "model_empty": b"",
        "model_not_gguf": b"%PDF-1.7 renamed",
        "model_truncated": whole[: len(whole) // 2],
    }
    for code, data in bad.items():
        path = tmp_path / f"{code}.gguf"
        if data is not None:
            path.write_bytes(data)
        host.use_model(path)
        with pytest.raises(ModelFileError) as caught:
            host.info()
        assert caught.value.code == code
    pid = host.pid
    host.use_model(tiny)
    assert text_of(list(host.generate(HELLO, SHORT, never)))
    assert host.pid == pid


def test_without_a_model_the_process_goes_on_and_holds_none(host: EngineHost, tiny: Path) -> None:
    assert host.is_chosen()
    host.make_ready()
    assert host.loaded() is not None
    pid = host.pid
    host.use_none()
    assert not host.is_chosen()
    assert host.loaded() is None
    host.make_ready()
    assert host.pid == pid
    assert host.status().state is EngineState.READY
    with pytest.raises(ModelFileError):
        host.info()
    with pytest.raises(EngineError):  # the process itself has none any more
        list(host._answer(CountTokens(id=9_999, turns=tuple(HELLO)), Counted).counts)
    host.use_model(tiny)
    assert text_of(list(host.generate(HELLO, SHORT, never)))
    assert host.pid == pid


def test_without_a_model_nothing_is_loaded_at_a_start(host: EngineHost) -> None:
    host.use_none()
    host.make_ready()
    assert host.pid
    assert host.loaded() is None
    assert not host.drop_draft()


def test_a_file_that_changed_is_loaded_again(host: EngineHost, tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "m.gguf", seed=1)
    host.use_model(path)
    before = text_of(list(host.generate(HELLO, SHORT, never)))
    write_tiny_gguf(tmp_path / "new.gguf", seed=2).replace(path)
    host.use_model(path)
    assert text_of(list(host.generate(HELLO, SHORT, never))) != before


def test_a_smaller_context_is_loaded_on_request(host: EngineHost, tiny: Path) -> None:
    assert host.info().context_length == 512
    host.use_model(tiny, context_length=256)
    assert host.info().context_length == 256


def test_a_prompt_that_does_not_fit_says_by_how_much(host: EngineHost) -> None:
    with pytest.raises(EngineError) as caught:
        list(host.generate([Turn("user", "x" * 1000)], SHORT, never))
    assert caught.value.code == "engine_context_full"
    assert caught.value.facts["context"] == 512


def test_broken_retrieval_does_not_stop_the_talk(host: EngineHost) -> None:
    for _ in range(2):
        with pytest.raises(EngineError):
            host.search("techniques", "exam", lang="en")
    assert text_of(list(host.generate(HELLO, SHORT, never)))


SCRIPT = """
import json, os, sys, time
from pathlib import Path
from psylite_desktop.domain.ports import Sampling, Turn
from psylite_desktop.host.client import EngineHost

if __name__ == "__main__":
    host = EngineHost(assets=Path(sys.argv[2]), models=Path(sys.argv[2]))
    host.use_model(Path(sys.argv[1]))
    steps = list(host.generate([Turn("user", "hi")], Sampling(max_tokens=5), lambda: False))
    heavy = {"numpy", "llama_cpp", "lancedb", "fastembed", "onnxruntime", "pyarrow", "torch"}
    loaded = sorted(heavy & {name.split(".")[0] for name in sys.modules})
    inner = [n for n in sys.modules if n.startswith(("psylite_desktop.engine",
                                                     "psylite_desktop.retrieval"))]
    facts = {"pid": host.pid, "heavy": loaded + inner, "done": steps[-1].done}
    print(json.dumps(facts), flush=True)
    if sys.argv[3] == "wait":
        for _ in host.generate([Turn("user", "hi")], Sampling(max_tokens=400), lambda: False):
            time.sleep(60)
    host.close()
"""


def run_script(tmp_path: Path, model: Path, mode: str) -> subprocess.Popen[str]:
    script = tmp_path / "window.py"
    script.write_text(SCRIPT, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script), str(model), str(tmp_path), mode],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_the_window_side_stays_light(tmp_path: Path, tiny: Path) -> None:
    with run_script(tmp_path, tiny, "end") as window:
        assert window.stdout is not None
        facts = json.loads(window.stdout.readline())
        assert facts["heavy"] == []
        assert facts["done"]
        assert window.wait(10) == 0
    assert gone(facts["pid"])


def test_the_process_ends_with_its_parent(tmp_path: Path, tiny: Path) -> None:
    with run_script(tmp_path, tiny, "wait") as window:
        assert window.stdout is not None
        pid = json.loads(window.stdout.readline())["pid"]
        assert not gone(pid)
        window.kill()
        window.wait(5)
    assert wait_until(lambda: gone(pid), 2.0)


@pytest.mark.skipif(sys.platform == "win32", reason="niceness and limits are POSIX")
def test_the_process_is_modest(host: EngineHost) -> None:
    host.info()
    process = psutil.Process(host.pid)
    assert process.nice() > psutil.Process().nice()
    assert not process.net_connections(kind="inet")
    if sys.platform == "linux":
        assert process.rlimit(psutil.RLIMIT_CORE) == (0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")
def test_the_engine_process_tells_its_sockets(host: EngineHost) -> None:
    assert host.socket_report() is None, "it is not started for this"
    host.info()
    report = host.socket_report()
    assert report is not None
    assert (report.pid, report.is_known) == (host.pid, True)
    assert report.sockets, "the pipe to the window"
    assert not report.reaches_out
    assert report.is_fenced == (sys.platform == "linux")
