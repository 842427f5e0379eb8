"""Fetches a prompt for the page that is open, and sends it away again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from psylite_desktop.content.journal_prompts import JournalPrompt
from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.services.journal import JournalService
from psylite_desktop.ui.bridge.tasks import VaultTasks
from psylite_desktop.ui.pages.journal.editor_view import EditorView


class PromptKeeper(QObject):
    """One prompt at a time, above the words.

    Signals:
        changed: Another prompt stands above the page, or none.
        run_out: All prompts that fit were shown lately.
        failed: The vault could not be read; carries the error.
    """

    changed = Signal()
    run_out = Signal()
    failed = Signal(PsyLiteError)

    def __init__(
        self,
        editor: EditorView,
        service: JournalService,
        tasks: VaultTasks,
        *,
        lang: Callable[[], str],
        parent: QObject,
    ) -> None:
        """`lang` gives the language of now."""
        super().__init__(parent)
        self._editor = editor
        self._service = service
        self._tasks = tasks
        self._lang = lang
        editor.prompt_requested.connect(self.ask)
        editor.prompt_dismissed.connect(self._on_dismissed)

    @Slot()
    def ask(self) -> None:
        """Show a prompt, or another one; none while there is danger."""
        service, lang = self._service, self._lang()
        self._tasks.run(lambda: service.next_prompt(lang), self._on_prompt, self.failed.emit, self)

    def find(self, prompt_id: str) -> JournalPrompt | None:
        """The prompt of a page in the language of now."""
        return self._service.prompt(self._lang(), prompt_id)

    def retranslate(self) -> None:
        """Say the prompt in the language of now."""
        prompt = self.find(self._editor.prompt.prompt_id)
        if prompt is not None:
            self._editor.show_prompt(prompt)

    def _on_prompt(self, prompt: JournalPrompt | None) -> None:
        if prompt is None:
            self.run_out.emit()
        else:
            self._editor.show_prompt(prompt, is_new=True)
            self.changed.emit()

    @Slot()
    def _on_dismissed(self) -> None:
        self._editor.show_prompt(None)
        self.changed.emit()
