"""Pictures that do not lie on the canvas and are painted from: where they hang, and what is laid out of them (ours).

References hang beside the canvas, as high as what is painted, so that rows match rows, and are sources like the known
picture. Where nothing is known, a layout is made first of whole columns of theirs: as in a video texture (Schödl et
al. 2000) a run of columns of one picture goes over into another where the two are alike. So the sky stays above, what
is painted far apart agrees, and everything stands on one ground. The layout says where each token had best come from;
what is really taken is decided token by token.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from PIL import Image

from engine.inference.seam_blending import REACH
from engine.inference.working_scale import WorkingScale
from engine.request import Area, Box, KnownPicture, PaintRequest, Reference

GAP = 6  # tokens between pictures that hang beside one another, and to the canvas beyond what reaches over a border
SHORTEST, LONGEST = 6, 12  # tokens of a run of columns: longer ones would be copies
LAYOUTS = 24  # of which the best is kept
FEW, LOOSE = 12, 0.008  # runs of which one is drawn, and how much dearer one is that is drawn a third as often
SHIFT = 5  # rows that a run is moved up or down at most, so that horizons meet
SHIFTED = 0.002  # what each row of that costs; columns of one picture differ by 0.02 to 0.1
AGAIN, AFAR = 1.0, 352  # what it costs to take columns again that are taken already, and how far off it does not
GONE_ON = 7  # columns around the next one that a run is not gone on with
EVEN = 0.06  # what it costs to take from a picture that has all of what is laid so far, more than its share
ELSEWHERE = 2.0  # what it costs to take from a reference that belongs to another place
OVER = 4  # columns to both sides of where a run ends, among which it goes over into the next
ROOM = 0.04  # what it costs that there is nothing beyond a run that could go over
TONED = 0.75  # how far the colours of the other references are brought to those of the first


@dataclass(frozen=True, eq=False)
class HungReference:
    """A reference in its place beside the canvas. mirrored: left is right."""

    reference: Reference
    box: Box
    mirrored: bool


def hang(request: PaintRequest, scale: WorkingScale) -> tuple[PaintRequest, tuple[HungReference, ...]]:
    """Hang the references beside the canvas: the request with them as known pictures, and where they are.

    A panorama has no side to hang them beside, and goes on without.
    """
    if not request.references or request.wrap:
        return request, ()
    known = [picture.box for picture in request.known]
    around = scale.aligned(Box.around([request.target, *known]))
    beside = scale.aligned(Box.around(known) if known else request.target)
    left = around.right + (GAP + -(-REACH // scale.token)) * scale.token
    chance = np.random.default_rng(request.seed)
    hung, pictures, areas = [], [], []
    first = request.references[0].pixels
    for number, reference in enumerate(request.references):
        mirrored = bool(chance.random() < 0.5)
        pixels = reference.pixels if known or not number else toned(reference.pixels, first)
        height, width = pixels.shape[:2]
        columns = max(8, round(width * beside.height / height / scale.token))
        box = Box(left, beside.y, columns * scale.token, beside.height)
        image = Image.fromarray(pixels).resize((box.width, box.height), Image.Resampling.LANCZOS)
        large = np.asarray(image)[:, ::-1] if mirrored else np.asarray(image)
        pictures.append(KnownPicture(box, np.ascontiguousarray(large)))
        if reference.avoid is not None:
            mask = Image.fromarray(reference.avoid.astype(np.uint8)).resize((box.width, box.height))
            areas.append(Area(box, np.asarray(mask)[:, ::-1] > 0 if mirrored else np.asarray(mask) > 0))
        hung.append(HungReference(reference, box, mirrored))
        left = box.right + GAP * scale.token
    known_too = replace(request, known=(*request.known, *pictures), not_from=(*request.not_from, *areas))
    return known_too, tuple(hung)


def toned(pixels: np.ndarray, like: np.ndarray) -> np.ndarray:
    """Pixels, uint8 (h, w, 3), with mean and spread of lightness and colours brought to another's (Reinhard 2001)."""
    to, of = _opponent(like).reshape(-1, 3), _opponent(pixels)
    mean, spread = of.mean((0, 1)), of.std((0, 1)) + 1e-3
    ratio = np.clip(to.std(0) / spread, 0.6, 1.5)
    to_mean, result = to.mean(0), np.empty_like(pixels)
    for row, new in zip(of, result, strict=True):  # one by one: floats of a large picture are many
        wanted = (row - mean) * ratio + to_mean
        new[:] = np.clip(_colours(row + TONED * (wanted - row)).round(), 0, 255)
    return result


