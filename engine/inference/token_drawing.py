"""The tokens of a batch of patches, drawn one after another, or all at once for previews (paper, Algorithm 2).

A batch is of one painting, or of several that advance together: then the decoder makes each step for all of them, and
every painting has its own way with its logits.
"""

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import torch
import torch.nn.functional as F
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
from engine.models.vision_decoder import Context, most_neighbours
from engine.models.vqgan import VOID
from engine.planning.schedule import PlannedPatch
from engine.request import PatchGrown
from engine.together import Wish

ALIKE = 0.8  # between tokens as `compared` has them: so near, a token has the colours of the other
GROWTH = 5  # how often a patch is shown while it grows, where that is asked for
Growing = Callable[[Sequence[PlannedPatch], list[Tensor]], Iterator[PatchGrown]]


class TooMany(Exception):
    """The memory does not suffice for so many patches at once."""


@dataclass(frozen=True)
class Drawn:
    """Tokens (side, side) of each patch, VOID where there are none yet, and its mean bits once all are there."""

    tokens: list[Tensor]
    bits: list[float] | None = None


class BatchShape(NamedTuple):
    """Of a batch: rows, patches that each reads, and pieces of words; 0 for as many as there are."""

    rows: int
    neighbours: int
    words: int


Answer = tuple["Drawing", Drawn | BaseException]


class TokenDrawing:
    """Draws for one painting. exemplar: what votes on tokens, if anything."""

    def __init__(
        self, canvas: Canvas, prompts: Prompts, check_stop: Callable[[], None], widest: int,
        growing: Growing | None = None,
    ):  # fmt: skip
        """check_stop: is called before each token. widest: the most patches of a batch, also of several paintings.

        growing: tells of patches with some of their tokens.
        """
        self.canvas, self.request, self.model, self.prompts = canvas, canvas.request, canvas.model, prompts
        self.check_stop, self.widest, self.growing = check_stop, widest, growing
        self.cuts = self.model.config.sampling.cuts(self.request)
        self.exemplar: Exemplar | None = None

    def draw(
        self, batch: Sequence[PlannedPatch], contexts: Sequence[Context | None]
    ) -> Generator["PatchGrown | Drawing", Drawn, Drawn]:
        """Draw the tokens of patches that do not need one another; tells how they grow on the way.

        Where the memory does not suffice for all at once, one half is painted after the other.
        """
        if self.request.local != "ar":
            return self._at_once(batch, contexts)
        drawing = Drawing(self, batch, contexts)
        try:
            drawn = yield drawing
        except TooMany:
            half = len(batch) // 2
            first = yield from self.draw(batch[:half], contexts[:half])
            second = yield from self.draw(batch[half:], contexts[half:])
            return Drawn(first.tokens + second.tokens, [*(first.bits or ()), *(second.bits or ())])
        while drawn.bits is None:
            if self.growing:
                yield from self.growing(batch, drawn.tokens)
            drawn = yield drawing
        return drawn

    def _at_once(self, batch: Sequence[PlannedPatch], contexts: Sequence[Context | None]) -> Drawn:
        given = Drawing(self, batch, contexts)
        tokens, nats = draw_at_once(
            self.model.decoder, given.orders, Context.batched(contexts), _batched(given.heard), given.known,
            given.noise, ROUNDS[self.request.local], self.request.guidance, self.cuts, self.check_stop,
        )  # fmt: skip
        return Drawn(given.raster(tokens), (nats / math.log(2)).tolist())

    @cached_property
    def shunned(self) -> Tensor | None:
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


