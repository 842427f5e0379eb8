"""Reports of evaluations: figures as JSON, the same as Markdown tables, and what was measured."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A table for reading; cells are texts already."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report: for people a title, lines of facts and tables; for programs `data`."""

    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    data: Mapping[str, object]


def file_facts(path: Path) -> dict[str, str | int]:
    """Name, size and SHA-256 of a file: of a model, or of cases. Raises OSError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"file": path.name, "bytes": file.tell(), "sha256": digest}


def markdown(report: Report) -> str:
    """The report as Markdown."""
    lines = [f"# {_flat(report.title)}", ""]
    lines += [f"- {_flat(name)}: {_flat(value)}" for name, value in report.facts]
    for table in report.tables:
        lines += ["", f"## {_flat(table.title)}", "", _row(table.columns)]
        lines += [_row(["---", *["---:"] * (len(table.columns) - 1)])]
        lines += [_row(cells) for cells in table.rows]
    return "\n".join(lines) + "\n"


def as_json(data: Mapping[str, object]) -> str:
    """One JSON object; numbers that JSON does not know become null."""
    return json.dumps(_finite(data), ensure_ascii=False, indent=1) + "\n"


def as_lines(rows: Iterable[Mapping[str, object]]) -> str:
    """JSON lines."""
    return "".join(json.dumps(_finite(row), ensure_ascii=False) + "\n" for row in rows)


def number(value: object, digits: int = 3) -> str:
    """A number as a cell; a dash for nothing."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return _NOTHING
    return str(value) if isinstance(value, int) else f"{value:.{digits}f}"


def share(value: object) -> str:
    """A share and its interval as a cell; `value` is as `Share.as_dict` gives it."""
    if not isinstance(value, dict) or value["share"] is None:
        return _NOTHING
    low, high = value["interval"]
    counts = f"{value['hits']}/{value['total']}"
    return f"{counts} = {value['share']:.3f} [{low:.3f}, {high:.3f}]"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_flat(cell).replace("|", "\\|") for cell in cells) + " |"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(name): _finite(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(one) for one in value]
    return value
