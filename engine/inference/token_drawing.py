"""The tokens of a batch of patches, drawn one after another, or all at once for previews (paper, Algorithm 2)."""

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import cached_property

import torch
from torch import Tensor

from engine.device import short_of_memory
from engine.inference.canvas import Canvas
from engine.inference.exemplar import Exemplar
from engine.inference.guidance import GuidedStates
from engine.inference.mask_predict import ROUNDS, draw_at_once
from engine.inference.neighbourhoods import compared
from engine.inference.prefill import in_painting_order, order_rows
from engine.inference.prompt_blending import Prompts
from engine.inference.sampling import batched_noise, choose
from engine.models.text_encoder import TextStates
from engine.models.vision_decoder import Context
from engine.models.vqgan import VOID
from engine.planning.schedule import PlannedPatch
from engine.request import PatchGrown

ALIKE = 0.8  # between tokens as `compared` has them: so near, a token has the colours of the other
GROWTH = 5  # how often a patch is shown while it grows, where that is asked for
Drawn = tuple[list[Tensor], list[float]]  # tokens (side, side) of each patch, and mean bits of one
Growing = Callable[[Sequence[PlannedPatch], list[Tensor]], Iterator[PatchGrown]]


class TokenDrawing:
    """Draws for one painting. exemplar: what votes on tokens, if anything."""

    def __init__(
        self, canvas: Canvas, prompts: Prompts, check_stop: Callable[[], None], growing: Growing | None = None
    ):
        """check_stop: is called before each token. growing: tells of patches with some of their tokens."""
        self.canvas, self.request, self.model, self.prompts = canvas, canvas.request, canvas.model, prompts
        self._check_stop, self._growing = check_stop, growing
        self._cuts = self.model.config.sampling.cuts(self.request)
        self.exemplar: Exemplar | None = None

    def draw(
        self, batch: Sequence[PlannedPatch], contexts: Sequence[Context | None]
    ) -> Generator[PatchGrown, None, Drawn]:
        """Draw the tokens of patches that do not need one another; tells how they grow on the way.

        Where the memory does not suffice for all at once, one half is painted after the other.
        """
        if self.request.local != "ar":
            return self._at_once(batch, contexts)
        begun = self._begun(batch, contexts)
        if begun is not None:
            return (yield from self._in_turn(batch, *begun))
        half = len(batch) // 2
        tokens, bits = yield from self.draw(batch[:half], contexts[:half])
        more_tokens, more_bits = yield from self.draw(batch[half:], contexts[half:])
        return tokens + more_tokens, bits + more_bits

    def _begun(
        self, batch: Sequence[PlannedPatch], contexts: Sequence[Context | None]
    ) -> tuple[GuidedStates, Tensor] | None:
        """The decoder before the first token, and its logits; None where the memory is too short for several."""
        orders = order_rows([p.order for p in batch], self.model.device)
        try:
            context, heard = Context.batched(contexts), self._heard(batch)
            states = GuidedStates(self.model.stepper, orders, context, heard, self.request.guidance)
            return states, states.advance(None)
        except (RuntimeError, MemoryError) as error:
            if len(batch) == 1 or not short_of_memory(error):
                raise
        return None

    def _in_turn(
        self, batch: Sequence[PlannedPatch], states: GuidedStates, logits: Tensor
    ) -> Generator[PatchGrown, None, Drawn]:
        """Token by token; logits: of the first."""
        count, exemplar = self.model.decoder.config.tokens, self.exemplar
        orders, known, noise = self._given(batch)
        chosen: list[Tensor] = []
        surprise = torch.zeros(len(batch), device=self.model.device)
        if exemplar:
            exemplar.begin(batch)
        places = self.model.decoder.positions.orders[orders]
        for step in range(count):
            self._check_stop()
            logits = states.advance(chosen[-1]) if chosen else logits
            joined = exemplar.mix(places[:, step], logits) if exemplar else self._without_shunned(logits)
            free = choose(joined, noise[:, step], *self._cuts)
            chosen.append(torch.where(known[:, step] == VOID, free, known[:, step]))
            if exemplar:
                exemplar.put(chosen[-1])
            surprise -= logits.log_softmax(-1).gather(-1, chosen[-1].unsqueeze(-1)).squeeze(-1).float()
            if self._growing and (step + 1) % max(1, count // GROWTH) == 0 and step + 1 < count:
                yield from self._growing(batch, self._raster(chosen, orders))
        return self._raster(chosen, orders), (surprise / count / math.log(2)).tolist()

    def _without_shunned(self, logits: Tensor) -> Tensor:
        return logits if self._shunned is None else logits.masked_fill(self._shunned, -torch.inf)

    @cached_property
    def _shunned(self) -> Tensor | None:
        """Tokens that look like a thing that is cut out, bool (vocabulary,): it does not run on into its ground (ours).

        None without such a thing, and in the paper's algorithm as it is.
        """
        canvas = self.canvas
        if not canvas.cut_out or not self.request.exemplar:
            return None
        own = torch.cat([canvas.forced(patch).unique() for patch in canvas.cells])
        table = torch.from_numpy(compared(self.model.tokenizer))
        alike = (torch.cdist(table, table[own[own != VOID]]) < ALIKE).any(1)
        return None if alike.all() else alike.to(self.model.device)

    def _at_once(self, batch: Sequence[PlannedPatch], contexts: Sequence[Context | None]) -> Drawn:
        orders, known, noise = self._given(batch)
        tokens, nats = draw_at_once(
            self.model.decoder, orders, Context.batched(contexts), self._heard(batch), known, noise,
            ROUNDS[self.request.local], self.request.guidance, self._cuts, self._check_stop,
        )  # fmt: skip
        return self._raster(list(tokens.unbind(1)), orders), (nats / math.log(2)).tolist()

    def _heard(self, batch: Sequence[PlannedPatch]) -> TextStates | None:
        return self.prompts.together([(self.canvas.box_of(p.patch), p.patch.frame) for p in batch])

    def _given(self, batch: Sequence[PlannedPatch]) -> tuple[Tensor, Tensor, Tensor]:
        """Orders (batch,), tokens that are known, (batch, M) in painting order, and noise (batch, M, vocabulary)."""
        decoder, device = self.model.decoder, self.model.device
        known = [
            in_painting_order(decoder, self.canvas.forced(p.patch).reshape(1, -1).to(device), p.order) for p in batch
        ]
        size = decoder.config.tokens, decoder.config.vocabulary
        noise = batched_noise(self.request.seed, [p.patch for p in batch], *size)
        return order_rows([p.order for p in batch], device), torch.cat(known), noise.to(device)

    def _raster(self, chosen: list[Tensor], orders: Tensor) -> list[Tensor]:
        """Tokens (side, side) of each patch from those drawn so far; the others are VOID."""
        config = self.model.decoder.config
        steps = torch.stack(chosen, 1)  # (batch, M) in painting order
        places = self.model.decoder.positions.orders[orders][:, : steps.shape[1]]
        raster = steps.new_full((len(steps), config.tokens), VOID).scatter_(1, places, steps)
        return list(raster.view(-1, config.side, config.side).cpu())
