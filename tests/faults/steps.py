"""What can be done to an open vault, one function a kind of operation.

Each looks at what the vault holds and at the operation's text and draw (0 to 1), and at nothing
else, so that the same operations lead to the same contents in every vault. A new kind is a
function here and a line in `STEPS`; what it writes belongs into `operations.snapshot`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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
from psylite_desktop.domain.rating import ReplyRating
from psylite_desktop.domain.risk import Kind, Level, RiskState, Who
from psylite_desktop.domain.safety_plan import PlanEntry, PlanStep
from psylite_desktop.domain.scale import ScaleRun
from psylite_desktop.domain.settings import PrivateSettings
from psylite_desktop.domain.suggestion import Answer as SuggestionAnswer
from psylite_desktop.domain.suggestion import GivenAnswer, Offer
from psylite_desktop.domain.suggestion import Place as SuggestionPlace

CANARY = "zugvogelcanary"
CANARY_HAN = "金丝雀在矿井里"
EMBEDDER = "embedder of the tests"

Step = Callable[[Vault, str, float], None]


def _chosen(vault: Vault, draw: float) -> int:
    """A conversation that holds messages; 0 where there is none."""
    listed = vault.conversations.conversations(limit=1000)
    return listed[int(draw * len(listed))].id if listed else 0


def _said(text: str, draw: float) -> Message:
    return Message(Role.USER, text, created_at=draw * 1000, note=CANARY, complete=False)


def _append(vault: Vault, text: str, draw: float) -> None:
    chosen = _chosen(vault, draw)
    conversation = chosen if chosen and draw > 0.2 else vault.conversations.start(draw)
    vault.conversations.append(conversation, _said(text, draw))


def _update(vault: Vault, text: str, draw: float) -> None:
    for message in vault.conversations.messages(_chosen(vault, draw))[-1:]:
        vault.conversations.update(
            replace(message, text=text, mode=Mode.MODEL, complete=draw > 0.5)
        )


def _note(vault: Vault, text: str, draw: float) -> None:
    for message in vault.conversations.messages(_chosen(vault, draw))[-1:]:
        vault.conversations.set_note(message.id, text)


def _edit(vault: Vault, text: str, draw: float) -> None:
    chosen = _chosen(vault, draw)
    for message in vault.conversations.messages(chosen)[-2:][:1]:
        answer = Message(Role.ASSISTANT, text, created_at=draw * 1000, mode=Mode.PRACTICE)
        vault.conversations.replace_from(chosen, message.id, [_said(text, draw), answer])


def _version(vault: Vault, text: str, draw: float) -> None:
    chosen = _chosen(vault, draw)
    others = vault.conversations.other_versions(chosen)
    if others and draw > 0.2:
        found = others[int(draw * 1_000) % len(others)]
        vault.conversations.show_version(chosen, found.message.id)
        return
    for message in vault.conversations.messages(chosen)[-1:]:  # another reply is asked for
        vault.conversations.replace_from(chosen, message.id, [_said(text, draw)])


def _drop(vault: Vault, text: str, draw: float) -> None:
    chosen = _chosen(vault, draw)
    for message in vault.conversations.messages(chosen)[-1:]:
        vault.conversations.drop_from(chosen, message.id)


def _rename(vault: Vault, text: str, draw: float) -> None:
    chosen = _chosen(vault, draw)
    if chosen:
        vault.conversations.rename(chosen, text[:80])


def _delete(vault: Vault, text: str, draw: float) -> None:
    vault.conversations.delete(_chosen(vault, draw))


def _search(vault: Vault, text: str, draw: float) -> None:
    """Search while a write waits behind it; what is found must be what stood there before."""
    chosen = _chosen(vault, draw) or vault.conversations.start(draw)
    held = [message.id for message in vault.conversations.messages(chosen)]
    found = vault.submit(lambda: vault.conversations.search(CANARY_HAN, limit=100_000))
    vault.conversations.append(chosen, _said(text, draw))
    in_it = {hit.message_id for hit in found.result() if hit.conversation_id == chosen}
    assert in_it == set(held), "search found something else than what was stored"


def _correction(vault: Vault, text: str, draw: float) -> None:
    messages = vault.conversations.messages(_chosen(vault, draw))[-1:]
    about = messages[0].id if messages and draw > 0.3 else None
    vault.corrections.add(
        Correction(Verdict.MISREAD, Level.WATCH, Kind.NONE, message_id=about, at=draw)
    )


def _ending(vault: Vault, text: str, draw: float) -> None:
    chosen = _chosen(vault, draw)
    if chosen:
        vault.endings.save(Ending(chosen, (text, CANARY, ""), CANARY_HAN, draw))


def _draft(vault: Vault, text: str, draw: float) -> None:
    vault.drafts.save("talk", text if draw > 0.2 else "")


def _settings(vault: Vault, text: str, draw: float) -> None:
    vault.settings.save(PrivateSettings(welcomed=True, lock_after_min=1 + int(draw * 60)))


def _risk(vault: Vault, text: str, draw: float) -> None:
    vault.risk_state.save(RiskState(Level(int(draw * 4)), Kind.SUICIDE, Who.OTHER, raised_at=draw))


def _plan(vault: Vault, text: str, draw: float) -> None:
    step = list(PlanStep)[int(draw * len(PlanStep))]
    vault.safety_plan.save([PlanEntry(step, text if draw > 0.1 else "", draw)])


def _check_in(vault: Vault, text: str, draw: float) -> None:
    store, latest = vault.check_ins, vault.check_ins.latest()
    if latest is None or draw < 0.6:
        day = f"2026-01-{1 + int(draw * 28):02d}"
        store.add(CheckIn(draw, day, 1 + int(draw * 5), tags=(CANARY_HAN,), note=text))
    elif draw < 0.8:
        store.update(replace(latest, note=text, level=Level.WATCH))
    elif draw < 0.9:
        store.raise_level(latest.id, Level.CRISIS)
    else:
        store.delete(latest.id)


def _exercise(vault: Vault, text: str, draw: float) -> None:
    store, runs = vault.exercise_runs, vault.exercise_runs.open_runs()
    if not runs or draw < 0.4:
        run = ExerciseRun("sleep-line", "zh", ("line",), {"line": text, "list": (text, CANARY)})
        store.save(replace(run, started_at=draw, updated_at=draw))
    elif draw < 0.7:
        store.save(replace(runs[0], path=("line", "next"), answers={"line": text}, updated_at=draw))
    elif draw < 0.9:
        store.save(replace(runs[0], answers={"line": text}, updated_at=draw, finished_at=draw))
    else:
        store.delete(runs[0].id)


def _scale(vault: Vault, text: str, draw: float) -> None:
    runs = vault.scale_runs.runs()
    if runs and draw > 0.8:
        vault.scale_runs.delete(runs[0].id)
    else:
        points = int(draw * 4)
        vault.scale_runs.add(ScaleRun("phq2", draw, "zh", (("total", points),), (points, None)))


def _aside(vault: Vault, text: str, draw: float) -> None:
    shown = vault.asides.since(0.0)
    if shown and draw > 0.5:
        vault.asides.rate(shown[-1].id, AsideRating.LIKED if draw > 0.7 else None, at=1 + draw)
    else:
        vault.asides.add(ShownAside(AsideKind.CROSSTALK, "alarm-clock", 1 + draw))


def _memory(vault: Vault, text: str, draw: float) -> None:
    store, notes = vault.memory_notes, vault.memory_notes.notes(0.0)
    if not notes or draw < 0.5:
        messages = vault.conversations.messages(_chosen(vault, draw))[-1:]
        about = messages[0].id if messages else None
        store.add(MemoryNote(text, Topic.PLAN, "zh", message_id=about, expires_at=1 + draw))
    elif draw < 0.7:
        store.update(replace(notes[0], text=text, pinned=draw > 0.6))
    elif draw < 0.85:
        store.set_vector(notes[0].id, [0.5, -0.25, float(draw > 0.8)], EMBEDDER)
    else:
        store.delete(notes[-1].id)


def _journal(vault: Vault, text: str, draw: float) -> None:
    store, listed, binned = vault.journal, vault.journal.entries(), vault.journal.binned()
    chosen = listed[int(draw * 1_000) % len(listed)] if listed else None
    if chosen is None or draw < 0.3:
        day = f"2026-01-{1 + int(draw * 90):02d}"
        store.add(JournalEntry(0, draw, day, text, text[:60], Level.NONE, draw > 0.1, draw))
    elif draw < 0.7:
        changed = replace(chosen, text=text, level=Level.WATCH, updated_at=draw)
        store.update(changed, keep_at=draw if draw < 0.5 else None)
    elif draw < 0.8:
        store.delete(chosen.id, at=draw)
    elif draw < 0.9 and binned:
        store.restore(binned[0].entry.id)
    else:
        store.erase((binned[0].entry if binned else chosen).id)


def _rating(vault: Vault, text: str, draw: float) -> None:
    for message in vault.conversations.messages(_chosen(vault, draw))[-1:]:
        mark = None if draw > 0.8 else 1 + int(draw * 5)
        vault.ratings.save(ReplyRating(message.id, mark, at=draw, model=CANARY))


def _suggestion(vault: Vault, text: str, draw: float) -> None:
    store, offers = vault.suggestions, vault.suggestions.since(0.0)
    if not offers or draw < 0.5:
        store.add(Offer(CANARY_HAN, "exercise:sleep-line", draw, SuggestionPlace.HOME))
    elif draw < 0.7:
        store.note_opened(offers[-1].id, draw)
    elif draw < 0.9:
        store.answer(GivenAnswer(SuggestionAnswer.NOT_THIS, "exercise:sleep-line", draw))
    else:
        store.take_back(SuggestionAnswer.NOT_THIS, "exercise:sleep-line")


def _mirror(vault: Vault, text: str, draw: float) -> None:
    store, kept = vault.mirror_corrections, vault.mirror_corrections.corrections()
    if kept and draw > 0.7:
        store.remove(kept[0])
    else:
        store.add(MirrorCorrection(ClaimKind.THEME, "study", text[:40], draw))


STEPS: dict[str, Step] = {
    "append": _append,
    "update": _update,
    "note": _note,
    "edit": _edit,
    "version": _version,
    "drop": _drop,
    "rename": _rename,
    "delete": _delete,
    "search": _search,
    "correction": _correction,
    "ending": _ending,
    "draft": _draft,
    "settings": _settings,
    "risk": _risk,
    "plan": _plan,
    "check_in": _check_in,
    "exercise": _exercise,
    "scale": _scale,
    "aside": _aside,
    "memory": _memory,
    "journal": _journal,
    "rating": _rating,
    "suggestion": _suggestion,
    "mirror": _mirror,
}
"""Every kind of operation on an open vault, by name."""
