"""The end of a talk: three lines and one step, whatever was said, and nothing of danger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psylite_desktop.app.services import AppServices
from psylite_desktop.domain.conversation import Message, Role
from psylite_desktop.domain.ending import Sketch
from psylite_desktop.domain.errors import VaultError
from psylite_desktop.domain.risk import Level
from psylite_desktop.services.clock import Clock
from psylite_desktop.services.closing import LONGEST_LINE, ClosingService, Sketcher, harmless
from tests.fakes.memory_vault import MemoryVault

Sketching = Callable[..., Sketch]
WORDS = (  # noqa: SIM905 - readable
    "室友 我打算明天跟他谈谈 我发现我每次都这样 难过 我好累 小李说 10月1日 考试 开心 安眠药 哈哈哈 "
    "roommate so lonely I'll call her I realised that Anna 3 pills exam happy lol 100mg 13800000000"
).split()


@pytest.fixture(scope="module")
def sketcher(app_services: AppServices) -> Sketcher:
    return Sketcher(
        texts=app_services.closing,
        situations=app_services.guided,
        moves=app_services.moves,
        quoting=app_services.quoting,
        is_safe=harmless(app_services.assessor),
    )


@pytest.fixture(scope="module")
def sketch(sketcher: Sketcher, app_services: AppServices) -> Sketching:
    def make(*texts: str, level: Level = Level.NONE) -> Sketch:
        said = [
            Message(Role.USER, text, level=int(app_services.assessor.assess(text).level))
            for text in texts
        ]
        return sketcher.sketch(said, level, default_lang="en")

    return make


def test_a_talk_is_told_in_three_lines(sketch: Sketching) -> None:
    made = sketch(
        "I had a fight with my roommate and now the room feels tiny",
        "I feel so lonely at night",
        "I realised I always keep quiet",
        "I think I'll talk to her tomorrow after class",
        "bye",
    )
    about, weighs, helped = made.lines
    assert "things with your roommate" in about
    assert "“I feel so lonely at night”" in weighs
    assert "“I realised I always keep quiet”" in helped
    assert made.next_step == "I'll talk to her tomorrow after class"
    assert not made.is_guarded


def test_it_speaks_the_language_of_the_talk(sketch: Sketching) -> None:
    made = sketch("最近找工作压力很大，心里堵得慌", "投了好多简历都没回音", "我发现我总在跟同学比")
    about, weighs, helped = made.lines
    assert "找工作的事" in about
    assert "“" in weighs
    assert "我发现我总在跟同学比" in helped
    assert made.next_step


def test_a_plan_for_the_weekend_is_no_name(sketch: Sketching) -> None:
    made = sketch("室友总是很晚才睡，我有点烦", "我打算周末跟她好好谈谈")
    assert made.next_step == "我打算周末跟她好好谈谈"


def test_a_good_day_is_not_made_heavy(sketch: Sketching) -> None:
    made = sketch("今天考过了！太开心了")
    assert "“今天考过了”" in made.lines[1]
    assert "沉" not in made.lines[1]
    assert made.next_step == ""


def test_a_greeting_alone_still_gets_its_lines(sketch: Sketching) -> None:
    made = sketch("hello")
    assert all(made.lines)
    assert "“" not in "".join(made.lines)
    assert made.next_step == ""


@pytest.mark.parametrize(
    "texts",
    [
        ("室友总是很晚才睡，我有点烦", "我不想活了"),
        ("my boss yelled at me", "I want to kill myself tonight", "never mind, work is fine"),
    ],
)
def test_nothing_of_danger_is_told_again(sketch: Sketching, texts: tuple[str, ...]) -> None:
    made = sketch(*texts)
    assert made.is_guarded
    assert made.lines[0]
    assert made.lines[1:] == ("", "")
    whole = " ".join((made.goodbye, *made.lines, made.next_step))
    assert "“" not in whole.replace("“My plan”", "")
    assert not any(word in whole for word in ("室友", "boss", "活", "kill"))
    assert any(word in made.next_step for word in ("信得过的人", "我的计划", "trust", "My plan"))


def test_where_the_person_stands_counts_too(sketch: Sketching) -> None:
    assert sketch("my roommate is loud", level=Level.CRISIS).is_guarded
    assert not sketch("my roommate is loud", level=Level.WATCH).is_guarded


def test_names_numbers_and_risk_are_not_quoted(sketch: Sketching) -> None:
    made = sketch(
        "小李骂我没用，我好难过",
        "我好累，想死的心都有了",
        "我打算10点去找王老师",
        "call Anna, I'm so sad",
    )
    whole = "".join((*made.lines, made.next_step))
    assert not any(word in whole for word in ("小李", "王老师", "Anna", "死", "10"))


MESSAGES = st.lists(
    st.builds(
        Message,
        role=st.sampled_from(Role),
        text=st.one_of(
            st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=8).map("，".join)
        ),
        level=st.integers(0, 3),
    ),
    max_size=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=MESSAGES, level=st.sampled_from(Level))
def test_any_talk_gets_its_ending(
    sketcher: Sketcher, messages: list[Message], level: Level
) -> None:
    made = sketcher.sketch(messages, level, default_lang="zh")
    assert made == sketcher.sketch(messages, level, default_lang="zh")
    assert len(made.lines) == 3
    assert made.goodbye
    whole = "".join((made.goodbye, *made.lines, made.next_step))
    assert not any(char.isdigit() for char in whole)
    assert not any(word in whole for word in ("小李", "Anna", "安眠药", "pills", "哈哈", "lol"))
    assert "{" not in "".join(made.lines).replace("".join(m.text for m in messages), "")
    if level >= Level.CRISIS or any(message.level >= Level.CRISIS for message in messages):
        assert made.is_guarded
        assert made.lines[1:] == ("", "")
    else:
        assert all(made.lines)


def test_what_is_kept_stands_on_one_line_each(sketcher: Sketcher) -> None:
    vault = MemoryVault()
    conversation = vault.conversations.start(1.0)
    service = ClosingService(
        store=vault.endings,
        conversations=vault.conversations,
        sketcher=sketcher,
        level=lambda: Level.NONE,
        language=lambda: "zh",
        clock=Clock(lambda: 5.0, lambda: 0.0),
    )
    assert service.load(conversation) is None
    assert all(service.sketch(conversation).lines)
    kept = service.keep(conversation, (" a\nb ", "", "x" * 2 * LONGEST_LINE), "walk\n")
    assert service.load(conversation) == kept
    assert kept.lines == ("a b", "", "x" * LONGEST_LINE)
    assert (kept.next_step, kept.at) == ("walk", 5.0)
    with pytest.raises(VaultError):
        service.keep(99, ("a", "b", "c"), "")
