"""Every error code has a sentence."""

from __future__ import annotations

import re

import pytest

from psylite_desktop.domain import errors
from psylite_desktop.domain.errors import InputError, PsyLiteError, VaultError
from psylite_desktop.ui.error_text import SENTENCES, error_text

CODES = sorted(
    {
        code
        for kind in (errors.ModelFileError, errors.EngineError, VaultError, InputError)
        for code in re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", kind.__doc__ or "")
    }
)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_own_sentence(code):
    assert code in SENTENCES
    assert error_text(code).endswith(".")


def test_an_unknown_code_is_no_riddle():
    assert error_text(PsyLiteError("something_new")) == SENTENCES["unexpected"]


def test_facts_stand_in_the_sentence_and_may_be_missing():
    assert "hotlines.toml" in error_text(InputError("content_invalid", file="hotlines.toml"))
    assert "–" in error_text(InputError("content_invalid"))


def test_wrong_passphrase_and_damage_are_told_apart():
    wrong, damaged = error_text("vault_wrong_passphrase"), error_text("vault_damaged")
    assert wrong != damaged
    assert "passphrase is not the reason" in damaged
