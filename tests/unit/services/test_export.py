"""What leaves the vault: what was chosen, whole or not at all, and nothing in it runs."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import stat
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.ending import Ending
from psylite_desktop.domain.errors import ExportError, VaultError
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.export import ExportFormat, Scope
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.memory import MemoryNote
from psylite_desktop.domain.risk import Level
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.services import outgoing_file
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.export import ExportService, suggested_name
from psylite_desktop.services.export_formats.csv_zip import GUARD, guarded, table, unguarded
from psylite_desktop.services.export_formats.markdown import on_one_line, quoted
from psylite_desktop.services.export_names import ExportWords
from psylite_desktop.services.outgoing_file import write_whole
from tests.fakes.memory_vault import MemoryVault
from tests.fakes.outward import make_outward

NOON = datetime(2026, 11, 20, 12, 0).astimezone().timestamp()
TODAY = "2026-11-20"
WORDS = ExportWords({"role.user": "Me", "title": "Export"})


class Calm:
    def look(self, _text: str) -> None:
        raise AssertionError


@pytest.fixture
def vault() -> MemoryVault:
    vault = MemoryVault()
    number = vault.conversations.start(NOON)
    vault.conversations.append(
        number, Message(Role.USER, "=1+1 不想活了", created_at=NOON, level=2)
    )
    vault.conversations.append(
        number, Message(Role.ASSISTANT, "I am here.", created_at=NOON + 5, mode=Mode.CRISIS)
    )
    vault.conversations.rename(number, "title")
    vault.endings.save(Ending(number, ("one", "", "three"), "rest", NOON + 9))
    vault.check_ins.add(
        CheckIn(NOON, TODAY, 2, ("anxious",), ("own tag",), "a line", level=Level.CRISIS)
    )
    vault.check_ins.add(CheckIn(NOON - 86_400, "2026-11-19", 4))
    vault.journal.add(JournalEntry(0, NOON, TODAY, "=a page", "rain", Level.CRISIS, False, NOON))
    vault.exercise_runs.save(
        ExerciseRun("worry-time", "en", ("a",), {"a": "x", "b": 3, "c": ("y",)}, NOON, NOON, NOON)
    )
    phq9 = (("total", 10),)
    vault.scale_runs.add(ScaleRun("phq9", NOON, "en", phq9, (1, 1, 1, 1, 1, 1, 1, 1, 2)))
    vault.scale_runs.add(ScaleRun("gad7", NOON, "en", (("total", 7),), (1,) * 7))
    vault.safety_plan.save([PlanEntry(PlanStep.PEOPLE, "Mum 138", NOON)])
    vault.memory_notes.add(MemoryNote("likes tea", created_at=NOON))
    return vault


@pytest.fixture
def export(vault: MemoryVault) -> ExportService:
    service = make_outward(vault, Calm(), Clock(lambda: NOON))["export"]
    assert isinstance(service, ExportService)
    return service


def _data(export: ExportService, kind: ExportFormat, scope: Scope | None = None) -> bytes:
    scope = scope or Scope()
    encoder = export.encoder(kind, scope, lang="en", words=WORDS)
    job = export.job(scope, export.section_ids, encoder, None)
    assert job.run()
    return job.data


def test_the_preview_counts_what_comes(export: ExportService) -> None:
    counts = {part.section: part.count for part in export.preview(Scope())}
    assert counts == {
        "conversations": 2,
        "endings": 1,
        "check_ins": 2,
        "journal": 1,
        "exercises": 1,
        "scales": 2,
        "plan": 1,
        "memory": 1,
    }
    one_day = export.preview(Scope("2026-11-19", "2026-11-19"), {"check_ins", "conversations"})
    assert [(part.section, part.count) for part in one_day] == [
        ("conversations", 0),
        ("check_ins", 1),
    ]


def test_json_holds_everything_that_was_chosen(export: ExportService) -> None:
    made = json.loads(_data(export, ExportFormat.JSON))
    assert made["format"] == "psylite-export"
    assert made["version"] == 1
    assert list(made["sections"]) == list(export.section_ids)
    assert made["sections"]["conversations"][0]["text"] == "=1+1 不想活了"
    assert made["sections"]["exercises"][0]["answers"] == {"a": "x", "b": 3, "c": ["y"]}


def test_what_tells_of_danger_stays_unless_it_is_ticked(export: ExportService) -> None:
    text = _data(export, ExportFormat.JSON).decode()
    assert '"level"' not in text
    assert "crisis" not in text
    made = json.loads(text)["sections"]
    assert [run["answers"] for run in made["scales"]] == [[], [1] * 7]
    with_risk = json.loads(_data(export, ExportFormat.JSON, Scope(with_risk=True)))["sections"]
    assert with_risk["check_ins"][1]["level"] == 2
    assert with_risk["journal"][0]["level"] == 2
    assert with_risk["conversations"][1]["mode"] == "crisis"
    assert with_risk["scales"][0]["answers"][-1] == 2


def test_csv_is_one_table_a_kind(export: ExportService) -> None:
    with zipfile.ZipFile(io.BytesIO(_data(export, ExportFormat.CSV))) as archive:
        names = archive.namelist()
        raw = archive.read("conversations.csv")
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        check_ins = archive.read("check_ins.csv").decode("utf-8-sig")
    assert "check_ins.csv" in names
    assert raw.startswith(b"\xef\xbb\xbf")
    assert rows[0]["text"].startswith("'=1+1")
    assert rows[0]["role"] == "Me"
    assert "anxious" in check_ins
    assert "Low" in check_ins


def test_markdown_reads_like_a_letter(export: ExportService) -> None:
    text = _data(export, ExportFormat.MARKDOWN).decode()
    assert text.startswith("# Export\n")
    assert "> likes tea" in text
    assert "PHQ-9" in text
    assert "### 2026-11-20 · Low" in text


def test_names_say_nothing(export: ExportService) -> None:
    for kind in ExportFormat:
        assert suggested_name(TODAY, kind) == f"export-2026-11-20.{kind.value}"


TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@'\t\r\n\"\\,;＝"), max_size=40
)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_a_table_comes_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    made = table([{"a": one, "b": other} for one, other in rows])
    read = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert read[0] == ["a", "b"]
    assert [tuple(map(unguarded, row)) for row in read[1:]] == [(one, other) for one, other in rows]


@given(TEXT)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = guarded(text)
    assert cell[:1] not in set("=+-@\t\r\n＝＋－＠")
    if text[:1] in set("=+-@"):
        assert cell == GUARD + text
    assert unguarded(cell) == text


def _plain(tokens: list[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append(_plain(token.children or []))
            parts.append("\n")
        elif token.type in {"text", "text_special"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
    return "".join(parts)


MARKUP = st.text(
    st.sampled_from("#*_-+=~`<>[]()!|\\&;:/.123 \t\n\"'{}$^abc中文。http")
    | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=60,
)


@settings(max_examples=300)
@given(MARKUP)
def test_own_words_never_become_markup(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(quoted(text))
    allowed = {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline"}
    assert {token.type for token in tokens} <= allowed
    inline = {child.type for token in tokens for child in token.children or []}
    assert inline <= {"text", "text_special", "softbreak", "hardbreak"}
    said = "".join(_plain(tokens).split())
    assert said == "".join(text.replace("\0", "\ufffd").split())


@given(MARKUP)
def test_nor_do_titles(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(f"### {on_one_line(text)}\n")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert "".join(_plain(tokens).split()) == "".join(text.split())


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "export.json"
    target.write_text("before")
    assert write_whole(target, b"x" * 600_000)
    assert target.stat().st_size == 600_000
    assert [path.name for path in tmp_path.iterdir()] == ["export.json"]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_stopping_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "export.json"
    target.write_text("before")
    looks = iter([False, False, True])
    assert not write_whole(target, b"x" * 3_000_000, stopped=lambda: next(looks))
    assert target.read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "export_disk_full"),
        (errno.EACCES, "export_denied"),
        (errno.EROFS, "export_denied"),
        (errno.EIO, "export_failed"),
    ],
)
def test_a_failure_says_why_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_file: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(outgoing_file.os, "fsync", fail)
    target = tmp_path / "export.json"
    with pytest.raises(ExportError) as caught:
        write_whole(target, b"words")
    assert caught.value.code == code
    assert caught.value.facts["path"] == str(target)
    assert "words" not in str(caught.value)
    if code == "export_disk_full":
        assert caught.value.facts["missing"] >= 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_device_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = os.open

    def full(path: object, flags: int, mode: int = 0o777) -> int:
        return made("/dev/full" if str(path).endswith(".part") else path, flags & ~os.O_EXCL, mode)

    monkeypatch.setattr(outgoing_file.os, "open", full)
    with pytest.raises(ExportError) as caught:
        write_whole(tmp_path / "export.json", b"words")
    assert caught.value.code == "export_disk_full"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(ExportError) as caught:
        write_whole(folder / "export.json", b"x")
    assert caught.value.code == "export_denied"


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        write_whole(tmp_path / "gone" / "export.json", b"x")
    assert caught.value.code == "export_no_folder"


def test_a_stopped_export_leaves_no_file(
    export: ExportService, vault: MemoryVault, tmp_path: Path
) -> None:
    for number in range(300):
        vault.check_ins.add(CheckIn(NOON + number, TODAY, 3))
    encoder = export.encoder(ExportFormat.JSON, Scope(), lang="en", words=WORDS)
    job = export.job(Scope(), {"check_ins"}, encoder, tmp_path / "x.json")
    assert job.step().total == 302
    assert job.step().done == 100
    job.stop()
    assert not job.step().finished
    assert list(tmp_path.iterdir()) == []


def test_a_vault_that_fails_leaves_no_file(
    export: ExportService, vault: MemoryVault, tmp_path: Path
) -> None:
    encoder = export.encoder(ExportFormat.JSON, Scope(), lang="en", words=WORDS)
    job = export.job(Scope(), export.section_ids, encoder, tmp_path / "x.json")
    job.step()
    vault.failure = VaultError("vault_io")
    with pytest.raises(VaultError):
        job.run()
    assert list(tmp_path.iterdir()) == []


def test_other_versions_leave_in_the_own_format_alone(vault: MemoryVault) -> None:
    service = make_outward(vault, Calm(), Clock(lambda: NOON + 60))["export"]
    store = vault.conversations
    (talk,) = store.conversations()
    first, reply = store.messages(talk.id)
    store.replace_from(talk.id, reply.id, [Message(Role.ASSISTANT, "another", created_at=NOON)])
    store.replace_from(talk.id, first.id, [Message(Role.USER, "in other words", created_at=NOON)])
    for kind in ExportFormat:
        encoder = service.encoder(kind, Scope(), lang="en", words=WORDS)
        job = service.job(Scope(), ["conversations"], encoder, None)
        assert job.run()
        data = job.data
        if kind is ExportFormat.CSV:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = archive.read("conversations.csv")
        if kind is ExportFormat.PDF:
            data = repr(encoder.paragraphs).encode()  # type: ignore[attr-defined]
        text = data.decode("utf-8-sig")
        assert "in other words" in text
        assert ("another" in text) == (kind is ExportFormat.JSON)
        assert ("I am here." in text) == (kind is ExportFormat.JSON)
        assert ("number" in text) == (kind is ExportFormat.JSON)
    (row,) = json.loads(service_json(service))["sections"]["conversations"]
    assert [one["text"] for one in row["versions"]] == ["=1+1 不想活了", "I am here.", "another"]
    assert [one["mode"] for one in row["versions"]] == ["written"] * 3, "nothing tells of risk"
    assert "level" not in row["versions"][0]


def service_json(service: ExportService) -> bytes:
    encoder = service.encoder(ExportFormat.JSON, Scope(), lang="en", words=WORDS)
    job = service.job(Scope(), ["conversations"], encoder, None)
    assert job.run()
    return job.data
