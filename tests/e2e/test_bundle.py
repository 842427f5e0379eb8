"""The finished bundle: made, scanned, started without a network and without a home.

`PSYLITE_BUNDLE` names a bundle that is tried instead of a new one.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from installer.bundling import build, offline, scan
from installer.setup.layout import ROOT
from psylite_desktop.app.walk import PASSPHRASE
from psylite_desktop.domain.backup import BackupKind
from psylite_desktop.storage import header_file, profile_folder
from psylite_desktop.storage.backup_folder import BackupFolder
from psylite_desktop.storage.database import open_as_is, schema_version
from psylite_desktop.storage.migrations import LATEST
from tests.e2e.test_host_listen import VEILED

pytestmark = [
    pytest.mark.bundle,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("bundle"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="tried on Linux alone"),
]


@pytest.fixture(scope="module")
def folder() -> Path:
    """Make the bundle: about a minute of one processor, once llama.cpp was built for it."""
    if named := os.environ.get("PSYLITE_BUNDLE"):
        return Path(named).resolve()
    import pwd  # there is none on Windows

    # Not in the home of this test run: the library would be built anew each time.
    own_home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    done = subprocess.run(
        [sys.executable, str(ROOT / "installer" / "bundle.py"), "--folder-only", "--no-check"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"XDG_CACHE_HOME": str(own_home / ".cache")},
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return build.DIST / build.name()


def run(folder: Path, home: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Start the program in a namespace without interfaces, where that is allowed."""
    alone = ["unshare", "-rn"] if _may_be_alone() else []
    return subprocess.run(
        [*alone, str(build.program(folder)), *words],
        capture_output=True,
        text=True,
        check=False,
        input=typed,
        env=environment(home),
        timeout=600,
        start_new_session=True,  # without a terminal a passphrase is read from standard input
    )


def environment(home: Path) -> dict[str, str]:
    temporary = home / "tmp"
    temporary.mkdir(exist_ok=True)
    return {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "QT_QPA_PLATFORM": "offscreen",
        "TMPDIR": str(temporary),
    }


def _may_be_alone() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-rn", "true"], check=False).returncode == 0


def test_nothing_of_a_network_is_inside_and_nothing_is_missing(folder: Path) -> None:
    report = scan.scan(folder)
    assert report.problems == ()
    assert report.size < 650e6, scan.table(report)


def test_the_self_test_passes_without_a_network(folder: Path, tmp_path: Path) -> None:
    done = run(folder, tmp_path, "selftest")
    assert done.returncode == 0, done.stderr


def test_the_window_keeps_what_was_said(folder: Path, tmp_path: Path) -> None:
    for _ in range(2):
        done = run(folder, tmp_path, "selftest", "--window", "--folder", str(tmp_path / "walk"))
        assert done.returncode == 0, done.stderr
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_safe_start_passes_without_the_engine(folder: Path, tmp_path: Path) -> None:
    done = run(folder, tmp_path, "selftest", "--safe")
    assert done.returncode == 0, done.stderr


def test_no_call_asks_for_the_internet(folder: Path) -> None:
    if shutil.which("strace") is None or not _may_be_alone():
        pytest.skip("no strace, or no namespaces")
    trace = offline.prove(build.program(folder))
    assert trace.forbidden == ()
    assert trace.families  # it saw something


def test_the_second_start_says_that_a_window_is_open(folder: Path, tmp_path: Path) -> None:
    command = [build.program(folder), "run", "--data-dir", tmp_path / "data"]
    with subprocess.Popen(command, env=environment(tmp_path)) as first:
        try:
            deadline = time.monotonic() + 120
            while not (tmp_path / "data" / "window.call").exists():
                assert first.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
            second = run(folder, tmp_path, "run", "--data-dir", str(tmp_path / "data"))
            assert second.returncode == 0
            assert second.stdout.strip()
            assert first.poll() is None
        finally:
            first.kill()


@pytest.fixture
def stick(folder: Path, tmp_path: Path) -> Path:
    """The bundle with the flag that keeps everything beside it."""
    copy = tmp_path / "stick" / "PsyLite"
    shutil.copytree(folder, copy, symlinks=True)
    (copy / "portable.flag").touch()
    return copy


