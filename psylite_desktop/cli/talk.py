"""`psylite talk`: the conversation in the terminal, interactive or from a script."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import click

from psylite_desktop.app.open_session import open_session
from psylite_desktop.app.services import AppServices, build_services, use_chosen_model
from psylite_desktop.cli.crisis_card import (
    CHOICES,
    MISREAD,
    card_lines,
    choice_lines,
    help_lines,
)
from psylite_desktop.cli.json_lines import read_json_lines, text_field
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.domain.aside import Aside, AsideKind, AsideRating
from psylite_desktop.domain.chat_events import (
    Assessed,
    ChatEvent,
    ChatRequest,
    Failed,
    Finished,
    Phase,
    Progressed,
    Replaced,
    Routed,
    Wrote,
)
from psylite_desktop.domain.conversation import Mode
from psylite_desktop.domain.crisis import CrisisCard
from psylite_desktop.domain.errors import InputError, ModelFileError, PsyLiteError, VaultError
from psylite_desktop.domain.hotline import Hotline
from psylite_desktop.domain.ports import Vault
from psylite_desktop.domain.risk import Assessment, Level, RiskState, told_by
from psylite_desktop.domain.settings import REGIONS
from psylite_desktop.host.client import EngineHost
from psylite_desktop.services.models import PRACTICE_ID
from psylite_desktop.services.session import Session

QUIT = {"/quit", "/exit", "/q"}
READ, NOT_FUNNY = "/read", "/notfunny"
ASIDE_WORDS = {READ, NOT_FUNNY}
END = "/end"
_WAKING_S = 5.0
"""Seconds for a process that was just being started to be gone again."""

_MODES = {
    Mode.MODEL: "talk.model_mode",
    Mode.PRACTICE: "talk.practice_mode",
    Mode.WRITTEN: "talk.written_mode",
    Mode.CRISIS: "talk.crisis_mode",
}


@click.command(name="talk")
@click.option(
    "--model",
    default=None,
    help=f"A GGUF file or a catalogue id such as {PRACTICE_ID}. Without this option: as the "
    "settings say, which is replies written beforehand until a model is chosen.",
)
@click.option(
    "--load-anyway", is_flag=True, help="Load the model even if it does not fit the memory."
)
@click.option(
    "--script",
    type=click.Path(path_type=Path),
    default=None,
    help='JSON lines {"text": ...} instead of the keyboard; - for standard input.',
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a turn.")
@common_options
def command(
    terminal: Terminal, *, model: str | None, load_anyway: bool, script: Path | None, as_json: bool
) -> None:
    """Talk. Without --profile this is a guest session that leaves nothing."""
    lines = None if script is None else _read_script(script)
    converse(terminal, model=model, load_anyway=load_anyway, script=lines, as_json=as_json)


def converse(
    terminal: Terminal,
    *,
    model: str | None,
    load_anyway: bool = False,
    script: list[str] | None = None,
    as_json: bool = False,
) -> None:
    """Run one conversation to its end, then stop the engine and close the vault.

    A `model` that is named must be there; that of the settings need not, nor any at all: replies
    written beforehand carry the talk then.
    """
    services = build_services(terminal.paths)
    waking = threading.Thread(target=_wake, args=(services.host,), daemon=True)
    vault: Vault | None = None
    try:
        vault = _open_vault(terminal, services)
        with contextlib.suppress(*([ModelFileError] if model is None else [])):
            use_chosen_model(services, model, anyway=load_anyway)
        if model is not None and not load_anyway:
            services.models.ensure_fits(services.models.resolve(model))
        guest = not terminal.profile
        session = open_session(services, vault, guest=guest, language=lambda: terminal.lang)
        talk = _Talk(terminal, services, session)
        waking.start()
        if script is not None:
            waking.join()
            talk.run_script(script, as_json=as_json)
        else:
            talk.run_keyboard()
    finally:
        services.host.close()
        if waking.is_alive():
            waking.join(_WAKING_S)
        if vault is not None:
            vault.close()


def _wake(host: EngineHost) -> None:
    """Have the process of the engine listen; a model is loaded with the first message."""
    with contextlib.suppress(PsyLiteError):
        host.listen_patiently("")


def _open_vault(terminal: Terminal, services: AppServices) -> Vault:
    if not terminal.profile:
        return services.profiles.guest()
    wanted = terminal.profile
    profile = next((p for p in services.profiles.profiles() if wanted in (p.label, p.folder)), None)
    if profile is None:
        raise VaultError("profile_unknown")
    prompt = terminal.texts.text(terminal.lang, "talk.passphrase", profile=profile.label)
    vault = services.profiles.unlock(profile, click.prompt(prompt, hide_input=True, err=True))
    if vault.is_read_only:  # nothing can be said here that would be kept
        vault.close()
        raise VaultError("vault_newer")
    return vault


def _read_script(path: Path) -> list[str]:
    if str(path) == "-":
        return read_json_lines(sys.stdin.buffer, lambda row: text_field(row, "text"))
    try:
        with path.open("rb") as stream:
            return read_json_lines(stream, lambda row: text_field(row, "text"))
    except OSError:
        raise InputError("input_file", file=path.name) from None


class _Talk:
    """One conversation on a terminal."""

    def __init__(self, terminal: Terminal, services: AppServices, session: Session) -> None:
        self._terminal = terminal
        self._services = services
        self._session = session
        self._conversation = session.chat.start()
        self._count = 0
        self._card: CrisisCard | None = None
        self._aside: Aside | None = None
        self._excused = ""

    def run_script(self, texts: list[str], *, as_json: bool) -> None:
        """Answer each text in turn."""
        for text in texts:
            if not as_json:
                click.echo(f"> {text}")
            result = self._turn(text, _silent if as_json else self._show)
            if as_json:
                click.echo(json.dumps(result, ensure_ascii=False))

    def run_keyboard(self) -> None:
        """Read lines until the person leaves. Ctrl+C stops a reply, Ctrl+D leaves."""
        terminal = self._terminal
        terminal.say("talk.welcome")
        terminal.say("talk.honest")
        terminal.say("talk.how")
        if self._session.guest:
            terminal.say("talk.guest")
        prompt = terminal.texts.text(terminal.lang, "talk.prompt")
        while True:
            try:
                text = input(prompt).strip()
            except (EOFError, KeyboardInterrupt):
                break
            if text in QUIT:
                break
            if text == END:
                self._sum_up()
                break
            self._handle(text)
        terminal.say("talk.goodbye")
        terminal.say("talk.goodbye_guest" if self._session.guest else "talk.goodbye_saved")

    def _handle(self, text: str) -> None:
        terminal = self._terminal
        if not text:
            terminal.say("talk.empty")
        elif text == "/stop":
            terminal.say("talk.nothing_to_stop")
        elif text == "/help":
            lines = self._region_lines()
            if not lines:
                click.echo(self._services.help.notice(terminal.lang))
            self._print(help_lines(lines, terminal.texts, terminal.lang))
            terminal.say("help.commands")
        elif text in ASIDE_WORDS:
            self._answer_aside(text)
        elif text.startswith("/region"):
            self._choose_region(text.removeprefix("/region").strip())
        elif text.startswith("/"):
            terminal.say("talk.unknown_command", command=text.split(maxsplit=1)[0])
        elif self._card is not None and text in CHOICES:
            if text == MISREAD:
                self._session.screening.take_misread()
            self._print(choice_lines(text, self._card, terminal.texts))
        else:
            self._turn(text, self._show)

    def _answer_aside(self, text: str) -> None:
        """Show what was offered, or keep that it was not funny."""
        if self._aside is None:
            self._terminal.say("talk.no_aside")
        elif text == READ:
            passage = self._aside.passage
            say = passage.say if self._aside.kind is AsideKind.ARTICLE else ""
            self._print([passage.title, passage.text, *([say] if say else [])])
        else:
            self._session.asides.rate(self._aside.id, AsideRating.NOT_FUNNY)
            self._aside = None
            self._terminal.say("talk.not_funny")

    def _offer(self, aside: Aside | None) -> None:
        self._aside = aside
        if aside is not None:
            key = "talk.scene" if aside.kind is AsideKind.CROSSTALK else "talk.article"
            self._terminal.say(key, title=aside.passage.title, words=aside.why.words)

    def _sum_up(self) -> None:
        """Print the three lines and the next step; nothing before the first turn."""
        if not self._count:
            return
        sketch = self._session.closing.sketch(self._conversation)
        click.echo(sketch.goodbye)
        self._print(f"  {line}" for line in sketch.lines if line)
        if sketch.next_step:
            self._terminal.say("talk.next_step", step=sketch.next_step)

    def _region_lines(self) -> list[Hotline]:
        region = self._services.plain.current.region
        return self._services.help.lines(region, self._terminal.lang)

    def _choose_region(self, region: str) -> None:
        if region in REGIONS:
            self._services.plain.change(region=region)
            self._print(help_lines(self._region_lines(), self._terminal.texts, self._terminal.lang))
        else:
            self._terminal.say("talk.regions", known=" ".join(REGIONS))

    def _print(self, lines: Iterable[str]) -> None:
        for line in lines:
            click.echo(line)

    def _turn(self, text: str, show: Callable[[ChatEvent], None]) -> dict[str, object]:
        """Answer one text; Ctrl+C stops the reply and keeps what was written."""
        self._count += 1
        request = ChatRequest(self._count, self._conversation, text)
        result: dict[str, object] = {"turn": self._count}
        stop = threading.Event()
        usual = signal.signal(signal.SIGINT, lambda *_: stop.set())
        try:
            for event in self._session.chat.answer(request, stop.is_set):
                show(event)
                _note(result, event)
        finally:
            signal.signal(signal.SIGINT, usual)
        return result

    def _show(self, event: ChatEvent) -> None:
        """Print an event as a person should see it: the card before everything else."""
        terminal = self._terminal
        match event:
            case Assessed(assessment=assessment, state=state):
                self._show_card(assessment, state)
            case Progressed(phase=Phase.LOADING) if self._count == 1:
                click.echo(terminal.texts.text(terminal.lang, "talk.engine_loading"), err=True)
            case Wrote(text=text):
                click.echo(text, nl=False)
            case Replaced(text=text):
                click.echo(f"\n{text}", nl=False)
            case Finished(reply=reply):
                name = self._services.host.info().name if reply.mode is Mode.MODEL else ""
                mode = terminal.texts.text(terminal.lang, _MODES[reply.mode], name=name)
                click.echo(f"\n{mode}")
                self._excuse(event.why)
                if not reply.complete:
                    terminal.say("talk.stopped")
                self._offer(event.aside)
                one = event.suggestion
                if one is not None:
                    terminal.say("talk.exercise", title=one.title, minutes=one.minutes)
            case Failed(code=code):
                click.echo(terminal.texts.error(terminal.lang, code), err=True)
            case _:
                pass

    def _excuse(self, why: str) -> None:
        """Say why no model wrote this, as long as the reason is another than last time."""
        codes = [code for code in why.split() if code.startswith(("engine_", "model_"))]
        if codes and codes[0] != self._excused:
            click.echo(self._terminal.texts.error(self._terminal.lang, codes[0]), err=True)
        self._excused = codes[0] if codes else ""

    def _show_card(self, assessment: Assessment, state: RiskState) -> None:
        level = max(assessment.level, state.level)
        lang, texts = self._terminal.lang, self._terminal.texts
        if level >= Level.CRISIS:
            region = self._services.plain.current.region
            previous = self._card.sentence if self._card else ""
            told = told_by(assessment, state)
            self._card = self._services.help.card(told, lang=lang, region=region, previous=previous)
            notice = self._services.help.notice(lang)
            self._print(card_lines(self._card, texts, notice=notice))
        elif level is Level.WATCH and (lines := self._region_lines()):
            line = lines[0]
            click.echo(
                texts.text(lang, "crisis.watch_strip", name=line.name[lang], number=line.number)
            )


def _silent(_event: ChatEvent) -> None:
    pass


def _humor(aside: Aside | None) -> dict[str, str] | None:
    """A piece that is shown at once; one that is only offered stands under `aside`."""
    if aside is None or aside.kind is not AsideKind.CROSSTALK or not aside.why.certain:
        return None
    return {"id": aside.passage.id, "text": aside.passage.text}


def _aside(aside: Aside | None) -> dict[str, str] | None:
    if aside is None:
        return None
    return {
        "kind": aside.kind.value,
        "id": aside.passage.id,
        "title": aside.passage.title,
        "why": aside.why.code,
        "words": aside.why.words,
    }


def _note(result: dict[str, object], event: ChatEvent) -> None:
    """Fill the JSON object of a turn (design note "Architecture", section 6)."""
    match event:
        case Assessed(assessment=assessment, state=state):
            told = told_by(assessment, state)
            result |= {
                "level": int(told.level),
                "kind": told.kind.value,
                "who": told.who.value,
            }
        case Routed(route=route, card=card):
            result |= {"card": card, "route": route.value}
        case Finished():
            result |= {
                "reply": event.reply.text,
                "mode": event.reply.mode.value,
                "humor": _humor(event.aside),
                "aside": _aside(event.aside),
                "suggestion": None if event.suggestion is None else event.suggestion.item.key,
                "passages": [
                    {"corpus": one.corpus, "id": one.id, "score": one.score}
                    for one in event.passages
                ],
                "why": event.why,
                "timings": asdict(event.timings),
            }
        case Failed(code=code):
            result |= {"reply": "", "error": code}
        case _:
            pass
