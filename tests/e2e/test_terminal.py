"""The `psylite` command as a person runs it, with the real engine process and vault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from psylite_desktop.content.hotlines import load_hotlines
from tests.fakes.tiny_gguf import write_tiny_gguf

ROOT = Path(__file__).parents[2]
THREE_TURNS = (
    '{"text":"最近就业压力很大，我很苦恼"}\n'
    '{"text":"我不想活了"}\n'
    '{"text":"I had a fight with my roommate"}\n'
)


def psylite(*arguments: str, data: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    environment.pop("DISPLAY", None)
    return subprocess.run(
        [sys.executable, "-m", "psylite_desktop", *arguments, "--data-dir", str(data)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
        cwd=ROOT,
        env=environment,
    )


def written_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def turns(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, object]], Path]:
    data = tmp_path_factory.mktemp("data")
    done = psylite("talk", "--script", "-", "--json", data=data, stdin=THREE_TURNS)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], data


def test_an_ordinary_chinese_turn_is_answered_in_chinese(
    turns: tuple[list[dict[str, object]], Path],
) -> None:
    first = turns[0][0]
    assert first["level"] == 0
    assert first["card"] is False
    assert any("\u4e00" <= char <= "\u9fff" for char in str(first["reply"]))
    assert first["mode"] == "written"
    assert str(first["why"]).startswith("guided:")
    timings = first["timings"]
    assert isinstance(timings, dict)
    assert timings["prompt_tokens_evaluated"] == timings["reply_tokens"] == 0, "no model wrote"
    assert "engine" not in str(first["why"])


@pytest.mark.parametrize("by", ["option", "setting"])
def test_the_practice_model_writes_where_it_is_chosen(tmp_path: Path, by: str) -> None:
    words = ["talk", "--script", "-", "--json"]
    if by == "option":
        words += ["--model", "psylite-nano"]
    else:
        (tmp_path / "settings.json").write_text('{"model": "psylite-nano"}', encoding="utf-8")
    done = psylite(*words, data=tmp_path, stdin=THREE_TURNS.splitlines()[0])
    assert done.returncode == 0, done.stderr
    turn = json.loads(done.stdout)
    assert turn["timings"]["reply_tokens"] > 0
    assert turn["mode"] == "practice" or "guard:" in turn["why"]


def test_a_settings_file_of_an_earlier_version_has_the_new_default(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"model": "", "zoom": 120}', encoding="utf-8")
    script = '{"text": "室友总是很晚才睡，我有点烦"}\n'
    done = psylite("talk", "--script", "-", "--lang", "zh", data=tmp_path, stdin=script)
    assert done.returncode == 0, done.stderr
    assert "这条是事先写好的话" in done.stdout
    assert done.stderr == "", "nothing is missing, so nothing is said of it"


def test_a_chosen_model_that_is_gone_is_told_and_written_replies_carry_the_talk(
    tmp_path: Path,
) -> None:
    (tmp_path / "settings.json").write_text('{"model": "/gone/far.gguf"}', encoding="utf-8")
    script = '{"text": "My roommate is loud at night"}\n'
    done = psylite("talk", "--script", "-", "--lang", "en", data=tmp_path, stdin=script)
    assert done.returncode == 0, done.stderr
    assert "a sentence written beforehand" in done.stdout
    assert "model file is not there" in done.stderr


def test_a_crisis_turn_gets_the_card_and_no_model(
    turns: tuple[list[dict[str, object]], Path],
) -> None:
    second = turns[0][1]
    assert second["level"] == 2
    assert second["kind"] == "suicide"
    assert second["card"] is True
    assert second["mode"] == "crisis"
    timings = second["timings"]
    assert isinstance(timings, dict)
    assert timings["reply_tokens"] == 0


def test_the_english_turn_after_it_is_still_careful(
    turns: tuple[list[dict[str, object]], Path],
) -> None:
    third = turns[0][2]
    assert third["level"] == 2
    assert third["card"] is True
    assert third["mode"] == "crisis"
    assert str(third["reply"]).isascii()


def test_a_guest_leaves_none_of_the_words(
    turns: tuple[list[dict[str, object]], Path],
) -> None:
    data = written_below(turns[1])
    for words in ("就业压力", "不想活", "roommate"):
        assert words.encode() not in data
        assert words.encode("utf-16-le") not in data


def test_the_terminal_shows_numbers_before_the_reply(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"region": "cn"}', encoding="utf-8")
    script = '{"text": "我今晚就想死"}\n'
    done = psylite("talk", "--script", "-", "--lang", "zh", data=tmp_path, stdin=script)
    assert done.returncode == 0, done.stderr
    lines = [line for line in load_hotlines(ROOT / "assets") if line.region == "cn"]
    shown = [done.stdout.find(line.number) for line in lines if line.number in done.stdout]
    assert len(shown) >= 2
    assert max(shown) < done.stdout.rindex("（")


def test_end_sums_the_talk_up_and_leaves(tmp_path: Path) -> None:
    said = "室友总是很晚才睡，我有点烦\n我打算周末跟她好好谈谈\n/end\nnot reached\n"
    done = psylite("talk", "--lang", "zh", data=tmp_path, stdin=said)
    assert done.returncode == 0, done.stderr
    last = done.stdout.splitlines()[-6:]
    assert any("室友的事" in line for line in last)
    assert "下一小步：我打算周末跟她好好谈谈" in last


def test_without_a_display_run_talks_in_the_terminal(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("QT_", "DISPLAY"))}
    environment.pop("WAYLAND_DISPLAY", None)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "psylite_desktop",
            "run",
            "--lang",
            "en",
            "--data-dir",
            str(tmp_path),
        ],
        input="/help\n/quit\n",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert "No display was found" in done.stdout
    assert "findahelpline.com" in done.stdout, "help without a region still says whom to turn to"


@pytest.mark.parametrize(
    ("line", "reason"),
    [("{", "not JSON"), ('{"txt": 1}', "text"), ("[]", "not a JSON object")],
)
def test_a_bad_script_line_is_named_before_anything_is_done(
    tmp_path: Path, line: str, reason: str
) -> None:
    stdin = '{"text": "hello"}\n' + line + "\n"
    done = psylite("talk", "--script", "-", "--json", "--lang", "en", data=tmp_path, stdin=stdin)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "2" in done.stderr
    assert reason in done.stderr


def test_assess_reads_texts_and_conversations(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "text": "笑死我了，今天的作业"},
        {"id": "b", "text": "我不想活了"},
        {
            "id": 3,
            "messages": [
                {"role": "user", "content": "I want to kill myself"},
                {"role": "assistant", "content": "I am here."},
                {"role": "user", "content": "never mind, nice weather"},
            ],
        },
    ]
    stdin = "\n".join(json.dumps(row) for row in rows)
    done = psylite("assess", "--floor", data=tmp_path, stdin=stdin)
    assert done.returncode == 0, done.stderr
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], first["level"]) == (1, 0)
    assert (second["level"], second["kind"], second["humor_allowed"]) == (2, "suicide", False)
    assert second["reasons"]
    assert third["level"] == 2, "a change of topic does not lower the level"


@pytest.mark.parametrize(
    ("content", "word"),
    [(None, "gone.gguf"), (b"", ""), (b"PK\x03\x04" + b"x" * 100, "GGUF"), (b"GGUF\x03", "")],
)
def test_a_bad_model_file_is_refused_in_words(
    tmp_path: Path, content: bytes | None, word: str
) -> None:
    file = tmp_path / "gone.gguf"
    if content is not None:
        file.write_bytes(content)
    done = psylite("models", "check", str(file), "--lang", "en", data=tmp_path / "data")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    if content is not None:
        assert word in done.stderr


def test_models_list_names_the_practice_model(tmp_path: Path) -> None:
    done = psylite("models", "list", "--json", data=tmp_path)
    assert done.returncode == 0, done.stderr
    listed = json.loads(done.stdout)
    assert any(entry["id"] == "psylite-nano" for entry in listed["catalogue"])
    assert any(row["file"] == "psylite-nano.gguf" and not row["error"] for row in listed["found"])


def test_measuring_in_the_terminal(tmp_path: Path) -> None:
    source = write_tiny_gguf(tmp_path / "小 模型.gguf")
    data = tmp_path / "data"
    done = psylite("models", "calibrate", str(source), "--seconds", "1", "--json", data=data)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["generation_speed"] > 0
    assert found["ubatch"] in (64, 128, 256, 512)
    [kept] = data.rglob("calibration.json")
    assert str(found["ubatch"]) in kept.read_text(encoding="utf-8")
    said = psylite("models", "calibrate", str(source), "--seconds", "1", "--lang", "en", data=data)
    assert "Measured and kept" in said.stdout
    bad = psylite("models", "calibrate", str(tmp_path / "none.gguf"), data=data)
    assert bad.returncode == 2
    assert "Traceback" not in bad.stderr


def test_a_model_is_brought_and_tried(tmp_path: Path) -> None:
    source = write_tiny_gguf(tmp_path / "小 模型.gguf")
    done = psylite("models", "import", str(source), "--json", data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    copied = json.loads(done.stdout)
    assert Path(copied["path"]).read_bytes() == source.read_bytes()
    tried = psylite("models", "try", copied["path"], "--json", data=tmp_path / "data")
    assert tried.returncode == 0, tried.stderr
    assert json.loads(tried.stdout)["write_speed"] > 0
    again = psylite("models", "import", str(source), "--lang", "en", data=tmp_path / "data")
    assert "here already" in again.stdout
    other = psylite(
        "models", "import", str(tmp_path / "none.gguf"), "--lang", "en", data=tmp_path / "data"
    )
    assert other.returncode == 2
    assert "Traceback" not in other.stderr


def test_selftest_passes(tmp_path: Path) -> None:
    done = psylite("selftest", data=tmp_path)
    assert done.returncode == 0, done.stderr
