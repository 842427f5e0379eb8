"""A short run through the real parts, for installers and for people in doubt."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import AppPaths
from psylite_desktop.app.services import build_services, use_chosen_model
from psylite_desktop.domain.chat_events import ChatRequest, Finished
from psylite_desktop.domain.conversation import Mode, Route
from psylite_desktop.domain.errors import EngineError, ModelFileError, PsyLiteError
from psylite_desktop.host.client import EngineHost
from psylite_desktop.services.models import PRACTICE_ID
from psylite_desktop.services.nearby import SITUATIONS

# Made for this test, in the words of nobody.
ORDINARY = "最近作业有点多，我睡得不太好。"
CRISIS = "我不想活了"
WAKING_TRIES = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Problems, as codes, and the instructions that the engine's code is made for ("AVX2")."""

    problems: list[str]
    processor: str = ""


def run_selftest(paths: AppPaths) -> Found:
    """Create a profile, talk, lock, unlock, read back."""
    with tempfile.TemporaryDirectory(prefix="psylite-selftest-") as folder:
        return _run(replace(paths, data=Path(folder)))


def _run(paths: AppPaths) -> Found:
    services = build_services(paths)
    problems: list[str] = []
    processor = ""
    try:
        use_chosen_model(services, PRACTICE_ID)  # what most people do without is tried, too
        made, vault = services.profiles.create("selftest passphrase")
        session = open_session(services, vault, guest=False, language=lambda: "zh")
        conversation = session.chat.start()
        _wake(services.host)
        for number, text in enumerate((ORDINARY, CRISIS)):
            request = ChatRequest(number, conversation, text)
            events = list(session.chat.answer(request, lambda: False))
            last = events[-1]
            if not isinstance(last, Finished) or not last.reply.text:
                problems.append(f"turn_{number}_without_reply")
            elif number == 0 and _lacks_engine(last) is not paths.is_safe:
                problems.append(f"engine:{last.why}")
            elif number == 1 and last.route not in (Route.CRISIS, Route.EMERGENCY):
                problems.append("crisis_not_recognised")
        vault.close()
        with contextlib.suppress(PsyLiteError):  # a turn above has told of it
            processor = services.host.info().processor
        again = services.profiles.unlock(made.profile, "selftest passphrase")
        if len(again.conversations.messages(conversation)) != 4:
            problems.append("history_incomplete")
        again.close()
    except PsyLiteError as error:
        problems.append(error.code)
    finally:
        services.host.close()
    return Found(problems, processor)


def _wake(host: EngineHost) -> None:
    """Have the index made and the model read, however long that takes on a busy machine.

    From a slow stick the first search takes longer than an engine may be silent; what was made by
    then stays. What is wrong besides shows in the turns.
    """
    for _ in range(WAKING_TRIES):
        try:
            host.search(SITUATIONS, ORDINARY, lang="zh")
            host.info()
        except EngineError as error:
            if error.code == "engine_timeout":
                continue
        except ModelFileError:
            pass
        return


def _lacks_engine(turn: Finished) -> bool:
    """Whether a reply was written beforehand because there is no engine."""
    return turn.reply.mode is Mode.WRITTEN and "engine" in turn.why
