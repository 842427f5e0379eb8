"""The language of the window: Qt Linguist files, read as they are, switched while it is open."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from psylite_desktop.domain.settings import Language
from psylite_desktop.services.settings import PlainSettingsService

_TAGS = {Language.ZH: "zh_CN", Language.EN: "en"}


class TsTranslator(QTranslator):
    """Answers from a Qt Linguist `.ts` file, so that no compiled copy has to be kept."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        """Read `path`; entries that are unfinished or gone from the code are left out."""
        super().__init__(parent)
        self._texts = read_ts(path)

    def isEmpty(self) -> bool:
        """Whether there is nothing to answer from (Qt refuses an empty translator)."""
        return not self._texts

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """The translation, or the source text where there is none.

        Asked last of all translators, so the source is the right answer for a miss.
        """
        return self._texts.get((context, source), source)


class LanguageSwitch(QObject):
    """The language in force. Widgets hear of a change through `QEvent.LanguageChange`.

    Signals:
        changed: Another language is in force; widgets are told when the event loop next turns.
    """

    changed = Signal()

    def __init__(
        self, app: QCoreApplication, plain_settings: PlainSettingsService, assets: Path
    ) -> None:
        """`assets` is the folder with `i18n/`. The language is in force at once."""
        super().__init__(app)
        self._app = app
        self._plain = plain_settings
        self._folder = assets / "i18n"
        self._installed: list[QTranslator] = []
        self._current = plain_settings.current.language or language_of_system()
        self._install()
        plain_settings.on_change(lambda settings: self._use(settings.language))

    @property
    def current(self) -> Language:
        """The language in force."""
        return self._current

    def set(self, language: Language) -> None:
        """Switch and remember.

        Raises OSError when the setting cannot be stored; the language holds for this run then.
        """
        self._plain.change(language=language)

    def _use(self, language: Language | None) -> None:
        chosen = language or language_of_system()
        if chosen is self._current:
            return
        self._current = chosen
        self._install()
        self.changed.emit()

    def _install(self) -> None:
        """Load the translators of the current language; Qt then tells every widget."""
        QLocale.setDefault(QLocale(_TAGS[self._current]))
        for translator in self._installed:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []
        if self._current is Language.EN:  # the source strings are English
            return
        path = self._folder / f"psylite_{_TAGS[self._current]}.ts"
        self._installed.append(TsTranslator(path, self))  # first in, so it is asked last
        qt = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if qt.load(f"qtbase_{_TAGS[self._current]}", folder):
            self._installed.append(qt)
        for translator in self._installed:
            self._app.installTranslator(translator)


def read_ts(path: Path) -> dict[tuple[str, str], str]:
    """Finished texts of a `.ts` file by (context, source). Empty when it cannot be read."""
    try:
        root = ElementTree.parse(path).getroot()  # noqa: S314 - a shipped file of ours
    except (OSError, ElementTree.ParseError):
        return {}
    texts = {}
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") is None and translation.text:
                texts[name, message.findtext("source", "")] = translation.text
    return texts


def language_of_system() -> Language:
    """What the system speaks: Chinese where it says Chinese or nothing at all, else English."""
    system = QLocale.system().language()
    chinese = (QLocale.Language.Chinese, QLocale.Language.C)
    return Language.ZH if system in chinese else Language.EN