def _opponent(pixels: np.ndarray) -> np.ndarray:
    floats = pixels.astype(np.float32)
    light = floats @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.stack([light, floats[..., 0] - light, floats[..., 2] - light], -1)


def _colours(opponent: np.ndarray) -> np.ndarray:
    light, red, blue = np.moveaxis(opponent, -1, 0)
    return np.stack([light + red, light - (0.299 * red + 0.114 * blue) / 0.587, light + blue], -1)


# ---- the layout


def belonging(hung: Sequence[HungReference], scale: WorkingScale, box: Box) -> np.ndarray:
    """What it costs to take from each reference in each column of a box of tokens, float32 (width, references)."""
    size = scale.compression
    places = [each.reference.at and scale.reduced(Box(*each.reference.at, 0, 0)).x / size for each in hung]
    columns = np.arange(box.x, box.right)
    apart = np.stack([np.zeros(box.width) if x is None else np.abs(columns - x) for x in places], 1)
    return np.where(apart > apart.min(1, keepdims=True), ELSEWHERE, 0).astype(np.float32)


@dataclass(frozen=True)
class ColumnRun:
    """Columns of one reference: `start` is the first of them, `shift` how many rows further down they are taken."""

    picture: int
    start: int
    length: int
    shift: int


class Layout:
    """Chooses runs of columns that go over into one another.

    pictures: mean colours of the tokens of each reference, float32 (rows, columns, 3) in [0, 1], all as high.
    clear: which columns may be taken, bool (columns,) each. belongs: for each column of what is painted, what it costs
    to take from each reference there, float32 (width, references).
    """

    def __init__(self, pictures: Sequence[np.ndarray], clear: Sequence[np.ndarray], belongs: np.ndarray, seed: int):
        self.belongs, self.width, self.rows = belongs, len(belongs), pictures[0].shape[0]
        self.chance = np.random.default_rng([seed, 7])
        self.of = np.concatenate([np.full(each.shape[1], number) for number, each in enumerate(pictures)])
        self.first = np.concatenate([[0], np.cumsum([each.shape[1] for each in pictures])])
        self.clear = np.concatenate(list(clear)).astype(np.float32)
        columns = np.concatenate(list(pictures), 1).swapaxes(0, 1)  # (columns, rows, 3)
        shifts = np.arange(-SHIFT, SHIFT + 1)
        rows = np.stack([_rows(self.rows, shift, self.rows) for shift in shifts.tolist()])
        self.columns = columns[:, rows]  # (columns, shifts, rows, 3)
        self.shifted = SHIFTED * np.abs(shifts)
        self.ends = np.zeros(len(self.of), bool)  # the last column of each picture
        self.ends[self.first[1:] - 1] = True

    def best(self) -> list[ColumnRun]:
        """The cheapest of several layouts."""
        found = [self._one() for _ in range(LAYOUTS)]
        return min(found, key=lambda each: each[0])[1]

    def _one(self) -> tuple[float, list[ColumnRun]]:
        taken, cost, at, runs = np.zeros(len(self.of), np.float32), 0.0, 0, []
        lately = np.full(len(self.of), -AFAR)  # where each column was taken last
        before: np.ndarray | None = None  # how the last column would go on, (rows, 3)
        last = -GONE_ON
        while at < self.width:
            length = min(int(self.chance.integers(SHORTEST, LONGEST + 1)), self.width - at)
            costs = self._costs(at, length, taken, at - lately < AFAR, before)
            costs[max(0, last - GONE_ON) : max(0, last + GONE_ON)] += 1  # which would go on as it does there
            start, shift = self._drawn(costs)
            cost += float(costs[start, shift])
            taken[start : start + length] += 1
            lately[start : start + length] = at
            picture = int(self.of[start])
            runs.append(ColumnRun(picture, start - int(self.first[picture]), length, shift - SHIFT))
            at += length
            last = start + length
            before = self.columns[min(last, int(self.first[picture + 1]) - 1), shift]
        return cost / len(runs), runs

    def _drawn(self, costs: np.ndarray) -> tuple[int, int]:
        """One of the cheapest runs: column and shift."""
        few = np.argpartition(costs, FEW, axis=None)[:FEW]
        share = np.exp(-(costs.ravel()[few] - costs.min()) / LOOSE)
        chosen = int(self.chance.choice(few, p=share / share.sum()))
        start, shift = divmod(chosen, costs.shape[1])
        return start, shift

    def _costs(
        self, at: int, length: int, taken: np.ndarray, lately: np.ndarray, before: np.ndarray | None
    ) -> np.ndarray:
        """What each run of a length would cost, (columns, shifts). taken: how often; lately: bool, not AFAR off."""
        means = np.stack([lately, 1 - self.clear])
        sums = np.pad(means.cumsum(1), ((0, 0), (1, length)), mode="edge")
        sums[:, 0] = 0
        used, marked = (sums[:, length : length + len(self.of)] - sums[:, : len(self.of)]) / length
        there = self.belongs[at : at + length].mean(0)[self.of]
        if at:
            laid = np.bincount(self.of, taken, len(self.first) - 1)
            there = there + EVEN * (laid / max(float(laid.sum()), 1.0))[self.of]
        cost = (AGAIN * used + marked + there)[:, None] + self.shifted
        if before is not None:
            cost = cost + np.abs(self.columns - before).mean((2, 3))
        start, end = np.arange(len(self.of)) - self.first[self.of], self.first[self.of + 1] - np.arange(len(self.of))
        goes_on = at + length < self.width
        room = np.minimum(np.where(at, start, OVER), np.where(goes_on, end - length, OVER))
        cost = cost + (ROOM * (1 - room / OVER).clip(0, 1))[:, None]
        cost[end < length] = 1e6
        return cost


