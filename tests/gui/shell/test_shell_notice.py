"""The line above every page: a safe start, a space of a newer version."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from psylite_desktop.domain.settings import Language
from psylite_desktop.ui.context import PageContext
from psylite_desktop.ui.shell.shell_notice import ShellNotice


def test_it_is_not_there_without_a_reason(page_context: PageContext, qtbot: QtBot) -> None:
    notice = ShellNotice(page_context)
    qtbot.addWidget(notice)
    assert notice.isHidden()


@pytest.mark.parametrize("language", Language)
def test_a_safe_start_says_so(page_context: PageContext, language: Language, qtbot: QtBot) -> None:
    page_context.app.language.set(language)
    safe = replace(page_context, app=replace(page_context.app, is_safe=True))
    notice = ShellNotice(safe)
    qtbot.addWidget(notice)
    assert not notice.isHidden()
    assert "--safe" in notice.safe.text()
    assert not notice.read_only.isVisibleTo(notice)
