"""What the person took back is not claimed again."""

from __future__ import annotations

from collections.abc import Iterable

from psylite_desktop.domain.mirror import ClaimKind, Mirror, MirrorCorrection, Repeated, ThemeFound


def without(mirror: Mirror, corrections: Iterable[MirrorCorrection]) -> Mirror:
    """A Mirror without the claims that were taken back."""
    gone = {(one.kind, one.label, one.quote.strip()) for one in corrections}
    if not gone:
        return mirror

    def stays(kind: ClaimKind, label: str, quote: str) -> bool:
        return (kind, label, quote.strip()) not in gone

    themes = (
        ThemeFound(
            one.theme,
            tuple(quote for quote in one.quotes if stays(ClaimKind.THEME, one.theme, quote.text)),
        )
        for one in mirror.themes
    )
    thoughts = (
        Repeated(
            tuple(quote for quote in one.quotes if stays(ClaimKind.REPEATED, "", quote.text)),
            one.earlier,
        )
        for one in mirror.repeated
    )
    return Mirror(
        themes=tuple(one for one in themes if one.quotes),
        tone=mirror.tone,
        tone_quotes=tuple(
            one for one in mirror.tone_quotes if stays(ClaimKind.TONE, str(mirror.tone), one.text)
        ),
        distortions=tuple(
            one for one in mirror.distortions if stays(ClaimKind.DISTORTION, one.kind, one.quote)
        ),
        repeated=tuple(
            one for one in thoughts if len(one.quotes) > 1 or (one.quotes and one.earlier)
        ),
    )
