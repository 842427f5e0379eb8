from hypothesis import given
from hypothesis import strategies as st

from psylite_desktop.engine.reply_text import ReplyText


@given(text=st.text(), cuts=st.lists(st.integers(1, 5)))
def test_any_cutting_of_the_bytes_gives_the_text(text: str, cuts: list[int]) -> None:
    raw = text.encode()
    reply = ReplyText()
    shown = ""
    at = 0
    for cut in [*cuts, len(raw)]:
        shown += reply.feed(raw[at : at + cut])
        at += cut
    assert shown + reply.finish() == text.lstrip()


def test_an_unfinished_character_is_dropped() -> None:
    reply = ReplyText()
    assert reply.feed("好".encode()[:2]) == ""
    assert reply.finish() == ""


def test_bytes_that_are_no_text_are_marked() -> None:
    assert ReplyText().feed(b"a\xffb") == "a\ufffdb"


def test_a_stop_text_ends_the_reply_even_in_pieces() -> None:
    reply = ReplyText(("\nUser:",))
    assert reply.feed(b" Hello\n") == "Hello"
    assert reply.feed(b"Us") == ""
    assert reply.feed(b"er: and") == ""
    assert reply.ended
    assert reply.feed(b"more") == ""
    assert reply.finish() == ""


def test_what_only_looked_like_a_stop_text_comes_back() -> None:
    reply = ReplyText(("\nUser:",))
    assert reply.feed(b"a\nU") == "a"
    assert reply.feed(b"nder") == "\nUnder"
    assert reply.feed(b"\nUse") == ""
    assert reply.finish() == "\nUse"
