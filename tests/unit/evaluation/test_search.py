"""`psylite evaluate search`: places, ways and thresholds; bad lines are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from psylite_desktop.cli.evaluate import command
from psylite_desktop.evaluation.search import FIRST, WAYS, Judge, Query, parse_query
from psylite_desktop.retrieval.corpora import read_corpus
from psylite_desktop.retrieval.embedder import StaticEmbedder

ROOT = Path(__file__).parents[3]
CORPUS = read_corpus(ROOT / "assets", "techniques")
CASES = ROOT / "tests" / "data" / "retrieval"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(CORPUS, StaticEmbedder.load(ROOT / "model_store" / "embedder"))


def evaluate(*options: str) -> Result:
    return CliRunner().invoke(command, ["search", *options])


def test_what_a_passage_is_searched_by_finds_it_in_every_way(judge: Judge) -> None:
    asks = [
        Query(asks[0], passage.id, passage.lang)
        for passage, asks in zip(CORPUS.passages, CORPUS.asks, strict=True)
    ]
    for lang in ("zh", "en"):
        figures = judge.figures(asks, lang)
        passages = sum(passage.lang == lang for passage in CORPUS.passages)
        for way in WAYS:
            shares = figures.found[way]
            assert [shares[count].total for count in FIRST] == [passages] * len(FIRST)
            assert shares[1].hits <= shares[3].hits <= shares[5].hits
        assert (figures.found["together"][1].value or 0) > 0.9
        assert (figures.found["characters"][1].value or 0) > 0.9


def test_other_subjects_are_counted_apart(judge: Judge) -> None:
    figures = judge.figures([Query("zzz qqq", "", "en"), Query("睡不着", "", "zh")], "en")
    assert (figures.spoken.total, figures.off.hits, figures.off.total) == (0, 0, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": "grief"}, "text"),
        ({"text": " ", "id": "grief"}, "text"),
        ({"text": "a", "id": 3}, "id"),
        ({"text": "a", "id": "grief", "lang": "fr"}, "lang"),
        ({"text": "a", "id": "griff"}, "griff"),
    ],
)
def test_a_bad_row_is_named(row: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_query(CORPUS, "en")(row)


def test_the_command_prints_a_table_a_language_and_json(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    rows = [
        {"text": "we broke up last night", "id": "first-breakup", "lang": "en"},
        {"text": "我睡不着", "id": "lying-awake"},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    table = evaluate("--cases", str(file), "--lang", "zh")
    assert table.exit_code == 0, table.output
    assert "zh: 1 messages" in table.output
    assert "en: 1 messages" in table.output
    said = json.loads(evaluate("--cases", str(file), "--lang", "zh", "--json").output)
    assert said["zh"]["found"]["vectors"]["1"]["total"] == 1
    file.write_text(file.read_text("utf-8") + '{"text": "x", "id": "nothing"}\n', "utf-8")
    bad = evaluate("--cases", str(file), "--lang", "zh")
    assert bad.exit_code == 2
    assert "3" in bad.output
    assert "nothing" in bad.output


def test_the_cases_were_never_taught() -> None:
    taught = {ask.lower() for asks in CORPUS.asks for ask in asks}
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            assert json.loads(line)["text"].lower() not in taught


@pytest.mark.ci
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_vectors_find_what_messages_mean(judge: Judge, lang: str) -> None:
    files = [CASES / f"{lang}.jsonl", CASES / f"plain_{lang}.jsonl"]
    parse = parse_query(CORPUS, lang)
    queries = [
        parse(json.loads(line)) for path in files for line in path.read_text("utf-8").splitlines()
    ]
    found = judge.figures(queries, lang).found
    assert (found["vectors"][5].value or 0) >= 0.9
    assert (found["together"][5].value or 0) >= (found["characters"][5].value or 0) - 0.01
