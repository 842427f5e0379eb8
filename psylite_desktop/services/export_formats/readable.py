"""Exported rows as paragraphs for people; Markdown and PDF are made of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from psylite_desktop.domain.export import Row, Scope, Value
from psylite_desktop.services.export_formats.csv_zip import flat, local_time
from psylite_desktop.services.export_names import ExportNames


class Kind(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    HEADING = "heading"
    ITEM = "item"
    FACT = "fact"
    OWN = "own"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; only `kind` says how it looks. `label` stands before a fact, with its colon."""

    kind: Kind
    text: str
    label: str = ""


_ITEM_KEYS = {
    "conversations": ("at", "role"),
    "endings": ("at", "title"),
    "check_ins": ("day", "mood_word"),
    "journal": ("day", "title"),
    "exercises": ("started_at", "exercise"),
    "scales": ("at", "scale"),
    "plan": ("step",),
    "memory": ("created_at",),
}
"""What stands above an item; other sections name their first two keys."""
_OWN_KEYS = frozenset({"text", "note", "lines", "next_step"})
_LEFT_OUT = {
    "conversations": {"conversation", "title", "mode", "complete"},
    "endings": {"conversation"},
    "check_ins": {"backfilled", "at", "mood"},
    "journal": {"at", "updated_at", "prompt_id"},
    "exercises": {"lang", "updated_at"},
    "scales": {"lang"},
    "plan": {"updated_at"},
    "memory": {"lang", "topic"},
}


class ReadableText:
    """Turns rows into paragraphs, one after the other."""

    def __init__(self, names: ExportNames, scope: Scope, *, made_at: str) -> None:
        self._names = names
        self._scope = scope
        self._made_at = made_at
        self._section = ""
        self._has_heading = True
        self._conversation: Value = None

    def head(self) -> list[Paragraph]:
        """What stands at the top."""
        words, scope = self._names.words, self._scope
        end = words.get("open_end")
        period = f"{scope.first or end} – {scope.last or local_time(self._made_at)[:10]}"
        return [
            Paragraph(Kind.TITLE, words.get("title")),
            Paragraph(Kind.NOTE, f"{words.get('made')} {local_time(self._made_at)}"),
            *(
                [Paragraph(Kind.NOTE, f"{words.get('period')} {period}")]
                if _has_ends(scope)
                else []
            ),
            Paragraph(Kind.NOTE, words.get("not_encrypted")),
        ]

    def begin_section(self, section: str) -> None:
        """What follows belongs to this section; its heading comes with the first item."""
        self._section = section
        self._has_heading = False
        self._conversation = None

    def item(self, row: Row) -> list[Paragraph]:
        """One item."""
        named = self._names.named(self._section, row)
        heading = Paragraph(Kind.HEADING, self._names.words.get(f"section.{self._section}"))
        before = [] if self._has_heading else [heading]
        self._has_heading = True
        return [*before, *self._item(named)]

    def _item(self, row: Row) -> Iterator[Paragraph]:
        if self._section == "conversations" and row.get("conversation") != self._conversation:
            self._conversation = row.get("conversation")
            title = str(row.get("title") or "") or local_time(str(row.get("at", "")))
            yield Paragraph(Kind.ITEM, title)
        above = _ITEM_KEYS.get(self._section, tuple(row)[:2])
        head = [self._shown(key, row.get(key)) for key in above]
        small = self._section == "conversations"
        yield Paragraph(
            Kind.NOTE if small else Kind.ITEM, " · ".join(part for part in head if part)
        )
        left_out = _LEFT_OUT.get(self._section, set())
        for key, value in row.items():
            if key in above or key in left_out or value in (None, "", [], {}):
                continue
            yield from self._fact(key, value)

    def _fact(self, key: str, value: Value) -> Iterator[Paragraph]:
        words = self._names.words
        if isinstance(value, Mapping):
            for name, one in value.items():
                if one not in (None, "", []):
                    yield Paragraph(Kind.FACT, flat(one), label=self._label(str(name)))
        elif key in _OWN_KEYS:
            parts = value if isinstance(value, list) else [value]
            if key == "next_step":
                yield Paragraph(Kind.NOTE, words.get("label.next_step"))
            yield from (Paragraph(Kind.OWN, flat(part)) for part in parts if part)
        else:
            label = self._label(words.get(f"label.{key}"))
            yield Paragraph(Kind.FACT, self._shown(key, value), label=label)

    def _label(self, name: str) -> str:
        return f"{name.rstrip('?？:：')}{self._names.words.get('colon')}"

    def _shown(self, key: str, value: Value) -> str:
        if isinstance(value, bool):
            return self._names.words.get("value.yes" if value else "value.no")
        if isinstance(value, str) and key.endswith("at"):
            return local_time(value)[:16]
        return flat(value)


class ReadableEncoder:
    """Encoder that only collects paragraphs, for a format that somebody else paints."""

    def __init__(self, names: ExportNames, scope: Scope, *, made_at: str) -> None:
        self._readable = ReadableText(names, scope, made_at=made_at)
        self.paragraphs: list[Paragraph] = self._readable.head()

    def begin_section(self, section: str) -> None:
        """See Encoder."""
        self._readable.begin_section(section)

    def add(self, row: Row) -> None:
        """See Encoder."""
        self.paragraphs += self._readable.item(row)

    def finish(self) -> bytes:
        """Nothing: `paragraphs` is what came of it."""
        return b""


def _has_ends(scope: Scope) -> bool:
    return bool(scope.first or scope.last)