def _rows(count: int, shift: int, height: int) -> np.ndarray:
    """The rows of a picture of a height that is moved by so many; where it ends it comes back."""
    rows = np.abs(np.arange(count) + shift)
    return np.where(rows < height, rows, 2 * (height - 1) - rows).clip(0)


def guide(runs: Sequence[ColumnRun], boxes: Sequence[Box], pictures: Sequence[np.ndarray], rows: int) -> np.ndarray:
    """Where each token had best come from: rows and columns of the token grid, int64 (rows, width, 2).

    boxes: the references in tokens; pictures: as Layout has them. Two runs meet where they are most alike, not along a
    straight line (Efros and Freeman 2001, image quilting).
    """
    places = np.concatenate([_taken(run, rows, 0, run.length, boxes) for run in runs], 1)
    at = 0
    for before, after in pairwise(runs):
        at += before.length
        left = pictures[before.picture].shape[1] - before.start - before.length
        reach = min(OVER, before.length // 2, after.length // 2, after.start, left)
        if reach < 1:
            continue
        goes_on = _taken(before, rows, before.length - reach, before.length + reach, boxes)
        begins = _taken(after, rows, -reach, reach, boxes)
        colours = [
            pictures[run.picture][place[..., 0] - boxes[run.picture].y, place[..., 1] - boxes[run.picture].x]
            for run, place in ((before, goes_on), (after, begins))
        ]
        edge = cheapest_path(np.abs(colours[0] - colours[1]).mean(2))
        places[:, at - reach : at + reach] = np.where(
            (np.arange(2 * reach) < edge[:, None])[..., None], goes_on, begins
        )
    return places


def _taken(run: ColumnRun, rows: int, first: int, end: int, boxes: Sequence[Box]) -> np.ndarray:
    """The places of the columns of a run from the first to before the end, counted from where it starts."""
    box = boxes[run.picture]
    down = _rows(rows, run.shift, box.height) + box.y
    across = np.arange(run.start + first, run.start + end) + box.x
    return np.stack(np.broadcast_arrays(down[:, None], across), 2)


def cheapest_path(costs: np.ndarray) -> np.ndarray:
    """The column of each row, int64 (rows,), at most one beside that of the row above; costs: (rows, columns)."""
    total = costs.copy()
    ways = np.zeros(costs.shape, np.int64)
    for row in range(1, len(costs)):
        wide = np.pad(total[row - 1], 1, constant_values=np.inf)
        near = np.stack([wide[:-2], wide[1:-1], wide[2:]])
        ways[row] = near.argmin(0) - 1
        total[row] += near.min(0)
    path = np.zeros(len(costs), np.int64)
    path[-1] = total[-1].argmin()
    for row in range(len(costs) - 1, 0, -1):
        path[row - 1] = path[row] + ways[row, path[row]]
    return path
