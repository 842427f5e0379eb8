"""`psylite evaluate text`: replies beside reference replies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from psylite_desktop.app.services import build_services
from psylite_desktop.cli.case_input import read_rows
from psylite_desktop.cli.evaluate_options import FILE, anyway_option, json_option, out_option
from psylite_desktop.cli.options import Terminal, common_options
from psylite_desktop.cli.report_output import Subject, Words, give_out, make_report, progress
from psylite_desktop.cli.stopping import stopping
from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.likelihood import Likelihood
from psylite_desktop.evaluation import replies
from psylite_desktop.evaluation.likelihood import likelihoods
from psylite_desktop.evaluation.meters import cosine_drift
from psylite_desktop.evaluation.report import Table, as_lines, number, share

_PIECE = 32
"""Texts that are turned into vectors at once."""
OVERLAP = ("rouge_1", "rouge_2", "rouge_l", "distinct_1", "distinct_2")
COUNTED = ("length", "sentences", "questions", "repetition", "drift")
SHARES = ("more_than_one_question", "with_reflection", "said_before", "language_matches")


@click.command(name="text")
@click.option(
    "--cases",
    "path",
    required=True,
    type=FILE,
    help="JSON lines with reference and generated, if wanted also prompt, lang (zh, en) and id.",
)
@click.option(
    "--model", default=None, help="A GGUF file or a catalogue id whose perplexity is measured."
)
@click.option("--no-vectors", is_flag=True, help="Without topic drift: starts no engine for it.")
@anyway_option
@out_option
@json_option
@common_options
def command(
    terminal: Terminal,
    *,
    path: Path,
    model: str | None,
    no_vectors: bool,
    load_anyway: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    """ROUGE, Distinct and meters of replies; with a model, how well it foretells them."""
    cases = read_rows(path, replies.parse_case)
    file = None if model is None else build_services(terminal.paths).models.resolve(model)
    words = Words(terminal)
    answers: dict[int, Likelihood] = {}
    with stopping() as stopped:
        drifts = {} if no_vectors else _drifts(terminal, cases, stopped, quiet=as_json)
        if file is not None and not stopped():
            asked = [replies.asked_of(case) for case in cases]
            found = likelihoods(
                file, asked, tuning=terminal.paths.tuning, anyway=load_anyway, stopped=stopped
            )
            with progress(words("step_likelihood"), len(cases), quiet=as_json) as step:
                for place, answer in found:
                    answers[place] = answer
                    step()
    outcomes = replies.judge(cases, drifts)
    tables, figures = _told(words, outcomes, cases, answers if file is not None else None)
    done = len(cases) if file is None else len(answers)
    subject = Subject("text", [path], done, len(cases), model=file)
    report = make_report(terminal, subject, tables, figures)
    rows = as_lines(_row(one, answers.get(place)) for place, one in enumerate(outcomes))
    give_out(terminal, report, out, as_object=as_json, files={"replies.jsonl": rows})


def _drifts(
    terminal: Terminal,
    cases: Sequence[replies.Case],
    stopped: Callable[[], bool],
    *,
    quiet: bool,
) -> dict[int, float]:
    """How far each reply is from its prompt, by place; none where vectors cannot be had."""
    places = [at for at, case in enumerate(cases) if case.prompt.strip() and case.generated.strip()]
    if not places:
        return {}
    words = Words(terminal)
    host = build_services(terminal.paths).host
    found: dict[int, float] = {}
    try:
        with progress(words("step_vectors"), len(places), quiet=quiet) as step:
            for start in range(0, len(places), _PIECE):
                piece = places[start : start + _PIECE]
                if stopped():
                    break
                texts = [t for at in piece for t in (cases[at].prompt, cases[at].generated)]
                vectors = host.embed(texts)
                for at, one, other in zip(piece, vectors[::2], vectors[1::2], strict=True):
                    found[at] = cosine_drift(one, other)
                    step()
    except EngineError:
        click.echo(words("no_vectors"), err=True)
    finally:
        host.close()
    return found


def _told(
    words: Words,
    outcomes: Sequence[replies.Outcome],
    cases: Sequence[replies.Case],
    answers: dict[int, Likelihood] | None,
) -> tuple[list[Table], dict[str, object]]:
    """Tables and figures, a language at a time."""
    langs = [lang for lang in replies.LANGS if any(case.lang == lang for case in cases)]
    by_lang = {
        lang: replies.figures([one for one in outcomes if one.case.lang == lang]) for lang in langs
    }
    tables = quality_tables(words, by_lang)
    figures: dict[str, object] = {"languages": by_lang}
    if answers is not None:
        rows = []
        found: dict[str, object] = {}
        for lang in langs:
            among = {at: one for at, one in answers.items() if cases[at].lang == lang}
            one = replies.surprise(cases, among)
            rows.append(
                (
                    lang,
                    number(one.per_token, 2),
                    number(one.per_character, 2),
                    number(one.tokens),
                    number(one.left_out),
                )
            )
            found[lang] = {
                "per_token": one.per_token,
                "per_character": one.per_character,
                "tokens": one.tokens,
                "characters": one.characters,
                "left_out": one.left_out,
            }
        columns = ("lang", "per_token", "per_character", "tokens", "left_out")
        tables.append(words.table("perplexity", columns, rows))
        figures["perplexity"] = found
    return tables, figures


def quality_tables(words: Words, by_lang: dict[str, dict[str, object]]) -> list[Table]:
    """Two tables of what `replies.figures` found, a language a row."""
    overlap, meters = [], []
    for lang, found in by_lang.items():
        cells = [_f1(found[name]) for name in OVERLAP]
        overlap.append((lang, number(found["replies"]), *cells))
        meters.append(
            (
                lang,
                *(number(found[name], 2) for name in COUNTED),
                *(share(found[name]) for name in SHARES),
            )
        )
    return [
        words.table("overlap", ("lang", "replies", *OVERLAP), overlap),
        words.table("meters", ("lang", *COUNTED, *SHARES), meters),
    ]


def _f1(found: object) -> str:
    return number(found["f1"] if isinstance(found, dict) else found)


def _row(one: replies.Outcome, answer: Likelihood | None) -> dict[str, object]:
    """A reply with its figures."""
    meters = one.meters
    row: dict[str, object] = {
        "id": one.case.id,
        "lang": one.case.lang,
        "rouge_f1": [round(overlap.f1, 4) for overlap in one.overlaps],
        "length": meters.length,
        "sentences": meters.sentences,
        "questions": meters.questions,
        "reflections": meters.reflections,
        "repetition": round(meters.repetition, 4),
        "said_before": meters.said_before,
        "language_matches": meters.language_matches,
        "drift": None if meters.drift is None else round(meters.drift, 4),
    }
    if answer is not None:
        row |= {"log": sum(answer.logs), "tokens": sum(answer.tokens), "fits": answer.fits}
    return row
