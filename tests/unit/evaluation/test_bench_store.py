from __future__ import annotations

from pathlib import Path

from psylite_desktop.evaluation.bench_store import measure_store


def test_it_measures_a_vault_beside_a_plain_database(tmp_path: Path) -> None:
    texts = ["最近考试让我很焦虑", "my roommate and I", "室友", "the end of the week"]
    report = measure_store(tmp_path, texts, messages=150, pages=20).as_dict()
    assert report["messages"] == 150
    assert report["pages"] == 20
    assert report["usable_s"] > 0
    assert set(report["vault"]) == set(report["plain"]) == set(report["ratios"])
    assert all(value > 0 for value in report["vault"].values())
    assert report["vault"]["size"] > 150 * 20
