"""The known picture as an exemplar: it votes on every token while the vision decoder paints (ours; not in the paper).

Ten million parameters cannot know how this painter sets leaves; the painting does. For each token to be drawn the
places of the known picture whose surroundings are most like what stands around it are looked up, and the tokens found
there vote, as neighbours do in a nearest-neighbour language model (Khandelwal et al. 2020). A place that goes on from
where the tokens beside came from is preferred, as in Ashikhmin's texture synthesis (2001). The decoder's own
prediction remains the prior: it decides what the votes leave open.

What a patch reads here lies in the patches of its context or was finished on an earlier level of the plan, so tokens
do not depend on the batch, the schedule or an interruption. Every number is computed for one patch at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.inference.canvas import Canvas
from engine.inference.compiled.searching import Home, Neighbourhood, PaintedMap, Rules, SourceMap, find
from engine.inference.neighbourhoods import MOST_LATENTS, RADIUS, VALID, Neighbourhoods, compared, disc
from engine.models.vqgan import VOID
from engine.planning.schedule import PlannedPatch
from engine.request import Box

TEMPERATURE = 0.05  # of the distances
ROUGH = 0.55  # how far a smooth place is kept from passing for a rough one
NEAREST = 4  # tokens: no source lies nearer to its target
TOP = 128  # sources that vote
FLOOR = 1e-3  # of the decoder's share where nothing votes
PLACE, FARTHEST = 2.0, 14.0  # how much the row (or column) of a source counts, and up to where
DOWN = 0.5  # how much the row counts where columns decide
ROWS = 9  # above and below what a layout wants, in which sources are looked at
LAID = 2.0, 4.0  # rows and columns by which a source lies off what a layout wants, from which on it counts
COHERENCE = 9.0
LONGEST = 10  # tokens of a run in both directions, from which on going on coherently counts less
ENDING = 8  # the same, from which on a run of what is laid out is soon ended: more would be a copy
COPIED = 11  # tokens both ways, at which it is ended
USE, MOST_USED = 4.0, 6.0  # what each use of a source of mean roughness costs, and up to how many count
EVEN_USE = 0.3  # of it that the use of an even place costs
EASE = 4  # tokens from what is known within which single things may go on, too
EASED = 0.2  # of the charge on single things at the border
MOST_SOURCES = 16000  # places that are looked up; of a larger picture those near the target


@dataclass(frozen=True)
class Manner:
    """How freely the exemplar is followed; `calm` begins fewer single things.

    decoder: exponent of the decoder's probabilities. single: charge on places unlike any other. fresh: charge on
    sources that stand in the surroundings already. strength: exponent of the votes, in (0, 1].
    """

    decoder: float
    single: float
    fresh: float
    strength: float = 1.0

    @classmethod
    def between(cls, lively: float, strength: float) -> "Manner":
        """From calm (0) to lively (1); with less strength the decoder's share grows to all of it."""
        decoder = 0.5 - 0.1 * lively
        return cls(1 - (1 - decoder) * strength, 2.4 - 1.4 * lively, 5 - 2 * lively, strength)


