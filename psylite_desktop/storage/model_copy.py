"""Copying a model file so that an end in the middle costs little and never leaves half a model.

The copy grows under another name. Beside it stands a log: what is being copied, then the SHA-256
of every block that is safely on disk. The next attempt checks those blocks and goes on after the
last good one. A copy takes its own name only after it was read back and its hash compared.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from psylite_desktop.domain.errors import ModelFileError
from psylite_desktop.domain.model_files import Copied, CopyPhase, CopyStep, Unfinished
from psylite_desktop.storage.durable_file import FileLock, sync_folder
from psylite_desktop.storage.model_names import free_name, shelf_name

INCOMING = ".incoming"
BLOCK = 32 << 20
"""Bytes between two entries of the log: so much is copied twice after a crash, at most."""
STEP = 1 << 20
"""Bytes between two signs of progress."""
MARGIN = 64 << 20
"""Bytes that stay free on the disk."""
_MB = 1_000_000
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EROFS, errno.EACCES, errno.EPERM}

Tell = Callable[[CopyStep], None]


@dataclass(frozen=True, slots=True)
class _Source:
    """What is being copied; a file that differs in any of it is another one."""

    path: str
    name: str
    size: int
    mtime_ns: int
    fingerprint: str

    @property
    def key(self) -> str:
        same = f"{self.size} {self.fingerprint} {self.mtime_ns} {self.name}"
        return hashlib.sha256(same.encode("utf-8", "surrogateescape")).hexdigest()[:16]


class ModelCopy:
    """Copies files into a folder, one at a time over all processes."""

    def __init__(
        self,
        folder: Path,
        identify: Callable[[Path], str],
        *,
        block: int = BLOCK,
        margin: int = MARGIN,
    ) -> None:
        """`identify` tells two files of the same size apart; it raises OSError."""
        self._folder = folder
        self._incoming = folder / INCOMING
        self._identify = identify
        self._block = block
        self._margin = margin

    def copy(
        self, source: Path, tell: Tell, *, expected: str = "", accept_other: bool = False
    ) -> Copied:
        """Copy `source`, going on where an earlier attempt ended.

        `expected` is the SHA-256 that the file should have, empty where nobody knows; with
        `accept_other` a file with another one is taken all the same.

        Raises ModelFileError: model_source_gone, model_source_changed, model_disk_full (facts
        `needed`, `available` in megabytes), model_too_big_for_disk, model_folder_denied,
        model_path_too_long, model_copy_failed, model_copy_running, model_hash_differs (facts
        `expected`, `found`). After each of them a later attempt may go on.
        """
        about = self._look(source)
        with _told(self._folder):
            self._incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FileLock(self._incoming / "lock")
            if not lock.acquire():
                raise ModelFileError("model_copy_running")
        try:
            return self._copy(about, source, tell, expected, accept_other=accept_other)
        finally:
            lock.release()

    def _look(self, source: Path) -> _Source:
        try:
            facts = source.stat()
            fingerprint = self._identify(source)
        except (OSError, ValueError) as error:
            raise _source_error(error, source) from None
        whole = str(source.absolute())
        return _Source(whole, source.name, facts.st_size, facts.st_mtime_ns, fingerprint)

    def _copy(
        self, about: _Source, source: Path, tell: Tell, expected: str, *, accept_other: bool
    ) -> Copied:
        twin = self._twin(about, source, tell)
        if twin is not None:
            return twin
        part = self._incoming / f"{about.key}.part"
        restarted = self._forget_others(about)
        digest, done = self._kept(about, part, tell)
        with _told(self._folder):
            room = shutil.disk_usage(self._folder).free
        if about.size - done + self._margin > room:
            needed = about.size - done + self._margin
            raise _no_room(needed, room)
        self._append(about, source, part, digest, done, tell)
        found = digest.hexdigest()
        if not self._reads_back(part, found, about.size, tell):
            discard(self._folder, about.key)
            raise ModelFileError("model_copy_failed")
        if expected and found != expected.lower() and not accept_other:
            raise ModelFileError("model_hash_differs", expected=expected.lower(), found=found)
        with _told(self._folder):
            path = self._place(part, shelf_name(about.name))
            discard(self._folder, about.key)
        return Copied(path, about.size, found, resumed_at=done, restarted=restarted)

    def _forget_others(self, about: _Source) -> bool:
        """Drop what is left of another version of this source; whether there was any."""
        restarted = False
        for log in self._incoming.glob("*.log"):
            old = _read_log(log)
            if old is None:
                discard(self._folder, log.stem)
            elif old[0].path == about.path and old[0] != about:
                discard(self._folder, log.stem)
                restarted = True
        return restarted

    def _kept(self, about: _Source, part: Path, tell: Tell) -> tuple[hashlib._Hash, int]:
        """The hash of what an earlier attempt left whole, and its length."""
        digest, done = hashlib.sha256(), 0
        log = part.with_suffix(".log")
        earlier = _read_log(log)
        hashes = earlier[1] if earlier else []
        good: list[str] = []
        with contextlib.suppress(OSError), part.open("rb") as file:
            for known in hashes:
                data = file.read(min(self._block, about.size - done))
                if not data or hashlib.sha256(data).hexdigest() != known:
                    break
                digest.update(data)
                done += len(data)
                good.append(known)
                tell(CopyStep(CopyPhase.KEPT, done, about.size))
        with _told(self._folder):
            lines = [json.dumps(asdict(about)), *good]
            _write_log(log, lines)
            with _opened(part) as file:
                file.truncate(done)
        return digest, done

    def _append(
        self,
        about: _Source,
        source: Path,
        part: Path,
        digest: hashlib._Hash,
        done: int,
        tell: Tell,
    ) -> None:
        """Copy the rest, block by block: on disk first, then in the log."""
        with _opened_source(source) as origin, _opened(part) as copy:
            origin.seek(done)
            with _told(self._folder):
                copy.seek(done)
            log = part.with_suffix(".log")
            while done < about.size:
                block = hashlib.sha256()
                end = min(done + self._block, about.size)
                while done < end:
                    data = _read(origin, min(STEP, end - done), source)
                    block.update(data)
                    digest.update(data)
                    with _told(self._folder, about.size - done + self._margin):
                        copy.write(data)
                    done += len(data)
                    tell(CopyStep(CopyPhase.COPYING, done, about.size))
                with _told(self._folder, about.size - done + self._margin):
                    copy.flush()
                    os.fsync(copy.fileno())
                    _append_log(log, block.hexdigest())
            self._check_unchanged(about, origin, source, part)

    def _check_unchanged(self, about: _Source, origin: BinaryIO, source: Path, part: Path) -> None:
        try:
            facts = os.fstat(origin.fileno())
        except OSError as error:
            raise _source_error(error, source) from None
        if (facts.st_size, facts.st_mtime_ns) != (about.size, about.mtime_ns):
            discard(self._folder, part.stem)
            raise ModelFileError("model_source_changed", file=source.name)

    def _reads_back(self, part: Path, wanted: str, size: int, tell: Tell) -> bool:
        """Whether the disk gives back what was written."""
        digest, done = hashlib.sha256(), 0
        try:
            with part.open("rb") as file:
                _forget_pages(file)
                while data := file.read(STEP):
                    digest.update(data)
                    done += len(data)
                    tell(CopyStep(CopyPhase.VERIFYING, done, size))
        except OSError:
            return False
        return digest.hexdigest() == wanted

    def _place(self, part: Path, name: str) -> Path:
        """Give the copy its name, never over another file."""
        while True:
            target = self._folder / free_name(name, lambda one: not (self._folder / one).exists())
            try:
                _rename_new(part, target)
            except FileExistsError:  # another program was faster
                continue
            sync_folder(self._folder)
            return target

    def _twin(self, about: _Source, source: Path, tell: Tell) -> Copied | None:
        """The same file, where it is on the shelf under its name already."""
        twin = self._folder / shelf_name(about.name)
        try:
            if twin.stat().st_size != about.size or self._identify(twin) != about.fingerprint:
                return None
            found = sha256_of(twin, tell)
            same = sha256_of(source, tell) == found
        except OSError:
            return None
        return Copied(twin, about.size, found, was_there=True) if same else None


def sha256_of(path: Path, tell: Tell = lambda _step: None) -> str:
    """The SHA-256 of a whole file. Raises OSError."""
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        while data := file.read(STEP):
            digest.update(data)
            done += len(data)
            tell(CopyStep(CopyPhase.VERIFYING, done, size))
    return digest.hexdigest()


def unfinished(folder: Path) -> list[Unfinished]:
    """Copies that were begun in a folder and wait to be finished."""
    found = []
    for log in sorted((folder / INCOMING).glob("*.log")):
        read = _read_log(log)
        if read is None:
            continue
        source = read[0]
        try:
            done = log.with_suffix(".part").stat().st_size
        except OSError:
            done = 0
        one = Unfinished(log.stem, source.name, Path(source.path), done, source.size)
        found.append(one)
    return found


def discard(folder: Path, key: str) -> None:
    """Throw an unfinished copy away."""
    for ending in (".part", ".log"):
        with contextlib.suppress(OSError):
            (folder / INCOMING / f"{key}{ending}").unlink(missing_ok=True)


def _read(origin: BinaryIO, count: int, source: Path) -> bytes:
    try:
        data = origin.read(count)
    except OSError as error:
        raise _source_error(error, source) from None
    if not data:  # the file ends before its end: cut off, or its disk is gone
        code = "model_source_changed" if source.exists() else "model_source_gone"
        raise ModelFileError(code, file=source.name)
    return data


def _source_error(error: Exception, source: Path) -> ModelFileError:
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return ModelFileError("model_path_too_long", file=source.name)
    return ModelFileError("model_source_gone", file=source.name)


@contextlib.contextmanager
def _opened_source(source: Path) -> Iterator[BinaryIO]:
    try:
        file = source.open("rb", buffering=0)
    except OSError as error:
        raise _source_error(error, source) from None
    with file:
        yield file


def _opened(part: Path) -> BinaryIO:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(part, flags, 0o600), "r+b", buffering=0)


@contextlib.contextmanager
def _told(folder: Path, needed: int = 0) -> Iterator[None]:
    """Turn errors of the target's disk into ours."""
    try:
        yield
    except OSError as error:
        number = error.errno or 0
        if number in _FULL:
            room = 0
            with contextlib.suppress(OSError):
                room = shutil.disk_usage(folder).free
            raise _no_room(needed, room) from None
        if number == errno.EFBIG:
            raise ModelFileError("model_too_big_for_disk") from None
        if number == errno.ENAMETOOLONG:
            raise ModelFileError("model_path_too_long", file=folder.name) from None
        code = "model_folder_denied" if number in _DENIED else "model_copy_failed"
        raise ModelFileError(code, path=str(folder)) from None


