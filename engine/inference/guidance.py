"""Classifier-free guidance (ours; the paper has none): what the words change in the logits, taken further.

The caches of the context are those of the worded painting in both passes, so only the words of the patch itself weigh.
Taken far, small differences between unlikely tokens would win, and specks of them be painted. So only those tokens come
forward that the worded pass finds plausible by itself, as in contrastive decoding (Li et al. 2022, equation 4).
"""

import math

import torch
from torch import Tensor

from engine.inference.fused_states import states_of
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import Context, VisionDecoder

PLAUSIBLE = 0.1  # of the likeliest token's probability


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
        self._worded = states_of(decoder, orders, context, text)
        self._unconditional = states_of(decoder, orders, context) if text and guidance != 1 else None

    def advance(self, tokens: Tensor | None) -> Tensor:
        """As PatchStates.advance: logits (batch, vocabulary) of the next tokens."""
        logits = self._worded.advance(tokens)
        if self._unconditional is None:
            return logits
        plain = self._unconditional.advance(tokens)
        return guided(plain, logits, self.guidance)


def guided(plain: Tensor, worded: Tensor, strength: float) -> Tensor:
    """Logits taken further from those without words to those with them; a strength of 1 leaves the worded ones.

    Tokens that are not plausible come no closer to the best than they were with the words alone.
    """
    taken = plain + strength * (worded - plain)
    behind = worded - worded.amax(-1, keepdim=True)
    plausible = behind >= math.log(PLAUSIBLE)
    best = taken.masked_fill(~plausible, -math.inf).amax(-1, keepdim=True)
    return torch.where(plausible, taken, torch.minimum(taken, best + behind))
