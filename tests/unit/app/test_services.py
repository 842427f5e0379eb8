"""Parts of the program are made once, when they are asked for, and a broken one says so."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from psylite_desktop.app.paths import AppPaths, find_paths
from psylite_desktop.app.services import AppServices, build_services, use_chosen_model
from psylite_desktop.domain.errors import InputError, ModelFileError
from psylite_desktop.domain.model_files import TrialResult
from psylite_desktop.domain.settings import WRITTEN
from psylite_desktop.host.model_choice import ModelChoice
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.services.models import PRACTICE_ID
from tests.fakes.floor import floor
from tests.fakes.tiny_gguf import write_tiny_gguf

ROOT = Path(__file__).parents[3]
TRIAL = TrialResult("hi", 1.0, 1.0, 1.0, 1, 1, 1)


@pytest.fixture
def services(tmp_path: Path) -> AppServices:
    return build_services(find_paths(tmp_path / "data"))


def test_a_part_is_made_when_it_is_asked_for_and_stays(services: AppServices) -> None:
    assert set(vars(services)) == {"paths"}
    assert services.plan is services.plan
    assert set(vars(services)) == {"paths", "plan"}


def test_two_threads_get_the_same_part(services: AppServices) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(services.plan)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(part) for part in found}) == 1


def test_all_parts_can_be_read_ahead(
    services: AppServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("psylite_desktop.app.services._REST_S", 0.0)
    services.assessor = floor()
    services.read_all()
    made = set(vars(services))
    assert {"assessor", "help", "guided", "profiles", "whereabouts"} <= made
    for name in made - {"paths"}:
        getattr(services, name)
    assert set(vars(services)) == made


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """A copy of the shipped texts, to be damaged."""
    assets = tmp_path / "assets"
    shutil.copytree(ROOT / "assets" / "content", assets / "content")
    shutil.copy(ROOT / "assets" / "hotlines.toml", assets)
    return assets


def test_a_part_that_fails_keeps_no_other_from_being_read(
    assets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (assets / "content" / "en" / "plan.toml").write_text("nothing = [", encoding="utf-8")
    services = build_services(AppPaths(assets, ROOT / "model_store", tmp_path / "data"))
    order: list[str] = []
    services.assessor = floor()
    monkeypatch.setattr(
        Assessor, "warm", lambda _self, rest_s: order.append(f"warm {len(vars(services))} {rest_s}")
    )
    with pytest.raises(InputError) as caught:
        services.read_all()
    assert caught.value.facts["file"] == "content/en/plan.toml"
    assert order == ["warm 2 0.0005"]
    assert {"protocol", "exercises", "guided", "mirror", "whereabouts"} <= set(vars(services))
    assert "plan" not in vars(services)


def test_the_other_parts_are_read_where_the_rules_are_damaged(assets: Path, tmp_path: Path) -> None:
    services = build_services(AppPaths(assets, ROOT / "model_store", tmp_path / "data"))
    with pytest.raises(InputError) as caught:
        services.read_all()
    assert (caught.value.code, caught.value.facts["file"]) == ("content_invalid", "safety")
    assert {"help", "protocol", "plan", "guided", "whereabouts"} <= set(vars(services))


def test_a_broken_file_is_told_each_time_it_is_asked_for(tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    shutil.copytree(ROOT / "assets" / "content", assets / "content")
    (assets / "content" / "en" / "plan.toml").write_text("nothing = [", encoding="utf-8")
    services = build_services(AppPaths(assets, ROOT / "model_store", tmp_path / "data"))
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            _ = services.plan
        assert caught.value.code == "content_invalid"
    assert services.protocol is not None


@pytest.fixture
def brought(services: AppServices) -> Path:
    """A model that was brought, tried and chosen."""
    services.library.folder.mkdir(parents=True)
    path = write_tiny_gguf(services.library.folder / "mine.gguf")
    services.library.note(path, trial=TRIAL)
    services.plain.change(model=str(path))
    return path


def choice_of(services: AppServices) -> ModelChoice:
    return services.host._model


def test_a_model_that_was_tried_is_used(services: AppServices, brought: Path) -> None:
    use_chosen_model(services)
    assert choice_of(services).request(1).path == os.fsencode(brought)


def test_a_file_replaced_after_its_trial_is_not_used(services: AppServices, brought: Path) -> None:
    use_chosen_model(services)
    write_tiny_gguf(brought.with_suffix(".new"), seed=2).replace(brought)
    with pytest.raises(ModelFileError) as at_load:  # while the program runs
        choice_of(services).request(1)
    assert at_load.value.code == "model_untried"
    with pytest.raises(ModelFileError) as at_start:  # and when a space is opened next
        use_chosen_model(services)
    assert at_start.value.code == "model_untried"
    for _ in range(2):
        with pytest.raises(ModelFileError) as asked:
            choice_of(services).request(1)
        assert asked.value.code == "model_untried"
    services.library.note(brought, trial=TRIAL)
    use_chosen_model(services)
    assert choice_of(services).request(1).path == os.fsencode(brought)


def test_a_file_named_in_the_terminal_is_taken_as_it_is(
    services: AppServices, tmp_path: Path
) -> None:
    path = write_tiny_gguf(tmp_path / "untried.gguf")
    use_chosen_model(services, path)
    assert choice_of(services).request(1).path == os.fsencode(path)


def test_a_new_profile_has_no_model_and_asks_for_none(services: AppServices) -> None:
    use_chosen_model(services)
    assert not services.host.is_chosen()
    with pytest.raises(ModelFileError):
        choice_of(services).request(1)


def test_the_shipped_model_needs_no_trial(services: AppServices) -> None:
    services.plain.change(model=PRACTICE_ID)
    use_chosen_model(services)
    assert services.host.is_chosen()
    assert choice_of(services).request(1).path.endswith(b"psylite-nano.gguf")
    services.plain.change(model=WRITTEN)
    use_chosen_model(services)
    assert not services.host.is_chosen()


def test_without_its_file_the_engine_says_so(services: AppServices, brought: Path) -> None:
    use_chosen_model(services)
    brought.unlink()
    with pytest.raises(ModelFileError):
        use_chosen_model(services)
    assert services.host.is_chosen(), "whoever asks is told that it is missing"
    with pytest.raises(ModelFileError) as caught:
        choice_of(services).request(1)
    assert caught.value.code == "model_missing"
