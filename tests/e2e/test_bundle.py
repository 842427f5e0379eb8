"""The finished bundle: made, scanned, started without a network and without a home."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.bundling import build, scan
from installer.setup.layout import ROOT

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("bundle"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="tried on Linux alone"),
]


@pytest.fixture(scope="module")
def folder() -> Path:
    """Make the bundle: about two minutes of one processor, once llama.cpp was built for it."""
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


def run(folder: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Start the program in a namespace without interfaces, where that is allowed."""
    alone = ["unshare", "-rn"] if _may_be_alone() else []
    return subprocess.run(
        [*alone, str(build.program(folder)), *words],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"},
        timeout=600,
    )


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


def test_a_passage_is_found_by_lancedb(folder: Path, tmp_path: Path) -> None:
    done = run(folder, tmp_path, "search", "techniques", "睡不着", "--lang", "zh", "--json")
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / ".local/share/PsyLite/index").glob("techniques-*"))


def test_the_papers_are_there(folder: Path) -> None:
    for name in ("LICENSE.txt", "THIRD-PARTY-NOTICES.txt", "sbom.cdx.json", "SHA256SUMS"):
        assert (folder / name).stat().st_size > 0
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=False, env=os.environ
    )
    assert checked.returncode == 0
