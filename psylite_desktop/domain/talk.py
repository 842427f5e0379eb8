"""How a conversation goes on: what a message does, and how far the talk has come."""

from __future__ import annotations

from enum import StrEnum


class Move(StrEnum):
    """What a message does beside what it tells."""

    TELL = "tell"
    GREET = "greet"
    CHAT = "chat"
    REJOICE = "rejoice"
    WONDER = "wonder"  # sees, or looks for, a connection in what happens to them
    ASK_ADVICE = "ask_advice"
    ASK_EXERCISE = "ask_exercise"
    ASK_ABOUT = "ask_about"  # what the program is, keeps or can do
    LEAVE = "leave"


class Stage(StrEnum):
    """Clara Hill's three stages of helping (reference: seeds, stage tracking)."""

    EXPLORE = "explore"
    INSIGHT = "insight"
    ACTION = "action"


class Act(StrEnum):
    """What a message does while the talk stays with one situation."""

    MORE = "more"  # tells more of it
    TOLD = "told"  # tells something that happened, or agrees with what was said
    HURT = "hurt"
    BLAME = "blame"  # doubts or blames the writer
    STUCK = "stuck"
    WONDER = "wonder"
    SHORT = "short"
    ASK = "ask"
