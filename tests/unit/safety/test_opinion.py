from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.risk import Kind, Level, Who
from psylite_desktop.safety.classifier import HEADS, KINDS, LEVEL_HEADS, Stretch
from psylite_desktop.safety.normalise import Plain
from psylite_desktop.safety.opinion import Blend, Numbers, opinion_of
from psylite_desktop.safety.pieces import Piece
from psylite_desktop.safety.stacking import Scored
from tests.fakes.readers import NOTHING

WEIGHTS = {name: {"encoder": 1.0, "linear": 0.5, "near": 2.0} for name in LEVEL_HEADS}
BLEND = Blend(WEIGHTS, {"watch": 1.0, "crisis": 2.0, "emergency": 3.0})
QUIET = dict.fromkeys(HEADS, -9.0) | {"other": -9.0}


def plain(text: str) -> Plain:
    return Plain(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))


def numbers(encoder: float, linear: float = 0.0, near: float = 0.0, **more: float) -> Numbers:
    said = QUIET | dict.fromkeys(LEVEL_HEADS, encoder) | more
    return Numbers(said, QUIET | dict.fromkeys(LEVEL_HEADS, linear), {"watch": near})


def test_layers_add_up() -> None:
    assert BLEND.above("watch", numbers(1.0, 2.0, 0.25)) == 1.5


def test_each_level_asks_for_its_threshold() -> None:
    assert BLEND.level(numbers(0.9))[0] is Level.NONE
    assert BLEND.level(numbers(1.0))[0] is Level.WATCH
    assert BLEND.level(numbers(2.0))[0] is Level.CRISIS
    assert BLEND.level(numbers(3.0))[0] is Level.EMERGENCY


def stretch(*spans: tuple[int, int]) -> Stretch:
    """Of its pieces the last but one sounds gravest."""
    pieces = [Piece("en", start, end, {1}) for start, end in spans]
    loud = [float(place == max(0, len(spans) - 2)) for place in range(len(spans))]
    kinds = (0.0,) * len(KINDS)
    scored = [
        Scored(one.start, one.end, (0.0, crisis, 0.0), kinds, (), 1.0, 0.0, 1, NOTHING)
        for one, crisis in zip(pieces, loud, strict=True)
    ]
    return Stretch("en", pieces, scored, [], *[(0.0, 0.0, 0.0)] * 3)


def test_the_gravest_piece_of_the_gravest_stretch_speaks_with_its_kind_and_person() -> None:
    text = "aaaa. bbbb. cccc."
    stretches = [stretch((0, 5)), stretch((0, 5), (6, 11), (12, 17)), stretch((12, 17))]
    said = [numbers(0.0), numbers(2.5, suicide=1.0, other=1.0), numbers(1.5)]
    found = opinion_of(plain(text), stretches, said, {"en": BLEND})
    assert found is not None
    assert (found.level, found.kind, found.who) == (Level.CRISIS, Kind.SUICIDE, Who.OTHER)
    assert text[found.start : found.end] == "bbbb."
    assert found.rule == "model.encoder.suicide"


def test_look_alikes_are_named() -> None:
    said = Numbers(numbers(2.5).encoder, numbers(0).linear, {}, ("zh-c-017", "zh-d-2"))
    found = opinion_of(plain("aaaa"), [stretch((0, 4))], [said], {"en": BLEND})
    assert found is not None
    assert found.rule == "model.near.zh-c-017"


def test_nothing_to_say() -> None:
    assert opinion_of(plain(""), [], [], {"en": BLEND}) is None
    quiet = opinion_of(plain("aa"), [stretch((0, 2))], [numbers(0.0)], {"en": BLEND})
    assert quiet is None


@given(st.floats(-20, 20), st.floats(-20, 20), st.floats(0, 1), st.floats(0, 5))
def test_more_of_anything_never_lowers(
    encoder: float, linear: float, near: float, more: float
) -> None:
    before = BLEND.level(numbers(encoder, linear, near))[0]
    assert BLEND.level(numbers(encoder + more, linear, near))[0] >= before
    assert BLEND.level(numbers(encoder, linear + more, near))[0] >= before


def test_kinds_are_all_risks() -> None:
    assert Kind.NONE not in KINDS
