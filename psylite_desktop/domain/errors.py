"""Errors with a stable code; sentences for people are made in `ui` and in content."""

from __future__ import annotations


class PsyLiteError(Exception):
    """Base of all expected failures.

    `code` is stable and names the sentence to show; `facts` are numbers or names that the
    sentence may carry. Never put a person's words in either.
    """

    code = "unexpected"

    def __init__(self, code: str | None = None, **facts: str | int | float) -> None:
        if code is not None:
            self.code = code
        self.facts = facts
        super().__init__(self.code)


class ModelFileError(PsyLiteError):
    """A model file cannot be used.

    Codes: model_missing, model_empty, model_not_gguf, model_truncated, model_version,
    model_malformed, model_unsupported, model_load_failed, model_no_memory, model_does_not_fit
    (facts `needed` and `available` in megabytes; it can be loaded all the same if that is wished),
    model_untried (it was never tried, or has changed since or meanwhile).
    Bringing one: model_source_gone, model_source_changed, model_disk_full (facts as above),
    model_too_big_for_disk, model_folder_denied, model_path_too_long, model_copy_failed,
    model_copy_running, model_hash_differs (facts `expected`, `found`).
    Trying one: model_trial_crashed (fact `exit`), model_silent.
    """

    code = "model_malformed"


class EngineError(PsyLiteError):
    """The engine process failed.

    Codes: engine_crashed, engine_unavailable, engine_timeout,
    engine_cpu_unsupported, engine_protocol, engine_stopped (ended on purpose), engine_busy (asked
    while answering), engine_failed (a native call failed), engine_context_full (facts: tokens,
    context), retrieval_failed.
    """

    code = "engine_crashed"


class VaultError(PsyLiteError):
    """The vault cannot do what was asked.

    Codes: vault_wrong_passphrase, vault_damaged, vault_header_damaged, vault_missing,
    vault_exists, vault_newer, vault_locked, vault_busy, vault_disk_full, vault_read_only,
    vault_io, passphrase_too_short, passphrase_too_common, profile_unknown,
    conversation_unknown, keyring_unavailable, backup_unknown, backup_running, backup_guest,
    backup_other_key, psyvault_unknown, psyvault_damaged, psyvault_truncated, salvage_nothing,
    vault_path_too_long.
    Also `cancelled`, where somebody stopped it.
    """

    code = "vault_damaged"


class InputError(PsyLiteError):
    """Bad input from outside.

    Codes: input_line (facts: line, reason), input_row (facts: file, line, reason), input_no_cases,
    input_no_scores (fact: file), input_empty, input_encoding,
    content_invalid (facts: file, where, reason), settings_invalid.
    """

    code = "input_line"


class ExportError(PsyLiteError):
    """A file could not be written where the person wanted it, or read from there.

    Codes: export_disk_full (facts: path, missing in megabytes), export_denied, export_no_folder,
    export_failed (fact: path), import_unknown (no format that is known), import_too_large (fact:
    limit in megabytes), import_newer, import_failed. Paths are for the window, never for a log.
    """

    code = "export_failed"
