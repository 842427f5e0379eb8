"""The parts of the bundle's maker, each on its own; the whole is in tests/e2e/test_bundle.py."""

import ast
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from installer.bundling import (
    appimage,
    archive,
    build,
    compare,
    contents,
    deb,
    elf,
    needed,
    offline,
    papers,
    scan,
)
from installer.bundling.version import version
from installer.setup.console import SetupError
from installer.setup.layout import ROOT

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux libraries")
PARTS = (
    {
        "kind": "python",
        "name": "one",
        "version": "1.2",
        "licence": "MIT",
        "text": "Do what you like",
    },
    {"kind": "system", "name": "two", "version": "3", "licence": "LGPL-3.0", "text": ""},
)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Network.so.6",
        "libQt6Network.so.6",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6\\plugins\\platforms\\qminimal.dll",
        "pyarrow/libarrow_flight.so.2600",
        "PySide6/Qt/translations/qtbase_de.qm",
        "libssl.so.3",
        "thing-1.0.dist-info/direct_url.json",
    ],
)
def test_what_stays_out(place):
    assert not contents.keeps(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "pyarrow/libarrow.so.2600",
        "assets/safety/zh/requests.toml",
        "model_store/psylite-nano/psylite-nano.gguf",
    ],
)
def test_what_goes_in(place):
    assert contents.keeps(place)


def test_a_developers_own_model_is_not_shipped(tmp_path):
    for place in ("embedder/big.gguf", "psylite-nano/psylite-nano.gguf", "recipes/nano.toml"):
        path = tmp_path / "model_store" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    for folder in ("assets", "psylite_desktop"):
        (tmp_path / folder).mkdir()
    shipped = {Path(source).name for source, _ in contents.data_files(tmp_path)}
    assert shipped == {"psylite-nano.gguf", "catalogue.toml"}


def test_every_model_that_the_services_read_is_shipped():
    shipped = {Path(place).name for _, place in contents.data_files(ROOT) if "model_store" in place}
    there = {path.name for path in (ROOT / "model_store").iterdir() if path.is_dir()}
    assert shipped == {"model_store", *there} - {"recipes"}


def test_style_sheets_and_tables_beside_the_code_are_shipped():
    shipped = {Path(source).name for source, _ in contents.data_files(ROOT)}
    assert {"base.qss", "obfuscation.toml", "hotlines.toml", "catalogue.toml"} <= shipped


def test_every_module_of_ours_but_the_forge_is_named():
    names = contents.hidden_imports(ROOT)
    assert "psylite_desktop.host.process" in names
    assert not [name for name in names if name.startswith("psylite_desktop.forge")]


def test_libraries_of_a_plugin_that_was_left_out_go_with_it():
    entries = [
        ("thing.so", "/env/thing.so", "EXTENSION"),
        ("libused.so.1", "/usr/lib/libused.so.1", "BINARY"),
        ("libdeep.so.1", "/usr/lib/libdeep.so.1", "BINARY"),
        ("libgtk.so.3", "/usr/lib/libgtk.so.3", "BINARY"),
        ("pkg/libown.so", "/env/pkg/libown.so", "BINARY"),
        ("libown.so", "pkg/libown.so", "SYMLINK"),
        ("libgone.so", "pkg/libgone.so", "SYMLINK"),
    ]
    links = {"/env/thing.so": ["libused.so.1"], "/usr/lib/libused.so.1": ["libdeep.so.1"]}
    kept = needed.without_orphans(entries, lambda file: links.get(file, []), "/env")
    assert [place for place, _, _ in kept] == [
        "thing.so",
        "libused.so.1",
        "libdeep.so.1",
        "pkg/libown.so",
        "libown.so",
    ]


@on_linux
def test_a_library_says_what_it_is_linked_against():
    import _ctypes

    library = elf.read(Path(_ctypes.__file__))
    assert any(name.startswith("libffi") for name in library.needed)
    assert library.glibc >= (2, 2)


def test_other_files_are_no_libraries(tmp_path):
    text = tmp_path / "text"
    text.write_text("words", encoding="utf-8")
    assert not elf.is_elf(text)
    with pytest.raises(ValueError, match="library"):
        elf.read(text)


def test_notices_name_every_part_and_its_licence():
    text = papers.notices(PARTS)
    assert "one 1.2: MIT" in text
    assert "Do what you like" in text
    assert "its package brings no text" in text


