"""The style sheet: templates in `qss/` filled from tokens and sizes."""

from __future__ import annotations

from pathlib import Path
from string import Template

from psylite_desktop.ui.theme.tokens import GRID, RADIUS, Sizes, Tokens

TEMPLATES = ("base", "controls", "shell")
_FOLDER = Path(__file__).parent / "qss"

CONTROL_IMAGES = {"check": "on_accent", "dot": "on_accent", "down": "ink"}
"""Images that the style sheet names, with the token each one is coloured with."""


def template(name: str) -> Template:
    """One template, unfilled."""
    return Template((_FOLDER / f"{name}.qss").read_text(encoding="utf-8"))


def placeholders(tokens: Tokens, sizes: Sizes, *, images: str) -> dict[str, str]:
    """Everything a template may name. `images` is a folder of coloured control images."""
    return {
        "page": tokens.page,
        "surface": tokens.surface,
        "raised": tokens.raised,
        "ink": tokens.ink,
        "muted": tokens.muted,
        "accent": tokens.accent,
        "accent_strong": tokens.accent_strong,
        "on_accent": tokens.on_accent,
        "accent_soft": tokens.accent_soft,
        "urgent": tokens.urgent,
        "urgent_soft": tokens.urgent_soft,
        "line": tokens.line,
        "edge": tokens.edge,
        "small": f"{sizes.small}px",
        "heading": f"{sizes.heading}px",
        "title": f"{sizes.title}px",
        "mark": f"{sizes.px(18)}px",
        "mark_radius": f"{sizes.px(18) // 2 + 1}px",
        "arrow": f"{sizes.px(14)}px",
        "pad_x": f"{sizes.px(14)}px",
        "pad_y": f"{sizes.px(7)}px",
        "pad_small": f"{sizes.px(4)}px",
        "side": f"{sizes.px(28)}px",
        "grid": f"{GRID}px",
        "radius": f"{RADIUS}px",
        "images": images,
    }


def style_sheet(tokens: Tokens, sizes: Sizes, *, images: str) -> str:
    """All templates, filled. Raises KeyError for a placeholder that nobody fills."""
    values = placeholders(tokens, sizes, images=images)
    return "\n".join(template(name).substitute(values) for name in TEMPLATES)
