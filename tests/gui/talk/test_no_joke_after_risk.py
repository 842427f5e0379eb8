"""After a turn of level 2 nothing in the window is a joke: titles, notices, replies, lists."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QWidget

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.paths import find_paths
from psylite_desktop.app.services import build_services
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.passage import Found, Passage
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.pages.talk.crisis_surfaces import Surface
from psylite_desktop.ui.shell.pages_view import PagesView
from psylite_desktop.ui.shell.registry import PAGES
from tests.fakes.floor import floor
from tests.fakes.scripted_model import ScriptedModel
from tests.gui.talk.talk_fakes import ASSETS, Talk

CALM = {"zh": "我在听，你慢慢说。", "en": "I am listening. Take your time."}
ASKS = {"zh": "讲个笑话吧", "en": "Tell me a joke"}
RISK = {"zh": "我不想活了", "en": "I want to die"}
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.ToolTipRole,
)


def pieces(lang: str) -> list[dict[str, Any]]:
    folder = Path(ASSETS, "corpora", "crosstalk", lang)
    return [
        piece
        for path in sorted(folder.glob("*.toml"))
        for piece in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]
    ]


JOKES = [line for lang in ("zh", "en") for one in pieces(lang) for line in one["lines"]]
"""Every line of every piece; each begins with who speaks, so none is an everyday phrase."""


class JokeIndex:
    """Always finds a piece of crosstalk, and nothing else."""

    def search(self, corpus: str, query: str, *, lang: str, limit: int = 3, **_more: Any) -> Any:
        if corpus != "crosstalk":
            return []
        one = pieces(lang)[0]
        text = "\n".join(one["lines"])
        return [Found(Passage(corpus, one["id"], lang, one["title"], text), 0.9)][:limit]


@pytest.fixture
def joking(talk: Talk, tmp_path: Path) -> Talk:
    """Real safety, real chat; a model and an index that would love to joke. Not the first talk."""
    vault = talk.vault
    for number in range(2):
        conversation = vault.conversations.start(float(number))
        vault.conversations.append(conversation, Message(Role.USER, "你好"))
    lang = talk.plain.current.language or Language.EN
    services = build_services(find_paths(tmp_path))
    services.assessor = floor()
    made = open_session(
        services,
        vault,
        guest=False,
        language=lambda: lang.value,
        model=ScriptedModel(*[CALM[lang.value]] * 9),
        index=cast("Any", JokeIndex()),
    )
    session = replace(
        talk.context.session,
        screening=made.screening,
        chat=made.chat,
        corrections=made.corrections,
        asides=made.asides,
    )
    app = replace(talk.context.app, help=services.help)
    return replace(talk, context=replace(talk.context, app=app, session=session))


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest, talk: Talk) -> str:
    talk.plain.change(language=Language(request.param))
    return str(request.param)


@pytest.fixture
def pages(lang: str, joking: Talk, qtbot: Any) -> Any:
    view = PagesView(joking.context, specs=[one for one in PAGES if one.id != "settings"])
    qtbot.addWidget(view)
    view.resize(1024, 680)
    view.show()
    view.show_page("talk")
    qtbot.waitUntil(lambda: not view.made_page("talk").presenter.is_opening)
    view.made_page("talk").new.click()
    yield view
    view.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def say(page: Any, qtbot: Any, text: str) -> None:
    page.composer.put(text)
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.presenter.is_busy)


def rows(model: QAbstractItemModel | None) -> list[str]:
    if model is None:
        return []
    count = model.rowCount(QModelIndex())
    return [str(model.index(row, 0).data(role)) for row in range(count) for role in ROLES]


def everything(view: PagesView) -> str:
    """All that can be read, heard or pointed at in the whole window, page after page."""
    said: list[str] = []
    for spec in ("talk", "home", "checkin", "history", "help", "plan", "protocol", "talk"):
        view.show_page(spec)
        QTest.qWait(30)
        said.append(view.window().windowTitle())
        for widget in (view, *view.findChildren(QWidget)):
            said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
                said.append(widget.text())
            if isinstance(widget, QAbstractItemView):
                said += rows(widget.model())
    return "\n".join(said)


def jokes_in(text: str) -> list[str]:
    return [joke for joke in JOKES if joke in text]


def test_without_risk_somebody_who_asks_gets_a_piece(
    pages: PagesView, lang: str, qtbot: Any
) -> None:
    """The other tests would prove nothing if this window could not joke."""
    page: Any = pages.made_page("talk")
    say(page, qtbot, ASKS[lang])
    assert len(jokes_in(everything(pages))) >= 5


def test_after_a_crisis_nothing_is_a_joke(
    pages: PagesView, joking: Talk, lang: str, qtbot: Any
) -> None:
    page: Any = pages.made_page("talk")
    say(page, qtbot, RISK[lang])
    assert joking.context.session.screening.state.level >= Level.CRISIS
    assert jokes_in(everything(pages)) == []
    for _ in range(2):
        say(page, qtbot, ASKS[lang])
        assert jokes_in(everything(pages)) == []


@pytest.mark.parametrize("way", ["misread", "not_me"])
def test_nor_after_it_was_corrected(
    pages: PagesView, joking: Talk, lang: str, qtbot: Any, way: str
) -> None:
    page: Any = pages.made_page("talk")
    say(page, qtbot, RISK[lang])
    getattr(page.crisis.card, way).click()
    getattr(page.crisis.card.why, way).click()
    qtbot.waitUntil(lambda: page.crisis.surface is Surface.STRIP)
    assert joking.context.session.screening.state.level is Level.WATCH
    say(page, qtbot, ASKS[lang])
    assert jokes_in(everything(pages)) == []
