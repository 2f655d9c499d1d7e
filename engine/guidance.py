"""Classifier-free guidance (ours; the paper has none): what the words change in the logits, taken further.

The caches of the context are those of the worded painting in both passes, so only the words of the patch itself weigh.
"""

from torch import Tensor

from engine.decoder import Context, VisionDecoder
from engine.stepping import PatchStates
from engine.text import TextStates


class GuidedStates:
    """Token by token through a batch of patches, with and without the words where guidance asks for both."""

    def __init__(
        self,
        decoder: VisionDecoder,
        orders: Tensor,
        context: Context | None,
        text: TextStates | None,
        guidance: float = 1.0,
    ):
        self.guidance = guidance
        self._worded = PatchStates(decoder, orders, context, text)
        self._wordless = PatchStates(decoder, orders, context) if text and guidance != 1 else None

    def advance(self, tokens: Tensor | None) -> Tensor:
        """As PatchStates.advance: logits (batch, vocabulary) of the next tokens."""
        logits = self._worded.advance(tokens)
        if self._wordless is None:
            return logits
        plain = self._wordless.advance(tokens)
        return plain + self.guidance * (logits - plain)
