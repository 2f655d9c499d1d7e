"""Local decoders that draw all tokens of a patch at once: mask-predict and parallel (paper, Table 7a: P-NAR, NAR).

They are quick, and they change the picture, since the tokens of one round do not know of one another: previews, never
the default. The model has to be trained for them (DecoderConfig.masked).
"""

from collections.abc import Callable

import torch
from torch import Tensor

from engine.inference.guidance import guided
from engine.inference.sampling import choose
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import Context, VisionDecoder
from engine.models.vqgan import VOID

ROUNDS = {"mask_predict": 8, "parallel": 1}


@torch.no_grad()
def draw_at_once(
    decoder: VisionDecoder,
    orders: Tensor,
    context: Context | None,
    text: TextStates | None,
    forced: Tensor,
    noise: Tensor,
    rounds: int,
    guidance: float,
    cuts: tuple[float, int, float, float],
    check_stop: Callable[[], None] = lambda: None,
) -> tuple[Tensor, Tensor]:
    """Tokens (batch, M) in painting order, and how unlikely they were when drawn, in nats per token (batch,).

    forced: (batch, M), VOID where a token is free. After each round those that were least sure are drawn again, fewer
    from round to round. noise: (batch, M, vocabulary). cuts: temperature, top-k, top-p and min-p.
    """
    fixed, tokens, sure = forced != VOID, forced, torch.zeros_like(noise[..., 0])
    for left in range(rounds - 1, -1, -1):
        check_stop()
        logits = _guided(decoder, tokens, orders, context, text, guidance)
        free = choose(logits, noise, *cuts)
        hidden = tokens == VOID
        drawn = torch.where(fixed, forced, free)
        likely = logits.log_softmax(-1).gather(-1, drawn.unsqueeze(-1)).squeeze(-1).to(sure)
        tokens, sure = torch.where(hidden, drawn, tokens), torch.where(hidden | fixed, likely, sure)
        again = (~fixed).sum(1, keepdim=True) * left // rounds
        rank = sure.masked_fill(fixed, torch.inf).argsort(dim=1, stable=True).argsort(dim=1)
        tokens = torch.where(rank < again, VOID, tokens)
    return tokens, -sure.mean(1)


def _guided(
    decoder: VisionDecoder,
    tokens: Tensor,
    orders: Tensor,
    context: Context | None,
    text: TextStates | None,
    guidance: float,
) -> Tensor:
    logits, _ = decoder(tokens, orders, context, text)
    if text is None or guidance == 1:
        return logits
    plain, _ = decoder(tokens, orders, context)
    return guided(plain, logits, guidance)
