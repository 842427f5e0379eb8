"""Fonts: the family list of each platform.

The Chinese family is named outright, because a fallback chosen by the system may show Japanese
shapes of the same characters. System fonts are used, never bundled.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from psylite_desktop.domain.settings import Language

_CHINESE = {
    "win32": ("Microsoft YaHei UI", "Microsoft YaHei"),
    "darwin": ("PingFang SC",),
    "linux": ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei"),
}
_LATIN = {
    "win32": ("Segoe UI",),
    "darwin": ("Helvetica Neue",),
    "linux": ("Noto Sans", "Cantarell", "Ubuntu"),
}
_EMOJI = {
    "win32": "Segoe UI Emoji",
    "darwin": "Apple Color Emoji",
    "linux": "Noto Color Emoji",
}


def families(platform: str, language: Language) -> list[str]:
    """Font families in order of preference; `platform` as in `sys.platform`.

    In Chinese the Chinese font comes first, so that Latin words inside a sentence match it.
    """
    known = platform if platform in _CHINESE else "linux"
    chinese, latin = list(_CHINESE[known]), list(_LATIN[known])
    return chinese + latin if language is Language.ZH else latin + chinese


def app_font(platform: str, language: Language, *, pixel_size: int) -> QFont:
    """The font of the whole window."""
    font = QFont()  # begins as the application's own, with what another language asked for
    font.clearFeatures()
    font.setFamilies(families(platform, language))
    font.setPixelSize(pixel_size)
    if language is not Language.ZH:
        # Where only a Chinese font is there, its quotation marks are as wide as a character.
        font.setFeature(QFont.Tag("pwid"), 1)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def use_emoji_font(platform: str) -> None:
    """Name the emoji font of a platform, where Qt would otherwise pick boxes."""
    emoji = _EMOJI.get(platform if platform in _EMOJI else "linux", "")
    if emoji in QFontDatabase.families():
        QFontDatabase.setApplicationEmojiFontFamilies([emoji])
