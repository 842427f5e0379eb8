"""The ring stands whole round what has the keyboard, wherever that stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from psylite_desktop.ui.theme.tokens import RING
from psylite_desktop.ui.widgets.first_focus import lead_focus
from psylite_desktop.ui.widgets.focus_ring import FocusRing
from tests.fakes.app_context import Desk


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    outer = QVBoxLayout(window)
    outer.setContentsMargins(40, 40, 40, 40)
    window.resize(300, 300)
    return window


def tight(inside: QWidget) -> QWidget:
    """A box that leaves no room around what stands in it."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inside)
    return box


def stands_round(ring: FocusRing, target: QWidget) -> bool:
    frame = ring._frame
    assert frame is not None
    parent = frame.parentWidget()
    wanted = QRect(target.mapTo(parent, QPoint(0, 0)), target.size())
    return (
        frame.isVisible()
        and frame.mask().isEmpty()
        and frame.geometry() == wanted.adjusted(-RING, -RING, RING, RING)
        and parent.rect().contains(frame.geometry())
    )


@pytest.mark.parametrize("scrolls", [False, True])
def test_the_box_round_a_control_does_not_cut_it(
    window: QWidget, desk: Desk, qtbot: QtBot, scrolls: bool
) -> None:
    field = QLineEdit()
    part = tight(field)
    if scrolls:
        area = QScrollArea()
        area.setWidgetResizable(True)
        host = QWidget()
        QVBoxLayout(host).addWidget(part)
        area.setWidget(host)
        part = area
    layout = window.layout()
    assert layout is not None
    layout.addWidget(part)
    ring = FocusRing(desk.context.theme, window)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: ring.widget is field and stands_round(ring, field))
    window.resize(360, 420)  # moves it, and makes it wider
    qtbot.waitUntil(lambda: stands_round(ring, field))


def test_a_page_that_waits_has_no_ring_and_hands_on_once_it_can(
    window: QWidget, desk: Desk, qtbot: QtBot
) -> None:
    field = QLineEdit()
    field.setEnabled(False)
    page = tight(field)
    page.setFocusPolicy(page.focusPolicy().StrongFocus)
    lead_focus(page, field)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(page)
    ring = FocusRing(desk.context.theme, window)
    window.show()
    window.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    assert ring.widget is None
    field.setEnabled(True)
    qtbot.waitUntil(field.hasFocus)
    assert ring.widget is field
