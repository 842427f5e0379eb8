"""Reads a conversation from the vault, as Talk opens it."""

from __future__ import annotations

from psylite_desktop.domain.conversation import Conversation, Message
from psylite_desktop.domain.versions import OtherVersion
from psylite_desktop.services.history import HistoryService

Opened = tuple[Conversation | None, list[Message], list[OtherVersion]]
"""A conversation with its messages and their other versions; None and nothing for a new one."""


def newest(history: HistoryService) -> Opened:
    """The conversation used last. Raises VaultError."""
    found = history.page(limit=1)
    if not found:
        return None, [], []
    return found[0], history.open(found[0].id), history.versions(found[0].id)


def stored(history: HistoryService, conversation_id: int) -> Opened:
    """A conversation by its id. Raises VaultError."""
    messages = history.open(conversation_id)
    known = (c for c in history.page(limit=200) if c.id == conversation_id)
    fallback = Conversation(conversation_id, "", 0.0, 0.0, len(messages))
    return next(known, fallback), messages, history.versions(conversation_id)
