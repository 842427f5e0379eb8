"""The library in memory: figures of retrieval, languages, abstaining, closing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.retrieval.library import PassageLibrary

ROOT = Path(__file__).parents[3]
SITUATIONS = tomllib.loads((Path(__file__).parent / "situations.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def library() -> PassageLibrary:
    return PassageLibrary.open(ROOT / "assets", None, ROOT / "model_store" / "embedder")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_situations_are_not_copied_from_the_passages(lang: str) -> None:
    folder = ROOT / "assets" / "corpora" / "techniques" / lang
    shipped = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert not [text for text, _ in SITUATIONS[lang] if text in shipped]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_right_technique_is_among_the_first_five(library: PassageLibrary, lang: str) -> None:
    """A floor well under the measured figures (model_store/embedder/README.md)."""
    right = 0
    for text, expected in SITUATIONS[lang]:
        found = library.search("techniques", text, lang=lang, limit=5)
        right += expected in {hit.passage.id for hit in found}
    assert right / len(SITUATIONS[lang]) >= {"zh": 0.82, "en": 0.7}[lang]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_most_foreign_questions_find_nothing(library: PassageLibrary, lang: str) -> None:
    off = SITUATIONS[f"off_{lang}"]
    shown = sum(bool(library.search("techniques", text, lang=lang)) for text in off)
    assert shown / len(off) <= 0.3


def test_best_first_and_only_the_language_asked_for(library: PassageLibrary) -> None:
    for lang, text in (("zh", "晚上睡不着"), ("en", "I cannot fall asleep at night")):
        found = library.search("techniques", text, lang=lang, limit=5)
        assert found
        assert found[0].passage.id == "lying-awake"
        assert {hit.passage.lang for hit in found} == {lang}
        scores = [hit.score for hit in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0.0 <= score <= 1.0 for score in scores)


@pytest.mark.parametrize("query", ["", "   ", "\ud800", "\U0001f9ff"])
def test_nothing_known_finds_nothing(library: PassageLibrary, query: str) -> None:
    assert library.search("techniques", query, lang="zh") == []


def test_odd_arguments_find_nothing(library: PassageLibrary) -> None:
    assert library.search("techniques", "睡不着", lang="fr") == []
    assert library.search("techniques", "睡不着", lang="zh' or 1=1 --") == []
    assert library.search("techniques", "睡不着", lang="zh", limit=0) == []


def test_an_unknown_corpus_is_an_engine_error(library: PassageLibrary) -> None:
    with pytest.raises(EngineError):
        library.search("poems", "睡不着", lang="zh")


def test_embed_gives_plain_lists(library: PassageLibrary) -> None:
    first, second = library.embed(["累", ""])
    assert len(first) == len(second)
    assert sum(x * x for x in first) == pytest.approx(1.0, abs=1e-4)
    assert not any(second)


def test_progress_ends_at_one() -> None:
    steps: list[tuple[str, float]] = []
    PassageLibrary.open(
        ROOT / "assets",
        None,
        ROOT / "model_store" / "embedder",
        lambda name, share: steps.append((name, share)),
    )
    assert steps[0] == ("articles", 0.0)
    assert steps[-1] == ("", 1.0)


def test_a_closed_library_says_so() -> None:
    library = PassageLibrary.open(ROOT / "assets", None, ROOT / "model_store" / "embedder")
    library.close()
    with pytest.raises(EngineError):
        library.search("techniques", "累", lang="zh")
