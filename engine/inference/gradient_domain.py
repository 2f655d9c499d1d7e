"""Pictures joined by their gradients, so that no step of tone is left where their parts meet (Pérez et al. 2003)."""

import numpy as np

from engine.inference.compiled.settling import solve
from engine.inference.seam_blending import ALONG, PARTED

THINGS = 26.0  # grey levels by which a thing that ends at a border differs from the tone around
CUT = 20.0  # the same from one pixel to the next inside what is new, where two pieces meet that differ
FAR_ALONG = 64  # pixels along a border, to each side, of which some have to fit
HOLD = 0.0012  # how strongly the settled picture is held to the voted colours
BRIDGING = 0.0002  # the same between two borders, from one of which the tone is to go over to that of the other


def gradients(picture: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The picture and its differences to the right and downward, (h, w, 9); none from known pixels to unknown ones."""
    right, down = np.zeros_like(picture), np.zeros_like(picture)
    right[:, :-1] = (picture[:, 1:] - picture[:, :-1]) * (known[:, 1:] & known[:, :-1])[..., None]
    down[:-1] = (picture[1:] - picture[:-1]) * (known[1:] & known[:-1])[..., None]
    return np.concatenate([picture, right, down], 2)


def holds(known: np.ndarray) -> np.ndarray:
    """How strongly each pixel is held to its voted colour, float32 (h, w, 1): less between known ones, bool (h, w)."""
    across, down = (
        np.maximum.accumulate(known, axis) & np.flip(np.maximum.accumulate(np.flip(known, axis), axis), axis)
        for axis in (1, 0)
    )
    return np.where(across | down, BRIDGING, HOLD).astype(np.float32)[..., None]


def _kept_cut(step: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """What of the steps inside what is new, (h, w, 3), is a cut between things, and stays.

    A piece has no slope towards another one: a cut would become a fog of both colours, as wide as HOLD lets it be.
    inside: bool (h, w), between two new pixels.
    """
    return ((1 - _near_to(step, 0, CUT)) * inside)[..., None] * step


def _kept_step(step: np.ndarray, border: np.ndarray, far: tuple[int, int]) -> np.ndarray:
    """What of the step at a border, (h, w, 3), belongs to things that end there, and stays.

    A thing that ends at the border would else shine into what is beside it. What is left is the tone of the
    surroundings, which is evened out. Where nothing fits for a long way, as between two pictures, all is: a line would
    be worse. far: how far along the border is looked, down and across.
    """
    near = _along(step, border, (ALONG, ALONG))
    tone = _along(near, _near_to(near, 0, PARTED) * border, (FAR_ALONG, FAR_ALONG))
    firm = _near_to(near, tone, THINGS)
    parted = np.abs(near).max(2, keepdims=True) > PARTED
    everywhere = np.clip((_along(parted, border, far)[..., 0] - 0.7) / 0.2, 0, 1)
    firm = firm + (1 - firm) * everywhere
    return ((1 - firm) * border)[..., None] * (step - tone)


def _near_to(steps: np.ndarray, other: np.ndarray | float, parted: float) -> np.ndarray:
    """From 1, where they are the same, to 0, far beyond `parted` grey levels, (h, w)."""
    return 1 / (1 + (np.abs(steps - other).max(2) / parted) ** 4)


def _along(values: np.ndarray, share: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
    """Mean of values (h, w, channels) by their share (h, w), 0 away from the border, over what lies within `reach`."""
    much = np.maximum(box_sums(share, reach), 1e-6)
    total = [box_sums(values[..., channel] * share, reach) for channel in range(values.shape[2])]
    return (np.stack(total, 2) / much[..., None]).astype(np.float32)


def box_sums(values: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
    """Sums of values (h, w) over what lies so far down and across, float64; they take as long for any reach."""
    for each in reach:
        sums = np.pad(values, ((each + 1, each), (0, 0))).cumsum(0, dtype=np.float64)
        values = (sums[2 * each + 1 :] - sums[: -2 * each - 1]).T
    return values


def settle(
    voted: np.ndarray, fixed: np.ndarray, free: np.ndarray, there: np.ndarray, hold: np.ndarray | float = HOLD,
    things: bool = True, cuts: bool = True, rounds: int = 60,
) -> np.ndarray:  # fmt: skip
    """Solve for the picture with the voted gradients that meets what is fixed, float32 (h, w, 3).

    voted: as `gradients` has it. fixed: (h, w, 3), what is there where nothing is free. free: bool (h, w), where it is
    solved for; there: bool (h, w), free or fixed: pixels that are neither say nothing. hold: as `holds` has it. things:
    whether those that end at a border do not shine over it. cuts: the same of those that end at another piece.
    """
    colour, right, down = voted[..., :3], voted[..., 3:6].copy(), voted[..., 6:].copy()
    pairs = [
        (slice(None, -1), slice(None), slice(1, None), slice(None), down),
        (slice(None), slice(None, -1), slice(None), slice(1, None), right),
    ]
    weights = []
    for (y0, x0, y1, x1, slope), far in zip(pairs, ((ALONG, FAR_ALONG), (FAR_ALONG, ALONG)), strict=True):
        joined = there[y0, x0] & there[y1, x1] & (free[y0, x0] | free[y1, x1])
        value = np.where(free[..., None], colour, fixed)
        border = joined & (free[y0, x0] != free[y1, x1])
        step = value[y1, x1] - value[y0, x0] - slope[y0, x0]
        if cuts:
            slope[y0, x0] += _kept_cut(step, free[y0, x0] & free[y1, x1])
        if things and border.any():
            slope[y0, x0] += _kept_step(step, border, far)
        weights.append(joined[..., None].astype(np.float32))
    start = np.where(free[..., None], colour, fixed).astype(np.float32)
    wanted = hold * colour
    for (y0, x0, y1, x1, slope), weight in zip(pairs, weights, strict=True):
        step = slope[y0, x0] * weight
        wanted[y1, x1] += step
        wanted[y0, x0] -= step
    down, right = (np.zeros((*free.shape, 1), np.float32) for _ in weights)
    down[1:], right[:, 1:] = weights
    held = np.broadcast_to(hold, (*free.shape, 1))
    equations = (_framed(each) for each in (wanted, free[..., None], down, right, held))
    solution = _framed(start)
    solve(solution, *equations, rounds)
    return solution[1:-1, 3:-3].reshape(start.shape)


def _framed(values: np.ndarray) -> np.ndarray:
    """Values (h, w, 3), or of all three (h, w, 1), as rows of 3 · w numbers with a pixel of zeros around, float32."""
    height, width, channels = values.shape
    return np.pad(values.repeat(3 // channels, 2).reshape(height, 3 * width).astype(np.float32), ((1, 1), (3, 3)))


def bridged(sketch: np.ndarray, fixed: np.ndarray, free: np.ndarray, there: np.ndarray, hold: np.ndarray) -> np.ndarray:
    """Return a sketch, float32 (h, w, 3), whose tone goes over from one border to the other where it lies between two.

    fixed, free, there, hold: as `settle` has them. What is looked for there then has the tones of both sides.
    """
    some = free & (hold[..., 0] == np.float32(BRIDGING))
    return settle(gradients(sketch, some), fixed, some, there, hold, things=False, cuts=False) if some.any() else sketch
