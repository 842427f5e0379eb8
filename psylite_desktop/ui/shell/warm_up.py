"""Gets the engine ready while the person is still looking around."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject

from psylite_desktop.domain.errors import PsyLiteError
from psylite_desktop.ui.context import AppContext

logger = logging.getLogger(__name__)


def warm_up(context: AppContext, receiver: QObject) -> None:
    """Start the engine on its thread, with the model where one is chosen.

    Talk says so when a model is missing; nobody else has to.
    """
    context.engine.run(context.host.make_ready, _on_warm, _on_not_warm, receiver)


def _on_warm(_none: object) -> None:
    """Nothing to do: the first message finds it."""


def _on_not_warm(error: PsyLiteError) -> None:
    logger.info("engine_not_warm code=%s", error.code)