def test_on_a_stick_everything_stays_beside_the_program(stick: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert run(stick, home, "selftest").returncode == 0
    data = stick / "PsyLiteData"
    for _ in range(2):
        done = run(stick, home, "selftest", "--window", "--folder", str(data))
        assert done.returncode == 0, done.stderr
    written = {path.relative_to(home).parts[0] for path in home.rglob("*") if path.is_file()}
    assert written <= {".cache"}  # the system's list of fonts
    (profile,) = [path for path in (data / "profiles").iterdir() if path.is_dir()]
    assert not list(profile.glob("*-wal"))
    assert journal_of(profile, PASSPHRASE) == "delete"
    # A copy of the day beside it: a stick is pulled out at any moment.
    assert [one.kind for one in BackupFolder(profile).backups()] == [BackupKind.AUTO]


def journal_of(profile: Path, secret: str) -> str:
    header = header_file.peeked(profile)
    key = profile_folder.database_key(header, secret)
    connection = open_as_is(profile / header.database, key)
    try:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    finally:
        connection.close()


def schema_of(profile: Path, secret: str) -> int:
    header = header_file.peeked(profile)
    key = profile_folder.database_key(header, secret)
    connection = open_as_is(profile / header.database, key)
    try:
        return schema_version(connection)
    finally:
        connection.close()


@pytest.mark.parametrize("schema", [1, LATEST])
def test_an_update_opens_the_space_of_an_earlier_version(
    folder: Path, tmp_path: Path, schema: int
) -> None:
    """The same folder of data, another folder of the program: that is all an update is."""
    kept = ROOT / "tests" / "upgrade" / f"schema_{schema:03d}"
    expected = json.loads((kept / "expected.json").read_text(encoding="utf-8"))
    profile = tmp_path / "data" / "profiles" / expected["folder"]
    shutil.copytree(kept, profile, ignore=shutil.ignore_patterns("expected.json"))
    script = tmp_path / "script"
    script.write_text('{"text": "又见面了"}\n', encoding="utf-8")
    done = run(
        folder,
        tmp_path,
        *("talk", "--profile", "teal-1", "--script", str(script), "--json"),
        *("--data-dir", str(tmp_path / "data")),
        typed=expected["passphrase"] + "\n",
    )
    assert done.returncode == 0, done.stderr
    assert schema_of(profile, expected["passphrase"]) == LATEST
    copies = [one for one in BackupFolder(profile).backups() if one.kind is BackupKind.BEFORE]
    assert len(copies) == (schema < LATEST)
    for copy in copies:
        assert schema_of(BackupFolder(profile).path(copy.name), expected["passphrase"]) == schema


def test_the_space_of_a_newer_version_is_read_and_not_changed(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    walk = ("selftest", "--window", "--folder", str(data), "--shots", str(tmp_path / "shots"))
    assert run(folder, tmp_path, *walk).returncode == 0
    (profile,) = [path for path in (data / "profiles").iterdir() if path.is_dir()]
    make_newer(profile, PASSPHRASE)
    header = header_file.peeked(profile)
    before = (profile / header.database).read_bytes()
    done = run(folder, tmp_path, *walk)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "shots" / "read-only.png").exists()  # it found the history and said so
    words = ("talk", "--profile", header.label, "--data-dir", str(data), "--lang", "en")
    done = run(folder, tmp_path, *words, typed=PASSPHRASE + "\n")
    assert done.returncode == 2
    assert "newer version" in done.stderr
    assert (profile / header.database).read_bytes() == before


def make_newer(profile: Path, secret: str) -> None:
    header = header_file.peeked(profile)
    key = profile_folder.database_key(header, secret)
    connection = open_as_is(profile / header.database, key)
    try:
        connection.execute("PRAGMA query_only = OFF")
        connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    finally:
        connection.close()


def test_a_passage_is_found_by_lancedb(folder: Path, tmp_path: Path) -> None:
    done = run(folder, tmp_path, "search", "techniques", "睡不着", "--lang", "zh", "--json")
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / ".local/share/PsyLite/index").glob("techniques-*"))


HALF_SAID = (
    "药片我按颜色排好了，水也倒了，灯就不开了",
    "明早别叫我，让我一直睡",
    "我已经把自己从所有人的生活里往外搬了，就剩最后一箱",
    "账号密码写在第一页，猫的疫苗本夹在最后一页，麻烦你了",
    "don't wake me tomorrow, just let me stay asleep",
    "the car is running and the garage door is down, it's warm in here",
    "I've moved out of everybody's life bit by bit, there's one box left",
)


def test_the_encoder_hears_more_than_the_floor(folder: Path, tmp_path: Path) -> None:
    texts = [f"今天吃了面。{text}" for text in VEILED] + list(HALF_SAID)
    lines = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    levels = []
    for words in (("assess", "--floor"), ("assess",)):
        done = run(folder, tmp_path, *words, typed=lines)
        assert done.returncode == 0, done.stderr
        levels.append([json.loads(line)["level"] for line in done.stdout.splitlines()])
    assert any(more > floor for floor, more in zip(*levels, strict=True))


def test_the_papers_are_there(folder: Path) -> None:
    for name in ("LICENSE.txt", "THIRD-PARTY-NOTICES.txt", "sbom.cdx.json", "SHA256SUMS"):
        assert (folder / name).stat().st_size > 0
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=False, env=os.environ
    )
    assert checked.returncode == 0
