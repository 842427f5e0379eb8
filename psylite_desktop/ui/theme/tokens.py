"""Named colours and sizes; every colour on screen comes from here.

Colours are the palette of the product note. Contrast (WCAG 2.2) is computed in the tests:
text at least 4.5:1 on what it stands on, borders of controls and the focus ring at least 3:1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, as `#rrggbb`.

    `urgent` and `urgent_soft` are for crisis surfaces only, never for errors or a low mood.
    `line` is decoration; `edge` bounds a control and has 3:1 on what it stands on. `mood` runs
    from 1 (low) to 5 (bright) and always goes with a shape and a word.
    """

    name: str
    is_dark: bool
    page: str
    surface: str
    raised: str
    ink: str
    muted: str
    accent: str
    accent_strong: str
    on_accent: str
    accent_soft: str
    clay: str
    urgent: str
    urgent_soft: str
    own_words: str
    line: str
    edge: str
    focus: str
    mood: tuple[str, str, str, str, str]


LIGHT = Tokens(
    name="light",
    is_dark=False,
    page="#FAF7F2",
    surface="#FFFFFF",
    raised="#F3EEE6",
    ink="#2B2A28",
    muted="#6A655E",
    accent="#2F6F68",
    accent_strong="#255A54",
    on_accent="#FFFFFF",
    accent_soft="#DCEBE8",
    clay="#A4562F",
    urgent="#9B2C2C",
    urgent_soft="#FBEDEA",
    own_words="#E4EFEC",
    line="#E6DFD3",
    edge="#8E877C",
    focus="#1F5FA8",
    mood=("#4B5C8C", "#7C86B0", "#B7B3A6", "#8FB8A4", "#2F6F68"),
)

DARK = Tokens(
    name="dark",
    is_dark=True,
    page="#1C2124",
    surface="#242A2E",
    raised="#2D3539",
    ink="#ECE8E1",
    muted="#A9A39A",
    accent="#7FC4BA",
    accent_strong="#9BD6CD",
    on_accent="#10211F",
    accent_soft="#26413D",
    clay="#E0A07C",
    urgent="#F2A29B",
    urgent_soft="#43292A",
    own_words="#2A3F3C",
    line="#363F44",
    edge="#7B8489",
    focus="#8DBBF2",
    mood=("#8FA0D8", "#6E7AA6", "#6B6F70", "#5E9384", "#8FD6C9"),
)

HIGH_CONTRAST = Tokens(
    name="high_contrast",
    is_dark=True,
    page="#000000",
    surface="#000000",
    raised="#1F1F1F",
    ink="#FFFFFF",
    muted="#E4E4E4",
    accent="#FFD866",
    accent_strong="#FFE9A8",
    on_accent="#000000",
    accent_soft="#3A3000",
    clay="#FFBE9A",
    urgent="#FFC2BC",
    urgent_soft="#4A0F0F",
    own_words="#12312D",
    line="#6B6B6B",
    edge="#FFFFFF",
    focus="#6CD0FF",
    mood=("#A9B8FF", "#8E9AD0", "#B5B5B5", "#7FC7AE", "#A6F2E4"),
)

SCHEMES = (LIGHT, DARK, HIGH_CONTRAST)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in device-independent pixels at a zoom in percent (80 to 200).

    The grid stays at 8 pixels whatever the zoom, so that a small window keeps its room for
    words; text, icons and the padding of controls grow.
    """

    zoom: int = 100

    def px(self, at_100: float) -> int:
        """Scale a size given at 100 %."""
        return max(1, round(at_100 * self.zoom / 100))

    @property
    def small(self) -> int:
        """Side notes: dates, hints."""
        return self.px(13)

    @property
    def text(self) -> int:
        """Everything that is read."""
        return self.px(15)

    @property
    def heading(self) -> int:
        """Heading of a section."""
        return self.px(17)

    @property
    def title(self) -> int:
        """Heading of a screen."""
        return self.px(23)

    @property
    def icon(self) -> int:
        """Icons beside text."""
        return self.px(20)

    @property
    def column(self) -> int:
        """Widest column of running text: 40 Chinese characters."""
        return self.text * 40


ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
"""Zoom in percent, as the keys and the settings page offer it."""

GRID = 8
"""Every margin and gap is a multiple of this."""

RING = 2
"""Width of the focus ring; containers leave this much room around controls at their edge."""

RADIUS = 10
"""Corners of cards and controls."""

FADE_MS = 200
"""The only motion there is: a fade of this length, none where motion is reduced."""

LINE_HEIGHT = {"zh": 1.7, "en": 1.55}
"""Line height of running text, as a factor of the font size."""


PROFILE_HUES = {
    "teal": "#3E8E85",
    "amber": "#C08A2E",
    "plum": "#8A5A86",
    "moss": "#6F8F4E",
    "coral": "#C8705A",
    "slate": "#6B7C8C",
    "olive": "#8C8440",
    "sky": "#5B8FB9",
}
"""Dots before the labels of profiles; the word beside them says the same."""


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
