"""Motion made from stills: short clips in which the camera or a part of the picture moves, each with words for it.

No film may be shipped, so what moves is taken from pictures themselves: the sky over a still ground, water, leaves,
rain and snow, mist, light, and the camera. What is not said to move stays as it is in the still to the bit, and so does
all of the first frame, but for what has drifted for a while.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageFilter

FEATHER = 3  # px over which a moving part meets what stands still
WATER = tuple(
    f" {sign}" for sign in ("water", "river", "sea", "lake", "pond", "pool", "stream", "canal", "waves", "shore")
)
SKY_LEAST = 0.2  # of the picture, below which it has no sky that could move
LEAVES_LEAST = 0.12
SKY_NARROWEST = 8  # parts of the width of a picture, of which a sky is one at least
Frames = np.ndarray  # uint8 (frame, height, width, 3)


@dataclass(frozen=True, eq=False)
class SyntheticClip:
    """frames: uint8 (frame, height, width, 3); moving: bool (height, width), where anything may differ from frame 0.

    drawn: nothing in the picture tells what moves, so that it has to be given.
    """

    frames: Frames
    words: str
    moving: np.ndarray
    drawn: bool = False


Motion = Callable[[np.random.Generator, np.ndarray, int], SyntheticClip | None]
TRIES = 12  # stills that are looked at for a motion, most of which have no sky that could move
UNDER_WAY = 0.75  # of the clips that drift have done so for a while
GRAIN = 8  # px: what drifts goes by whole tokens of the starter, so that tokens wander instead of changing


def make_clip(rng: np.random.Generator, stills: Callable[[], tuple[np.ndarray, str]], frames: int) -> SyntheticClip:
    """A clip by one of the motions, of the first of some stills that suits it.

    stills: draws a still uint8 (height, width, 3) and what is said about it. The camera needs room, so clips are half
    as high and wide as stills, and begin with their middle.
    """
    shares = np.array([share for _, share in MOTIONS], np.float64)
    motion = MOTIONS[rng.choice(len(MOTIONS), p=shares / shares.sum())][0]
    for _ in range(TRIES):
        still, about = stills()
        clip = motion(rng, still, frames) if motion is not water or _is_wet(about) else None
        if clip is not None:
            return clip
    return pan(rng, stills()[0], frames)


def _is_wet(about: str) -> bool:
    return any(sign in f" {about.lower()}" for sign in WATER)


def middle(still: np.ndarray) -> np.ndarray:
    """What a clip of this still shows at first."""
    return _shown(_strip(still))


def _strip(still: np.ndarray) -> np.ndarray:
    """The rows of a still that its clip shows, and what there is to the left and to the right."""
    height = still.shape[0]
    return still[height // 4 : height // 4 + height // 2]


def _shown(strip: np.ndarray) -> np.ndarray:
    width = strip.shape[1]
    return strip[:, width // 4 : width // 4 + width // 2]


# ---- the camera


def pan(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip:
    """The camera goes one way, so all that is seen goes the other."""
    name, right, down = PANS[rng.integers(len(PANS))]
    height, width = still.shape[0] // 2, still.shape[1] // 2
    step = min(GRAIN, min(height, width) // 2 // max(1, frames - 1))
    top, left = still.shape[0] // 4, still.shape[1] // 4
    places = [(top + down * step * n, left + right * step * n) for n in range(frames)]
    cut = [still[y : y + height, x : x + width] for y, x in places]
    return SyntheticClip(np.stack(cut), f"the camera pans {name}", _all(cut[0]))


PANS = (("right", 1, 0), ("left", -1, 0), ("down", 0, 1), ("up", 0, -1))


def zoom(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip:
    """The camera comes nearer or goes away."""
    nearer, rate = bool(rng.integers(2)), float(rng.uniform(0.02, 0.08))
    height, width = still.shape[0] // 2, still.shape[1] // 2
    picture, centre = Image.fromarray(still), (still.shape[1] / 2, still.shape[0] / 2)
    shown = [middle(still)]
    for n in range(1, frames):
        scale = (1 - rate) ** n if nearer else min((1 + rate) ** n, 1.99)
        half = (width / 2 * scale, height / 2 * scale)
        box = (centre[0] - half[0], centre[1] - half[1], centre[0] + half[0], centre[1] + half[1])
        shown.append(np.array(picture.resize((width, height), Image.Resampling.BICUBIC, box)))
    words = "the camera comes nearer" if nearer else "the camera goes away"
    return SyntheticClip(np.stack(shown), words, _all(shown[0]))


# ---- parts of the picture


def clouds(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip | None:
    """The sky drifts over a ground that stands still."""
    wide = _strip(still)
    part = sky_of(_shown(wide))
    if part.mean() < SKY_LEAST:
        return None
    sky = sky_of(wide)
    _shown(sky)[part] = True
    return _drifting(rng, wide, _behind(wide, sky), part, frames)


def drift(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip:
    """What is in a box above drifts, whatever it is: clouds may be black, and a box may cut through a tree."""
    wide = _strip(still)
    return replace(_drifting(rng, wide, wide, _box(rng, _shown(wide).shape[:2]), frames), drawn=True)


def _drifting(
    rng: np.random.Generator, wide: np.ndarray, layer: np.ndarray, part: np.ndarray, frames: int
) -> SyntheticClip:
    """A part through which a layer as wide as the still goes by.

    Mostly it has gone by for a while, so that what comes in is seen nowhere yet: were it told by what is beside the
    part, a film would repeat that for ever.
    """
    name, way = _way(rng)
    room = wide.shape[1] // 4
    step = min(GRAIN, room // max(1, frames - 1))
    most = (room - step * (frames - 1)) // GRAIN
    gone = GRAIN * int(rng.integers(-most, most + 1)) if rng.random() < UNDER_WAY else 0

    def at(n: int) -> np.ndarray:
        left = room - gone - way * step * n
        return layer[:, left : left + 2 * room]

    return _over(_shown(wide), part, at, frames, f"clouds drift {name}")


def water(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip | None:
    """Rows of the lower part go to and fro, the more the nearer."""
    shown = middle(still)
    height = shown.shape[0]
    horizon = int(height * rng.uniform(0.55, 0.75))
    rows = np.arange(height)
    depth = np.clip((rows - horizon) / max(1, height - horizon), 0, 1)
    long, phase = rng.uniform(6, 16), rng.uniform(0, 2 * np.pi)
    strong, speed = rng.uniform(1.5, 4), rng.uniform(0.6, 1.2)
    part = np.zeros(shown.shape[:2], bool)
    part[horizon:] = True

    def at(n: int) -> np.ndarray:
        still_at, now = (np.sin(2 * np.pi * rows / long + phase + speed * m) for m in (0, n))
        return _moved(shown, (now - still_at)[:, None] * (strong * depth)[:, None])

    return _over(shown, part, at, frames, "ripples on the water")


def leaves(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip | None:
    """What is green or dark and rough sways."""
    shown = middle(still)
    red, green, blue = (shown[..., n].astype(np.int16) for n in range(3))
    rough = np.abs(np.diff(green, axis=1, prepend=green[:, :1])) > 6
    part = _smooth_mask(((green >= red - 8) & (green > blue) & rough) | (rough & (green < 90)), 9, 0.4)
    if part.mean() < LEAVES_LEAST:
        return None
    wind = _noise(rng, shown.shape[:2], 48)
    strong, speed = rng.uniform(1.5, 3.5), rng.uniform(0.7, 1.3)

    def at(n: int) -> np.ndarray:
        sway = np.sin(speed * n + 4 * wind) - np.sin(4 * wind)
        return _moved(shown, strong * sway)

    return _over(shown, part, at, frames, "leaves sway in the wind")


def falling(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip:
    """Rain or snow, straight or aslant."""
    snow = bool(rng.integers(2))
    shown = middle(still)
    height, width = shown.shape[:2]
    aslant = int(rng.integers(-2, 3))
    step = GRAIN if snow else 2 * GRAIN
    flakes = np.zeros((2 * height, 2 * width), np.float32)
    count = int(flakes.size * (0.0015 if snow else 0.0012))
    flakes[rng.integers(0, 2 * height, count), rng.integers(0, 2 * width, count)] = 1
    if snow:
        flakes = np.maximum.reduce([np.roll(flakes, shift, (0, 1)) for shift in ((0, 0), (0, 1), (1, 0), (1, 1))])
    else:
        flakes = np.maximum.reduce([np.roll(flakes, (n, n * aslant // max(1, step)), (0, 1)) for n in range(6)]) * 0.45

    def at(n: int) -> np.ndarray:
        veil = np.roll(flakes, (step * n, aslant * n), (0, 1))[:height, :width, None] * (n > 0)
        return (shown * (1 - veil) + 235 * veil).round().astype(np.uint8)

    return SyntheticClip(np.stack([at(n) for n in range(frames)]), "snow falls" if snow else "rain falls", _all(shown))


def mist(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip:
    """A pale veil comes and drifts."""
    name, way = _way(rng)
    shown = middle(still)
    height, width = shown.shape[:2]
    veil = _noise(rng, (height, 2 * width), 64) * rng.uniform(0.25, 0.5)
    step, paint = way * GRAIN, np.array([222, 222, 216], np.float32)

    def at(n: int) -> np.ndarray:
        here = np.roll(veil, step * n, 1)[:, :width, None] * min(1.0, n / 2)
        return (shown * (1 - here) + paint * here).round().astype(np.uint8)

    return SyntheticClip(np.stack([at(n) for n in range(frames)]), f"mist drifts {name}", _all(shown))


def light(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip:
    """The light changes."""
    words, gain = LIGHTS[rng.integers(len(LIGHTS))]
    shown, last = middle(still), np.array(gain, np.float32)
    shares = np.linspace(0, 1, frames)
    lit = [np.clip(shown * (1 + (last - 1) * share), 0, 255).round().astype(np.uint8) for share in shares]
    return SyntheticClip(np.stack(lit), words, _all(shown))


def nothing(rng: np.random.Generator, still: np.ndarray, frames: int) -> SyntheticClip:
    """The still, again and again: what stands still has to be learned as well."""
    shown = middle(still)
    return SyntheticClip(np.stack([shown] * frames), "nothing moves", np.zeros(shown.shape[:2], bool))


LIGHTS = (
    ("it grows dark", (0.6, 0.62, 0.7)),
    ("it grows light", (1.3, 1.28, 1.2)),
    ("the light turns warm", (1.2, 1.0, 0.78)),
    ("the light turns cold", (0.82, 0.95, 1.15)),
)


# with their shares: what goes somewhere is asked for most, and is what words can steer
MOTIONS: tuple[tuple[Motion, float], ...] = (
    (clouds, 4), (drift, 4), (pan, 4), (mist, 1), (nothing, 1), (water, 1), (leaves, 1), (falling, 0.5), (light, 0.5),
    (zoom, 0.5),
)  # fmt: skip


# ---- what they are made with


def sky_of(shown: np.ndarray) -> np.ndarray:
    """Where the sky is, bool (height, width): what is bright or blue and smooth, down from the upper edge."""
    pixels = shown.astype(np.int16)
    luma = pixels @ np.array([299, 587, 114]) // 1000
    rough = np.abs(np.diff(luma, axis=1, prepend=luma[:, :1])) + np.abs(np.diff(luma, axis=0, prepend=luma[:1]))
    blue = pixels[..., 2] >= pixels[..., 0]
    like = ((luma > np.median(luma)) | blue) & (rough < 24)
    like = _smooth_mask(like, 7, 0.55)
    like[: max(1, len(like) // 16)] |= luma[: max(1, len(like) // 16)] > np.median(luma)
    return np.arange(len(like))[:, None] < _skyline(np.logical_and.accumulate(like, 0).sum(0))


def _skyline(depths: np.ndarray) -> np.ndarray:
    """How far down the sky goes in each column (width,), without strips too narrow to be sky."""
    reach = max(1, len(depths) // SKY_NARROWEST) // 2

    def around(values: np.ndarray) -> np.ndarray:
        return np.lib.stride_tricks.sliding_window_view(np.pad(values, reach, mode="edge"), 2 * reach + 1)

    return around(around(depths).min(1)).max(1)


def _over(
    shown: np.ndarray, part: np.ndarray, at: Callable[[int], np.ndarray], frames: int, words: str
) -> SyntheticClip:
    """The moved part over the still, feathered inwards so that all outside stays as it is."""
    soft = Image.fromarray(part.astype(np.uint8) * 255).filter(ImageFilter.BoxBlur(FEATHER))
    alpha = np.where(part, np.clip(np.asarray(soft, np.float32) / 127.5 - 1, 0, 1), 0)[..., None]
    moved = [(shown * (1 - alpha) + at(n) * alpha).round().astype(np.uint8) for n in range(frames)]
    return SyntheticClip(np.stack(moved), words, part)


def _behind(shown: np.ndarray, part: np.ndarray) -> np.ndarray:
    """A part as it goes on behind what hides it, its rows mirrored at their ends: no tree goes along with the sky."""
    width = part.shape[1]
    columns = np.broadcast_to(np.arange(width), part.shape)
    before = np.maximum.accumulate(np.where(part, columns, -width), 1)
    after = np.minimum.accumulate(np.where(part, columns, 2 * width)[:, ::-1], 1)[:, ::-1]
    edge = np.where(columns - before <= after - columns, before, after)
    found = part.any(1, keepdims=True)
    across = np.clip(2 * edge - columns, 0, width - 1)
    inside = np.take_along_axis(part, across, 1)
    source = np.where(part | ~found, columns, np.where(inside, across, np.clip(edge, 0, width - 1)))
    return np.take_along_axis(shown, source[..., None], 1)


def _moved(shown: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Every pixel taken from where it comes in its row; the offsets are pixels, and broadcast to (height, width)."""
    height, width = shown.shape[:2]
    rows, columns = np.mgrid[:height, :width]
    x = np.clip(np.round(columns - right), 0, width - 1).astype(np.intp)
    return shown[rows, x]


