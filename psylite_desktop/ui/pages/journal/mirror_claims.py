"""The claims of a Mirror as rows: a name, the words it stands on, what takes it back."""

from __future__ import annotations

from dataclasses import dataclass

from psylite_desktop.domain.mirror import ClaimKind, Excerpt, Mirror, MirrorCorrection
from psylite_desktop.services.mirror_wording import MirrorWording


@dataclass(frozen=True, slots=True)
class Claim:
    """One row; `earlier` counts earlier entries with the same thought."""

    group: str
    name: str
    quotes: tuple[Excerpt, ...]
    corrections: tuple[MirrorCorrection, ...]
    earlier: int = 0


def claims_of(mirror: Mirror, wording: MirrorWording, lang: str, entry_id: int) -> list[Claim]:
    """All rows: themes, tone, repeated thoughts, habits of thought."""

    def claim(
        kind: ClaimKind, label: str, name: str, quotes: tuple[Excerpt, ...], earlier: int = 0
    ) -> Claim:
        taken = tuple(MirrorCorrection(kind, label, one.text, entry_id=entry_id) for one in quotes)
        return Claim(kind.value, name, quotes, taken, earlier)

    claims = [
        claim(ClaimKind.THEME, one.theme.value, _upper(wording.theme(one.theme, lang)), one.quotes)
        for one in mirror.themes
    ]
    if mirror.tone_quotes:
        name = wording.tone(mirror.tone, lang)
        claims.append(claim(ClaimKind.TONE, str(mirror.tone), name, mirror.tone_quotes))
    claims += [
        claim(ClaimKind.REPEATED, "", "", one.quotes, one.earlier) for one in mirror.repeated
    ]
    claims += [
        claim(
            ClaimKind.DISTORTION,
            one.kind.value,
            wording.habit(one.kind, lang),
            (Excerpt(one.quote, one.start, one.end),),
        )
        for one in mirror.distortions
    ]
    return claims


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]
