from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.settings import Language, PlainSettings, Theme
from psylite_desktop.services.settings import PlainSettingsService

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def test_settings_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    PlainSettingsService(path).change(language=Language.EN, theme=Theme.DARK, zoom=150)
    assert PlainSettingsService(path).current == PlainSettings(
        language=Language.EN, theme=Theme.DARK, zoom=150
    )
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


def test_what_a_newer_app_stored_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "future": [1]}', encoding="utf-8")
    PlainSettingsService(path).change(region="hk")
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert stored["future"] == [1]
    assert stored["theme"] == "dark"
    assert stored["region"] == "hk"


@given(
    raw=st.dictionaries(
        st.sampled_from(["language", "theme", "zoom", "model", "region", "reduce_motion", "x"]),
        json_values,
    )
    | json_values
)
def test_a_damaged_file_never_keeps_the_window_from_opening(
    tmp_path_factory: object, raw: object
) -> None:
    path = tmp_path_factory.mktemp("settings") / "s.json"  # type: ignore[attr-defined]
    path.write_text(json.dumps(raw), encoding="utf-8")
    current = PlainSettingsService(path).current
    assert 80 <= current.zoom <= 200
    assert isinstance(current.theme, Theme)


def test_listeners_hear_of_changes() -> None:
    service = PlainSettingsService(None)
    heard: list[PlainSettings] = []
    service.on_change(heard.append)
    service.change(zoom=120)
    assert [s.zoom for s in heard] == [120]