def test_the_list_of_parts_is_the_same_for_the_same_parts():
    first = papers.bill_of_materials(PARTS, version="1", epoch=0)
    assert first == papers.bill_of_materials(PARTS, version="1", epoch=0)
    document = json.loads(first)
    assert document["bomFormat"] == "CycloneDX"
    assert [part["purl"] for part in document["components"]] == [
        "pkg:pypi/one@1.2",
        "pkg:deb/debian/two@3",
    ]


def test_checksums_are_read_by_sha256sum(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    sums = papers.checksums(tmp_path)
    assert sums == f"{'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}  a\n"


@pytest.mark.skipif(os.name != "posix", reason="links and modes")
def test_one_folder_gives_one_archive(tmp_path):
    archives = []
    for number in range(2):
        folder = tmp_path / str(number) / "bundle"
        folder.mkdir(parents=True)
        for name in ("psylite", "libx.so", "libx.so.1"):
            (folder / name).write_bytes(b"\x7fELF same" if "lib" in name else b"program")
        assert archive.link_duplicates(folder) == len(b"\x7fELF same")
        archive.settle(folder, 1_700_000_000)
        archives.append(archive.pack(folder, tmp_path / f"{number}.tar.gz", 1_700_000_000))
    first, second = (path.read_bytes() for path in archives)
    assert first == second
    with tarfile.open(fileobj=io.BytesIO(first)) as packed:
        assert packed.getmember("bundle/libx.so").linkname == "libx.so.1"
        assert packed.getmember("bundle/psylite").mode == 0o755


@pytest.fixture
def bundle(tmp_path):
    """As much of a bundle as the scan needs."""
    inside = tmp_path / "_internal"
    (inside / "assets").mkdir(parents=True)
    (tmp_path / "psylite").write_bytes(b"")
    (inside / "assets" / "requests.toml").write_bytes(b"")
    (inside / "modules.txt").write_text("json\nrequests\nhuggingface_hub\n", encoding="utf-8")
    with zipfile.ZipFile(inside / "base_library.zip", "w") as packed:
        packed.writestr("codecs.pyc", b"")
    return tmp_path


def test_a_clean_bundle_has_no_problems(bundle):
    assert scan.scan(bundle).problems == ()


@pytest.mark.parametrize("name", ["libQt6Network.so.6", "cacert.pem", "_ssl.cpython.so"])
def test_a_file_of_the_network_is_a_problem(bundle, name):
    (bundle / "_internal" / name).write_bytes(b"")
    assert any(name in problem for problem in scan.scan(bundle).problems)


@pytest.mark.parametrize(
    "name", ["urllib3.connection", "PySide6.QtNetwork", "torch", "http.server"]
)
def test_a_module_of_the_network_is_a_problem(bundle, name):
    with (bundle / "_internal" / "modules.txt").open("a", encoding="utf-8") as listing:
        listing.write(f"{name}\n")
    assert any(name in problem for problem in scan.scan(bundle).problems)


def test_a_real_library_in_place_of_a_stand_in_is_a_problem(bundle):
    with (bundle / "_internal" / "modules.txt").open("a", encoding="utf-8") as listing:
        listing.writelines(f"requests.part{number}\n" for number in range(20))
    assert any("real library" in problem for problem in scan.scan(bundle).problems)


@on_linux
def test_every_library_of_the_system_belongs_to_a_package(tmp_path):
    import _ctypes

    (tmp_path / "one.so").write_bytes(Path(_ctypes.__file__).read_bytes())
    with pytest.raises(SetupError, match="libffi"):
        deb.dependencies(tmp_path)
    (tmp_path / next(n for n in elf.read(tmp_path / "one.so").needed if "ffi" in n)).touch()
    wanted, wished = deb.dependencies(tmp_path)
    assert "libc6 (>= " in wanted
    assert "fonts-noto-cjk" in wished


def test_what_the_scan_leaves_to_the_system_has_a_package():
    for name in (*deb.PACKAGES, *deb.WISHES):
        assert scan.OF_THE_SYSTEM.match(name), name


def test_the_windows_papers_name_this_version():
    text = (ROOT / "installer" / "windows" / "version.txt").read_text(encoding="utf-8")
    assert f"'ProductVersion', '{version()}'" in text
    numbers = tuple(int(part) for part in version().split("."))
    assert f"filevers={(*numbers, 0)}" in text
    setup = (ROOT / "installer" / "windows" / "psylite.iss").read_text(encoding="utf-8")
    assert f'#define Version "{version()}"' in setup


def test_stand_ins_are_small_and_make_no_connection():
    for path in sorted((ROOT / "installer" / "stubs").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert imported <= {"typing", "enum", "huggingface_hub"}, path


def test_the_stand_ins_are_enough_for_the_libraries_that_import_them():
    """As in the bundle: stand-ins first, and what they stand for cannot be found."""
    hidden = ("_ssl", "urllib3", "httpx", "certifi", "yaml", "pyarrow._s3fs", "pyarrow._flight")
    script = (
        "import sys\n"
        "class Hidden:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name in {hidden!r}: raise ImportError(name)\n"
        "sys.meta_path.insert(0, Hidden())\n"
        "import lancedb\n"
        "from lancedb.index import FTS\n"
        "from fastembed.text.static_embedding import StaticTextEmbedding\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT / "installer" / "stubs")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def two_folders(place):
    for name in ("one", "other"):
        folder = place / name
        (folder / "inside").mkdir(parents=True)
        (folder / "inside" / "file").write_bytes(b"same")
        (folder / "link").symlink_to("inside/file")
        archive.settle(folder, 1_700_000_000)
    return place / "one", place / "other"


@on_linux
def test_builds_that_are_the_same_have_no_differences(tmp_path):
    assert compare.differences(*two_folders(tmp_path)) == []


@on_linux
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it: it.write_bytes(b"sane"), "content differs: inside/file (4 and 4 bytes, from"),
        (lambda it: it.chmod(0o755), "mode differs: inside/file"),
        (lambda it: os.utime(it, (5, 5)), "time differs: inside/file"),
        (lambda it: it.rename(it.with_name("new")), "only in the first: inside/file"),
    ],
)
def test_what_differs_is_named(tmp_path, change, said):
    one, other = two_folders(tmp_path)
    change(other / "inside" / "file")
    assert any(line.startswith(said) for line in compare.differences(one, other))