class Drawing(Wish):
    """Patches of one painting that are to be drawn, and what decides about their tokens."""

    def __init__(self, painting: TokenDrawing, batch: Sequence[PlannedPatch], contexts: Sequence[Context | None]):
        """Have orders (batch,), tokens that are known, (batch, M) in painting order, and noise (batch, M, vocabulary).

        heard: what the prompts say to each patch; nothing without any.
        """
        self.painting, self.batch, self.contexts, self.size = painting, batch, contexts, len(batch)
        model, canvas = painting.model, painting.canvas
        config, device = model.decoder.config, model.device
        self.heard = painting.prompts.heard([(canvas.box_of(p.patch), p.patch.frame) for p in batch])
        forced = [canvas.forced(p.patch).reshape(1, -1).to(device) for p in batch]
        self.known = torch.cat(
            [in_painting_order(model.decoder, tokens, p.order) for tokens, p in zip(forced, batch, strict=True)]
        )
        patches = [p.patch for p in batch]
        self.noise = batched_noise(painting.request.seed, patches, config.tokens, config.vocabulary).to(device)
        self.orders = order_rows([p.order for p in batch], device)
        self.places = model.decoder.positions.orders[self.orders]

    # ---- with others

    @property
    def kind(self) -> tuple[object, ...]:
        """Drawings of one kind go through the decoder in one batch."""
        painting, silent = self.painting, [states.empty for states in self.heard]
        settings = painting.request.guidance, painting.cuts
        return painting.model.stepper, *settings, bool(silent), all(silent), self.shape

    @property
    def shape(self) -> BatchShape:
        """What every batch is padded to. A graphics card rounds by it, and others must not change a painting."""
        if not self.rounds_by_shape:
            return BatchShape(0, 0, 0)
        read = max((len(context.labels[0]) for context in self.contexts if context), default=0)
        neighbours = max(read, most_neighbours(self.painting.model.config.decoder)) if read else 0
        return BatchShape(self.painting.widest, neighbours, max((s.bias.shape[1] for s in self.heard), default=0))

    @property
    def rounds_by_shape(self) -> bool:
        return self.orders.is_cuda

    @property
    def room(self) -> int:
        """How many patches a batch may have that begins with these.

        On a CPU as many as keep no thread longer than these do alone, and where a picture is followed, which leaves
        little to gain, no more.
        """
        if self.painting.model.device.type != "cpu":
            return self.painting.widest
        threads = 1 if self.painting.exemplar else torch.get_num_threads()
        return min(-(-self.size // threads) * threads, self.painting.widest)

    def joins(self, first: Wish, taken: int) -> bool:
        """As Wish has it."""
        if not isinstance(first, Drawing) or self.kind != first.kind:
            return False
        return taken + self.size <= min(first.room, self.painting.widest)

    def begin(self, others: Sequence[Wish]) -> Iterator[Answer]:
        """As Wish has it."""
        return draw([self, *(other for other in others if isinstance(other, Drawing))])

    # ---- token by token

    def begin_mixing(self) -> None:
        if self.painting.exemplar:
            self.painting.exemplar.begin(self.batch)

    @property
    def mixes(self) -> bool:
        """Whether tokens are not drawn from the logits of the decoder as they are."""
        return self.painting.exemplar is not None or self.painting.shunned is not None

    def mixed(self, step: int, logits: Tensor) -> Tensor:
        """Logits (batch, vocabulary) to draw from."""
        if self.painting.exemplar:
            return self.painting.exemplar.mix(self.places[:, step], logits)
        shunned = self.painting.shunned
        return logits if shunned is None else logits.masked_fill(shunned, -torch.inf)

    def put(self, tokens: Tensor) -> None:
        if self.painting.exemplar:
            self.painting.exemplar.put(tokens)

    def raster(self, steps: Tensor) -> list[Tensor]:
        """Tokens (side, side) of each patch from those drawn so far, (batch, at most M) in painting order."""
        config = self.painting.model.decoder.config
        empty = steps.new_full((len(steps), config.tokens), VOID)
        tokens = empty.scatter_(1, self.places[:, : steps.shape[1]], steps)
        return list(tokens.view(-1, config.side, config.side).cpu())


def draw(drawings: Sequence[Drawing]) -> Iterator[Answer]:
    """Draw the patches of several paintings in one batch: they grow, and are whole in the end.

    Where the memory is too short for all, one half is drawn after the other.
    """
    half = len(drawings) // 2
    if begun := _begun(drawings):
        yield from _Batch(drawings, *begun).draw()
    elif half:
        yield from draw(drawings[:half])
        yield from draw(drawings[half:])
    else:
        yield drawings[0], TooMany()


def _begun(drawings: Sequence[Drawing]) -> tuple[GuidedStates, Tensor] | None:
    """The decoder before the first token, and its logits; None where the memory is too short for several patches."""
    painting, shape = drawings[0].painting, drawings[0].shape
    orders = torch.cat([each.orders for each in drawings])
    contexts = [context for each in drawings for context in each.contexts]
    heard = [states for each in drawings for states in each.heard]
    spare = max(0, shape.rows - len(orders))
    try:
        context = Context.batched([*contexts, *[None] * spare], shape.neighbours)
        text = _batched([*heard, *heard[-1:] * spare])
        guidance = painting.request.guidance
        states = GuidedStates(painting.model.stepper, F.pad(orders, (0, spare)), context, text, guidance)
        return states, states.advance(None)
    except (RuntimeError, MemoryError) as error:
        if len(contexts) == 1 or not short_of_memory(error):
            raise
    return None


def _batched(heard: Sequence[TextStates]) -> TextStates | None:
    return TextStates.batched(heard) if heard else None


class _Batch:
    """Drawings side by side on their way; `live` are those that nothing has stopped, and what stops one is its own."""

    def __init__(self, drawings: Sequence[Drawing], states: GuidedStates, logits: Tensor):
        """logits: of the first token."""
        self.live, self._states = list(drawings), states
        count = sum(each.size for each in drawings)
        self._logits, self._spare = logits[:count], len(logits) - count
        ends = list(accumulate(each.size for each in drawings))
        self._rows = {each: slice(end - each.size, end) for each, end in zip(drawings, ends, strict=True)}
        self._known = torch.cat([each.known for each in drawings])
        self._noise = torch.cat([each.noise for each in drawings])
        self._chosen: list[Tensor] = []

    def draw(self) -> Iterator[Answer]:
        count, surprise = self._known.shape[1], torch.zeros(len(self._known), device=self._known.device)
        yield from self._each(lambda own: own.begin_mixing())
        for step in range(count):
            yield from self._each(lambda own: own.painting.check_stop())
            if not self.live:
                return
            yield from self._step(step)
            chosen = self._chosen[-1].unsqueeze(-1)
            surprise -= self._logits.log_softmax(-1).gather(-1, chosen).squeeze(-1).float()
            if (step + 1) % max(1, count // GROWTH) == 0 and step + 1 < count:
                growing = [own for own in self.live if own.painting.growing]
                yield from ((own, Drawn(self._raster(own))) for own in growing)
        bits = (surprise / count / math.log(2)).tolist()
        del self._states  # its keys and values, before the paintings make more of them
        yield from ((own, Drawn(self._raster(own), bits[self._rows[own]])) for own in self.live)

    def _step(self, step: int) -> Iterator[Answer]:
        """Choose the next token of every patch."""
        if self._chosen:
            self._logits = self._states.advance(F.pad(self._chosen[-1], (0, self._spare)))[: len(self._known)]
        mixed, rows = self._logits, self._rows
        if any(own.mixes for own in self.live):
            mixed = mixed.clone()
            yield from self._each(lambda own: mixed[rows[own]].copy_(own.mixed(step, self._logits[rows[own]])))
        free = choose(mixed, self._noise[:, step], *next(iter(rows)).painting.cuts)
        known = self._known[:, step]
        self._chosen.append(torch.where(known == VOID, free, known))
        yield from self._each(lambda own: own.put(self._chosen[-1][rows[own]]))

    def _each(self, do: Callable[[Drawing], object]) -> Iterator[Answer]:
        """Do something for each; one that raises is told, and left out from then on."""
        for own in list(self.live):
            try:
                do(own)
            except BaseException as error:
                self.live.remove(own)
                yield own, error

    def _raster(self, own: Drawing) -> list[Tensor]:
        return own.raster(torch.stack(self._chosen, 1)[self._rows[own]])
