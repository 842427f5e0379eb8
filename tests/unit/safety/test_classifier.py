from __future__ import annotations

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.risk import (
    Assessment,
    Kind,
    Level,
    Opinion,
    Request,
    Who,
    raised,
)
from psylite_desktop.safety.assess import Assessor
from psylite_desktop.safety.classifier import (
    ASKED,
    CLASSES,
    FORMAT,
    HEADER,
    HEADS,
    MAGIC,
    READER,
    STACKS,
    TRUST,
    UNWORDED,
    WEIGHTS,
    RiskClassifier,
    subject,
)
from psylite_desktop.safety.known import written
from psylite_desktop.safety.linear import LANGS, DamagedModelError, features
from psylite_desktop.safety.normalise import Plain
from psylite_desktop.safety.pieces import pieces
from psylite_desktop.safety.risk_features import RiskFeatures
from psylite_desktop.safety.word_classes import WORD_CLASSES, WordClasses
from tests.fakes.readers import write_silent
from tests.fakes.stacks import loudest

ASSETS = Path(__file__).parents[3] / "assets"
BITS = 12
# Words without any meaning to the rules stand for implicit wording.
GRAVE = {"zh": "青石板雨", "en": "zorblatt quux"}
DOUBTED = dict.fromkeys(["zh.place.jump_thought", "en.place.on_it", "zh.hints", "en.hints"], 0.0)
"""What asks for something where a card rests on it alone: two rules, and hints."""
ONCE = {"watch": {}, "crisis": DOUBTED}


GOLDEN_ZH = [
    4345,
    7485,
    18118,
    23742,
    25571,
    30750,
    32141,
    34182,
    37642,
    39616,
    41218,
    50321,
    54022,
    61990,
]
GOLDEN_EN = [
    3528,
    9423,
    10332,
    12533,
    16735,
    17411,
    19334,
    24463,
    25553,
    26072,
    30705,
    30780,
    36614,
    36636,
    37658,
    38619,
    39031,
    40028,
    41192,
    41463,
    42782,
    51470,
    53761,
    55648,
    56462,
    56869,
    57608,
    60253,
    63998,
]

# A class of words, and nothing that the model knows of it.
CLASSED = {
    "zh": {"stone": ["石"]},
    "en": {"pill": ["pill", "sleeping pill"]},
    "wide": {"zh": {}, "en": {}},
}
FEATURES = RiskFeatures(BITS, WordClasses(CLASSED))


LOUDEST = loudest()
NO_NUMBERS = {"heads": {}, "thresholds": dict.fromkeys(HEADS, "nan")}


def write_model(
    folder: Path,
    heads: tuple[str, ...],
    *,
    asked: dict[str, float] | None = None,
    unknown: Collection[int] = (),
    **changes: Any,
) -> Path:
    """A model in which the words of `GRAVE` speak for `heads` and nothing else does.

    It knows its whole table but for the buckets `unknown`.
    """
    planes = [MAGIC]
    languages = {}
    for lang in LANGS:
        grams = FEATURES(GRAVE[lang], lang)
        known = [bucket for bucket in range(1 << BITS) if bucket not in unknown]
        planes.append(written(known, BITS))
        loud = bytes(100 if bucket in grams else 0 for bucket in known)
        planes += [loud if name in heads else bytes(len(known)) for name in HEADS]
        languages[lang] = {
            "known": len(known),
            "heads": {name: [0.1, -5.0, {}] for name in HEADS},
            "thresholds": asked or dict.fromkeys(ASKED, 8.0),
        }
    weights = b"".join(planes)
    classes = json.dumps(CLASSED).encode()
    header = {"format": FORMAT, "bits": BITS, "crc32": crc32(weights), CLASSES: crc32(classes)}
    folder.mkdir(exist_ok=True)
    header |= {STACKS: dict.fromkeys(LANGS, LOUDEST), TRUST: ONCE, READER: write_silent(folder)}
    header |= {"languages": languages} | changes
    (folder / WEIGHTS).write_bytes(weights)
    (folder / WORD_CLASSES).write_bytes(classes)
    (folder / HEADER).write_text(json.dumps(header), "utf-8")
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Callable[..., RiskClassifier]:
    return lambda *heads: RiskClassifier.load(write_model(tmp_path / "risk", heads))


