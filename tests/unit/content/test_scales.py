"""Scales as content: twins agree, ranges have no gaps, closed ones say why."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from psylite_desktop.content.crisis import LANGS
from psylite_desktop.content.scales import ScaleTexts
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.scale import Scale

ASSETS = Path(__file__).parents[3] / "assets"
TEXTS = ScaleTexts.load(ASSETS)
ALL = [(lang, scale) for lang in LANGS for scale in TEXTS.scales(lang)]
EACH = pytest.mark.parametrize(
    ("lang", "scale"), ALL, ids=[f"{lang}-{scale.id}" for lang, scale in ALL]
)
OPEN = {
    "en": {"phq9", "gad7", "who5", "dass21", "phq4", "phq2", "gad2"},
    "zh": {"phq9", "phq2"},
}
"""Wording that a licence lets us show and that is known for sure."""


@pytest.mark.parametrize("lang", LANGS)
def test_only_cleared_wording_ships(lang: str) -> None:
    assert {scale.id for scale in TEXTS.scales(lang) if scale.is_open} == OPEN[lang]
    closed = {scale.id for scale in TEXTS.scales(lang) if not scale.is_open}
    assert {"sds", "sas"} <= closed


@EACH
def test_source_and_licence_stand_beside_every_scale(lang: str, scale: Scale) -> None:
    text = (ASSETS / "content" / lang / "scales" / f"{scale.id}.toml").read_text(encoding="utf-8")
    assert scale.source
    assert scale.licence
    assert text.startswith("# ")


@EACH
def test_closed_scales_say_why_and_take_sums(lang: str, scale: Scale) -> None:
    assert lang == scale.lang
    if scale.is_open:
        assert scale.reason == scale.typed_lead == ""
        return
    assert scale.reason
    assert scale.typed_lead
    assert scale.choices == ()
    assert all(part.typed_low < part.typed_high for part in scale.parts)


@EACH
def test_bands_cover_the_range_without_gap(lang: str, scale: Scale) -> None:
    del lang
    for part in scale.parts:
        covered = [n for band in part.bands for n in range(band.low, band.high + 1)]
        assert covered == list(range(part.typed_low * part.factor, part.high + 1))


def cuts(scale_id: str, part: int = 0) -> list[int]:
    """The lowest score of each band but the first."""
    return [band.low for band in TEXTS.scale(scale_id, "en").parts[part].bands[1:]]


def test_published_cut_offs() -> None:
    assert cuts("phq9") == [5, 10, 15, 20]
    assert cuts("gad7") == [5, 10, 15]
    assert cuts("phq2") == cuts("gad2") == [3]
    assert cuts("phq4") == [3, 6, 9]
    assert cuts("phq4", 1) == cuts("phq4", 2) == [3]
    assert cuts("who5") == [51]  # at most 50, which is a raw sum below 13
    assert cuts("dass21", 0) == [10, 14, 21, 28]
    assert cuts("dass21", 1) == [8, 10, 15, 20]
    assert cuts("dass21", 2) == [15, 19, 26, 34]
    assert cuts("sds") == [53, 63, 73]
    assert cuts("sas") == [50, 60, 70]


def test_dass_keys_share_no_item() -> None:
    depression, anxiety, stress = TEXTS.scale("dass21", "en").parts
    assert depression.items == (3, 5, 10, 13, 16, 17, 21)
    assert anxiety.items == (2, 4, 7, 9, 15, 19, 20)
    assert stress.items == (1, 6, 8, 11, 12, 14, 18)
    assert sorted(depression.items + anxiety.items + stress.items) == list(range(1, 22))


@pytest.mark.parametrize("lang", LANGS)
def test_short_forms_use_the_words_of_the_long_ones(lang: str) -> None:
    phq, gad = (TEXTS.scale(scale_id, lang).items for scale_id in ("phq9", "gad7"))
    assert len(phq) == 9
    assert TEXTS.scale("phq2", lang).items == phq[:2]
    if "gad7" not in OPEN[lang]:
        return
    assert TEXTS.scale("gad2", lang).items == gad[:2]
    assert TEXTS.scale("phq4", lang).items == gad[:2] + phq[:2]
    assert len(gad) == 7


@pytest.mark.parametrize(
    ("lang", "never"),
    [
        ("zh", "您|！|加油|想开|坚强|患者有|确诊"),
        ("en", r"!|you should|you must|you have depression"),
    ],
)
def test_our_own_sentences_are_plain(lang: str, never: str) -> None:
    for scale in TEXTS.scales(lang):
        said = [scale.about, scale.limits, scale.reason, scale.typed_lead]
        said += [band.sentence for part in scale.parts for band in part.bands]
        said += [risk.question for risk in scale.risks]
        assert [text for text in said if re.search(never, text)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_items_about_danger(lang: str) -> None:
    (risk,) = TEXTS.scale("phq9", lang).risks
    assert (risk.item, risk.at_least, risk.level) == (9, 1, 2)
    (gentle,) = TEXTS.scale("dass21", lang).risks
    assert (gentle.item, gentle.at_least, gentle.level) == (21, 1, 1)
    assert gentle.question


def _cut(text: str) -> str:
    return text.replace("low = 5\nhigh = 9", "low = 6\nhigh = 9")


def _other_key(text: str) -> str:
    return text.replace("again_after_days = 14", "again_after_days = 21")


def _other_item(text: str) -> str:
    return text.replace("item = 9", "item = 12")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_cut, "bands have a gap or overlap"),
        (_other_key, "zh and en are scored differently"),
        (_other_item, "no such item"),
    ],
)
def test_a_broken_key_is_named(tmp_path: Path, change: Callable[[str], str], reason: str) -> None:
    for lang in LANGS:
        shutil.copytree(
            ASSETS / "content" / lang / "scales", tmp_path / "content" / lang / "scales"
        )
    path = tmp_path / "content" / "zh" / "scales" / "phq9.toml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        ScaleTexts.load(tmp_path)
    assert caught.value.facts["reason"] == reason
