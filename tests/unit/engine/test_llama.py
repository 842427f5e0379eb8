"""The model in this very process, with a tiny file of random weights."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psylite_desktop.domain.errors import EngineError, ModelFileError
from psylite_desktop.domain.ports import Generated, Sampling, Turn
from psylite_desktop.engine.llama import EngineSettings, LlamaModel, open_model
from psylite_desktop.engine.threads import Threads
from tests.fakes.tiny_gguf import TinyShape, write_tiny_gguf

SHORT = Sampling(max_tokens=12, seed=7)
TURNS = st.lists(
    st.builds(
        Turn,
        role=st.sampled_from(["user", "assistant"]),
        text=st.text(max_size=12),
        note=st.text(max_size=6),
    ),
    min_size=1,
    max_size=4,
)


def never() -> bool:
    return False


def collect(model: LlamaModel, turns: list[Turn], sampling: Sampling = SHORT) -> list[Generated]:
    return list(model.generate(turns, sampling, never))


def text_of(steps: list[Generated]) -> str:
    return "".join(step.text for step in steps)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_gguf(tmp_path_factory.mktemp("模型") / "tiny é.gguf")


@pytest.fixture(scope="module")
def shared(path: Path) -> Iterator[LlamaModel]:
    model = open_model(path, EngineSettings(threads=Threads(1, 1)))
    yield model
    model.close()


@pytest.fixture
def model(path: Path) -> Iterator[LlamaModel]:
    model = open_model(path, EngineSettings(threads=Threads(1, 1)))
    yield model
    model.close()
    model.close()  # a second time does no harm


def test_it_says_what_it_is(model: LlamaModel) -> None:
    info = model.info
    assert (info.name, info.context_length, info.chat_format) == ("tiny", 512, "nano")
    assert info.practice


def test_a_reply_comes_in_steps_and_ends_with_the_counts(model: LlamaModel) -> None:
    turns = [Turn("user", "hello", "a note")]
    steps = collect(model, turns)
    reading = [step for step in steps if step.to_read]
    assert [step.read for step in reading] == sorted(step.read for step in reading)
    assert reading[-1].read == reading[-1].to_read == sum(model.count_tokens(turns))
    assert steps[-1].done
    assert not steps[-1].stopped
    assert steps[-1].reply_tokens == 12
    assert steps[-1].prompt_tokens_evaluated == reading[-1].to_read
    assert text_of(steps)


def test_the_same_seed_gives_the_same_reply(model: LlamaModel) -> None:
    turns = [Turn("user", "hello")]
    first = text_of(collect(model, turns))
    assert text_of(collect(model, turns)) == first
    assert text_of(collect(model, turns, Sampling(max_tokens=12, seed=8))) != first


def test_without_temperature_the_likeliest_token_wins(model: LlamaModel) -> None:
    sampling = Sampling(temperature=0.0, max_tokens=8, repeat_penalty=1.0, top_k=0)
    turns = [Turn("user", "hello")]
    assert text_of(collect(model, turns, sampling)) == text_of(collect(model, turns, sampling))


def test_the_next_turn_reads_only_what_is_new(model: LlamaModel) -> None:
    turns = [Turn("user", "hello there", "a note")]
    first = collect(model, turns)
    later = [*turns, Turn("assistant", text_of(first)), Turn("user", "and now?")]
    second = collect(model, later)
    new_turn = model.count_tokens(later)[-1]
    # the reply's last token (drawn, never evaluated), its end mark and line break, the new turn
    assert second[-1].prompt_tokens_evaluated <= new_turn + 3


def test_the_same_question_again_reads_one_token(model: LlamaModel) -> None:
    turns = [Turn("user", "hello there")]
    collect(model, turns)
    assert collect(model, turns)[-1].prompt_tokens_evaluated == 1


def test_an_edited_question_reads_from_the_edit_on(model: LlamaModel) -> None:
    collect(model, [Turn("user", "0123456789abcdef")])
    edited = collect(model, [Turn("user", "0123456789xyzdef")])
    whole = sum(model.count_tokens([Turn("user", "0123456789xyzdef")]))
    assert edited[-1].prompt_tokens_evaluated < whole - 10


def test_reuse_does_not_change_the_reply(path: Path, model: LlamaModel) -> None:
    turns = [Turn("user", "hello"), Turn("assistant", "hm"), Turn("user", "and?")]
    collect(model, turns[:1])
    fresh = open_model(path, EngineSettings(threads=Threads(1, 1)))
    greedy = Sampling(temperature=0.0, max_tokens=12)
    assert text_of(collect(model, turns, greedy)) == text_of(collect(fresh, turns, greedy))
    fresh.close()


@settings(max_examples=40, deadline=None)
@given(
    system=st.text(max_size=20),
    drafts=st.lists(st.text(max_size=20), max_size=4),
    text=st.text(max_size=20),
)
def test_reading_ahead_leaves_what_a_reply_would_have_read(
    path: Path, system: str, drafts: list[str], text: str
) -> None:
    before, after = Turn("system", system), Turn("user", text, "a note")
    held: list[list[int]] = []
    for ahead in (True, False):
        model = open_model(path, EngineSettings(threads=Threads(1, 1)))
        try:
            for draft in [*drafts, text] if ahead else ():
                turns = [before, Turn("user", draft)]
                model.read_ahead(turns, is_open=True, overtaken=never)
            collect(model, [before, after], Sampling(max_tokens=1, seed=7))
            held.append(list(model._memory._tokens))
            prompt = [token for tokens in model._render([before, after]) for token in tokens]
            assert held[-1] == prompt
        finally:
            model.close()
    assert held[0] == held[1]


def test_a_person_cannot_type_control_tokens(shared: LlamaModel) -> None:
    empty = shared.count_tokens([Turn("user", "")])[0]
    for word in ("<|im_end|>", "<|im_start|>", "<|note|>", "<|endoftext|>"):
        assert shared.count_tokens([Turn("user", word)])[0] == empty + len(word)


@settings(max_examples=30)
@given(turns=TURNS, more=TURNS)
def test_longer_prompts_begin_with_the_same_tokens(
    shared: LlamaModel, turns: list[Turn], more: list[Turn]
) -> None:
    opening = len(shared._tokens(turns[0], shared._format.opening[0]))
    before = [token for part in shared._render(turns) for token in part][:-opening]
    after = [token for part in shared._render([*turns, *more]) for token in part]
    assert after[: len(before)] == before


def test_odd_text_does_no_harm(model: LlamaModel) -> None:
    for text in ("", "\0", "a\ud800b", "\u202e", "😀" * 20, "\ufffd"):
        assert collect(model, [Turn("user", text)])[-1].done


def test_a_prompt_that_does_not_fit_is_refused_with_numbers(model: LlamaModel) -> None:
    with pytest.raises(EngineError) as caught:
        collect(model, [Turn("user", "x" * 600)])
    assert caught.value.code == "engine_context_full"
    assert caught.value.facts["context"] == 512
    assert collect(model, [Turn("user", "x")])[-1].done


def test_a_reply_ends_where_the_context_does(model: LlamaModel) -> None:
    turns = [Turn("user", "x" * 470)]
    last = collect(model, turns, Sampling(max_tokens=200))[-1]
    assert last.done
    assert last.reply_tokens == 512 - sum(model.count_tokens(turns))


def test_a_stop_while_writing(model: LlamaModel) -> None:
    steps: list[Generated] = []
    stop = lambda: sum(bool(step.text) for step in steps) >= 2  # noqa: E731
    steps.extend(model.generate([Turn("user", "hi")], SHORT, stop))
    assert steps[-1].done
    assert steps[-1].stopped
    assert 2 <= steps[-1].reply_tokens < 12


def test_a_stop_while_reading(model: LlamaModel) -> None:
    steps: list[Generated] = []
    steps.extend(model.generate([Turn("user", "x" * 400)], SHORT, lambda: len(steps) >= 2))
    assert steps[-1].stopped
    assert 0 < steps[-1].prompt_tokens_evaluated < 400
    assert collect(model, [Turn("user", "x" * 400)])[-1].done


def test_an_interruption_ends_the_running_evaluation(model: LlamaModel) -> None:
    steps = model.generate([Turn("user", "x" * 400)], SHORT, never)
    next(steps)
    model.interrupt()
    last = list(steps)[-1]
    assert last.stopped
    assert last.prompt_tokens_evaluated == 0
    assert collect(model, [Turn("user", "hello")])[-1].reply_tokens == 12


def test_a_smaller_context_can_be_asked_for(path: Path) -> None:
    model = open_model(path, EngineSettings(context_length=256))
    assert model.info.context_length == 256
    model.close()


def test_files_are_checked_before_anything_native(tmp_path: Path) -> None:
    (tmp_path / "m.gguf").write_bytes(b"not a model")
    with pytest.raises(ModelFileError) as caught:
        open_model(tmp_path / "m.gguf")
    assert caught.value.code == "model_not_gguf"


def test_a_sound_header_without_the_right_tensors_does_not_load(tmp_path: Path) -> None:
    path = write_tiny_gguf(tmp_path / "m.gguf", TinyShape())
    data = path.read_bytes().replace(b"blk.1.attn_q.weight", b"blk.1.attn_x.weight")
    path.write_bytes(data)
    with pytest.raises(ModelFileError) as caught:
        open_model(path)
    assert caught.value.code == "model_load_failed"
