"""Why a reply is as it is, in a few plain sentences made by rules."""

from __future__ import annotations

from PySide6.QtCore import QObject

from psylite_desktop.domain.chat_events import Finished
from psylite_desktop.domain.conversation import Mode, Route
from psylite_desktop.ui.pages.talk.plain_text import shown
from psylite_desktop.ui.widgets.text import joined

_ENGINE = ("engine_", "model_", "retrieval_")


class ReplyReason(QObject):
    """Puts the reason of a turn into words."""

    def text(self, event: Finished) -> str:
        """Route, the words it rests on, who wrote the reply, and what stood beside it."""
        parts = [self._route(event.route)]
        if event.rests_on:
            words = self.tr("I went by “{words}”.")
            parts.append(words.format(words=shown(event.rests_on)))
        if event.passages and _is_of(event.passages[0].id, event.why):
            heard = self.tr("I heard this in it: “{title}”.")
            parts.append(heard.format(title=event.passages[0].title))
        parts.append(self._writer(event))
        if event.passages and event.reply.mode in (Mode.MODEL, Mode.PRACTICE):
            first = event.passages[0]
            beside = self.tr("Beside it stood the passage “{title}” (evidence {badge}).")
            parts.append(beside.format(title=first.title or first.id, badge=first.badge or "D"))
        if event.memories:
            used = self.tr("Used from what I remember: {notes}.")
            parts.append(used.format(notes=", ".join(f"“{shown(one)}”" for one in event.memories)))
        return joined(*parts)

    def _route(self, route: Route) -> str:
        said = {
            Route.EXPLORE: self.tr("You were telling me something, so I listened and asked."),
            Route.INSIGHT: self.tr(
                "You had told me a good deal, so I offered a connection to try on."
            ),
            Route.ACTION: self.tr(
                "It was time for something to do, so I looked for one small step."
            ),
            Route.JOY: self.tr("There was something good or light in it, so I stayed with that."),
            Route.SMALLTALK: self.tr("It sounded like a chat, so I kept it light."),
            Route.EXERCISE: self.tr("You wanted to calm down, so I gave a first step."),
            Route.GOODBYE: self.tr("You were leaving, so I said goodbye."),
            Route.ABOUT: self.tr("You asked about me, so I said what I am."),
            Route.WATCH: self.tr("Something in it may weigh more than it says, so I was careful."),
            Route.CRISIS: self.tr("I heard danger, so help and people come first."),
            Route.EMERGENCY: self.tr("I heard danger, so help and people come first."),
        }
        return said.get(route, self.tr("It asked for something I cannot give, so I said so."))

    def _writer(self, event: Finished) -> str:
        codes = event.why.split()
        match event.reply.mode:
            case Mode.PRACTICE:
                return self.tr("The small practice model wrote it.")
            case Mode.MODEL:
                return self.tr("The language model wrote it.")
            case Mode.CRISIS:
                return self.tr("The text was written beforehand for such moments.")
        if any(code.startswith("guard:") for code in codes):
            return self.tr(
                "What the model wrote was held back, so a sentence written beforehand stands here."
            )
        if any(code.startswith(_ENGINE) for code in codes):
            return self.tr("No model answered, so a sentence written beforehand stands here.")
        return self.tr("The sentence was written beforehand.")


def _is_of(passage: str, why: str) -> bool:
    """Whether a written reply is a passage's own sentence."""
    return bool({f"guided:say-{passage}", f"guided:moment-{passage}"} & set(why.split()))