def plain(text: str) -> Plain:
    return Plain(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))


def test_hashing_never_changes():
    assert sorted(features("我想睡。", "zh", 0xFFFF)) == GOLDEN_ZH
    assert sorted(features("so tired", "en", 0xFFFF)) == GOLDEN_EN


def test_blanks_digits_and_pauses_do_not_matter():
    assert features("我 想，睡 12", "zh", 0xFFFF) == features("我想、睡7", "zh", 0xFFFF)
    assert features("so,  tired 12", "en", 0xFFFF) == features("so tired! 5", "en", 0xFFFF)


@pytest.mark.parametrize("lang", LANGS)
def test_each_level_asks_for_its_heads(model, lang):
    said = plain(GRAVE[lang])
    assert model().hear(said).opinion is None
    assert model("watch").hear(said).opinion.level is Level.WATCH
    assert model("crisis").hear(said).opinion.level is Level.CRISIS
    assert model("crisis", "emergency").hear(said).opinion.level is Level.EMERGENCY
    assert model("emergency").hear(said).opinion is None, (
        "an emergency needs the crisis head as well"
    )


def test_the_kind_is_the_loudest(model):
    verdict = model("crisis", "eating").hear(plain(GRAVE["zh"])).opinion
    assert verdict.kind is Kind.EATING


@pytest.mark.parametrize(
    ("lang", "filler"),
    [("zh", "今天吃了面条，然后去操场走了走。"), ("en", "We had noodles and took a walk. ")],
)
@pytest.mark.parametrize("place", [0, 7, 40])
def test_a_buried_sentence_counts(model, lang, filler, place):
    grave = GRAVE[lang] + (". " if lang == "en" else "。")
    text = filler * place + grave + filler * (40 - place)
    verdict = model("crisis").hear(plain(text)).opinion
    assert verdict is not None
    assert GRAVE[lang] in text[verdict.start : verdict.end]
    assert verdict.end - verdict.start <= 120


NEVER = {"watch": {}, "crisis": {}}
"""Nothing is doubted."""
# Two strong rules of different families.
BESIDE = {
    "zh": "过黄线半步，吓一激灵。他又打我了",
    "en": "if one more customer shouts at me i will walk into the sea. he hit me again last night",
}
# Two hints of different families, and nothing that is strong.
SOFT = {
    "zh": "我心里很平静，再见",
    "en": "i'm at peace with it now. my letters are written",
}


GRAVER = {"zh": "丧事从简，不要叫孩子请假。最后一碗面了", "en": SOFT["en"]}
"""Hints that the rules take for an emergency."""