class Exemplar:
    """Token neighbourhoods of the known part of a canvas, and what they say about the next token of a patch.

    The grid (rows, columns) holds the tokens of the canvas and of all sources, with a margin of the window around;
    places are flat indices into it.
    """

    def __init__(
        self, canvas: Canvas, known: np.ndarray, tokens: np.ndarray, corner: tuple[int, int], manner: Manner,
        laid: tuple[Box, np.ndarray] | None = None,
    ):  # fmt: skip
        """Index the sources. known: bool (rows, columns), which tokens may be sources; tokens: int64 of the same shape.

        corner: column and row of their first token on the token grid of the canvas. laid: a box of tokens and the row
        and column that each of them had best come from, int64 (height, width, 2).
        """
        self.manner, self.side = manner, canvas.side
        self.table = compared(canvas.model.tokenizer)
        self._lay_out(canvas, tokens.shape, corner)
        self._window = self._around()
        self._know(tokens, corner)
        self._lay(laid)
        self._index(known, corner, canvas)
        self._painted = PaintedMap(self.latents, self.filled, self.source, self.run)
        firm = np.array([self._firmness(long) for long in range(2 * LONGEST + 1)], np.float32)
        self._rules = Rules(
            VALID, 1 / TEMPERATURE, 2 * ROUGH / TEMPERATURE, MOST_USED, self.manner.fresh, COHERENCE, firm, NEAREST, TOP
        )
        self._levels: dict[int, list[np.ndarray]] = {}  # sources used on each level
        self._counted = 0  # the level up to which uses are in `used`
        self.used = np.zeros(self.height * self.width, np.float32)

    # ---- set-up

    def _lay_out(self, canvas: Canvas, shape: tuple[int, ...], corner: tuple[int, int]) -> None:
        side, margin = self.side, int(RADIUS) + 1
        columns = [p.column * side for p in canvas.cells] + [corner[0], corner[0] + shape[1] - side]
        rows = [p.row * side for p in canvas.cells] + [corner[1], corner[1] + shape[0] - side]
        self.left, self.top = min(columns) - margin, min(rows) - margin
        self.width = max(columns) + side + margin - self.left
        self.height = max(rows) + side + margin - self.top
        size = self.height * self.width
        self.latents = np.zeros((size, MOST_LATENTS), np.float32)
        self.filled = np.zeros(size, np.float32)
        self.source = np.full(size, -1, np.int64)
        self.run = np.zeros((2, size), np.int32)  # how many tokens in a row came from one run: down, and across

    def _around(self) -> Neighbourhood:
        """The places around one that are compared."""
        down, across, weights = disc()
        return Neighbourhood(down * self.width + across, weights, down**2 + across**2 <= 2)

    def _know(self, tokens: np.ndarray, corner: tuple[int, int]) -> None:
        """Put the known tokens (VOID elsewhere) into the grid."""
        rows, columns = np.nonzero(tokens != VOID)
        places = (rows + corner[1] - self.top) * self.width + columns + corner[0] - self.left
        found = tokens[rows, columns]
        self.latents[places], self.filled[places] = self.table[found], 1
        self.tokens = np.full(self.height * self.width, VOID, np.int64)
        self.tokens[places] = found
        self.known = self.filled.copy()
        self.low = np.array([rows.min() + corner[1], columns.min() + corner[0]])  # of the known part, row and column
        self.high = np.array([rows.max() + corner[1], columns.max() + corner[0]])
        far = self.known.reshape(self.height, self.width) > 0
        self.distance = np.full(far.shape, EASE, np.float32)  # to the known ones, in tokens, as far as EASE
        for steps in range(EASE):
            self.distance[far & (self.distance == EASE)] = steps
            far = grown(far)
        self.distance = self.distance.ravel()

    def _lay(self, laid: tuple[Box, np.ndarray] | None) -> None:
        """Take a layout down: the place that each token of the grid wants."""
        self.wanted = None
        if laid:
            box, wanted = laid
            self.wanted = np.zeros((self.height, self.width, 2), np.int64)
            self.wanted[box.slices(Box(self.left, self.top, 0, 0))] = wanted
            self.wanted = self.wanted.reshape(-1, 2)

    def _index(self, known: np.ndarray, corner: tuple[int, int], canvas: Canvas) -> None:
        rows, columns = np.nonzero(known)
        places = (rows + corner[1] - self.top) * self.width + columns + corner[0] - self.left
        target = canvas.request.target
        size = canvas.compression
        middle = (
            (target.y + target.height / 2 - canvas.top) / size,
            (target.x + target.width / 2 - canvas.left) / size,
        )
        if len(places) > MOST_SOURCES:
            far = np.maximum(
                np.abs(rows + corner[1] - middle[0]) - target.height / 2 / size,
                np.abs(columns + corner[0] - middle[1]) - target.width / 2 / size,
            )
            places = places[np.sort(np.argsort(far, kind="stable")[:MOST_SOURCES])]
        self.places = places
        number = np.full(self.height * self.width, -1, np.int64)
        number[places] = np.arange(len(places))
        rows, columns = places // self.width + self.top, places % self.width + self.left
        around = places[:, None] + self._window.offsets
        around = Neighbourhoods(self.latents[around], self.known[around], self._window.weights)
        dear = USE * np.maximum(around.relative, EVEN_USE)
        single = (self.manner.single / TEMPERATURE) * around.single(rows, columns)
        self._sources = SourceMap(
            np.ascontiguousarray(self.latents.T), self.known, number, places, rows, columns,
            *(each.astype(np.float32) for each in (around.rough, dear, single)),
        )  # fmt: skip
        self.chosen = self.tokens[places]
        across = np.maximum(self.high - self.low + 1, 1)
        self.row_scale, self.column_scale = max(across[0] / 18, 1.0), max(across[1] / 4, 1.0)
        if across[0] < 12:
            self.row_scale = 12.0

    # ---- painting

    def begin(self, batch: Sequence[PlannedPatch]) -> None:
        """Get ready for a batch of patches of one level; what lower levels have used is counted."""
        level = batch[0].level
        for earlier in sorted(self._levels):
            if self._counted < earlier < level:
                for sources in self._levels.pop(earlier):
                    self._count(self.used, sources)
        self._counted = max(self._counted, level - 1)
        self._level = level
        self._corners = np.array([[p.patch.row, p.patch.column] for p in batch]) * self.side
        self._uses = [self.used.copy() for _ in batch]  # with those of the patch itself

    def _count(self, used: np.ndarray, sources: np.ndarray) -> None:
        """Count uses; each counts for the places around as well: nine share it."""
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                np.add.at(used, sources + dy * self.width + dx, np.float32(1 / 9))

    def mix(self, inside: Tensor, logits: Tensor) -> Tensor:
        """Logits (batch, vocabulary) of the decoder joined with the votes. inside: raster index of each next token."""
        priors = logits.float().log_softmax(-1).cpu().numpy()
        self._look_up(inside.tolist())
        found = zip(priors, self._found, strict=True)
        return torch.from_numpy(np.stack([self._mixed(prior, *best) for prior, best in found])).to(logits)

    def _look_up(self, inside: Sequence[int]) -> None:
        """Find the best sources for the next token of each patch."""
        self._at, self._found = [], []
        for corner, place, used in zip(self._corners, inside, self._uses, strict=True):
            row, column = int(corner[0]) + place // self.side, int(corner[1]) + place % self.side
            at = (row - self.top) * self.width + column - self.left
            self._at.append(at)
            self._found.append(self._scores(at, row, column, used))

    def _mixed(self, prior: np.ndarray, score: np.ndarray, index: np.ndarray) -> np.ndarray:
        if not len(score):
            return prior
        share = np.exp(score - score.max())
        votes = np.bincount(self.chosen[index], share / share.sum(), len(prior))
        joined = np.log(votes + FLOOR * np.exp(prior))
        return self.manner.decoder * prior + self.manner.strength * joined

    def _scores(self, at: int, row: int, column: int, used: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The scores of the best sources for a place and their numbers, (at most TOP,) each."""
        if self.wanted is None and not self.filled[at + self._window.offsets].any():
            return np.empty(0, np.float32), np.empty(0, np.int64)
        single = float(np.clip(self.distance[at] / EASE, EASED, 1))
        return find(
            self._sources, self._window, self._painted, used, at, row, column, self._home(at, row, column), single,
            *self._in_rows(at), self._rules,
        )  # fmt: skip

    def _in_rows(self, at: int) -> tuple[int, int]:
        """The sources that are looked at, from the first to before the last.

        Where there is a layout, those that lie about as high as it wants.
        """
        if self.wanted is None:
            return 0, len(self.places)
        middle = int(self.wanted[at, 0]) - self.top
        ends = np.searchsorted(self.places, [(middle - ROWS) * self.width, (middle + ROWS + 1) * self.width])
        return int(ends[0]), int(ends[1])

    def _home(self, at: int, row: int, column: int) -> Home:
        """Where the source of a place had best lie in its picture: rows tell what belongs where.

        Above and below the picture it is columns. Where there is a layout, it is what that wants.
        """
        if self.wanted is not None:
            down, across = self.wanted[at].tolist()
            return Home(down, across, *LAID, PLACE, PLACE, FARTHEST, FARTHEST / 2)
        down = min(max(row, int(self.low[0])), int(self.high[0]))
        across = min(max(column, int(self.low[1])), int(self.high[1]))
        shares = (PLACE, 0.0) if down == row else (DOWN * PLACE, PLACE)
        return Home(down, across, self.row_scale, self.column_scale, *shares, FARTHEST, FARTHEST)

    def _firmness(self, long: int) -> float:
        """How much it counts that a run of `long` tokens both ways is gone on with; of what is laid out it is ended."""
        if self.wanted is not None:
            return min(1.0, 1 - 2.0 * (long - ENDING)) if long < COPIED else -np.inf
        return min(1.0, max(0.0, 2 - long / LONGEST))

    def put(self, tokens: Tensor) -> None:
        """Take the tokens (batch,) that were drawn; of those that were known before nothing changes."""
        drawn = []
        for at, (score, index), token, used in zip(self._at, self._found, tokens.tolist(), self._uses, strict=True):
            if self.known[at]:
                continue
            same = np.flatnonzero(self.chosen[index] == token)
            source = int(self.places[index[same[np.argmax(score[same])]]]) if len(same) else -1
            self.source[at] = source
            self.latents[at], self.filled[at] = self.table[token], 1
            if source >= 0:
                drawn.append(source)
                for dy in (-self.width, 0, self.width):
                    used[source + dy - 1 : source + dy + 2] += 1 / 9
                self._run_on(at, source)
        if drawn:
            self._levels.setdefault(self._level, []).append(np.array(drawn))

    def _run_on(self, at: int, source: int) -> None:
        for axis, step in enumerate((self.width, 1)):
            beside = [self.run[axis, at + s] for s in (-step, step) if self.source[at + s] == source + s]
            self.run[axis, at] = 1 + max(beside, default=0)

    def replay(self, batch: Sequence[PlannedPatch], tokens: Sequence[np.ndarray], orders: Sequence[np.ndarray]) -> None:
        """Find the sources of patches painted earlier again, from their tokens (side, side) in raster order.

        orders: raster indices in the order of each patch. They are what they were: only what lies before counts.
        """
        self.begin(batch)
        for step in range(self.side**2):
            inside = [int(order[step]) for order in orders]
            self._look_up(inside)
            self.put(torch.tensor([int(t.ravel()[place]) for t, place in zip(tokens, inside, strict=True)]))

    def sources(self, left: int, top: int, right: int, bottom: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return where the tokens of a part of the token grid came from: rows, columns, and whether from anywhere.

        Each is (h, w). Known tokens came from themselves.
        """
        places = (np.arange(top, bottom)[:, None] - self.top) * self.width + np.arange(left, right) - self.left
        found = np.where(self.known[places] > 0, places, self.source[places])
        return found // self.width + self.top, found % self.width + self.left, found >= 0

    def free(self, left: int, top: int, right: int, bottom: int) -> np.ndarray:
        """Which tokens of a part of the token grid were not known, bool (h, w)."""
        places = (np.arange(top, bottom)[:, None] - self.top) * self.width + np.arange(left, right) - self.left
        return self.known[places] == 0


def grown(mask: np.ndarray) -> np.ndarray:
    """A mask and its eight neighbours."""
    wide = np.pad(mask, 1)
    result = np.zeros_like(mask)
    for dy in range(3):
        for dx in range(3):
            result |= wide[dy : dy + mask.shape[0], dx : dx + mask.shape[1]]
    return result
