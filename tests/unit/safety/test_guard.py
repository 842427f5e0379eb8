"""What a reply may and may not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.domain.risk import Level
from psylite_desktop.safety.guard import CODES, OutputGuard
from psylite_desktop.safety.sentences import split_sentences

GOOD = [
    ("zh", "听起来这件事压在你心里很久了。"),
    ("zh", "你愿意多说一点吗？"),
    ("zh", "这段时间你一个人扛着，真不容易。"),
    ("zh", "你刚才提到和室友吵架，那时候你心里是什么感觉？"),
    ("zh", "小时候的事，现在想起来还会难受。"),
    ("zh", "失眠三个月，身体一定很疲惫。"),
    ("zh", "同学们都不理你，那种感觉很孤单吧。"),
    ("zh", "你希望她能理解你，对吗？"),
    ("zh", "我在听。"),
    ("en", "That sounds really heavy."),
    ("en", "What was the hardest part of the fight?"),
    ("en", "It makes sense that you feel hurt."),
    ("en", "You were hoping she would listen."),
    ("en", "It sounds like you have been carrying this alone."),
    ("en", "How long has this been going on?"),
    ("en", "I'm a program, so I can be wrong."),
    ("en", "Would you like to tell me more about your mother?"),
]
BAD = [
    ("zh", "加油，你可以的！", "slogan"),
    ("zh", "要相信明天，想开点。", "slogan"),
    ("zh", "我也经历过失恋。", "own_life"),
    ("zh", "我妈妈以前也这样。", "own_life"),
    ("zh", "我有个朋友和你一样。", "own_life"),
    ("zh", "你得了抑郁症。", "diagnosis"),
    ("zh", "每天吃两片就好。", "dose"),
    ("zh", "我是一名心理咨询师。", "human"),
    ("zh", "请拨打400-161-9995。", "number"),
    ("zh", "可以打12356。", "number"),
    ("zh", "I think you are very sad today.", "language"),
    ("zh", "，。！；，。！；", "garbage"),
    ("zh", "难过难过难过难过难过难过", "garbage"),
    ("zh", "比你惨的人多了。", "minimising"),
    ("zh", "别想太多。", "minimising"),
    ("zh", "死也是一种解脱。", "encouragement"),
    ("zh", "<|im_start|>你好", "leak"),
    ("zh", "用户：我很难过", "leak"),
    ("zh", "都是你自己的错。", "blame"),
    ("zh", "你应该多出去走走。", "advice_list"),
    ("zh", "我会永远陪在你身边。", "promise"),
    ("zh", "小雨，我听到了。", "name"),
    ("en", "Stay strong, it gets easier.", "slogan"),
    ("en", "I have been through the same breakup.", "own_life"),
    ("en", "My mum is like that too.", "own_life"),
    ("en", "You have clinical depression.", "diagnosis"),
    ("en", "You could start antidepressants.", "dose"),
    ("en", "I'm a licensed therapist.", "human"),
    ("en", "Call 988 now.", "number"),
    ("en", "你还好吗？", "language"),
    ("en", "You should exercise more.", "advice_list"),
    ("en", "Don't worry about it.", "minimising"),
    ("en", "It is your own fault.", "blame"),
    ("en", "Hi Sarah, how are you?", "name"),
    ("en", "User: hello", "leak"),
    ("en", "You will be fine, I promise.", "promise"),
    ("en", "Others have it worse than you.", "minimising"),
]


@pytest.mark.parametrize(("lang", "sentence"), GOOD)
def test_a_good_sentence_passes(guard: OutputGuard, lang: str, sentence: str) -> None:
    for level in Level:
        assert guard.check(sentence, level=level, lang=lang, shown=[]) is None


@pytest.mark.parametrize(("lang", "sentence", "code"), BAD)
def test_a_bad_sentence_is_held_back(
    guard: OutputGuard, lang: str, sentence: str, code: str
) -> None:
    assert guard.check(sentence, level=Level.NONE, lang=lang, shown=[]) == code


def test_humor_is_held_back_only_at_risk(guard: OutputGuard) -> None:
    for lang, sentence in (("zh", "哈哈，这可真有意思。"), ("en", "Haha, what a story.")):
        assert guard.check(sentence, level=Level.NONE, lang=lang, shown=[]) is None
        assert guard.check(sentence, level=Level.WATCH, lang=lang, shown=[]) == "humor"


def test_what_was_said_before_is_not_said_again(guard: OutputGuard) -> None:
    shown = ["你好。我在听，你慢慢说。", "That sounds hard. Tell me more about it."]
    for lang, sentence in (("zh", "我在听，你慢慢说！"), ("en", "Tell me more about it")):
        assert guard.check(sentence, level=Level.NONE, lang=lang, shown=shown) == "repetition"
        assert guard.check(sentence, level=Level.NONE, lang=lang, shown=[]) is None


def test_a_name_that_the_person_used_may_be_used(guard: OutputGuard) -> None:
    for lang, sentence, said in (
        ("zh", "小雨，我在听。", "我叫小雨"),
        ("en", "Hi Sarah, take your time.", "I'm Sarah"),
    ):
        assert guard.check(sentence, level=Level.NONE, lang=lang, shown=[]) == "name"
        assert guard.check(sentence, level=Level.NONE, lang=lang, shown=[], user_text=said) is None


def test_a_number_that_the_person_wrote_may_be_repeated(guard: OutputGuard) -> None:
    sentence = "你说的是110号房间吗？"
    assert guard.check(sentence, level=Level.NONE, lang="zh", shown=[]) == "number"
    said = "我住110号房间"
    assert guard.check(sentence, level=Level.NONE, lang="zh", shown=[], user_text=said) is None


@given(
    sentence=st.text(st.characters(exclude_categories=()), max_size=120),
    lang=st.sampled_from(["zh", "en"]),
)
def test_any_sentence_can_be_judged(guard: OutputGuard, sentence: str, lang: str) -> None:
    code = guard.check(sentence, level=Level.CRISIS, lang=lang, shown=[sentence[:10]])
    assert code is None or code in CODES


@given(text=st.text(alphabet='我你。！？…\n.!? abN"”》,，3', max_size=200))
def test_splitting_loses_nothing(text: str) -> None:
    sentences, rest = split_sentences(text)
    assert "".join(sentences) + rest == text


@given(text=st.text(alphabet='我你。！？\n. ab"”', max_size=60), cut=st.integers(0, 60))
def test_streamed_sentences_are_the_same_as_whole_ones(text: str, cut: int) -> None:
    whole, whole_rest = split_sentences(text)
    first, rest = split_sentences(text[:cut])
    second, last = split_sentences(rest + text[cut:])
    assert "".join(first + second) + last == "".join(whole) + whole_rest
    assert len(first) <= len(whole)


@pytest.mark.parametrize(
    ("text", "sentences", "rest"),
    [
        ("你好。我在！然后", ["你好。", "我在！"], "然后"),
        ("“真的吗？”他说。然后", ["“真的吗？”", "他说。"], "然后"),
        ("I see. It costs 3.5 dollars. And", ["I see.", " It costs 3.5 dollars."], " And"),
        ("Mr. Li said so. Then", ["Mr. Li said so."], " Then"),
        ("wait.", [], "wait."),
        ("one\ntwo", ["one\n"], "two"),
    ],
)
def test_split_sentences(text: str, sentences: list[str], rest: str) -> None:
    assert split_sentences(text) == (sentences, rest)