def _noise(rng: np.random.Generator, size: tuple[int, int], grain: int) -> np.ndarray:
    """Smooth noise in [0, 1], (height, width), that meets itself at the sides."""
    coarse = rng.random((max(2, size[0] // grain + 1), max(2, size[1] // grain)))
    tiled = np.concatenate([coarse, coarse[:, :1]], 1).astype(np.float32)
    image = Image.fromarray(tiled).resize((size[1] + grain, size[0]), Image.Resampling.BICUBIC)
    return np.clip(np.asarray(image)[:, : size[1]], 0, 1)


def _smooth_mask(mask: np.ndarray, size: int, share: float) -> np.ndarray:
    """Where at least a share of the neighbourhood is set."""
    blurred = Image.fromarray(mask.astype(np.uint8) * 255).filter(ImageFilter.BoxBlur(size))
    return np.asarray(blurred) >= 255 * share


def _box(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """What an artist may drag out, bool (height, width): from near the upper edge down."""
    (height, width), part = size, np.zeros(size, bool)
    top, bottom = rng.uniform(0, 0.15), rng.uniform(0.4, 1)
    left, right = max(0, rng.uniform(-0.3, 0.4)), min(1, rng.uniform(0.6, 1.3))
    part[int(height * top) : int(height * bottom), int(width * left) : int(width * right)] = True
    return part


def _way(rng: np.random.Generator) -> tuple[str, int]:
    return (("right", 1), ("left", -1))[rng.integers(2)]


def _all(shown: np.ndarray) -> np.ndarray:
    return np.ones(shown.shape[:2], bool)