def rules_alone(text: str) -> Assessment:
    return Assessor.load(ASSETS).assess(text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("what", ["hints", "several"])
@pytest.mark.parametrize(
    ("card", "watch", "level"),
    [(-9.0, -9.0, None), (0.0, -9.0, Level.WATCH), (0.0, 0.0, Level.NONE), (-9.0, 0.0, None)],
)
def test_what_may_be_doubted_is_a_card_is_watched_or_is_nothing_as_the_model_hears_it(
    tmp_path: Path, lang: str, what: str, card: float, watch: float, level: Level | None
) -> None:
    said = (SOFT if what == "hints" else BESIDE)[lang]
    names = [f"{lang}.{what}", *(one.rule for one in rules_alone(said).reasons)]
    trust = {"crisis": dict.fromkeys(names, card), "watch": dict.fromkeys(names, watch)}
    heard = beside_rules(RiskClassifier.load(write_model(tmp_path / "risk", (), trust=trust)))
    # Where the model hears no crisis hints are none of the gravest.
    believed = min(rules_alone(said).level, Level.CRISIS if what == "hints" else Level.EMERGENCY)
    assert believed >= Level.CRISIS
    found = heard.assess(said)
    if what == "several" and level is Level.NONE:
        level = Level.WATCH  # among them is a strong rule of a card
    assert found.level is (believed if level is None else level)
    assert found.humor_blocked, "no joke where a rule heard something"


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_found_besides_is_no_reason_to_believe_less(tmp_path: Path, lang: str) -> None:
    every = [f"{lang}.several", *(one.rule for one in rules_alone(BESIDE[lang]).reasons)]
    own = [one.rule for one in rules_alone(JEST[lang]).reasons]
    alone = rules_alone(BESIDE[lang]).level
    for known, level in ((own, alone), (every, Level.WATCH)):
        unsure = [name for name in every if known is every or name not in own]
        trust = {"crisis": dict.fromkeys(unsure, 9.0), "watch": {}}
        heard = beside_rules(RiskClassifier.load(write_model(tmp_path / "risk", (), trust=trust)))
        assert heard.assess(BESIDE[lang]).level is level


@pytest.mark.parametrize("lang", LANGS)
def test_hints_are_no_emergency_where_nothing_sounds_like_a_crisis(
    tmp_path: Path, lang: str
) -> None:
    assert rules_alone(GRAVER[lang]).level is Level.EMERGENCY
    asked = dict.fromkeys(ASKED, 99.0)
    for crisis, level in ((99.0, Level.CRISIS), (-9.0, Level.EMERGENCY)):
        folder = write_model(tmp_path / "risk", (), asked=asked | {"crisis": crisis}, trust=NEVER)
        assert beside_rules(RiskClassifier.load(folder)).assess(GRAVER[lang]).level is level


def beside_rules(model: RiskClassifier) -> Assessor:
    safety = ASSETS / "safety"
    return Assessor.from_files(safety / "zh.toml", safety / "en.toml", model)


@pytest.fixture
def quiet(tmp_path: Path) -> Assessor:
    """A model that hears nothing in anything and doubts every hint."""
    return beside_rules(RiskClassifier.load(write_model(tmp_path / "quiet", ())))


@pytest.mark.parametrize("text", SOFT.values())
def test_a_farewell_of_soft_words_is_watched_where_the_whole_sounds_harmless(
    quiet: Assessor, text: str
) -> None:
    held, alone = quiet.assess(text), rules_alone(text)
    assert held.level is Level.WATCH < alone.level
    assert {one.rule for one in held.reasons} == {one.rule for one in alone.reasons}


@pytest.mark.parametrize(
    "text",
    [
        "我不想活了",
        "I want to kill myself",
        "我不想活了，绳子准备好了",
        "我心里很平静，再见，绳子准备好了",
        "I want to kill myself. my letters are written",
    ],
)
def test_what_is_said_outright_is_never_held_down_nor_what_stands_beside_it(
    quiet: Assessor, text: str
) -> None:
    assert quiet.assess(text).level == rules_alone(text).level >= Level.CRISIS


@pytest.mark.parametrize(
    "text", ["我不想活了", "好想去死", "I want to kill myself", "i wish i was dead"]
)
def test_no_model_however_wrong_doubts_that_somebody_wants_to_die(
    tmp_path: Path, text: str
) -> None:
    every = {rule.id: 99.0 for rules in Assessor.load(ASSETS).rule_sets for rule in rules.rules}
    every |= {f"{lang}.{name}": 99.0 for lang in LANGS for name in ("hints", "several")}
    trust = dict.fromkeys(("watch", "crisis"), every)
    wrong = beside_rules(RiskClassifier.load(write_model(tmp_path / "risk", (), trust=trust)))
    assert wrong.assess(text).level == rules_alone(text).level >= Level.CRISIS
    assert wrong.assess(JEST["en"]).level is Level.WATCH


# A strong rule, and nothing else that is grave.
JEST = {
    "zh": "过黄线半步，吓一激灵",
    "en": "if one more customer shouts at me i will walk into the sea",
}


@pytest.mark.parametrize("lang", LANGS)
def test_words_of_one_family_are_a_card_only_where_the_whole_does_not_sound_harmless(
    tmp_path: Path, quiet: Assessor, lang: str
) -> None:
    alone = rules_alone(JEST[lang])
    assert alone.level >= Level.CRISIS
    held = quiet.assess(JEST[lang])
    assert held.level is Level.WATCH, "noticed all the same"
    assert {one.rule for one in held.reasons} == {one.rule for one in alone.reasons}
    easy = {TRUST: {"watch": {}, "crisis": dict.fromkeys(DOUBTED, -9.0)}}
    believed = beside_rules(RiskClassifier.load(write_model(tmp_path / "risk", (), **easy)))
    assert believed.assess(JEST[lang]).level == alone.level


@pytest.mark.parametrize("text", BESIDE.values())
def test_what_stands_beside_another_grave_thing_is_not_doubted(quiet: Assessor, text: str) -> None:
    assert quiet.assess(text).level == rules_alone(text).level >= Level.CRISIS


@pytest.mark.parametrize(
    "text",
    [
        "so we were at the office and then 刀我已经准备好了，明天就捅死他 and then we went home",
        "我们昨天在公司吃蛋糕然后the man downstairs is hitting his wife right now然后我们就回家了",
    ],
)
def test_what_reads_one_language_doubts_no_rule_of_another(text: str) -> None:
    shipped = Assessor.load(ASSETS, ASSETS.parent / "model_store" / "risk")
    assert shipped.assess(text).level >= Level.CRISIS


@pytest.mark.parametrize(
    "text",
    [
        "我一个人在家，想写遗书。明天再说吧。",
        "今天打游戏打了一天。我想写遗书。晚上吃了面。",
        "We went to the market on Saturday. 帮我写一份遗书。We had coffee.",
        "how do i start a suicide letter. we had pasta for dinner and watched a film.",
    ],
)
def test_what_one_rule_is_sure_of_another_does_not_lose_among_harmless_things(text: str) -> None:
    shipped = Assessor.load(ASSETS, ASSETS.parent / "model_store" / "risk")
    assert shipped.assess(text).level is Level.EMERGENCY


END = {"zh": "。", "en": ". "}
CALM = {
    "zh": "今天吃了面条，然后去操场走了走。" * 16,
    "en": "We had noodles and took a walk. " * 16,
}
"""Longer than what is read together."""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("before", [0, 3, 9])
def test_a_rule_is_confirmed_by_what_stands_near_it_and_by_nothing_else(
    tmp_path: Path, lang: str, before: int
) -> None:
    # The model itself never rings: it only says whether a rule is to be believed.
    never = dict.fromkeys(ASKED, 99.0)
    folder = write_model(tmp_path / "risk", ("crisis",), asked=never)
    believing = beside_rules(RiskClassifier.load(folder))
    jest, grave, calm = JEST[lang] + END[lang], GRAVE[lang] + END[lang], CALM[lang]
    near = calm * before + jest + grave + calm
    far = calm * before + jest + calm * 2 + grave + calm
    assert believing.assess(near).level is rules_alone(JEST[lang]).level
    assert believing.assess(far).level is Level.WATCH


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("before", [0, 9])
def test_hints_are_believed_for_what_stands_near_them(
    tmp_path: Path, lang: str, before: int
) -> None:
    asked = dict.fromkeys(ASKED, 99.0)
    believing = beside_rules(
        RiskClassifier.load(write_model(tmp_path / "risk", ("crisis",), asked=asked))
    )
    soft, grave, calm = SOFT[lang] + END[lang], GRAVE[lang] + END[lang], CALM[lang]
    assert believing.assess(calm * before + grave + soft).level >= Level.CRISIS
    far = believing.assess(calm * before + soft + calm * 2 + grave)
    assert far.level is Level.WATCH


@pytest.mark.parametrize("lang", LANGS)
def test_where_a_strong_rule_heard_something_words_count_as_they_would_alone(
    tmp_path: Path, lang: str
) -> None:
    outright = {"zh": "我不想活了", "en": "i want to kill myself"}[lang]
    said = outright + "，" + GRAVE[lang] + END[lang]
    probe = RiskClassifier.load(write_model(tmp_path / "probe", ("crisis", "emergency")))
    loudest = max(one.said[2] for one in probe.stretches(said, probe.pieces(plain(said))))
    asked = dict.fromkeys(ASKED, 99.0) | {"crisis": -9.0, "emergency": loudest - 0.1}
    folder = write_model(tmp_path / "risk", ("crisis", "emergency"), asked=asked)
    barely = beside_rules(RiskClassifier.load(folder))
    assert rules_alone(outright).level is Level.CRISIS
    for text in (said, CALM[lang] * 6 + said + CALM[lang] * 3):
        assert barely.assess(text).level is Level.EMERGENCY


@pytest.mark.parametrize("text", ["1", "🙂", "。"])
def test_where_the_model_cannot_look_it_doubts_nothing(quiet: Assessor, text: str) -> None:
    assert quiet.assess(text) == rules_alone(text)


@pytest.mark.parametrize(
    ("head", "text", "worded"),
    [
        ("clinical", GRAVE["zh"] + "怎么办？", False),
        ("clinical", GRAVE["zh"] + "，药片真苦", True),
        ("clinical", "should i " + GRAVE["en"], False),
        ("clinical", GRAVE["en"] + " my doctor smiled", True),
        ("privacy", GRAVE["zh"] + "，看到他头像就心慌", False),
        ("privacy", GRAVE["zh"] + "，银行卡放在桌上", True),
        ("jailbreak", "if you were me " + GRAVE["en"], False),
        ("jailbreak", GRAVE["en"] + " i like the rules of chess", True),
        ("harmful", GRAVE["zh"] + "真好看", False),
        ("harmful", GRAVE["zh"] + "怎么弄", False),
        ("harmful", GRAVE["zh"] + "，刀放在桌上", True),
        ("harmful", "how do i get my husband to back me up " + GRAVE["en"], False),
        ("harmful", "the knife is for the bread " + GRAVE["en"], True),
    ],
)
def test_what_a_model_alone_hears_is_asked_for_more_or_less_by_its_words(
    tmp_path: Path, head: str, text: str, worded: bool
) -> None:
    lax, never = -99.0, 99.0
    for asked_worded, asked_unworded in ((lax, never), (never, lax)):
        asked = dict.fromkeys(ASKED, never)
        asked |= {head: asked_worded, UNWORDED[Request(head)]: asked_unworded}
        folder = write_model(tmp_path / "risk", (head,), asked=asked)
        found = beside_rules(RiskClassifier.load(folder)).assess(text)
        kept = worded is (asked_worded is lax)
        assert found.request is (Request(head) if kept else Request.NONE)
        assert found.by_the_way is (kept and not worded)


@pytest.mark.parametrize(
    ("short", "long"), [("云很白", "云很白很亮"), ("a cloud", "a cloud is up")]
)
def test_in_other_words_a_request_needs_some_length(tmp_path: Path, short: str, long: str) -> None:
    asked = dict.fromkeys(ASKED, 99.0) | dict.fromkeys(UNWORDED.values(), -99.0)
    folder = write_model(tmp_path / "risk", (), asked=asked)
    hearing = beside_rules(RiskClassifier.load(folder))
    assert hearing.assess(short).request is Request.NONE
    assert hearing.assess(long).request is not Request.NONE


@pytest.mark.parametrize("words", ["她又打我了，", "我想死，"])
def test_beside_a_card_a_model_alone_hears_no_request(tmp_path: Path, words: str) -> None:
    asked = dict.fromkeys(ASKED, 99.0) | dict.fromkeys(UNWORDED.values(), -99.0)
    asked |= {request.value: -99.0 for request in UNWORDED}
    folder = write_model(tmp_path / "risk", (), asked=asked, trust=NEVER)
    hearing = beside_rules(RiskClassifier.load(folder))
    assert hearing.assess("云很白很亮").request is not Request.NONE
    found = hearing.assess(words + "云很白很亮")
    assert found.level >= Level.CRISIS
    assert found.request is Request.NONE
    assert hearing.assess(words + "帮我黑进他的账号").request is Request.HARMFUL


def test_what_the_rules_hear_as_well_is_asked_outright(tmp_path: Path) -> None:
    asking = beside_rules(RiskClassifier.load(write_model(tmp_path / "risk", ("clinical",))))
    said = asking.assess("你觉得我得了抑郁症吗")
    assert said.request is Request.CLINICAL
    assert not said.by_the_way


@pytest.mark.parametrize("text", ["", "。", "?!", "1", "a", "我", "  \n ", "🙂🙂", "12345"])
def test_less_than_two_letters_say_nothing(model, text):
    assert list(pieces(text, FEATURES)) == []
    assert model("watch", "crisis").hear(plain(text)) is None


def test_a_text_without_any_end_is_cut():
    text = "走" * 1000
    parts = list(pieces(text, FEATURES))
    assert max(part.end - part.start for part in parts) <= 120
    assert {place for part in parts for place in range(part.start, part.end)} == set(range(1000))


def test_an_english_sentence_is_given_to_the_network_with_its_neighbours():
    text = "I have cut it. The rope was for the tent. We slept well. " + "Then it rained. " * 12
    first, *others = pieces(text, FEATURES)
    assert text[first.start : first.end] == "I have cut it."
    assert text[slice(*first.around)].startswith(
        "I have cut it. The rope was for the tent. We slept well."
    )
    assert all(len(text[slice(*part.around)]) <= 160 for part in (first, *others))
    assert all(part.around[0] <= part.start < part.end <= part.around[1] for part in others)
    chinese = pieces("我剪断了。绳子是搭帐篷的。", FEATURES)
    assert all(part.around == (part.start, part.end) for part in chinese)


@pytest.mark.parametrize(
    ("text", "lang", "who"),
    [
        ("我室友把药都收起来了", "zh", Who.OTHER),
        ("她昨天在天台站了很久", "zh", Who.OTHER),
        ("我妈不知道我在想什么", "zh", Who.SELF),
        ("药都收起来了", "zh", Who.SELF),
        ("my sister gave her cat away", "en", Who.OTHER),
        ("my sister doesnt know i gave it away", "en", Who.SELF),
    ],
)
def test_whom_a_piece_speaks_of(text, lang, who):
    assert subject(text, lang) is who


@pytest.mark.parametrize(
    "changes",
    [
        {"format": FORMAT + 1},
        {"bits": 13},
        {"bits": 99},
        {"bits": None},
        {"crc32": 1},
        {"languages": {}},
        {"languages": []},
        {"languages": dict.fromkeys(LANGS, NO_NUMBERS)},
        {TRUST: None},
        {TRUST: {"crisis": {}}},
        {TRUST: {"watch": {}, "crisis": 1}},
        {TRUST: {"watch": {}, "crisis": {"zh.intent.some_day": "much"}}},
        {TRUST: {"watch": {}, "crisis": {"zh.intent.some_day": float("inf")}}},
        {TRUST: {"watch": {"zh.intent.some_day": float("nan")}, "crisis": {}}},
        {TRUST: {"watch": {"zh.intent.some_day": 10**400}, "crisis": {}}},
        {STACKS: None},
        {STACKS: {"zh": LOUDEST}},
        {STACKS: dict.fromkeys(LANGS, LOUDEST | {"levels": {"mean": [10**400]}})},
        {STACKS: {key: {"levels": LOUDEST["levels"]} for key in LANGS}},
        {STACKS: dict.fromkeys(LANGS, LOUDEST | {"levels": LOUDEST["requests"]})},
        {STACKS: dict.fromkeys(LANGS, LOUDEST | {"requests": LOUDEST["levels"]})},
    ],
)
def test_a_damaged_header_is_named(tmp_path, changes):
    with pytest.raises(DamagedModelError, match=r"risk\.json|weights\.bin"):
        RiskClassifier.load(write_model(tmp_path / "risk", (), **changes))


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"null"])
def test_a_header_that_is_none(tmp_path, content):
    folder = write_model(tmp_path / "risk", ())
    (folder / HEADER).write_bytes(content)
    with pytest.raises(DamagedModelError):
        RiskClassifier.load(folder)


