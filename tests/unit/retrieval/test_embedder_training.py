"""The glossary, and one tiny run of the embedder's training (needs the extra `forge`)."""

from __future__ import annotations

import gzip
import json
import lzma
import random
from pathlib import Path

import pytest

from psylite_desktop.forge.glossary import read_glossary
from psylite_desktop.retrieval.embedder import TOKENIZER_FILE, StaticEmbedder

MODEL = Path(__file__).parents[3] / "model_store" / "embedder"


def test_glossary_is_well_formed_and_in_the_vocabulary() -> None:
    from tokenizers import Tokenizer

    glossary = read_glossary(MODEL / "glossary.txt")
    tokenizer = Tokenizer.from_file(str(MODEL / TOKENIZER_FILE))
    assert len(glossary) > 1000
    assert all(word.isascii() and word.isalpha() for word in glossary)
    assert not [word for word in glossary if tokenizer.token_to_id(word) is None]


def test_glossary_joins_meanings_and_names_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "glossary.txt"
    path.write_text("# note\nexam test = 考试\n\ntest = 测试\n", encoding="utf-8")
    assert read_glossary(path) == {"exam": "考试", "test": "考试 测试"}
    path.write_text("exam = 考试\nbroken\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_glossary(path)


def written_dialogues(folder: Path) -> None:
    draw = random.Random(7)
    zh = [["失眠", "睡不着", "半夜醒来"], ["考试", "复习", "成绩不好"]]
    en = [["sleep", "awake", "night"], ["grades", "homework", "school"]]

    def lines(topics: list[list[str]], count: int, gap: str) -> str:
        rows = []
        for number in range(count):
            words = topics[number % 2]
            said = [gap.join(draw.choices(words, k=6)) for _ in range(4)]
            roles = ("user", "assistant", "user", "assistant")
            messages = [{"role": r, "content": t} for r, t in zip(roles, said, strict=True)]
            rows.append(json.dumps({"id": str(number), "messages": messages}))
        return "\n".join(rows) + "\n"

    with lzma.open(folder / "smilechat.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(lines(zh, 300, "，"))
    for name, topics, gap in (
        ("cpsycound", zh, "，"),
        ("counselchat", en, " "),
        ("english_chat", en, " "),
    ):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(lines(topics, 300, gap))


@pytest.mark.ci
@pytest.mark.filterwarnings("default")
def test_a_tiny_run_makes_a_model_that_can_be_read(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("sklearn")
    from psylite_desktop.forge.embedder import train_embedder
    from psylite_desktop.forge.static_vectors import EmbedderRecipe

    written_dialogues(tmp_path)
    (tmp_path / "glossary.txt").write_text("exam = 考试\ninsomnia = 失眠\n", encoding="utf-8")
    recipe = EmbedderRecipe(dimensions=8, vocabulary={"zh": 60, "en": 50}, batch=32)
    said: list[str] = []
    train_embedder(
        tmp_path,
        tmp_path / "texts",
        tmp_path / "glossary.txt",
        tmp_path / "assets",
        tmp_path / "out",
        recipe=recipe,
        log=said.append,
    )
    embedder = StaticEmbedder.load(tmp_path / "out")
    sleep, awake, exam = embedder.embed(["睡不着", "insomnia", "exam"])
    assert sleep @ awake > sleep @ exam
    assert said[-1].endswith("written")