TRACE = """
12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3
12 connect(3, {sa_family=AF_UNIX, sun_path=""...}, 110) = 0
13 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = -1 EPERM (Operation not permitted)
13 sendto(5, ""..., 20, 0, {sa_family=AF_NETLINK, nl_pid=0}, 12) = 20
14 recvmsg(3, {msg_namelen=0}, 0) = -1 EAGAIN
14 <... connect resumed>) = 0
14 connect(4, {sa_family=AF_INET, sin_port=htons(53)}, 16 <unfinished ...>
""".splitlines()


def test_a_call_for_the_internet_counts_even_where_it_was_refused():
    trace = offline.read_trace(TRACE)
    assert trace.families == {"UNIX": 2, "INET6": 1, "NETLINK": 1, "INET": 1}
    assert [line.split()[0] for line in trace.forbidden] == ["13", "14"]


@pytest.fixture
def small_bundle(tmp_path):
    folder = tmp_path / "PsyLite-1-linux-x86_64"
    folder.mkdir()
    (folder / "psylite").write_text("#!/bin/sh\necho started with $1\n", "utf-8")
    (folder / "psylite").chmod(0o755)
    return folder


@on_linux
def test_an_appimage_starts_the_program(tmp_path, small_bundle):
    tree = tmp_path / "tree"
    appimage.fill(tree, small_bundle)
    (tmp_path / "elsewhere").symlink_to(tree / "AppRun")
    done = subprocess.run(
        [tmp_path / "elsewhere", "run"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "started with run\n"
    assert {path.name for path in tree.iterdir()} == {
        *("AppRun", ".DirIcon", "psylite.desktop", "psylite.svg", "usr")
    }


@on_linux
@pytest.mark.skipif(shutil.which("mksquashfs") is None, reason="needs squashfs-tools")
def test_an_appimage_is_a_runtime_and_a_file_system(tmp_path, small_bundle, monkeypatch):
    monkeypatch.setattr(build, "DIST", tmp_path)
    runtime = tmp_path / "runtime"
    own = Path(sys.executable).resolve().read_bytes()
    runtime.write_bytes(own)
    with pytest.raises(SetupError, match="no AppImage runtime"):
        appimage.make(small_bundle, runtime)
    runtime.write_bytes(own[:8] + appimage.MARK + own[11:])
    target = appimage.make(small_bundle, runtime)
    made = target.read_bytes()
    assert made.startswith(runtime.read_bytes())
    assert made[len(own) : len(own) + 4] == b"hsqs"
    assert appimage.make(small_bundle, runtime).read_bytes() == made  # the same once more
