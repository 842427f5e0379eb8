"""The engine process as a later layer: started, missing, killed, and with the shipped encoder."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.risk import Level
from psylite_desktop.host.client import EngineHost
from psylite_desktop.host.status import EngineState
from psylite_desktop.safety.assess import Assessor
from tests.fakes.tiny_gguf import write_tiny_gguf

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("engine_process")]

ROOT = Path(__file__).parents[2]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[EngineHost]:
    host = EngineHost(assets=ROOT / "assets", models=ROOT / "model_store", index=tmp_path)
    yield host
    host.close()


def test_a_process_that_does_not_run_is_not_started_for_it(host: EngineHost) -> None:
    with pytest.raises(EngineError, match="engine_loading"):
        host.listen("今晚就结束吧")
    assert host.pid == 0


def test_without_its_files_it_says_so_and_the_rest_goes_on(tmp_path: Path) -> None:
    host = EngineHost(assets=tmp_path, models=tmp_path)
    host.use_model(write_tiny_gguf(tmp_path / "tiny.gguf"))
    try:
        with pytest.raises(EngineError, match="listen_failed"):
            host.listen_patiently("今晚就结束吧")
        assert host.info().chat_format == "nano"
        with pytest.raises(EngineError, match="listen_failed"):
            host.listen("今晚就结束吧")
    finally:
        host.close()


def test_it_can_stand_by_without_a_model(host: EngineHost) -> None:
    """What a key brings back after a rest: asked about nothing, then at hand for words."""
    host.use_model(ROOT / "model_store" / "psylite-nano" / "psylite-nano.gguf")
    assert host.listen_patiently("") is None
    assert host.status().state is EngineState.READY
    assert host.loaded() is None
    host.listen(VEILED[0])


def test_the_shipped_encoder_hears_what_it_learnt_and_points_at_it(host: EngineHost) -> None:
    """Not a measure of quality: some sentence that the rules do not hear."""
    floor = Assessor.load(ROOT / "assets")
    calm = host.listen_patiently("今天的云很好看，我和同桌去买了奶茶。")
    assert calm is None or calm.level is Level.NONE
    heard = []
    for text in VEILED:
        if floor.assess(text).level > Level.NONE:
            continue
        found = host.listen_patiently(f"今天吃了面。{text}")
        if found is not None:
            heard.append(text)
            assert 0 <= found.start < found.end <= len(text) + 6
            assert found.rule.startswith("model.")
    assert heard


VEILED = (
    "我把给每个人的话都录好了，等我不在了再放给他们听",
    "反正过了今晚一切都安静了，你们不用再为我费心",
    "柜子里的东西我都分好了，谁的归谁，字条也贴了，明天你们来看就知道",
    "窗户开着，风很凉，脚下面的车像玩具一样，我一点都不怕了",
    "shut all the gates, fed the cats heavy, somebody will come by and find me",
)


def test_killed_while_idle_it_is_loading_and_then_back(host: EngineHost) -> None:
    assert host.listen_patiently("今天吃了面") is None
    os.kill(host.pid, signal.SIGKILL)
    for _ in range(100):  # until its end is noticed
        try:
            host.listen("今天吃了面")
        except EngineError:
            break
    else:
        pytest.fail("the end of the process was never noticed")
    assert host.listen_patiently("今天吃了面") is None
