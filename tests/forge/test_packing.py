"""The pack of a GPU run: what is kept, the manifest, rows. Nothing here needs torch."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.forge.datasets import Dialogue, Turn
from psylite_desktop.forge.gpu_recipe import GpuRecipe, read_gpu_recipe
from psylite_desktop.forge.packing import beginning, clean_file, make_pack
from psylite_desktop.forge.pipeline import RECIPES, recipe_path
from psylite_desktop.forge.recipe import DataFile
from psylite_desktop.forge.rows import plan_rows, sft_mix, windows
from psylite_desktop.forge.shards import PackedDialogue, PackError, read_pack


@pytest.fixture(scope="module")
def gpu_recipe() -> GpuRecipe:
    return read_gpu_recipe(recipe_path("nano-gpu"))


def toy(recipe: GpuRecipe) -> GpuRecipe:
    data = dataclasses.replace(
        recipe.base.data,
        files=(DataFile("toy.jsonl", "zh", "support"), DataFile("no.jsonl", "en", "answers")),
    )
    return dataclasses.replace(
        recipe,
        model=dataclasses.replace(recipe.model, vocabulary=700),
        pack=dataclasses.replace(recipe.pack, tokenizer_characters=20_000, shard_characters=300),
        base=dataclasses.replace(recipe.base, data=data),
    )


def write(folder: Path, dialogues: list[list[str]]) -> Path:
    path = folder / "toy.jsonl"
    with path.open("w", encoding="utf-8") as handle:
        for number, texts in enumerate(dialogues):
            roles = ("user", "assistant") * len(texts)
            messages: list[dict[str, Any]] = [
                {"role": role, "content": text} for role, text in zip(roles, texts, strict=False)
            ]
            line = {"id": f"toy-{number}", "messages": messages}
            handle.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path


GOOD = ["今天在公司被说了一顿", "当着人被说，脸上一定挂不住。那一下你是怎么过来的？"]
PREACHY = ["我该怎么办呢", "你应该跟他好好谈一谈，把事情说清楚。"]


def test_both_recipes_are_read_and_of_the_planned_size(gpu_recipe: GpuRecipe) -> None:
    from psylite_desktop.forge.nano import count_parameters

    assert 40e6 <= count_parameters(gpu_recipe.model) <= 60e6
    assert gpu_recipe.model.width % 256 == gpu_recipe.model.feed_forward % 256 == 0
    assert sum(stage.share for stage in gpu_recipe.stages) == pytest.approx(1.0)
    small = read_gpu_recipe(recipe_path("nano-gpu-toy"))
    assert count_parameters(small.model) < 3e6
    assert [stage.name for stage in small.stages] == ["pretrain", "sft", "orpo"]
    assert small.run.muon_lr == gpu_recipe.run.muon_lr


def test_every_data_file_has_its_licence(gpu_recipe: GpuRecipe) -> None:
    for source in gpu_recipe.base.data.files:
        assert gpu_recipe.licences[source.name]


def test_cleaning_counts_what_every_filter_took(gpu_recipe: GpuRecipe, tmp_path: Path) -> None:
    dialogues = [
        GOOD + PREACHY,
        [*GOOD, "他还笑我", "加我微信，我们私聊。"],
        [*GOOD, "后来呢"],
        ["我不想活了", "别这样想。"],
        ["在吗", "嗯"],
    ]
    path = write(tmp_path, dialogues)
    source = DataFile("toy.jsonl", "zh", "support")
    kept, report = clean_file(path, source, gpu_recipe, set())
    # Cut at the turn that failed, the second is what the third is: one dialogue twice.
    assert [(p.dialogue.id, len(p.dialogue.turns), p.good_turns) for p in kept] == [
        ("toy-0", 2, 1),
        ("toy-1", 1, 1),
    ]
    assert report.as_dict()["taken_out"] == {
        "fine_tuning_preachy": 1,
        "turn_contact": 1,
        "dialogue_duplicate": 1,
        "dialogue_risk": 1,
        "turn_too_short": 1,
        "dialogue_empty": 1,
    }


def test_a_pack_is_the_same_twice_and_notices_damage(gpu_recipe: GpuRecipe, tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    texts = [
        [f"{place}里心里很闷", f"在{place}里闷着，不好受。那时候怎么了？"] for place in "家校屋城"
    ]
    write(tmp_path, [GOOD, *texts])
    folders = [tmp_path / "one", tmp_path / "two"]
    one, two = (make_pack(toy(gpu_recipe), tmp_path, f, lambda _line: None) for f in folders)
    assert one == two
    assert {source["name"]: source["found"] for source in one["sources"]} == {
        "toy.jsonl": True,
        "no.jsonl": False,
        "own.jsonl": True,
        "pairs.jsonl": True,
    }
    assert all(source["licence"] for source in one["sources"])
    assert one["counts"]["dialogues"] == 5
    assert one["counts"]["pairs"] >= 240
    pack = read_pack(folders[0])
    assert pack.dialogues[0] == PackedDialogue(
        Dialogue("toy-0", "zh", "support", (Turn(*GOOD),), 1.5), 1
    )
    assert len(pack.pairs) == one["counts"]["pairs"]
    (folders[1] / "own.jsonl").write_bytes(b"")
    with pytest.raises(PackError, match=r"own\.jsonl is damaged"):
        read_pack(folders[1])
    (folders[1] / "own.jsonl").unlink()
    with pytest.raises(PackError, match=r"own\.jsonl is missing"):
        read_pack(folders[1])


def test_a_pack_over_the_limit_is_refused(gpu_recipe: GpuRecipe, tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    write(tmp_path, [GOOD])
    small = toy(gpu_recipe)
    small = dataclasses.replace(small, pack=dataclasses.replace(small.pack, limit_bytes=10))
    with pytest.raises(PackError):
        make_pack(small, tmp_path, tmp_path / "pack", lambda _line: None)


@given(st.text(alphabet="ab .?。", max_size=60), st.integers(0, 40))
def test_a_beginning_is_short_enough(text: str, limit: int) -> None:
    assert len(beginning(text, limit)) <= limit


@given(st.lists(st.integers(1, 40), max_size=120), st.integers(40, 64))
def test_rows_hold_every_document_once_and_are_never_over_full(
    lengths: list[int], size: int
) -> None:
    rows = plan_rows(lengths, size)
    assert sorted(member for row in rows for member in row) == list(range(len(lengths)))
    assert all(sum(lengths[member] for member in row) <= size for row in rows)


@given(st.lists(st.integers(1, 30), max_size=20), st.integers(10, 40))
def test_windows_cut_long_turns_only(sizes: list[int], limit: int) -> None:
    turns = [([number + 1] * size, [2] * size) for number, size in enumerate(sizes)]
    found = list(windows(turns, limit, 0))
    assert all(len(ids) == len(parts) <= limit + 1 and ids[-1] == 0 for ids, parts in found)
    joined = [number for ids, _ in found for number in ids if number]
    assert joined == [n + 1 for n, size in enumerate(sizes) for _ in range(min(size, limit))]


def test_fine_tuning_reads_good_turns_and_ours_often(gpu_recipe: GpuRecipe) -> None:
    turns = (Turn("a", "b"), Turn("c", "d"))
    kept = [
        PackedDialogue(Dialogue("good", "zh", "support", turns, 1.0), 1),
        PackedDialogue(Dialogue("bad", "zh", "support", turns, 1.0), 0),
    ]
    own = [PackedDialogue(Dialogue("own", "zh", "seed", turns), 2)]
    mix = sft_mix(gpu_recipe, kept, own, 0)
    names = [packed.dialogue.id for packed in mix]
    assert names.count("good") == 1
    assert "bad" not in names
    assert names.count("own") == gpu_recipe.run.own_repeats
    assert {len(p.dialogue.turns) for p in mix if p.dialogue.id == "good"} == {1}
    light = [PackedDialogue(Dialogue(str(i), "zh", "s", turns, 0.3), 2) for i in range(300)]
    assert 50 < len(sft_mix(gpu_recipe, light, [], 1)) < 130


def test_the_gpu_commands_need_no_package_of_the_application() -> None:
    """Where the training runs there is Python with torch, and nothing that the window needs."""
    code = (
        "import sys\n"
        "class Gone:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in BANNED: raise ImportError(name)\n"
        "BANNED = {'msgspec','click','rich','lancedb','PySide6','sqlcipher3','llama_cpp','gguf',\n"
        "  'cryptography','platformdirs','psutil','opencc','pypinyin','fastembed','keyring'}\n"
        "sys.meta_path.insert(0, Gone())\n"
        "import psylite_desktop.forge.gpu, psylite_desktop.forge.stages\n"
        "import psylite_desktop.forge.packing, psylite_desktop.forge.rows\n"
        "from psylite_desktop.forge.__main__ import main\n"
        "try: main(['gpu', '--help'])\n"
        "except SystemExit as end: print('left', end.code)\n"
        "heavy = [m for m in ('torch','tokenizers','numpy') if m in sys.modules]\n"
        "print(heavy)\n"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, {str(RECIPES.parents[1])!r})\n{code}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-2:] == ["left 0", "[]"]