def _no_room(needed: int, room: int) -> ModelFileError:
    return ModelFileError("model_disk_full", needed=-(-needed // _MB), available=room // _MB)


def _rename_new(part: Path, target: Path) -> None:
    """Rename without replacing. Raises FileExistsError."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a disk without links, such as a stick's
        if target.exists():
            raise FileExistsError(errno.EEXIST, "there is one") from None
        part.rename(target)
    else:
        part.unlink()


def _write_log(log: Path, lines: list[str]) -> None:
    unfinished_log = log.with_suffix(".new")
    with unfinished_log.open("w", encoding="ascii") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    unfinished_log.replace(log)


def _append_log(log: Path, line: str) -> None:
    with log.open("a", encoding="ascii") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())


def _read_log(log: Path) -> tuple[_Source, list[str]] | None:
    """What a log says; None where it says nothing that can be used."""
    try:
        lines = log.read_text(encoding="ascii").split("\n")
        said = json.loads(lines[0])
        sane = isinstance(said["size"], int) and isinstance(said["path"], str)
        about = _Source(**said)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    # The last line has no end where the process was killed while writing it.
    return (about, [line for line in lines[1:-1] if len(line) == 64]) if sane else None


def _forget_pages(file: BinaryIO) -> None:
    """Have the system read from the disk what it still knows by heart."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        with contextlib.suppress(OSError):
            advise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
