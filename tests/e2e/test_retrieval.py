"""LanceDB for real: same answers as NumPy, rebuilt when stale or damaged, no text in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from psylite_desktop.retrieval.corpora import read_corpus
from psylite_desktop.retrieval.embedder import FastembedEmbedder, StaticEmbedder
from psylite_desktop.retrieval.exact import corpus_terms
from psylite_desktop.retrieval.index import MANIFEST, Shelf, is_whole, open_index
from psylite_desktop.retrieval.library import PassageLibrary

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("lancedb")]

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
MODEL = ROOT / "model_store" / "embedder"
SITUATIONS = tomllib.loads(
    (ROOT / "tests" / "unit" / "retrieval" / "situations.toml").read_text(encoding="utf-8")
)


def folders(store: Path) -> list[str]:
    return sorted(path.name for path in store.iterdir())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("index")
    PassageLibrary.open(ASSETS, store, MODEL).close()
    return store


def test_fastembed_and_numpy_give_the_same_vectors() -> None:
    texts = [text for lang in ("zh", "en") for text, _ in SITUATIONS[lang]]
    texts += ["", "PHQ-9 得分", "x" * 9000, "I\u2019m tired", "\ud800 累"]
    ours, theirs = StaticEmbedder.load(MODEL), FastembedEmbedder.load(MODEL)
    assert ours.digest == theirs.digest
    assert np.allclose(ours.embed(texts), theirs.embed(texts), atol=1e-5)
    assert theirs.embed([]).shape[0] == 0


@pytest.mark.parametrize("other", ["rows copied out of the table", "vectors made now"])
def test_lancedb_and_numpy_find_the_same(store: Path, other: str) -> None:
    lance = PassageLibrary.open(ASSETS, store, MODEL, small=0)
    is_kept = other == "rows copied out of the table"
    exact = PassageLibrary.open(ASSETS, store, MODEL, avx2=is_kept)
    assert all(lance.corpora.values())
    assert set(exact.corpora.values()) == {is_kept}
    for corpus in lance.corpora:
        for lang in ("zh", "en"):
            for text, _ in SITUATIONS[lang]:
                some = lance.search(corpus, text, lang=lang, limit=5)
                others = exact.search(corpus, text, lang=lang, limit=5)
                assert [hit.passage for hit in some] == [hit.passage for hit in others]
                for hit, found in zip(some, others, strict=True):
                    assert hit.score == pytest.approx(found.score, abs=1e-4)


def test_small_tables_that_stand_need_neither_lancedb_nor_fastembed(store: Path) -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from psylite_desktop.retrieval.library import PassageLibrary;"
        f"library = PassageLibrary.open(Path({str(ASSETS)!r}), Path({str(store)!r}),"
        f" Path({str(MODEL)!r}));"
        "assert all(library.corpora.values());"
        "assert library.search('techniques', 'I cannot sleep', lang='en');"
        "print(*sorted({'lancedb', 'fastembed', 'pyarrow', 'onnxruntime'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_the_index_holds_shipped_terms_and_nothing_else(store: Path) -> None:
    library = PassageLibrary.open(ASSETS, store, MODEL)
    names = list(library.corpora)
    marker = "祖母绿的蜗牛在第七层 emerald snail on the seventh floor"
    for corpus in names:
        library.search(corpus, marker, lang="zh")
        library.search(corpus, marker, lang="en")
    library.embed([marker])
    library.close()
    for name in names:
        corpus = read_corpus(ASSETS, name)
        langs = [passage.lang for passage in corpus.passages]
        terms = [" ".join(row) for row in corpus_terms(corpus)]
        folder = next(store.glob(f"{name}-*"))
        assert stored_rows(folder) == list(zip(range(len(langs)), langs, terms, strict=True))
    for path in store.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            assert "祖母绿的蜗牛".encode() not in body
            assert b"emerald snail" not in body


def stored_rows(folder: Path) -> list[tuple[int, str, str]]:
    import lancedb

    table = lancedb.connect(str(folder)).open_table("passages").to_arrow()
    assert set(table.column_names) == {"place", "lang", "vector", "terms"}
    return sorted((row["place"], row["lang"], row["terms"]) for row in table.to_pylist())


def test_a_second_opening_builds_nothing(store: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*")}
    PassageLibrary.open(ASSETS, store, MODEL).close()
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*")} == before


def test_a_change_of_assets_builds_anew_and_removes_the_old(tmp_path: Path) -> None:
    assets, store = tmp_path / "assets", tmp_path / "index"
    shutil.copytree(ASSETS / "corpora", assets / "corpora")
    embedder = StaticEmbedder.load(MODEL)
    _, built = open_index(Shelf.of_corpus(read_corpus(assets, "crosstalk"), embedder), store)
    first = folders(store)
    path = assets / "corpora" / "crosstalk" / "en" / "everyday.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('title = "', 'title = "A ', 1), encoding="utf-8")
    _, again = open_index(Shelf.of_corpus(read_corpus(assets, "crosstalk"), embedder), store)
    assert built
    assert again
    assert len(folders(store)) == 1
    assert folders(store) != first


def test_a_change_of_embedder_builds_anew(tmp_path: Path) -> None:
    corpus, embedder = read_corpus(ASSETS, "crosstalk"), StaticEmbedder.load(MODEL)
    open_index(Shelf.of_corpus(corpus, embedder), tmp_path)
    first = folders(tmp_path)
    embedder.digest = "another"
    assert open_index(Shelf.of_corpus(corpus, embedder), tmp_path)[1]
    assert folders(tmp_path) != first


@pytest.mark.parametrize("damage", ["flip", "cut", "missing", "no_manifest", "extra", "all"])
def test_a_damaged_folder_is_built_again(tmp_path: Path, damage: str) -> None:
    corpus, embedder = read_corpus(ASSETS, "crosstalk"), StaticEmbedder.load(MODEL)
    open_index(Shelf.of_corpus(corpus, embedder), tmp_path)
    (folder,) = tmp_path.iterdir()
    data = next(folder.rglob("data/*.lance"))
    match damage:
        case "flip":
            body = bytearray(data.read_bytes())
            body[len(body) // 2] ^= 0xFF
            data.write_bytes(body)
        case "cut":
            data.write_bytes(data.read_bytes()[:100])
        case "missing":
            data.unlink()
        case "no_manifest":
            (folder / MANIFEST).unlink()
        case "extra":
            (folder / "note.txt").write_text("x", encoding="utf-8")
        case _:
            shutil.rmtree(folder)
            folder.mkdir()
    assert not is_whole(folder)
    index, built = open_index(Shelf.of_corpus(corpus, embedder), tmp_path)
    assert built
    assert is_whole(folder)
    assert folders(tmp_path) == [folder.name]
    assert index.nearest(embedder.embed(["闹钟"])[0], lang="zh", limit=1)


def test_left_overs_of_a_crash_are_removed(tmp_path: Path) -> None:
    corpus, embedder = read_corpus(ASSETS, "crosstalk"), StaticEmbedder.load(MODEL)
    (tmp_path / ".building-1-crosstalk-0").mkdir(parents=True)
    open_index(Shelf.of_corpus(corpus, embedder), tmp_path)
    assert len(folders(tmp_path)) == 1


def test_an_unusable_store_falls_back_to_numpy(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    library = PassageLibrary.open(ASSETS, blocked, MODEL)
    assert not any(library.corpora.values())
    assert library.search("techniques", "晚上睡不着", lang="zh")
