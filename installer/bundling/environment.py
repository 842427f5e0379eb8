"""The environment a bundle is made in: what runs, PyInstaller, and nothing for development.

It is not the checkout's own `.venv`, because whatever PyInstaller can import may end up in the
bundle, and because that one's llama.cpp is built for the processor of the moment.
"""

from __future__ import annotations

from installer.setup import interpreter, llama, lock_file, prepare, uv
from installer.setup.apt import Apt
from installer.setup.console import step
from installer.setup.layout import REQUIREMENTS, ROOT, Environment
from installer.setup.stamp import Stamp, fingerprint

BUNDLE_LOCK = REQUIREMENTS / "bundle.txt"
LOCK_FILE = ROOT / ".venv-bundle.lock"
PROJECT = "project"


def ensure() -> Environment:
    """Make or mend the environment; quick when nothing has changed.

    Raises:
        SetupError: Says what is wrong and what to do.
    """
    env = Environment(ROOT / ".venv-bundle")
    with lock_file.held(LOCK_FILE):
        stamp, apt = Stamp(env.stamp), Apt()
        interpreter.ensure(env, stamp, apt)
        uv.ensure(env, stamp)
        prepare.install_locks(env, stamp, [prepare.RUN_LOCK, BUNDLE_LOCK])
        llama.ensure(env, stamp, apt, llama.portable_recipe())
        wanted = fingerprint(ROOT / "pyproject.toml", str(ROOT))
        if not stamp.has(PROJECT, wanted):
            with step("the project"):
                uv.install_editable(env, ROOT, llama.BUILD_LOCK)
                stamp.add(PROJECT, wanted)
    return env
