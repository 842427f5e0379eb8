"""Error codes as sentences: what happened, what is safe, what to do next."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.widgets.text import breakable

_CONTEXT = "Errors"

SENTENCES: dict[str, str] = {
    "unexpected": QT_TRANSLATE_NOOP(
        "Errors", "Something went wrong here. What you wrote is still there. Try again."
    ),
    "cancelled": QT_TRANSLATE_NOOP("Errors", "Stopped."),
    "model_missing": QT_TRANSLATE_NOOP(
        "Errors", "The model file is not there any more. Choose another one in Settings."
    ),
    "model_untried": QT_TRANSLATE_NOOP(
        "Errors",
        "The model file that is chosen has changed since its trial, or was never tried, so it is "
        "not loaded. Try it on the page Models; until then replies are written beforehand.",
    ),
    "model_empty": QT_TRANSLATE_NOOP("Errors", "This model file is empty. Copy it again."),
    "model_not_gguf": QT_TRANSLATE_NOOP(
        "Errors", "This is not a model file. PsyLite reads files in the GGUF format."
    ),
    "model_truncated": QT_TRANSLATE_NOOP(
        "Errors", "A part of this model file is missing. Copy it again."
    ),
    "model_version": QT_TRANSLATE_NOOP(
        "Errors", "This model file has a version that PsyLite cannot read."
    ),
    "model_malformed": QT_TRANSLATE_NOOP(
        "Errors", "This model file is damaged, so PsyLite does not open it."
    ),
    "model_unsupported": QT_TRANSLATE_NOOP(
        "Errors", "PsyLite does not know this kind of model. Choose another one."
    ),
    "model_load_failed": QT_TRANSLATE_NOOP(
        "Errors", "The model could not be loaded. Choose another one in Settings."
    ),
    "model_no_memory": QT_TRANSLATE_NOOP(
        "Errors",
        "This model needs more memory than is free. Close other programs or choose a smaller one.",
    ),
    "model_does_not_fit": QT_TRANSLATE_NOOP(
        "Errors",
        "This model needs about {needed} MB of memory and {available} MB are free. "
        "Close other programs or choose a smaller one.",
    ),
    "model_source_gone": QT_TRANSLATE_NOOP(
        "Errors",
        "The file {file} cannot be read any more; the stick may have been taken out. What is "
        "copied already is kept: plug it in and go on.",
    ),
    "model_source_changed": QT_TRANSLATE_NOOP(
        "Errors",
        "The file {file} changed while it was copied, so nothing of it was kept. Try again when "
        "nothing writes to it.",
    ),
    "model_disk_full": QT_TRANSLATE_NOOP(
        "Errors",
        "There is not enough room for this model: {needed} MB are needed and {available} MB are "
        "free. Free some space and go on, or use the file where it is.",
    ),
    "model_too_big_for_disk": QT_TRANSLATE_NOOP(
        "Errors",
        "The disk that PsyLite keeps its data on takes no file this large (FAT32 ends at 4 GB). "
        "Use the file where it is, or a smaller model.",
    ),
    "model_folder_denied": QT_TRANSLATE_NOOP(
        "Errors",
        "PsyLite may not write to {path}. Use the file where it is, or check whether the disk is "
        "write-protected.",
    ),
    "model_path_too_long": QT_TRANSLATE_NOOP(
        "Errors",
        "The way to {file} is too long for this system. Move the file into a folder nearer to "
        "the top and try again.",
    ),
    "model_copy_failed": QT_TRANSLATE_NOOP(
        "Errors",
        "The copy was not written as it was read, so it was not kept. Try again; if it stays, "
        "check the disk.",
    ),
    "model_copy_running": QT_TRANSLATE_NOOP(
        "Errors", "Another window of PsyLite is copying a model. Wait until it is done."
    ),
    "model_hash_differs": QT_TRANSLATE_NOOP(
        "Errors",
        "Its SHA-256 is not the expected one: {found} instead of {expected}. It may be another "
        "version, or somebody changed it. It was not taken over.",
    ),
    "model_trial_crashed": QT_TRANSLATE_NOOP(
        "Errors",
        "The trial ended in the middle: this file brings the engine down, so PsyLite does not "
        "use it. Nothing else was touched.",
    ),
    "model_silent": QT_TRANSLATE_NOOP(
        "Errors", "The model loads but writes nothing, so there is nothing to talk with."
    ),
    "engine_crashed": QT_TRANSLATE_NOOP(
        "Errors", "The language model stopped. Nothing is lost; the next message starts it again."
    ),
    "engine_unavailable": QT_TRANSLATE_NOOP(
        "Errors", "The language model cannot start on this computer. Everything else works."
    ),
    "engine_timeout": QT_TRANSLATE_NOOP(
        "Errors", "The language model did not answer in time. Try again or choose a smaller one."
    ),
    "engine_cpu_unsupported": QT_TRANSLATE_NOOP(
        "Errors",
        "The processor of this computer is older than the language model needs (it lacks SSE4.2, "
        "which processors have had since about 2009). Replies are written ones; everything else "
        "works.",
    ),
    "engine_protocol": QT_TRANSLATE_NOOP(
        "Errors", "The language model sent something unreadable and was stopped. Try again."
    ),
    "engine_stopped": QT_TRANSLATE_NOOP("Errors", "The language model was stopped."),
    "engine_busy": QT_TRANSLATE_NOOP(
        "Errors", "The language model is still busy with something else. Try again in a moment."
    ),
    "engine_failed": QT_TRANSLATE_NOOP(
        "Errors", "The language model could not do this. Try again, or choose another model."
    ),
    "engine_context_full": QT_TRANSLATE_NOOP(
        "Errors", "This text is longer than the model can take in. Make it shorter and try again."
    ),
    "retrieval_failed": QT_TRANSLATE_NOOP(
        "Errors", "Looking something up did not work this time. Everything else works."
    ),
    "conversation_unknown": QT_TRANSLATE_NOOP("Errors", "This conversation is not there any more."),
    "vault_wrong_passphrase": QT_TRANSLATE_NOOP(
        "Errors", "That does not fit. Check the keyboard and capital letters, and try again."
    ),
    "vault_damaged": QT_TRANSLATE_NOOP(
        "Errors",
        "The file of this space is damaged. Your passphrase is not the reason. "
        "Leave the file as it is and bring back a backup if there is one.",
    ),
    "vault_header_damaged": QT_TRANSLATE_NOOP(
        "Errors",
        "The lock of this space is damaged, so no passphrase can open it. Your "
        "passphrase is not the reason. Bring back a backup if there is one.",
    ),
    "vault_missing": QT_TRANSLATE_NOOP(
        "Errors",
        "The file of this space is not there. It may have been moved or deleted, or its disk may "
        "not be connected.",
    ),
    "vault_exists": QT_TRANSLATE_NOOP("Errors", "There is already something in this place."),
    "vault_newer": QT_TRANSLATE_NOOP(
        "Errors", "A newer PsyLite wrote this space. Open it with that version."
    ),
    "vault_locked": QT_TRANSLATE_NOOP("Errors", "This space is locked. Open it again."),
    "vault_busy": QT_TRANSLATE_NOOP(
        "Errors", "This space is open in another window of PsyLite. Close that one first."
    ),
    "vault_disk_full": QT_TRANSLATE_NOOP(
        "Errors", "The disk is full, so this could not be saved. Free some space and try again."
    ),
    "vault_read_only": QT_TRANSLATE_NOOP(
        "Errors",
        "PsyLite may not write here, so nothing can be saved in this place. Check whether the disk "
        "is write-protected and whether the folder is yours.",
    ),
    "vault_path_too_long": QT_TRANSLATE_NOOP(
        "Errors",
        "The way to this space is too long: too many folders in each other, or too long names. "
        "Move it to a shorter one.",
    ),
    "vault_io": QT_TRANSLATE_NOOP(
        "Errors", "Reading or writing on the disk failed. Try again; if it stays, check the disk."
    ),
    "passphrase_too_short": QT_TRANSLATE_NOOP(
        "Errors", "Too short: take at least 10 characters, or 6 Chinese ones."
    ),
    "passphrase_too_common": QT_TRANSLATE_NOOP(
        "Errors", "Many people use this one, so it is guessed first. Take something of your own."
    ),
    "profile_unknown": QT_TRANSLATE_NOOP(
        "Errors",
        "This space is not here any more. If it is on a stick or another disk, connect that and "
        "try again.",
    ),
    "keyring_unavailable": QT_TRANSLATE_NOOP(
        "Errors", "The keyring of this computer did not answer, so the passphrase is needed."
    ),
    "backup_unknown": QT_TRANSLATE_NOOP("Errors", "This backup is not there any more."),
    "backup_running": QT_TRANSLATE_NOOP(
        "Errors", "A backup is being made already. Try again in a moment."
    ),
    "backup_guest": QT_TRANSLATE_NOOP(
        "Errors", "You are here as a guest, so there is nothing to keep."
    ),
    "backup_other_key": QT_TRANSLATE_NOOP(
        "Errors",
        "This copy has another key than the space, so it cannot take its place. It can become a "
        "space of its own.",
    ),
    "psyvault_unknown": QT_TRANSLATE_NOOP("Errors", "This is not a .psyvault file."),
    "psyvault_damaged": QT_TRANSLATE_NOOP(
        "Errors",
        "This .psyvault file was damaged or changed, so nothing of it was taken over. Use another "
        "copy of it.",
    ),
    "psyvault_truncated": QT_TRANSLATE_NOOP(
        "Errors", "A part of this .psyvault file is missing. Copy it again from where it came."
    ),
    "salvage_nothing": QT_TRANSLATE_NOOP(
        "Errors",
        "Nothing in this file can be read any more. It stays where it is, and nothing new was "
        "made in its place.",
    ),
    "no_memory_limit": QT_TRANSLATE_NOOP(
        "Errors",
        "This machine has no memory limit that a program may set, so nothing can be measured"
        " within one.",
    ),
    "bench_tool": QT_TRANSLATE_NOOP(
        "Errors", "{name} did not run to its end, so nothing can be compared with it."
    ),
    "input_line": QT_TRANSLATE_NOOP("Errors", "Line {line} cannot be read."),
    "input_row": QT_TRANSLATE_NOOP("Errors", "Line {line} of {file} cannot be used: {reason}."),
    "input_no_cases": QT_TRANSLATE_NOOP("Errors", "There are no cases in {file}."),
    "input_no_scores": QT_TRANSLATE_NOOP("Errors", "There are no scores in {file} yet."),
    "input_empty": QT_TRANSLATE_NOOP("Errors", "There is nothing to send yet."),
    "input_encoding": QT_TRANSLATE_NOOP("Errors", "This text is not in UTF-8."),
    "content_invalid": QT_TRANSLATE_NOOP(
        "Errors", "A file of PsyLite is damaged: {file}. Install PsyLite again."
    ),
    "export_disk_full": QT_TRANSLATE_NOOP(
        "Errors",
        "There is not enough room for {path}. Free about {missing} MB more, or choose another "
        "place. Nothing was left there.",
    ),
    "export_denied": QT_TRANSLATE_NOOP(
        "Errors", "PsyLite may not write to {path}. Choose another place."
    ),
    "export_no_folder": QT_TRANSLATE_NOOP(
        "Errors", "The folder {path} is not there any more. Choose another place."
    ),
    "export_failed": QT_TRANSLATE_NOOP(
        "Errors",
        "Writing {path} failed. Nothing was left there. Try again or choose another place.",
    ),
    "import_failed": QT_TRANSLATE_NOOP("Errors", "This file cannot be opened."),
    "import_unknown": QT_TRANSLATE_NOOP(
        "Errors",
        "PsyLite does not know this kind of file. It reads its own export (JSON) and the table "
        "that Daylio exports (CSV).",
    ),
    "import_newer": QT_TRANSLATE_NOOP(
        "Errors", "A newer PsyLite wrote this file. Bring it in with that version."
    ),
    "import_too_large": QT_TRANSLATE_NOOP(
        "Errors", "This file is larger than {limit} MB, so PsyLite does not read it."
    ),
    "settings_invalid": QT_TRANSLATE_NOOP("Errors", "This setting cannot be used."),
}


def error_text(error: PsyLiteError | str) -> str:
    """The sentence for an error or for its bare code, in the language of the window."""
    code = error if isinstance(error, str) else error.code
    facts = {} if isinstance(error, str) else dict(error.facts)
    for name in _LONG & facts.keys():
        facts[name] = breakable(str(facts[name]))
    source = SENTENCES.get(code, SENTENCES["unexpected"])
    return QCoreApplication.translate(_CONTEXT, source).format_map(_Facts(facts))


_LONG = {"path", "file", "expected", "found"}
"""Facts that a label must be able to break."""


class _Facts(dict[str, object]):
    """Facts of an error; one that is missing reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