@pytest.mark.parametrize("cut", [0, 4, 100])
def test_weights_cut_off(tmp_path, cut):
    folder = write_model(tmp_path / "risk", ())
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:cut])
    with pytest.raises(DamagedModelError, match="weights"):
        RiskClassifier.load(folder)


def test_a_word_that_was_never_learnt_says_nothing(tmp_path):
    for lang in LANGS:
        grams = FEATURES(GRAVE[lang], lang)
        folder = write_model(tmp_path / lang, ("crisis",), unknown=grams)
        deaf = RiskClassifier.load(folder)
        assert deaf.hear(plain(GRAVE[lang])) is None


def test_weights_that_know_less_than_they_say(tmp_path):
    folder = write_model(tmp_path / "risk", ())
    header = json.loads((folder / HEADER).read_text("utf-8"))
    header["languages"]["zh"]["known"] -= 1
    header["languages"]["en"]["known"] += 1  # so that the file is as long as it should be
    (folder / HEADER).write_text(json.dumps(header), "utf-8")
    with pytest.raises(DamagedModelError, match=r"weights\.bin does not know"):
        RiskClassifier.load(folder)


def test_one_flipped_bit(tmp_path):
    folder = write_model(tmp_path / "risk", ())
    weights = bytearray((folder / WEIGHTS).read_bytes())
    weights[1000] ^= 1
    (folder / WEIGHTS).write_bytes(weights)
    with pytest.raises(DamagedModelError, match="belong"):
        RiskClassifier.load(folder)


