"""Puts a talk from a file into the vault, with what is not shown of it."""

from __future__ import annotations

from psylite_desktop.domain.imports import BroughtTalk
from psylite_desktop.domain.ports import ConversationStore
from psylite_desktop.domain.versions import Versions


def add_talk(store: ConversationStore, conversation_id: int, talk: BroughtTalk) -> None:
    """Say everything again in the order in which it was said, and show what was shown of it.

    Raises VaultError.
    """
    if not talk.others:
        for message in talk.messages:
            store.append(conversation_id, message)
        return
    numbers = [message.id for message in talk.messages]
    others = [(one.message.id, one.after, one.gave_way) for one in talk.others]
    tree = Versions(numbers, others)
    messages = [*talk.messages, *(one.message for one in talk.others)]
    ids: dict[int, int] = {0: 0}
    shown: list[int] = []
    for message in sorted(messages, key=lambda one: one.id):
        before = ids[tree.before(message.id)]
        if before and before not in shown:
            store.show_version(conversation_id, before)
            shown = [one.id for one in store.messages(conversation_id)]
        giving_way = next((key for key in shown if key > before), 0)
        if giving_way:
            (stored,) = store.replace_from(conversation_id, giving_way, [message])
        else:
            stored = store.append(conversation_id, message)
        shown = [*(key for key in shown if key <= before), stored.id]
        ids[message.id] = stored.id
    if ids[numbers[-1]] not in shown:
        store.show_version(conversation_id, ids[numbers[-1]])
