"""Shapes of the content files, checked by msgspec; an unknown or missing field is an error.

Every file says where its text comes from (`Provenance`); zh and en twins share ids.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from psylite_desktop.domain.talk import Act

Lang = Annotated[str, msgspec.Meta(pattern="^(zh|en)$")]
Id = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_-]*$", max_length=60)]
Sentence = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A date as YYYY-MM-DD."""


class Provenance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a file's text comes from and when a person last read it through."""

    lang: Lang
    source: Annotated[str, msgspec.Meta(min_length=1)]
    licence: Annotated[str, msgspec.Meta(min_length=1)]
    reviewed_on: Day


class ExamplePair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody writes, and a reply as it should sound."""

    says: Sentence
    reply: Sentence


class PromptFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """prompts.toml: the system prompt, examples, one instruction a route, templates for notes."""

    about: Provenance
    system: dict[Id, Sentence]
    examples: tuple[ExamplePair, ...]
    routes: dict[Id, Sentence]
    notes: dict[Id, Sentence]


class GuidedTag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A situation and the words that point to it.

    In English a word stands for itself only; a trailing `*` lets it go on (`sleep*`).
    `weight` lets rare, telling situations win over general ones. `label` is what the situation
    is called when the talk comes back to it; a `feeling` says how somebody is in a situation.
    """

    keywords: tuple[str, ...]
    weight: float = 1.0
    label: str = ""
    feeling: bool = False


class SituationsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """guided/situations.toml: situations with their words."""

    about: Provenance
    tags: dict[Id, GuidedTag]


class GuidedItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One reply written beforehand.

    `stage` is where in a talk it fits. `{quote}` in the text stands for a phrase of the person's
    own, `{topic}` for the label of a situation they spoke of before. One with an `act` goes on with
    a situation that is spoken of already, where the newest message does just that. A `scene` is
    asked for only where the message does not tell one.
    """

    id: Id
    tags: tuple[Id, ...]
    text: Sentence
    stage: Annotated[str, msgspec.Meta(pattern="^(any|explore|insight|action)$")] = "any"
    act: Act | None = None
    scene: bool = False


class GuidedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """guided/*.toml but situations.toml: replies."""

    about: Provenance
    reply: tuple[GuidedItem, ...]


class TerminalFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """terminal.toml: sections of sentences; an id is `section.key`."""

    about: Provenance
    texts: dict[Id, dict[Id, Sentence]]


class MomentItem(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"found": "any", "never": "not"},
):
    """A moment of a talk: what it is, four answers, and the patterns that hear it."""

    id: Id
    title: Sentence
    when: Sentence
    say: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=4, max_length=4)]
    found: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    glad: bool = False
    asked: bool = False


class MomentsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """corpora/moments/LANG/*.toml."""

    passage: tuple[MomentItem, ...]


class WordsEntry(msgspec.Struct, frozen=True, rename={"found": "any", "never": "not"}):
    """Patterns that speak for something, and against it."""

    found: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1)]
    never: tuple[Sentence, ...] = ()


class MoveEntry(
    WordsEntry, frozen=True, forbid_unknown_fields=True, rename={"found": "any", "never": "not"}
):
    """How one move sounds; `only_short`: words or characters that the message may have, 0 any."""

    name: Id = ""
    only_short: int = 0


class MovesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """moves.toml: what messages do, and what they do while the talk stays with one thing."""

    about: Provenance
    move: tuple[MoveEntry, ...]
    act: tuple[MoveEntry, ...]
    feeling: WordsEntry


class QuotingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Leads that are left out of a quoted phrase, and patterns of what is never quoted."""

    lead: tuple[Sentence, ...]
    never: tuple[Sentence, ...]


class QuotingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """quoting.toml: which phrases may be quoted."""

    about: Provenance
    phrase: QuotingWords


class ChoiceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a choice between two ways (groups `one`, `other`), or for or against one, is heard.

    `lead` is left out of a way; one in which a pattern of `never` stands is none.
    """

    between: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1)]
    whether: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1)]
    lead: tuple[Sentence, ...]
    never: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1)]


class ChoiceItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reply with the slots `{one}` and `{other}`."""

    id: Id
    text: Sentence


class ChoiceReplies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Replies where both ways are named, and where one is."""

    between: Annotated[tuple[ChoiceItem, ...], msgspec.Meta(min_length=1)]
    whether: Annotated[tuple[ChoiceItem, ...], msgspec.Meta(min_length=1)]


class ChoicesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """choices.toml: somebody between two ways."""

    about: Provenance
    hear: ChoiceWords
    reply: ChoiceReplies


class HumorFallback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to search with where the person's words name no topic."""

    query: Sentence


class HumorBars(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Situations (tags of guided/situations.toml) in which nothing is shown."""

    situations: tuple[Id, ...]


class HumorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """humor.toml: signs that something light is welcome, what bars it, what a piece must not meet.

    `taboo` names for each mark of a piece the situations (tags of guided/situations.toml) in
    which it is not shown. `loose` are words that bar only where the whole does not sound light:
    alone they prove nothing.
    """

    about: Provenance
    asked: WordsEntry
    joked: WordsEntry
    relieved: WordsEntry
    block: WordsEntry
    loose: WordsEntry
    bars: HumorBars
    fallback: HumorFallback
    taboo: dict[Id, tuple[Id, ...]]


class MemoryPattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to say something worth keeping: named groups of `find` fill `template`."""

    topic: Annotated[str, msgspec.Meta(pattern="^(wish|plan|liking|help|life)$")]
    find: Sentence
    template: Sentence


class MemoryWordsEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How clauses are cut, and what keeps one from being offered.

    `plain` are words that look like names and are none.
    """

    cut: Sentence
    never: tuple[Sentence, ...]
    sensitive: tuple[Sentence, ...]
    plain: tuple[Sentence, ...]


class MemoryPrompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How notes stand in a prompt; `{notes}` in `line`, `between` them."""

    line: Annotated[str, msgspec.Meta(pattern=r"\{notes\}")]
    between: str


class MemoryFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """memory.toml: what may be offered to be remembered."""

    about: Provenance
    pattern: tuple[MemoryPattern, ...]
    words: MemoryWordsEntry
    prompt: MemoryPrompt


Wordings = Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=2)]
"""The same thing said in several ways."""


class GoodbyeTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said above the lines; `guarded` where there was danger in the talk."""

    plain: Wordings
    guarded: Wordings


class ClosingLines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Templates of the three lines, with the slots {topic}, {other} and {quote}."""

    one_topic: Wordings
    two_topics: Wordings
    no_topic: Wordings
    weighs: Wordings
    lightens: Wordings
    no_quote: Wordings
    saw: Wordings
    saw_plain: Wordings
    eased: Wordings
    came: Wordings
    guarded: Wordings


class StepTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A next step for a talk that held danger: a person, or the plan."""

    texts: Wordings


class ClosingStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A small next step that fits some situations."""

    id: Id
    tags: tuple[Id, ...]
    texts: Wordings


class ClosingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """closing.toml: how a talk is closed; `own` finds a plan in the person's words."""

    about: Provenance
    goodbye: GoodbyeTexts
    lines: ClosingLines
    guarded_step: StepTexts
    own: WordsEntry
    step: tuple[ClosingStep, ...]