@pytest.mark.parametrize("other", [b"", b"{}", b'{"zh": {}, "en": {}}'])
def test_classes_of_words_that_the_weights_were_not_learnt_with(tmp_path, other):
    folder = write_model(tmp_path / "risk", ())
    (folder / WORD_CLASSES).write_bytes(other)
    with pytest.raises(DamagedModelError, match=r"word_classes\.json does not belong"):
        RiskClassifier.load(folder)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"zh": {}}', b'{"zh": {}, "en": {}}', b'{"zh": [], "en": {"a": 1}, "wide": {}}'],
)
def test_classes_of_words_that_are_none(tmp_path, content):
    folder = write_model(tmp_path / "risk", (), **{CLASSES: crc32(content)})
    (folder / WORD_CLASSES).write_bytes(content)
    with pytest.raises(DamagedModelError, match=r"word_classes\.json is damaged"):
        RiskClassifier.load(folder)


def test_a_reader_that_the_weights_were_not_learnt_with(tmp_path):
    folder = write_model(tmp_path / "risk", ())
    (folder / "reader.json").write_bytes(b"{}")
    with pytest.raises(DamagedModelError, match=r"reader\.json does not belong"):
        RiskClassifier.load(folder)


def test_without_a_model_the_rules_stand_alone(tmp_path, assessor):
    alone = Assessor.load(ASSETS, tmp_path / "nothing")
    for text in ("我不想活了", "今天天气不错", GRAVE["zh"]):
        assert alone.assess(text) == assessor.assess(text)


