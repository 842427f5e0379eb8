"""Applies a theme to the application and changes it while the window is open."""

from __future__ import annotations

import sys
import weakref
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QStyleFactory

from psylite_desktop.domain.settings import Language, PlainSettings, Theme
from psylite_desktop.services.settings import PlainSettingsService
from psylite_desktop.ui.language import language_of_system
from psylite_desktop.ui.theme.fonts import app_font, use_emoji_font
from psylite_desktop.ui.theme.icons import IconSet
from psylite_desktop.ui.theme.palette import palette_from
from psylite_desktop.ui.theme.style_sheet import CONTROL_IMAGES, style_sheet
from psylite_desktop.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Sizes, Tokens


class ThemeSwitch(QObject):
    """The theme in force: colours, sizes, icons, motion. Follows the settings and the system.

    Signals:
        changed: Colours, sizes or motion changed; whatever paints by itself paints anew.
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, plain_settings: PlainSettingsService, assets: Path
    ) -> None:
        """`assets` is the folder with `icons/`. The theme is applied at once."""
        super().__init__(app)
        self._app = app
        self._plain = plain_settings
        self._icons = IconSet(assets / "icons")
        self._images = QTemporaryDir()
        # Qt clears it away only if this object is ended before the interpreter is.
        weakref.finalize(self, self._images.remove)
        self._tokens = LIGHT
        self._sizes = Sizes()
        self._in_force: tuple[Tokens, Sizes, bool, Language] | None = None
        app.setStyle(QStyleFactory.create("Fusion"))
        use_emoji_font(sys.platform)
        self._hints = app.styleHints()
        self._accessibility = self._hints.accessibility()  # kept: Qt's object, Python's handle
        self._hints.colorSchemeChanged.connect(self._on_system_changed)
        self._accessibility.contrastPreferenceChanged.connect(self._on_system_changed)
        motion_changed = getattr(self._accessibility, "motionPreferenceChanged", None)
        if motion_changed is not None:  # since Qt 6.12
            motion_changed.connect(self._on_system_changed)
        plain_settings.on_change(self._on_settings_changed)
        self._apply()

    @property
    def app(self) -> QApplication:
        """The application that wears the theme."""
        return self._app

    @property
    def tokens(self) -> Tokens:
        """Colours in force."""
        return self._tokens

    @property
    def sizes(self) -> Sizes:
        """Sizes in force."""
        return self._sizes

    @property
    def reduce_motion(self) -> bool:
        """Whether nothing may move: asked for here or in the system."""
        asked = self._accessibility.property("motionPreference")  # None before Qt 6.12
        return self._plain.current.reduce_motion or getattr(asked, "name", "") == "ReducedMotion"

    def icon(self, name: str, *, color: str = "", checked: str = "", size: int = 0) -> QIcon:
        """An icon in `color` (ink where empty) and `size` pixels (as text needs where 0)."""
        return self._icons.icon(
            name,
            color or self._tokens.ink,
            size=size or self._sizes.icon,
            checked=checked,
        )

    def _on_settings_changed(self, _settings: PlainSettings) -> None:
        self._apply()

    def _on_system_changed(self) -> None:
        self._apply()

    def _apply(self) -> None:
        """Wear what settings and system ask for; does nothing when that is worn already."""
        tokens, sizes = self._chosen(), Sizes(self._plain.current.zoom)
        language = self._plain.current.language or language_of_system()
        wanted = (tokens, sizes, self.reduce_motion, language)
        if wanted == self._in_force:
            return
        self._in_force = wanted
        self._tokens, self._sizes = tokens, sizes
        self._app.setPalette(palette_from(tokens))
        self._app.setFont(app_font(sys.platform, language, pixel_size=sizes.text))
        self._app.setStyleSheet(style_sheet(tokens, sizes, images=self._control_images()))
        self.changed.emit()

    def _chosen(self) -> Tokens:
        match self._plain.current.theme:
            case Theme.LIGHT:
                return LIGHT
            case Theme.DARK:
                return DARK
            case Theme.HIGH_CONTRAST:
                return HIGH_CONTRAST
        if self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return HIGH_CONTRAST
        return DARK if self._hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _control_images(self) -> str:
        """Write the marks and arrows of controls in the colours of the scheme.

        A style sheet can only name image files. One folder a scheme, because Qt remembers
        images by path. Without a temporary folder controls lack their arrows, nothing else.
        """
        folder = QDir(self._images.path())
        folder.mkpath(self._tokens.name)
        made = Path(folder.filePath(self._tokens.name))
        for name, token in CONTROL_IMAGES.items():
            target = made / f"{name}.svg"
            try:
                if not target.exists():
                    target.write_bytes(self._icons.svg(name, getattr(self._tokens, token)))
            except OSError:
                break
        return made.as_posix()
