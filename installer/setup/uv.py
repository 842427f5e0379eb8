"""uv, at a pinned version, in the environment itself; pip where uv cannot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from installer.setup.console import SetupError, step, warn
from installer.setup.layout import REQUIREMENTS, Environment
from installer.setup.programs import attended, clean_environment, output_of, succeeds
from installer.setup.stamp import Stamp, fingerprint

STEP = "uv"
LOCK = REQUIREMENTS / "uv.txt"


def ensure(env: Environment, stamp: Stamp) -> None:
    """Bring uv by pip, checked against its hash.

    Raises:
        SetupError: pip failed.
    """
    if stamp.has(STEP, fingerprint(LOCK)) and env.program("uv").exists():
        return
    with step("uv, the package installer"):
        stamp.drop(STEP)
        complaint = succeeds([*_pip(env, env), "--require-hashes", "-r", LOCK])
        if complaint:
            raise SetupError(f"pip could not install uv:\n{complaint}", "Is the network reachable?")
        stamp.add(STEP, fingerprint(LOCK))


def install(
    env: Environment, locks: Sequence[Path], *, into: Environment | None = None, anew: bool = False
) -> None:
    """Install locked packages.

    Wheels only: nothing in these locks has to be compiled, and a package that
    would be is a mistake to be seen. Where uv fails, pip tries, because it may
    know a mirror from its own configuration.

    Args:
        env: The environment that has uv and pip.
        locks: Requirement files with hashes.
        into: Another environment to install into.
        anew: Replace packages that are there: an earlier try was cut off.

    Raises:
        SetupError: Both failed.
    """
    target = into or env
    files = [word for lock in locks for word in ("-r", str(lock))]
    options = ["--require-hashes", "--only-binary", ":all:", *files]
    again = ["--reinstall"] if anew else []
    complaint = attended([*_uv(env, target), *options, *again], env=variables(env))
    if not complaint:
        return
    warn(f"uv could not install the packages, pip tries now:\n{complaint}")
    again = ["--force-reinstall"] if anew else []
    complaint = attended([*_pip(env, target), *options, *again], env=clean_environment())
    if complaint:
        raise SetupError(
            f"The packages could not be installed:\n{complaint}", "Is the network reachable?"
        )


def install_wheel(env: Environment, wheel: Path) -> str:
    """Install one wheel from a file, and return the complaint, if any."""
    command: list[str | Path] = ["--no-deps", "--offline", "--reinstall", wheel]
    return succeeds([*_uv(env, env), *command], env=variables(env))


def install_editable(env: Environment, project: Path, build_lock: Path) -> None:
    """Put a checkout into an environment so that its files are used where they stand.

    Raises:
        SetupError: The build failed.
    """
    command: list[str | Path] = [
        "--no-deps",
        "--build-constraints",
        build_lock,
        "--editable",
        project,
    ]
    complaint = succeeds([*_uv(env, env), *command], env=variables(env))
    if complaint:
        raise SetupError(f"The project could not be installed:\n{complaint}")


def variables(env: Environment) -> dict[str, str]:
    """The variables for uv: ours, and what pip's configuration says of mirrors and certificates.

    uv stops at a folder of wheels that does not exist, where pip goes on; such
    folders are left out.
    """
    found = clean_environment()
    asked = output_of([env.python, "-m", "pip", "config", "list"])
    for variable, value in _from_pip(asked).items():
        found.setdefault(variable, value)
    links = found.pop("UV_FIND_LINKS", "").replace(",", " ").split()
    if present := [link for link in links if _may_exist(link)]:
        found["UV_FIND_LINKS"] = ",".join(present)
    return found


def _from_pip(config: str) -> dict[str, str]:
    names = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    result: dict[str, str] = {}
    for line in config.splitlines():
        key, _, value = line.partition("=")
        variable = names.get(key.rpartition(".")[2])
        value = value.strip("'\" ")
        if variable and value and (variable != "SSL_CERT_FILE" or Path(value).is_file()):
            result[variable] = value
    return result


def _may_exist(link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme in {"http", "https"}:
        return True
    return Path(unquote(parts.path) if parts.scheme == "file" else link).exists()


def _uv(env: Environment, target: Environment) -> list[str | Path]:
    return [env.program("uv"), "pip", "install", "--python", target.python]


def _pip(env: Environment, target: Environment) -> list[str | Path]:
    return [
        *(env.python, "-m", "pip", "--python", target.python),
        *("--no-input", "--disable-pip-version-check", "install"),
    ]
