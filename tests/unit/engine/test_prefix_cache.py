"""System prompts are read once, and nothing that a person wrote reaches the disk."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from psylite_desktop.domain.ports import Generated, Sampling, Turn
from psylite_desktop.engine import prefix_cache as module
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.llama import EngineSettings, LlamaModel
from psylite_desktop.engine.prefix_cache import PrefixCache
from psylite_desktop.engine.threads import Threads
from tests.fakes.tiny_gguf import TinyShape, write_tiny_gguf

SYSTEM = "Be kind, and listen before you say anything else at all."
GREEDY = Sampling(temperature=0.0, max_tokens=10)
SECRET = "my private marker phrase 7314"
CHATML = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")

Open = Callable[..., LlamaModel]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "prefixes é"


@pytest.fixture
def start(tmp_path: Path, folder: Path) -> Open:
    path = write_tiny_gguf(tmp_path / "m.gguf", TinyShape(control=CHATML))

    def start(belongs_to: str = "this", cache: bool = True) -> LlamaModel:
        prefixes = PrefixCache(folder, [SYSTEM], belongs_to=[belongs_to]) if cache else None
        settings = EngineSettings(threads=Threads(1, 1))
        return LlamaModel(check_gguf(path), settings, lambda _: True, prefixes)

    return start


def ask(model: LlamaModel, *texts: str, system: str = SYSTEM) -> tuple[str, Generated, int]:
    """Reply, last step, and how many tokens the system prompt has."""
    turns = [Turn("system", system)] if system else []
    turns += [Turn("user" if n % 2 == 0 else "assistant", text) for n, text in enumerate(texts)]
    counts = model.count_tokens(turns)
    steps = list(model.generate(turns, GREEDY, lambda: False))
    return "".join(step.text for step in steps), steps[-1], counts[0]


def once(start: Open, *texts: str, **how: str) -> tuple[str, Generated, int]:
    model = start(**{key: value for key, value in how.items() if key != "system"})
    found = ask(model, *texts, system=how.get("system", SYSTEM))
    model.close()
    return found


def test_a_second_start_does_not_read_the_system_prompt_again(start: Open) -> None:
    first, last, system = once(start, "hello")
    again, later, _ = once(start, "hello")
    assert last.prompt_tokens_evaluated > system
    assert later.prompt_tokens_evaluated == last.prompt_tokens_evaluated - system
    assert again == first


def test_the_reply_is_the_same_as_without_any_cache(start: Open) -> None:
    once(start, "something else")
    kept = once(start, "hello")[0]
    model = start(cache=False)
    assert ask(model, "hello")[0] == kept
    model.close()


def test_other_talk_in_the_memory_does_not_keep_the_prefix_out(start: Open) -> None:
    once(start, "hello")
    model = start()
    ask(model, "no system prompt", system="")
    _, last, system = ask(model, "hello")
    assert last.prompt_tokens_evaluated < system
    model.close()


@pytest.mark.parametrize("secret", [SECRET, "我的秘密" * 8])
def test_nothing_that_a_person_wrote_is_kept(start: Open, folder: Path, secret: str) -> None:
    model = start()
    ask(model, secret, "a reply", secret)
    model.close()
    states = sorted(folder.iterdir())
    assert [path.suffix for path in states] == [".sha256", ".state"]
    held = states[1].read_bytes()
    # The very same file comes out whatever was said: nothing of it can be inside.
    for path in states:
        path.unlink()
    once(start, "nothing at all")
    assert sorted(folder.iterdir()) == states
    assert states[1].read_bytes() == held


def test_a_system_prompt_of_ones_own_is_never_kept(start: Open, folder: Path) -> None:
    once(start, "hello", system=SYSTEM + SECRET)
    assert not folder.exists()


def test_a_note_on_the_system_turn_is_never_kept(start: Open, folder: Path) -> None:
    model = start()
    turns = [Turn("system", SYSTEM, SECRET), Turn("user", "hello")]
    list(model.generate(turns, GREEDY, lambda: False))
    model.close()
    assert not folder.exists()


def test_another_model_or_setting_reads_for_itself(start: Open, folder: Path) -> None:
    _, first, _ = once(start, "hello")
    _, other, _ = once(start, "hello", belongs_to="another")
    assert other.prompt_tokens_evaluated == first.prompt_tokens_evaluated
    assert len(list(folder.glob("*.state"))) == 2


def test_a_damaged_state_is_read_again_and_replaced(start: Open, folder: Path) -> None:
    reply, first, _ = once(start, "hello")
    state = next(folder.glob("*.state"))
    whole = state.read_bytes()
    rng = random.Random(1)
    for _ in range(10):
        broken = bytearray(whole[: rng.randrange(len(whole))] if rng.random() < 0.5 else whole)
        if len(broken) == len(whole):
            broken[rng.randrange(len(broken))] ^= 0xFF
        state.write_bytes(bytes(broken))
        again, last, _ = once(start, "hello")
        assert (again, last.prompt_tokens_evaluated) == (reply, first.prompt_tokens_evaluated)
        state.write_bytes(whole)
    assert once(start, "hello")[1].prompt_tokens_evaluated < first.prompt_tokens_evaluated


def test_a_state_of_something_else_under_a_right_sum_is_refused(start: Open, folder: Path) -> None:
    reply, first, _ = once(start, "hello")
    state = next(folder.glob("*.state"))
    state.write_bytes(b"not a state of llama.cpp")
    state.with_suffix(".sha256").write_text(module._sum_of(state))
    again, last, _ = once(start, "hello")
    assert (again, last.prompt_tokens_evaluated) == (reply, first.prompt_tokens_evaluated)


def test_only_a_few_are_kept(start: Open, folder: Path) -> None:
    for number in range(module.KEPT_FILES + 3):
        once(start, "hello", belongs_to=str(number))
    assert len(list(folder.glob("*.state"))) == module.KEPT_FILES
    assert len(list(folder.glob("*.sha256"))) == module.KEPT_FILES


def test_a_folder_that_cannot_be_written_does_no_harm(start: Open, folder: Path) -> None:
    folder.write_text("a file stands in the way")
    assert once(start, "hello")[1].reply_tokens == 10