def test_a_damaged_model_leaves_the_rules_alone(tmp_path, assessor):
    folder = write_model(tmp_path / "risk", ())
    (folder / WEIGHTS).write_bytes(b"")
    assert Assessor.load(ASSETS, folder).assess("我不想活了") == assessor.assess("我不想活了")


@pytest.fixture(scope="module")
def loud(tmp_path_factory) -> Assessor:
    folder = write_model(tmp_path_factory.mktemp("risk") / "risk", ("crisis", "suicide"))
    return Assessor.load(ASSETS, folder)


def test_the_model_raises_and_says_why(loud):
    text = "早上好。" + GRAVE["zh"] + "。"
    found = loud.assess(text)
    assert (found.level, found.kind, found.who) == (Level.CRISIS, Kind.SUICIDE, Who.SELF)
    assert found.humor_blocked
    reason = found.reasons[0]
    assert (reason.rule, reason.level) == ("model.linear.suicide", Level.CRISIS)
    assert GRAVE["zh"] in text[reason.start : reason.end]


def test_the_reason_of_a_long_text_points_into_the_original(loud):
    text = "今天吃了面条。" * 700 + GRAVE["zh"] + "。"
    reason = loud.assess(text).reasons[0]
    assert GRAVE["zh"] in text[reason.start : reason.end]


