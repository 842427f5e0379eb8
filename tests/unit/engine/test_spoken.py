from psylite_desktop.engine.spoken import REMEMBERED, SpokenReplies


def test_a_reply_gives_back_its_tokens() -> None:
    spoken = SpokenReplies()
    spoken.remember("ab c", [(1, 1), (2, 3), (3, 4)])
    assert spoken.tokens_of("ab c") == [1, 2, 3]
    assert spoken.tokens_of("ab c  ") == [1, 2, 3]


def test_a_reply_that_was_cut_short_gives_back_its_beginning() -> None:
    spoken = SpokenReplies()
    spoken.remember("你好。再见", [(1, 2), (2, 3), (3, 5)])
    assert spoken.tokens_of("你好。") == [1, 2]
    assert spoken.tokens_of("你好。再") is None  # in the middle of a token
    assert spoken.tokens_of("好") is None
    assert spoken.tokens_of("") is None


def test_tokens_without_text_at_the_end_belong_to_it() -> None:
    spoken = SpokenReplies()
    spoken.remember("a", [(1, 1), (9, 1)])
    assert spoken.tokens_of("a") == [1, 9]


def test_old_replies_are_forgotten() -> None:
    spoken = SpokenReplies()
    for number in range(REMEMBERED + 1):
        spoken.remember(f"{number:03d}", [(number, 3)])
    assert spoken.tokens_of("000") is None
    assert spoken.tokens_of("001") == [1]
