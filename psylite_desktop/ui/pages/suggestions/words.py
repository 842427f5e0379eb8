"""Fixed words of suggestions: what a button does, why nothing is suggested, what was answered."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QObject

from psylite_desktop.domain.suggestion import (
    Answer,
    GivenAnswer,
    Item,
    ItemKind,
    NoReason,
    Source,
    SourceKind,
)


class SuggestionWords(QObject):
    """Texts in the language of now."""

    def open(self, item: Item) -> str:
        """What the main button of an item says."""
        said = {
            ItemKind.EXERCISE: self.tr("Look at the exercise"),
            ItemKind.ARTICLE: self.tr("Read it"),
            ItemKind.SCALE: self.tr("Look at the scale"),
            ItemKind.PLAN: self.tr("Open my plan"),
            ItemKind.HELP: self.tr("See who is there"),
            ItemKind.TALK: self.tr("Go to Talk"),
            ItemKind.CHECK_IN: self.tr("Check in"),
            ItemKind.JOURNAL: self.tr("Write a page"),
        }
        return said[item.kind]

    def source(self, source: Source) -> str:
        """Where the reason comes from, as a way there."""
        day = self.day(source.day)
        match source.kind:
            case SourceKind.CHECK_IN:
                return self.tr("Look at the check-in of {day}").format(day=day)
            case SourceKind.MESSAGE:
                return self.tr("Look at that talk, {day}").format(day=day)
            case SourceKind.ENTRY:
                return self.tr("Look at that page, {day}").format(day=day)
            case SourceKind.RUN:
                return self.tr("Look at what you wrote, {day}").format(day=day)

    def day(self, day: str) -> str:
        """A day as people say it."""
        found = date.fromisoformat(day)
        return QLocale().toString(QDate(found.year, found.month, found.day), self.tr("d MMMM"))

    def nothing(self, reason: NoReason) -> str:
        """Why nothing is suggested, in one true sentence."""
        said = {
            NoReason.REST: self.tr("No suggestions for a day, as you asked."),
            NoReason.DONE_TODAY: self.tr("Today's suggestion was made. Another may come tomorrow."),
            NoReason.AFTER_DANGER: self.tr(
                "Suggestions rest for now. Help and your plan are where they always are."
            ),
            NoReason.NO_WORDS: self.tr(
                "No suggestion: nothing from the last two weeks to go by, and none is made up."
            ),
            NoReason.NOTHING: self.tr("No suggestion: nothing stands out in the last two weeks."),
            NoReason.TOLD_LATELY: self.tr(
                "No new suggestion: what fits was offered within the last seven days."
            ),
            NoReason.TURNED_OFF: self.tr("No suggestion: what would fit, you have turned off."),
        }
        return said[reason]

    def answered(self, given: GivenAnswer, called: str) -> str:
        """What an answer does from now on; `called` is what it is about."""
        match given.answer:
            case Answer.NOT_NOW:
                return self.tr("Nothing is suggested for a day.")
            case Answer.NOT_THIS:
                return self.tr("“{title}” is not suggested any more.").format(title=called)
            case Answer.NOT_FOR_THIS:
                return self.tr("Nothing is suggested any more for this reason: {reason}.").format(
                    reason=called
                )