@pytest.mark.parametrize(
    ("lang", "filler"),
    [("zh", "今天吃了面条，然后去操场走了走。"), ("en", "We had noodles and took a walk. ")],
)
def test_what_barely_rings_alone_is_one_of_many_in_a_long_text(tmp_path, lang, filler):
    text = GRAVE[lang] + ("。" if lang == "zh" else ". ")
    folder = write_model(tmp_path / "probe", ("crisis",))
    probe = RiskClassifier.load(folder)
    (alone,) = probe.stretches(text, probe.pieces(plain(text)))
    asked = dict.fromkeys(ASKED, 99.0) | {"crisis": alone.said[1] - 0.1}
    barely = beside_rules(
        RiskClassifier.load(write_model(tmp_path / "risk", ("crisis",), asked=asked))
    )
    short, long = text, text + filler * (4000 // len(filler))
    assert barely.assess(short).level is Level.CRISIS
    assert barely.assess(long).level is Level.NONE
    assert barely.assess(long + "我不想活了").level >= Level.CRISIS, "rules hear as ever"


def test_an_explicit_denial_holds_the_model_at_watch(loud, assessor):
    text = "我没有想自杀，也不会伤害自己。"
    assert assessor.assess(text).cleared
    found = loud.assess(text + GRAVE["zh"])
    assert found.level is Level.WATCH
    assert found.cleared


def test_no_emergency_by_the_sound_alone(tmp_path, assessor):
    """Where no rule and no hint points to risk, the model reaches a card and no full window."""
    folder = write_model(tmp_path / "risk", ("crisis", "emergency", "suicide"))
    alarming = Assessor.load(ASSETS, folder)
    sound = GRAVE["zh"] + "。"
    assert alarming.assess(sound).level is Level.CRISIS
    hint = "绳子"
    assert assessor.assess(hint).level is Level.NONE
    assert alarming.assess(hint + "。" + sound).level is Level.EMERGENCY


@pytest.mark.parametrize("sound_first", [True, False])
def test_a_hint_in_another_window_counts_in_any_order(tmp_path, sound_first):
    folder = write_model(tmp_path / "risk", ("crisis", "emergency", "suicide"))
    alarming = Assessor.load(ASSETS, folder)
    parts = [GRAVE["zh"] + "。", "今天吃了面条。" * 700, "绳子。"]
    text = "".join(parts if sound_first else reversed(parts))
    assert alarming.assess(text).level is Level.EMERGENCY
    assert alarming.assess(text.replace("绳子", "面条")).level is Level.CRISIS


def test_somebody_else_stays_somebody_else():
    text = "我很担心我朋友。"
    found = Assessment(Level.WATCH, Kind.SUICIDE, Who.OTHER)
    said = Opinion("model.linear.suicide", Level.CRISIS, Kind.SUICIDE, Who.SELF, 0, len(text))
    higher = raised(found, said)
    assert (higher.who, higher.level) == (Who.OTHER, Level.CRISIS)
    assert raised(higher, said) == higher


WORDS = st.sampled_from(
    [
        "我不想活了",
        "我没有想死",
        "kill myself",
        "笑死我了",
        "我朋友",
        *GRAVE.values(),
        "。",
        ". ",
        "\n",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=12).map(" ".join)))
def test_any_text_is_read_and_no_level_falls(loud, assessor, text):
    before, after = assessor.assess(text), loud.assess(text)
    assert after.level >= before.level
    assert after.request is before.request
    assert after.humor_blocked >= before.humor_blocked
    assert set(before.reasons) <= set(after.reasons)
    if after.level == before.level:
        assert after == before
    for reason in after.reasons:
        assert 0 <= reason.start < reason.end <= len(text)
