"""What goes into the bundle and what stays out, with the reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from installer.bundling import icons
from installer.bundling.version import version

EXCLUDED_MODULES = (
    # The program is offline: whatever speaks to a network stays out. What others import by name
    # is stubbed in installer/stubs.
    *("aiohttp", "boto3", "botocore", "certifi", "h11", "hf_xet", "httpcore", "httpx", "urllib3"),
    *("anyio", "charset_normalizer", "fsspec", "idna", "smtplib", "ftplib", "imaplib", "poplib"),
    *("telnetlib", "nntplib", "xmlrpc", "http.server", "socketserver", "webbrowser"),
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtWebEngineCore"),
    *("PySide6.QtWebChannel", "PySide6.QtWebSockets", "PySide6.QtQuickWidgets", "_ssl"),
    # Making models needs torch, which is 200 MB to 3 GB: that is done from the source.
    *("psylite_desktop.forge", "torch", "transformers", "trl", "peft", "accelerate"),
    *("bitsandbytes", "sklearn", "scipy", "gguf", "onnx"),
    # GNU readline is under the GPL, version 3; the terminal front end reads lines without it.
    "readline",
    # Never used here.
    *("PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtSql", "PySide6.QtTest"),
    *("PySide6.QtUiTools", "PySide6.QtXml", "PySide6.QtConcurrent"),
    *("tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "venv", "pydoc_data"),
    *("curses", "sqlite3", "_sqlite3", "dbm", "IPython", "matplotlib", "pandas", "polars"),
    *("pip", "setuptools", "pkg_resources", "wheel", "pytest", "hypothesis", "mypy", "yaml"),
    *("jinja2", "diskcache", "numpy.f2py", "numpy.testing", "numpy.distutils"),
)

LEFT_OUT = (
    # Qt: no QML, no web, no network, no databases, no designer.
    *("*/libQt6Qml*", "*/libQt6Quick*", "*/libQt6Network*", "*/libQt6Web*", "*/libQt6Designer*"),
    *("*/libQt6Sql*", "*/libQt6Test*", "*/libQt6VirtualKeyboard*", "*/libQt6Pdf*", "*/Qt/qml/*"),
    *("*/libQt6EglFSDeviceIntegration*", "*/libQt6EglFsKms*", "*/libQt6WaylandCompositor*"),
    *("*/Qt6Qml*", "*/Qt6Quick*", "*/Qt6Network*", "*/Qt6VirtualKeyboard*", "*/Qt6Pdf*"),
    *("*/QtNetwork.*", "*/QtQml.*", "*/QtQuick.*"),
    *("*/plugins/networkinformation/*", "*/plugins/tls/*", "*/plugins/qmltooling/*"),
    *("*/plugins/sqldrivers/*", "*/plugins/designer/*", "*/plugins/generic/*"),
    *("*/plugins/egldeviceintegrations/*", "*/plugins/vectorimageformats/*"),
    "*/plugins/wayland-graphics-integration-server/*",
    # A picture format is another parser to be attacked; PNG is in QtGui, SVG is our icons.
    *("*/imageformats/*qpdf*", "*/imageformats/*qtiff*", "*/imageformats/*qtga*"),
    *("*/imageformats/*qicns*", "*/imageformats/*qwbmp*", "*/imageformats/*qwebp*"),
    *("*/imageformats/*qgif*", "*/imageformats/*qjpeg*", "*/imageformats/*qico*"),
    # Screens without a window system, and remote ones.
    *("*/platforms/*qvnc*", "*/platforms/*qeglfs*", "*/platforms/*qlinuxfb*"),
    *("*/platforms/*qminimal*", "*/platforms/*qvkkhrdisplay*"),
    # GTK's theme would bring GTK; the portal does file dialogs.
    "*/platformthemes/*qgtk3*",
    "*/platforminputcontexts/*qtvirtualkeyboard*",
    # Windows are painted by the processor: no graphics driver is loaded, which would want another
    # C++ library than ours.
    *("*/plugins/xcbglintegrations/*", "*/plugins/wayland-graphics-integration-client/*"),
    *("*/opengl32sw.dll", "*/d3dcompiler_*.dll"),
    # Qt's own translations, except what its dialogs say in our languages.
    "*/translations/*",
    # Clouds and network protocols of Arrow.
    *("*arrow_flight*", "*arrow_s3*", "*_flight.*", "*_s3fs.*", "*_azurefs.*", "*_gcsfs.*"),
    *("*_hdfs.*", "pyarrow/include/*", "pyarrow/tests/*", "pyarrow/src/*", "*_pyarrow_cpp_tests*"),
    *("*_encryption.*so", "pyarrow/*.pyx", "pyarrow/*.pxd", "pyarrow/*.pxi"),
    # Printing finds the system's CUPS if there is one; a copy of ours would not fit its daemon.
    *("libcups*", "libavahi*", "libgnutls*", "libgssapi*", "libkrb5*", "libk5crypto*"),
    *("libssl*", "libcurl*"),
    # What every Linux desktop has and keeps stable. A copy of ours would tie the bundle to the C
    # library of the machine it was made on, and would get in the way of drivers and fonts.
    *("libstdc++*", "libgcc_s*", "libX11.so*", "libX11-xcb*", "libxcb.so*", "libfontconfig*"),
    *("libfreetype*", "libexpat*", "libglib-2*", "libgthread-2*", "libdbus-1*", "libz.so*"),
    # Pieces that others meant for their own tests and documentation.
    *("onnxruntime/transformers/*", "onnxruntime/tools/*", "onnxruntime/datasets/*"),
    *("*.pyi", "*/direct_url.json", "*.dist-info/RECORD", "*.dist-info/INSTALLER"),
    *("*.dist-info/REQUESTED", "*.dist-info/licenses/*", "*.dist-info/WHEEL"),
    "*.dist-info/sboms/*",
)
KEPT_ALL_THE_SAME = (
    "*/translations/qtbase_zh_CN.qm",
    "*/translations/qtbase_en.qm",
)

NOT_SHIPPED = {"recipes"}
"""Of the model store: how models are made is for those who make them."""


def keeps(destination: str) -> bool:
    """Whether a file with this place in the bundle goes into it."""
    place = destination.replace("\\", "/")
    # A pattern for files in any folder also means those at the top.
    places = (place, f"/{place}")

    def fits(patterns: Iterable[str]) -> bool:
        return any(fnmatch(one, pattern) for pattern in patterns for one in places)

    return fits(KEPT_ALL_THE_SAME) or not fits(LEFT_OUT)


def hidden_imports(root: Path) -> list[str]:
    """Every module of ours (some are imported by name), and what is found by name elsewhere."""
    package = root / "psylite_desktop"
    ours = [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(package.rglob("*.py"))
        if "forge" not in path.relative_to(package).parts[:1]
    ]
    return [*ours, "keyring", "PySide6.QtOpenGLWidgets"]


def data_files(root: Path) -> list[tuple[str, str]]:
    """Assets, and of the model store what is tracked and used at run time."""
    wanted: list[tuple[str, str]] = []
    for path in _files(root / "assets"):
        if path.parts[len(root.parts) + 1] != "screenshots":
            wanted.append((str(path), path.parent.relative_to(root).as_posix()))
    store = root / "model_store"
    models = [path for path in sorted(store.glob("*")) if path.name not in NOT_SHIPPED]
    for path in [store / "catalogue.toml", *_files(*models)]:
        # A developer's own models stand in the same folders.
        if path.suffix != ".gguf" or path.parent.name == "psylite-nano":
            wanted.append((str(path), path.parent.relative_to(root).as_posix()))
    package = root / "psylite_desktop"
    for path in _files(package):
        if (
            path.suffix not in {".py", ".pyc", ".typed"}
            and path.parts[len(package.parts)] != "forge"
        ):
            wanted.append((str(path), path.parent.relative_to(root).as_posix()))
    return wanted


def metadata_files(work: Path) -> list[tuple[str, str]]:
    """What `--version` and lancedb ask the packages' metadata for, and nothing else of it."""
    from importlib.metadata import version as installed

    written: list[tuple[str, str]] = []
    for name, number in (
        ("psylite-desktop", version()),
        ("lancedb", installed("lancedb")),
        ("onnxruntime", installed("onnxruntime")),
    ):
        folder = f"{re.sub('[-.]', '_', name)}-{number}.dist-info"
        target = work / "metadata" / folder / "METADATA"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {number}\n"
        target.write_text(text, encoding="utf-8")
        written.append((str(target), folder))
    return written


def icon(here: Path, platform: str) -> str | None:
    """The program's icon, in the form this system takes."""
    name = {"win32": "psylite.ico", "darwin": "psylite.icns"}.get(platform)
    if name is None:
        return None
    return str(icons.make(here / "linux" / "psylite.svg", here.parent / "build" / name))


def windows_version_file(here: Path) -> str | None:
    """The file that says who made the program."""
    found = here / "windows" / "version.txt"
    return str(found) if found.exists() else None


def _files(*folders: Path) -> Iterable[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
