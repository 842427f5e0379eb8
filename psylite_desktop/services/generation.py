"""Writing one reply with the model: passage, prompt, stream, guard, and the net below.

A sentence is shown only after it passed the guard. Where no model is chosen, when the practice
model leaves the path, or the engine fails before anything was shown, a guided reply takes its
place: nobody is left without an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from psylite_desktop.content.prompts import Prompts
from psylite_desktop.domain.chat_events import (
    ChatEvent,
    Phase,
    Progressed,
    Replaced,
    Thought,
    Timings,
    Wrote,
)
from psylite_desktop.domain.conversation import Mode, Route
from psylite_desktop.domain.errors import PsyLiteError, VaultError
from psylite_desktop.domain.passage import Near
from psylite_desktop.domain.ports import (
    Generated,
    ModelInfo,
    PassageIndex,
    Sampling,
    TextModel,
    Turn,
)
from psylite_desktop.safety.guard import OutputGuard, split_sentences
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.guided import GuidedTalk
from psylite_desktop.services.nearby import Nearby
from psylite_desktop.services.prompt_window import CHARACTERS_A_TURN, Frame, PromptWindow
from psylite_desktop.services.prompting import shortened
from psylite_desktop.services.recall import Recall, Recalled
from psylite_desktop.services.reply_draft import Draft

PRACTICE_SAMPLING = Sampling(temperature=0.35, top_k=10, top_p=0.9, max_tokens=80)
MODEL_SAMPLING = Sampling(temperature=0.7, max_tokens=220)

PRACTICE_LANGUAGES = ("zh",)
"""What the practice model can write; its English words are broken (see its card)."""

NOT_FOR_PRACTICE = frozenset({Route.WATCH, Route.SMALLTALK})
"""Where a worry stands too much depends on each word, and it hears trouble in a greeting."""

PRACTICE_SENTENCES = 3
"""A practice model wanders the longer it writes, and short turns are the house style."""

NEAR_S = 1.5
"""Seconds that a written reply waits for passages; without any it goes by words alone."""

FAILED_SENTENCES = 2
"""A larger model may lose this many sentences to the guard before its reply is ended."""

_MAY_BE_THOUGHT = frozenset({None, "leak"})
"""A thought may speak of what the model was told; everything else that is wrong stays wrong."""


def sampling_for(info: ModelInfo) -> Sampling:
    """How replies of a model are drawn."""
    return PRACTICE_SAMPLING if info.practice else MODEL_SAMPLING


@dataclass(frozen=True, slots=True)
class Background:
    """What a larger model may be told of the person beside their message.

    `how_today` gives today's check-in in one line of a language, empty where there is none or the
    person keeps it to themselves; it raises VaultError.
    """

    recall: Recall
    how_today: Callable[[str], str]


class ReplyWriter:
    """Makes replies: written beforehand, or with a language model under guard."""

    def __init__(
        self,
        *,
        model: TextModel,
        index: PassageIndex,
        guided: GuidedTalk,
        prompts: Prompts,
        guard: OutputGuard,
        background: Background,
        clock: Clock,
    ) -> None:
        self._background = background
        self.window = PromptWindow(model.count_tokens, prompts)
        """What of a talk stands in prompts, here and for whoever reads ahead."""
        self._model = model
        self._nearby = Nearby(index)
        self._guided = guided
        self._prompts = prompts
        self._guard = guard
        self._clock = clock

    def write(self, draft: Draft, cancelled: Callable[[], bool]) -> Iterator[ChatEvent]:
        """Write a reply into `draft`, yielding what the window should show."""
        if not self._model.is_chosen():
            yield Progressed(draft.request_id, Phase.SEARCHING)
            end = self._clock.monotonic() + NEAR_S

            def late() -> bool:
                return cancelled() or self._clock.monotonic() > end

            if not self._nearby.message(draft, late):
                self._nearby.rest(draft, late)
            if not cancelled():
                yield from self.write_guided(draft)
            return
        try:
            yield Progressed(draft.request_id, Phase.LOADING)
            info = self._model.info(cancelled)
            if info.practice and draft.lang not in PRACTICE_LANGUAGES:
                draft.why.append("practice_language")
            elif info.practice and draft.route in NOT_FOR_PRACTICE:
                draft.why.append("practice_route")
            else:
                yield from self._write(draft, info, cancelled)
        except PsyLiteError as error:
            draft.why.append(error.code)
            draft.complete = False
        if not draft.sentences and not cancelled():
            yield from self.write_guided(draft)

    def write_guided(self, draft: Draft) -> Iterator[ChatEvent]:
        """Answer without a model."""
        reply = self._guided.reply(
            draft.texts,
            draft.shown,
            lang=draft.lang,
            stage=draft.stage,
            tags=draft.tags,
            near=Near() if draft.level and not draft.is_felt else draft.near,
        )
        draft.sentences = [reply.text]
        draft.mode = Mode.WRITTEN
        draft.complete = True
        draft.memories = ()
        draft.why.append(f"guided:{reply.id}")
        draft.rests_on = draft.rests_on or reply.quote
        if reply.meant is not None:
            rest = (one for one in draft.passages if one.id != reply.meant.id)
            draft.passages = (reply.meant, *rest)
        yield Replaced(draft.request_id, reply.text, Mode.WRITTEN)

    def _write(
        self, draft: Draft, info: ModelInfo, cancelled: Callable[[], bool]
    ) -> Iterator[ChatEvent]:
        draft.mode = Mode.PRACTICE if info.practice else Mode.MODEL
        yield Progressed(draft.request_id, Phase.SEARCHING)
        self._ground(draft, info, cancelled)
        if cancelled():
            draft.complete = False
            return
        sampling = sampling_for(info)
        frame = Frame(draft.lang, info, sampling.max_tokens)
        turns = self.window.for_reply(draft.history, frame)
        yield from self._stream(draft, turns, sampling, cancelled)

    def _ground(self, draft: Draft, info: ModelInfo, cancelled: Callable[[], bool]) -> None:
        """Find a passage for the newest turn.

        A note that already stands in the history is kept verbatim, because the engine has read
        it and a change would make it read everything again.
        """
        if code := self._nearby.message(draft, cancelled):
            draft.why.append(code)
        recalled = self._recalled(draft, info, cancelled)
        draft.memories = recalled.texts
        parts = (self._note(draft, info), self._today(draft, info), recalled.line)
        draft.note = draft.user.note or "\n".join(part for part in parts if part)
        draft.history[-1] = replace(draft.user, note=draft.note)

    def _recalled(self, draft: Draft, info: ModelInfo, cancelled: Callable[[], bool]) -> Recalled:
        """Notes that fit the newest message, for models that can do something with them.

        Where things are heavy nothing is brought up that the person did not bring up now.
        """
        if info.practice or draft.level or cancelled():
            return Recalled()
        try:
            if draft.user.note:
                return Recalled(texts=self._background.recall.used_in(draft.user.note))
            return self._background.recall.line(
                shortened(draft.user.text, CHARACTERS_A_TURN),
                draft.lang,
                lambda line: self._model.count_tokens([Turn("user", line)])[0],
            )
        except VaultError as error:
            draft.why.append(error.code)
            return Recalled()

    def _today(self, draft: Draft, info: ModelInfo) -> str:
        """How the person was today, once a talk, for models that can do something with it."""
        if info.practice or draft.level or len(draft.texts) > 1:
            return ""
        try:
            return self._background.how_today(draft.lang)
        except VaultError as error:
            draft.why.append(error.code)
            return ""

    def _note(self, draft: Draft, info: ModelInfo) -> str:
        """One model sentence for a practice model; passage and instruction for a larger one."""
        found = draft.near.message
        if info.practice:
            return found[0].passage.say if found else ""
        instruction = self._prompts.instruction(draft.lang, draft.route)
        passage = self._prompts.note(draft.lang, found[0].passage) if found else ""
        return "\n".join(part for part in (instruction, passage) if part)

    def _stream(
        self,
        draft: Draft,
        turns: Sequence[Turn],
        sampling: Sampling,
        cancelled: Callable[[], bool],
    ) -> Iterator[ChatEvent]:
        enough = False
        buffer = ""
        last = Generated()
        steps = self._model.generate(turns, sampling, lambda: enough or cancelled())
        with closing(steps):  # type: ignore[type-var]
            for last in steps:
                if last.to_read:
                    share = last.read / last.to_read
                    yield Progressed(draft.request_id, Phase.READING, share)
                if last.thought:
                    yield from self._think(draft, last.thought)
                if not last.text or enough:
                    continue
                if draft.timings.first_token_s is None:
                    draft.timings = Timings(first_token_s=self._clock.monotonic() - draft.started)
                    yield Progressed(draft.request_id, Phase.WRITING)
                complete, buffer = split_sentences(buffer + last.text)
                for sentence in complete:
                    if enough:
                        break
                    yield from self._offer(draft, sentence)
                    enough = self._is_enough(draft)
        if not enough and not cancelled():
            yield from self._offer_rest(draft, buffer, hit_limit=not last.stopped)
        draft.complete = not cancelled()
        draft.timings = replace(
            draft.timings,
            prompt_tokens_evaluated=last.prompt_tokens_evaluated,
            reply_tokens=last.reply_tokens,
        )

    def _think(self, draft: Draft, text: str) -> Iterator[ChatEvent]:
        """Hand on what was thought, whole sentences that the guard lets pass.

        Where things are heavy nobody is shown what a model thinks of them.
        """
        if not draft.is_thinking:
            draft.is_thinking = True
            yield Progressed(draft.request_id, Phase.THINKING)
        complete, draft.thought = split_sentences(draft.thought + text)
        for sentence in complete:
            if draft.level or not sentence.strip():
                continue
            code = self._guard.check(
                sentence, level=draft.level, lang=draft.lang, shown=[], user_text=draft.user.text
            )
            if code in _MAY_BE_THOUGHT:
                yield Thought(draft.request_id, sentence)

    def _offer(self, draft: Draft, sentence: str) -> Iterator[ChatEvent]:
        """Show a sentence if the guard lets it pass, else note why not."""
        if not sentence.strip():
            return
        code = self._guard.check(
            sentence,
            level=draft.level,
            lang=draft.lang,
            shown=[*draft.shown, *draft.sentences],
            user_text=" ".join((*draft.texts, *draft.memories)),
        )
        if code is None and self._wanders(draft, sentence):
            code = "drift"
        if code is not None:
            draft.why.append(f"guard:{code}")
            return
        before = len(draft.text)
        draft.sentences.append(sentence)
        yield Wrote(draft.request_id, draft.text[before:])

    def _wanders(self, draft: Draft, sentence: str) -> bool:
        return draft.mode is Mode.PRACTICE and self._guided.wanders(
            sentence,
            draft.texts,
            draft.note,
            lang=draft.lang,
            is_first=not draft.sentences,
        )

    def _offer_rest(self, draft: Draft, rest: str, *, hit_limit: bool) -> Iterator[ChatEvent]:
        """The tail without a full stop is shown when the model ended there by itself.

        After the token limit a half sentence goes, unless it is all there is from a larger
        model.
        """
        if hit_limit and (draft.sentences or draft.mode is Mode.PRACTICE):
            return
        yield from self._offer(draft, rest)

    def _is_enough(self, draft: Draft) -> bool:
        failed = sum(1 for code in draft.why if code.startswith("guard:"))
        if draft.mode is not Mode.PRACTICE:
            return failed >= FAILED_SENTENCES
        asked = bool(draft.sentences) and draft.sentences[-1].rstrip().endswith(("?", "？"))
        return failed > 0 or asked or len(draft.sentences) >= PRACTICE_SENTENCES
