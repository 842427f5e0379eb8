"""Who is compared with whom, and how a ratio comes about."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.ports import Generated, ModelInfo, Sampling, Turn
from psylite_desktop.evaluation.bench_engine import (
    PROMPT_TOKENS,
    Speed,
    compare,
    run_llama_bench,
    run_ours,
)


class Words:
    """A model that reads a word a token and counts what it was given."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def info(self, cancelled: Callable[[], bool] = lambda: False) -> ModelInfo:
        return ModelInfo("m", 4096, 1, "nano", practice=True)

    def count_tokens(self, turns: Sequence[Turn]) -> list[int]:
        return [len(turn.text.split()) for turn in turns]

    def generate(
        self, turns: Sequence[Turn], sampling: Sampling, _cancelled: Callable[[], bool]
    ) -> Iterator[Generated]:
        count = sum(self.count_tokens(turns))
        self.read.append(count)
        yield Generated(read=0, to_read=count)
        yield Generated(read=count, to_read=count)
        yield Generated(text="a")
        yield Generated(done=True, prompt_tokens_evaluated=count, reply_tokens=sampling.max_tokens)


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    ours = [Speed(10, 5), Speed(20, 10), Speed(2, 1)]
    theirs = [Speed(20, 5), Speed(20, 10), Speed(4, 2)]
    report = compare({"ours": ours.__getitem__, "other": theirs.__getitem__}, rounds=3)
    assert report.speeds["ours"] == Speed(10, 5)
    assert report.ratios == {"other": Speed(0.5, 1.0)}
    assert json.loads(json.dumps(report.as_dict()))["ratio_to"]["other"]["prompt"] == 0.5


def test_our_prompt_is_as_long_as_the_others() -> None:
    model = Words()
    run = run_ours(model)
    speed = run(1)
    assert speed.prompt > 0
    assert speed.generation > 0
    assert model.read[1] == pytest.approx(PROMPT_TOKENS, rel=0.07)


def test_llama_bench_is_read_by_its_rows(tmp_path: Path) -> None:
    rows = [
        {"n_prompt": 512, "n_gen": 0, "avg_ts": 10.0},
        {"n_prompt": 512, "n_gen": 0, "avg_ts": 12.0},
        {"n_prompt": 0, "n_gen": 64, "avg_ts": 3.0},
    ]
    tool = tmp_path / "bench"
    tool.write_text(f"#!{sys.executable}\nprint({json.dumps(rows)!r})\n")
    tool.chmod(0o755)
    if sys.platform != "win32":
        assert run_llama_bench(tool, tmp_path / "m.gguf", threads=1, batch=128)(0) == Speed(
            12.0, 3.0
        )
    tool.write_text(f"#!{sys.executable}\nraise SystemExit(1)\n")
    with pytest.raises(InputError) as caught:
        run_llama_bench(tool, tmp_path / "m.gguf", threads=1, batch=128)(0)
    assert caught.value.code == "bench_tool"
