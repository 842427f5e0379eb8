"""The humor gate on talks by a hand that never saw it, and from which nothing ever learnt."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from psylite_desktop.cli.evaluate import command

CASES = Path(__file__).parents[1] / "data" / "humor"

pytestmark = pytest.mark.ci


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_shown_where_it_hurts_and_most_comes_where_it_is_welcome(
    lang: str, tmp_path: Path
) -> None:
    words = ["humor", "--cases", str(CASES / f"sixth_{lang}.jsonl"), "--json", "--quiet"]
    done = CliRunner().invoke(command, [*words, "--data-dir", str(tmp_path)])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)[lang]
    assert figures["shown_where_not"]["hits"] == 0
    assert figures["shown_or_offered_where_welcome"]["share"] >= 0.7
