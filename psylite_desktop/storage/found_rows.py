"""What can be read of a damaged database, table by table, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from psylite_desktop.domain.errors import VaultError
from psylite_desktop.storage.migrations import LATEST
from psylite_desktop.storage.raw_pages import RawPages
from psylite_desktop.storage.raw_rows import (
    HIGHEST,
    LEAF,
    LOWEST,
    Row,
    Tree,
    leaf_rows,
    page_type,
    read_tree,
)
from psylite_desktop.storage.table_shapes import Shape, shapes_of, table_of


@dataclass(slots=True)
class FoundTable:
    """Rows of one table by rowid, complete with it, and the rowids that may be missing."""

    shape: Shape
    rows: dict[int, Row] = field(default_factory=dict)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)

    def misses(self, rowid: int) -> bool:
        """Whether this row was on a page that cannot be read, as far as one can know."""
        if rowid in self.rows:
            return False
        return rowid in self.broken or any(low < rowid <= high for low, high in self.gaps)


@dataclass(slots=True)
class Found:
    """Everything that was found: content tables, the highest ids ever given, the schema."""

    version: int
    tables: dict[str, FoundTable]
    sequences: dict[str, int]


def find_rows(raw: RawPages, *, roots: dict[str, int], version: int) -> Found:
    """Look through all readable pages.

    `roots` (root pages by table) and `version` (the schema) are what a backup says; what the
    damaged database itself says comes first. Raises VaultError vault_newer.
    """
    version = _version(raw) or version
    if version > LATEST:
        raise VaultError("vault_newer", found=version, known=LATEST)
    shapes = shapes_of(version)
    roots = {**roots, **_roots(raw)}
    trees = {name: _tree(raw, roots.get(name), shape) for name, shape in shapes.items()}
    _add_strays(raw, shapes, trees)
    sequences = {
        str(row[0]): int(row[1])
        for row in trees["sqlite_sequence"].rows.values()
        if isinstance(row[1], int)
    }
    tables = {
        name: _table(shape, trees[name]) for name, shape in shapes.items() if shape.is_content
    }
    return Found(version, tables, sequences)


def _version(raw: RawPages) -> int:
    first = raw.pages.get(1)
    return int.from_bytes(first[60:64], "big") if first is not None else 0


def _roots(raw: RawPages) -> dict[str, int]:
    """Root pages by table, from the table of tables."""
    return {
        str(row[1]): row[3]
        for row in read_tree(raw, 1).rows.values()
        if len(row) == 5 and row[0] == "table" and isinstance(row[3], int) and row[3]
    }


def _tree(raw: RawPages, root: int | None, shape: Shape) -> Tree:
    if root is None:
        return Tree(gaps=[(LOWEST, HIGHEST)])
    tree = read_tree(raw, root)
    if not all(map(shape.fits, tree.rows.values())):
        # A root that a backup named is not the root of this table any more.
        return Tree(gaps=[(LOWEST, HIGHEST)])
    return tree


def _add_strays(raw: RawPages, shapes: dict[str, Shape], trees: dict[str, Tree]) -> None:
    """Give leaves that no branch leads to any more to the table that their rows fit."""
    if not raw.bad:
        return
    seen = set().union(*(tree.seen for tree in trees.values()), read_tree(raw, 1).seen)
    for number in raw.pages:
        if number in seen or page_type(number, raw.pages[number]) != LEAF:
            continue
        rows = dict(leaf_rows(raw, number))
        table = table_of(shapes, [row for row in rows.values() if row is not None])
        if table is None:
            continue
        tree = trees[table]
        for rowid, row in rows.items():
            if any(low < rowid <= high for low, high in tree.gaps) and rowid not in tree.rows:
                if row is None:
                    tree.broken.add(rowid)
                else:
                    tree.rows[rowid] = row


def _table(shape: Shape, tree: Tree) -> FoundTable:
    rows = {rowid: shape.whole(rowid, row) for rowid, row in sorted(tree.rows.items())}
    return FoundTable(shape, rows, tree.gaps, tree.broken - set(rows))
