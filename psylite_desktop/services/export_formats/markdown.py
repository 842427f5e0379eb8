"""Markdown to read: headings of the app, and the person's words as quotations.

Words stand as they were written; CommonMark's backslash escapes keep them from becoming markup.
"""

from __future__ import annotations

import re

from psylite_desktop.domain.export import Row, Scope
from psylite_desktop.services.export_formats.readable import Kind, Paragraph, ReadableText
from psylite_desktop.services.export_names import ExportNames

_ANYWHERE = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_AT_START = re.compile(r"^([-+=:!]|\d+(?=[.)]))")
_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NBSP = "\N{NO-BREAK SPACE}"


class MarkdownEncoder:
    """Encoder for a Markdown file in UTF-8."""

    def __init__(self, names: ExportNames, scope: Scope, *, made_at: str) -> None:
        self._readable = ReadableText(names, scope, made_at=made_at)
        self._parts = [markdown(paragraph) for paragraph in self._readable.head()]

    def begin_section(self, section: str) -> None:
        """See Encoder."""
        self._readable.begin_section(section)

    def add(self, row: Row) -> None:
        """See Encoder."""
        self._parts += map(markdown, self._readable.item(row))

    def finish(self) -> bytes:
        """See Encoder."""
        return "\n".join(self._parts).encode("utf-8", "replace")


def markdown(paragraph: Paragraph) -> str:
    """One paragraph, with the empty line that follows it."""
    match paragraph.kind:
        case Kind.TITLE:
            return f"# {on_one_line(paragraph.text)}\n"
        case Kind.HEADING:
            return f"## {on_one_line(paragraph.text)}\n"
        case Kind.ITEM:
            return f"### {on_one_line(paragraph.text)}\n"
        case Kind.OWN:
            return quoted(paragraph.text)
        case Kind.FACT:
            return f"- {on_one_line(paragraph.label + paragraph.text)}\n"
        case Kind.NOTE:
            return f"{on_one_line(paragraph.text)}\n"


def on_one_line(text: str) -> str:
    """A text as one line of plain words."""
    return _escaped(" ".join(text.split())) or _NBSP


def quoted(text: str) -> str:
    """A text of any length as a quotation that keeps its lines."""
    lines = [_escaped(line) for line in _LINES.split(text.replace("\0", "\ufffd"))]
    return "\n".join(f"> {line}  " if line else "> " for line in lines) + "\n"


def _escaped(line: str) -> str:
    line = line.rstrip(" \t")
    body = line.lstrip(" \t")
    indent = _NBSP * (len(line) - len(body))  # four spaces would make it code
    body = _ANYWHERE.sub(r"\\\1", body.replace("\t", " "))
    found = _AT_START.match(body) if not indent else None
    if found is None:
        return indent + body
    end = found.end()
    if body[:end].isdigit():
        return f"{body[:end]}\\{body[end:]}"
    return f"\\{body}"
