"""One help line: the number in very large type, to copy and to scan, and what it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.ui.clipboard import copy_privately
from psylite_desktop.ui.pages.help.qr_code import QrCode
from psylite_desktop.ui.theme.switch import ThemeSwitch
from psylite_desktop.ui.theme.tokens import GRID
from psylite_desktop.ui.widgets.buttons import plain_button
from psylite_desktop.ui.widgets.notice import announce
from psylite_desktop.ui.widgets.text import PlainLabel, joined

COPIED_MS = 2_500


class LineView(QWidget):
    """Shows a `Hotline`; the first one of a place is shown larger and with its code."""

    def __init__(
        self, theme: ThemeSwitch, *, is_first: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_first = is_first
        self._line: Hotline | None = None
        self._lang = "en"
        self._before = ""
        self.name = PlainLabel("heading")
        self.number = PlainLabel()
        self.number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.number.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.facts = PlainLabel()
        self.copy = plain_button()
        self.copy.clicked.connect(self._on_copy_clicked)
        self.code = QrCode(theme)
        self.code.hide()
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(COPIED_MS)
        self._copied.timeout.connect(self.retranslate)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.number)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        words.addWidget(self.name)
        words.addLayout(row)
        words.addWidget(self.facts)
        words.addStretch(1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * GRID)
        box.addLayout(words, 1)
        box.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_line(self, line: Hotline, *, lang: str, before: str = "") -> None:
        """Show another line, described in `lang`; `before` leads over to it."""
        self._line, self._lang, self._before = line, lang, before
        if self._is_first:
            self.code.show_line(line)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language of now."""
        if self._line is None:
            return
        line = self._line
        name = line.name.get(self._lang, "")
        self.name.setText(joined(self._before, name))
        self.number.setText(line.number)
        self.facts.setText(self._facts(line))
        self.copy.setText(self.tr("Copy"))
        self.copy.setAccessibleName(self.tr("Copy the number {number}").format(number=line.number))

    def changeEvent(self, event: QEvent) -> None:
        """Relabel on a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _facts(self, line: Hotline) -> str:
        """Hours, languages, for whom, and when it was checked."""
        facts = [line.hours.get(self._lang, ""), " / ".join(map(self._language, line.languages))]
        facts.append(line.for_whom.get(self._lang, ""))
        facts.append(self.tr("checked on {date}").format(date=line.checked_on))
        if line.one_source:
            facts.append(self.tr("one source"))
        return "\u00a0· ".join(fact for fact in facts if fact)  # no line begins with the dot

    def _language(self, code: str) -> str:
        """Name of a spoken language; rare ones are named as their speakers name them."""
        known = {
            "zh": self.tr("Mandarin"),
            "yue": self.tr("Cantonese"),
            "en": self.tr("English"),
            "ja": self.tr("Japanese"),
        }
        return known.get(code) or QLocale(code).nativeLanguageName() or code

    @Slot()
    def _on_copy_clicked(self) -> None:
        if self._line is None:
            return
        copy_privately(self._line.number)
        self.copy.setText(self.tr("Copied"))
        announce(self, self.tr("Copied"))
        self._copied.start()

    @Slot()
    def _on_theme_changed(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(self._theme.sizes.px(44 if self._is_first else 26))
        font.setWeight(QFont.Weight.DemiBold)
        self.number.setFont(font)
