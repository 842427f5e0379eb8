"""Choosing a passphrase: for a new profile, in place of another one, or with another key."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from psylite_desktop.services.passphrase_words import Suggestion
from psylite_desktop.storage.kdf_tuning import is_thrifty
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.ui.context import AppContext
from psylite_desktop.ui.pages.unlock.cost_hint import CostHint
from psylite_desktop.ui.pages.unlock.suggestion_card import SuggestionCard
from psylite_desktop.ui.widgets.buttons import primary_button, quiet_button
from psylite_desktop.ui.widgets.column import ReadingColumn
from psylite_desktop.ui.widgets.notice import NoticeBar
from psylite_desktop.ui.widgets.secret_field import SecretField
from psylite_desktop.ui.widgets.text import Paragraph, PlainLabel


class Purpose(Enum):
    """What the passphrase is chosen for."""

    CREATE = "create"
    REPLACE = "replace"
    CHANGE = "change"
    RENEW = "renew"


class NewPassphraseView(ReadingColumn):
    """Asks for a passphrase twice and says honestly how good it is.

    Signals:
        submitted: An acceptable passphrase was entered twice; carries it.
        back_requested: No, not now.
    """

    submitted = Signal(str)
    back_requested = Signal()

    def __init__(
        self, context: AppContext, purpose: Purpose, parent: QWidget | None = None
    ) -> None:
        super().__init__(context.theme, share=0.75, parent=parent)
        self._context = context
        self._purpose = purpose
        self.title = PlainLabel("title")
        self.sentence = Paragraph(muted=True)
        self.first = SecretField(context.theme)
        self.second = SecretField(context.theme)
        self.suggestion = SuggestionCard(
            context.passphrase_words, lambda: context.language.current.value
        )
        self.hint = CostHint()
        self.thrifty = PlainLabel("small")
        self.thrifty.hide()
        self.notice = NoticeBar()
        self.submit = primary_button()
        self.back = quiet_button()
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        self.body.addStretch(1)
        for widget in (
            self.title,
            self.sentence,
            self.suggestion,
            self.first,
            self.hint,
            self.second,
            self.thrifty,
            self.notice,
            self.submit,
        ):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.body.addStretch(2)
        self._connect()
        self.retranslate()

    def ask(self) -> None:
        """Begin anew."""
        self.clear()
        self.focus()
        # Measured while somebody thinks and types; until then the hint counts with the least.
        shelf = self._context.profiles
        self._context.engine.run(shelf.cost, self._on_cost_known, lambda _error: None, self)

    def focus(self) -> None:
        """Put the keyboard where the passphrase goes."""
        self.first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed and what was suggested."""
        self.first.clear()
        self.second.clear()
        self.suggestion.clear()
        self.notice.clear()
        self._on_edited()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set all texts anew."""
        self.first.set_label(self.tr("Passphrase"))
        self.second.set_label(self.tr("The same once more"))
        self.thrifty.setText(
            self.tr(
                "This computer has little free memory, so a guess costs a stranger less than "
                "usual. A longer passphrase makes up for it."
            )
        )
        match self._purpose:
            case Purpose.CREATE:
                self._retranslate_create()
            case Purpose.REPLACE:
                self._retranslate_replace()
            case Purpose.CHANGE:
                self._retranslate_change()
            case Purpose.RENEW:
                self._retranslate_renew()

    def _connect(self) -> None:
        self.first.edited.connect(self._on_edited)
        self.second.edited.connect(self._on_edited)
        self.first.submitted.connect(self._on_first_submitted)
        self.second.submitted.connect(self._on_submitted)
        self.suggestion.taken.connect(self._on_suggestion_taken)
        self.submit.clicked.connect(self._on_submitted)
        self.back.clicked.connect(self.back_requested)

    def _retranslate_create(self) -> None:
        self.title.setText(self.tr("A space of your own"))
        self.sentence.setText(
            self.tr(
                "Choose a passphrase that only you know: a sentence is better than a word. "
                "Nobody can look it up or reset it for you, so you will get a recovery code "
                "next."
            )
        )
        self.submit.setText(self.tr("Make it"))
        self.back.setText(self.tr("Back"))

    def _retranslate_replace(self) -> None:
        self.title.setText(self.tr("Choose a new passphrase"))
        self.sentence.setText(
            self.tr("The code fits. Your recovery code stays the same, so keep it.")
        )
        self.submit.setText(self.tr("Save and go on"))
        self.back.setText(self.tr("Not now"))

    def _retranslate_change(self) -> None:
        self.title.setText(self.tr("Choose a new passphrase"))
        self.sentence.setText(
            self.tr(
                "The old one opens nothing here any more. Your recovery code stays the same. "
                "Copies of the file made before still open with the old one."
            )
        )
        self.submit.setText(self.tr("Save"))
        self.back.setText(self.tr("Back"))

    def _retranslate_renew(self) -> None:
        self.title.setText(self.tr("Everything anew"))
        self.sentence.setText(
            self.tr(
                "Everything is locked with another key, and what somebody may have noted down or "
                "guessed opens nothing that you write from now on. Choose a passphrase that "
                "nobody has seen; a new recovery code comes next. Copies made before still open "
                "as they did."
            )
        )
        self.submit.setText(self.tr("Make everything anew"))
        self.back.setText(self.tr("Back"))

    def _on_cost_known(self, cost: KdfCost) -> None:
        self.hint.use_cost(cost)
        self.thrifty.setVisible(is_thrifty(cost))

    def _on_edited(self) -> None:
        self.notice.clear()
        self.hint.judge(self.first.text, self.suggestion.bits_of(self.first.text))
        self.submit.setEnabled(self.hint.is_accepted and bool(self.second.text))

    def _on_suggestion_taken(self, suggestion: Suggestion) -> None:
        # Readable, as the words stand above; and an input method works in no hidden field.
        self.first.put(suggestion.text)
        self.second.clear()
        self.second.reveal.setChecked(True)
        self.second.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_first_submitted(self) -> None:
        self.second.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_submitted(self) -> None:
        if not self.hint.is_accepted:
            return
        if self.first.text != self.second.text:
            self.notice.say(self.tr("The two are not the same. Type the second one again."))
            self.second.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.second.edit.selectAll()
            return
        self.submitted.emit(self.first.text)
