"""Loading a model in the engine process: within the memory, with what was kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from psylite_desktop.content.prompts import LANGS, Prompts
from psylite_desktop.domain.errors import InputError
from psylite_desktop.domain.model_card import GgufFacts
from psylite_desktop.engine.fingerprint import build_fingerprint, model_fingerprint
from psylite_desktop.engine.gguf_check import check_gguf
from psylite_desktop.engine.llama import EngineSettings, LlamaModel
from psylite_desktop.engine.loading import settings_here
from psylite_desktop.engine.memory_fit import COMPANIONS
from psylite_desktop.engine.native import bindings
from psylite_desktop.engine.prefix_cache import PrefixCache
from psylite_desktop.host.launch import Folders

PREFIXES = "prefixes"


def open_fitting(
    path: Path,
    folders: Folders,
    *,
    context_length: int,
    anyway: bool,
    alone: bool,
    progress: Callable[[float], bool],
) -> LlamaModel:
    """Check a file, see how it fits and load it.

    `anyway`: even if it does not fit; `alone`: search has not been opened yet and will need its
    share. Raises ModelFileError, EngineError.
    """
    facts = check_gguf(path)
    _fit, settings = settings_here(
        facts,
        folders.tuning,
        anyway=anyway,
        reserve=COMPANIONS if alone else 0,
        context_length=context_length,
    )
    return LlamaModel(facts, settings, progress, _prefixes(facts, settings, folders))


def _prefixes(facts: GgufFacts, settings: EngineSettings, folders: Folders) -> PrefixCache | None:
    """Where the read system prompts of this model are kept, if anywhere."""
    if folders.tuning is None:
        return None
    try:
        shipped = frozenset(_shipped_prompts(folders.assets))
        model = model_fingerprint(facts.path)
    except (InputError, OSError):
        return None
    chosen = settings.configured()
    belongs_to = (model, build_fingerprint(bindings()), repr(chosen), facts.chat_format)
    return PrefixCache(folders.tuning / PREFIXES, shipped, belongs_to=belongs_to)


def _shipped_prompts(assets: Path) -> Iterator[str]:
    prompts = Prompts.load(assets)
    for lang in LANGS:
        for examples in (False, True):
            yield prompts.system(lang, examples=examples)
