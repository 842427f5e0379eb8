"""Teacher forcing: the model is told what comes next and says how likely that was to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from psylite_desktop.domain.errors import EngineError
from psylite_desktop.domain.likelihood import Asked, Likelihood
from psylite_desktop.engine.llama import LlamaModel
from psylite_desktop.engine.prompt_format import Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OUTPUTS = 32
"""Tokens whose logits are kept at once: 20 MB of them with a vocabulary of 152,000 words."""

Beat = Callable[[], None]


class ForcedModel(LlamaModel):
    """A model to be asked for likelihoods; load it with `EngineSettings(outputs=OUTPUTS)`.

    What two questions have in common at their beginning is evaluated once.
    """

    def likelihood(self, asked: Asked, beat: Beat = lambda: None) -> Likelihood:
        """How likely each option is; `beat` is called as it goes on. Raises EngineError."""
        options = [self._vocabulary.tokens_of(Segment(option)) for option in asked.options]
        longest = max(map(len, options), default=0)
        before, shots = self._before(asked, room=self._limit - longest)
        if before is None:
            return Likelihood(fits=False)
        found = [self._one(before, option, beat) for option in options]
        return Likelihood(tuple(log for log, _ in found), tuple(count for _, count in found), shots)

    def _before(self, asked: Asked, *, room: int) -> tuple[list[int] | None, int]:
        """Tokens that stand before, with as many shots as fit; None where not even none do."""
        chat = [token for turn in self._render(asked.turns) for token in turn]
        chat = chat or list(self._vocabulary.start)
        for left_out in range(len(asked.shots) + 1):
            plain = asked.head + "".join(asked.shots[left_out:]) + asked.text
            tokens = [*chat, *(self._vocabulary.tokens_of(Segment(plain)) if plain else ())]
            if len(tokens) <= room:
                return tokens, len(asked.shots) - left_out
        return None, 0

    def _one(self, before: list[int], option: list[int], beat: Beat) -> tuple[float, int]:
        """Sum of log-probabilities, and of how many tokens."""
        if not before:  # nothing foretells the first token
            before, option = option[:1], option[1:]
        if not option:
            return 0.0, 0
        total = self._log_of(self._after(before, beat), option[0])
        for start in range(0, len(option) - 1, OUTPUTS):
            known = option[start : min(start + OUTPUTS, len(option) - 1)]
            self._evaluate(known, each=True)
            beat()
            for place, token in enumerate(option[start + 1 : start + 1 + len(known)]):
                total += self._log_of(self._logits(place), token)
        return total, len(option)

    def _after(self, before: Sequence[int], beat: Beat) -> NDArray[np.float64]:
        """Logits of what follows these tokens; the memory then holds just them."""
        reused = self._memory.trim_to(min(self._memory.common(before), len(before) - 1))
        step = self._configuration.ubatch
        for start in range(reused, len(before), step):
            self._evaluate(before[start : start + step])
            beat()
        return self._logits(-1)

    def _evaluate(self, tokens: Sequence[int], *, each: bool = False) -> None:
        if not self._memory.evaluate(list(tokens), each=each):
            raise EngineError("engine_stopped")

    def _logits(self, place: int) -> NDArray[np.float64]:
        import numpy as np

        row = self._library.llama_get_logits_ith(self._context, place)
        if not row:
            raise EngineError("engine_failed")
        return np.ctypeslib.as_array(row, (self._vocabulary.size,)).astype(np.float64)

    @staticmethod
    def _log_of(logits: NDArray[np.float64], token: int) -> float:
        import numpy as np

        top = logits.max()
        return float(logits[token] - top - np.log(np.exp(logits - top).sum()))
