"""Makes the vault that the upgrade tests keep: `python -m tests.upgrade.make_vault FOLDER`.

Run once for each released schema, and never again for the same one. Writes the folder of one
profile and `expected.json`, which says how to open it and what must be found.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from psylite_desktop.domain.aside import AsideKind, AsideRating, ShownAside
from psylite_desktop.domain.check_in import CheckIn
from psylite_desktop.domain.conversation import Message, Mode, Role
from psylite_desktop.domain.correction import Correction, Verdict
from psylite_desktop.domain.ending import Ending
from psylite_desktop.domain.exercise import ExerciseRun
from psylite_desktop.domain.journal import JournalEntry
from psylite_desktop.domain.memory import MemoryNote, Topic
from psylite_desktop.domain.mirror import ClaimKind, MirrorCorrection
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.risk import Kind, Level, RiskState
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import AgeBand, PrivateSettings
from psylite_desktop.storage.keyslots import KdfCost
from psylite_desktop.storage.profiles import ProfileShelf

PASSPHRASE = "Ein alter Schlüssel 旧钥匙"
CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)

TALKS = {
    "考试周": ["最近考试让我很焦虑", "和室友吵架了😢", "a\u0301 \u202eabc\u202c \ufffd"],
    "": ["I had a fight with my roommate", "long " * 400],
}


def fill(vault: Vault) -> None:
    """Write something through every store."""
    for title, texts in TALKS.items():
        conversation = vault.conversations.start(1_790_000_000.0)
        for number, text in enumerate(texts):
            vault.conversations.append(
                conversation,
                Message(
                    role=Role.ASSISTANT if number % 2 else Role.USER,
                    text=text,
                    created_at=1_790_000_000.5 + number,
                    level=number % 4,
                    note="一段笔记" if number == 0 else "",
                    mode=Mode.PRACTICE,
                    complete=number != 1,
                ),
            )
        vault.conversations.rename(conversation, title)
    vault.risk_state.save(
        RiskState(
            level=Level.WATCH,
            kind=Kind.ABUSE,
            calm_turns=2,
            raised_at=1_790_000_001.0,
            turn=7,
            signals=(("burden", 3), ("hopeless", 5)),
            strong=True,
            misread=1,
        )
    )
    vault.settings.save(PrivateSettings(welcomed=True, age_band=AgeBand.ADULT, lock_after_min=9))
    vault.drafts.save("talk", "没写完的话")
    vault.safety_plan.save(
        [
            PlanEntry(PlanStep.ALONE, "散步\n听一首歌", 1_790_000_002.0),
            PlanEntry(PlanStep.PEOPLE, "my sister 😊", 1_790_000_003.5),
        ]
    )
    liked = vault.asides.add(ShownAside(AsideKind.CROSSTALK, "alarm-clock", 1_790_000_006.0))
    vault.asides.rate(liked.id, AsideRating.LIKED, at=1_790_000_007.0)
    vault.asides.add(ShownAside(AsideKind.ARTICLE, "why-worry-loops", 1_790_000_008.0))
    vault.scale_runs.add(ScaleRun("phq2", 1_790_000_009.0, "zh", (("total", 3),), answers=(1, 2)))
    vault.memory_notes.add(
        MemoryNote("考研在十二月", Topic.PLAN, "zh", created_at=1_790_000_010.0, pinned=True)
    )
    vault.endings.save(Ending(1, ("说了考试", "压得慌", "愿意先睡"), "早点睡", 1_790_000_011.0))
    vault.check_ins.add(CheckIn(1_790_000_012.0, "2026-09-21", 2, ("tired",), ("考试",), "累"))
    vault.exercise_runs.save(
        ExerciseRun(
            "sleep-line",
            "zh",
            ("line",),
            {"line": "睡了五个小时"},
            started_at=1_790_000_013.0,
            updated_at=1_790_000_014.0,
        )
    )
    _fill_journal(vault)
    _fill_versions(vault)
    for correction in (
        Correction(
            Verdict.MISREAD,
            Level.CRISIS,
            Kind.SUICIDE,
            rules=("zh.intent.not_live", "model.linear.suicide"),
            message_id=vault.conversations.messages(1)[0].id,
            at=1_790_000_004.0,
        ),
        Correction(Verdict.NOT_ABOUT_ME, Level.WATCH, Kind.NONE, at=1_790_000_005.0),
    ):
        vault.corrections.add(correction)


def _fill_versions(vault: Vault) -> None:
    """Another reply, and a message said in another way and brought back."""
    store = vault.conversations
    _question, reply = store.messages(2)
    store.replace_from(2, reply.id, [replace(reply, id=0, text="short", level=3)])
    store.show_version(2, reply.id)
    _first, second, _third = store.messages(1)
    store.replace_from(1, second.id, [replace(second, id=0, text="换个说法 😊")])
    store.show_version(1, second.id)


def _fill_journal(vault: Vault) -> None:
    page = vault.journal.add(
        JournalEntry(
            0,
            1_790_000_015.0,
            "2026-09-21",
            "下了一天雨",
            "雨",
            Level.WATCH,
            locked=True,
            updated_at=1_790_000_015.0,
            prompt_id="moment-sound",
        )
    )
    vault.journal.update(
        replace(page, text="下了一天雨，傍晚停了", updated_at=1_790_000_700.0),
        keep_at=1_790_000_700.5,
    )
    vault.mirror_corrections.add(
        MirrorCorrection(
            ClaimKind.THEME, "body", "下了一天雨", at=1_790_000_701.0, entry_id=page.id
        )
    )
    gone = vault.journal.add(replace(page, text="a page in the bin", title="", locked=False))
    vault.journal.delete(gone.id, at=1_790_000_702.0)


def contents(vault: Vault) -> dict[str, object]:
    """Everything in the vault as JSON values."""
    listed = vault.conversations.conversations()
    return {
        "conversations": [asdict(row) for row in listed],
        "messages": [[asdict(m) for m in vault.conversations.messages(row.id)] for row in listed],
        "other_versions": [
            [asdict(one) for one in vault.conversations.other_versions(row.id)] for row in listed
        ],
        "risk_state": asdict(vault.risk_state.load()),
        "settings": asdict(vault.settings.load()),
        "draft": vault.drafts.load("talk"),
        "plan": [asdict(entry) for entry in vault.safety_plan.entries()],
        "asides": [asdict(shown) for shown in vault.asides.since(0.0)],
        "scale_runs": [asdict(run) for run in vault.scale_runs.runs()],
        "memory_notes": [asdict(note) for note in vault.memory_notes.notes(1_790_000_020.0)],
        "endings": [
            None if (ending := vault.endings.load(row.id)) is None else asdict(ending)
            for row in listed
        ],
        "check_ins": [asdict(one) for one in vault.check_ins.between("2000-01-01", "2100-01-01")],
        "exercise_runs": [asdict(run) for run in vault.exercise_runs.open_runs()],
        "journal": [asdict(page) for page in vault.journal.entries()],
        "journal_bin": [asdict(one) for one in vault.journal.binned()],
        "journal_versions": [asdict(one) for one in vault.journal.revisions(1)],
        "mirror_corrections": [asdict(one) for one in vault.mirror_corrections.corrections()],
        "corrections": [asdict(correction) for correction in vault.corrections.corrections()],
    }


def main() -> None:
    """Make the folder named by the first argument."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        shelf = ProfileShelf(Path(temporary))
        new, vault = shelf.create(PASSPHRASE, label="teal-1", cost=CHEAP)
        fill(vault)
        expected = {
            "folder": new.profile.folder,
            "passphrase": PASSPHRASE,
            "recovery_code": new.recovery_code,
            "contents": contents(vault),
        }
        vault.close()
        for name in ("header.json", "header.json.1", "vault.db"):
            shutil.copy(Path(temporary) / new.profile.folder / name, target / name)
    text = json.dumps(expected, ensure_ascii=True, indent=1)
    (target / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
