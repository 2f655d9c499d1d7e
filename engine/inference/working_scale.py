"""The working scale: a picture is painted at a size at which the decoder sees forms (ours; not in the paper).

A patch of 16×16 tokens sees 128 px of the picture as it is: a few leaves of a painting 2,000 px high. Reduced so that
its height is three or four patches, a patch sees a tree, and the painting is done in a tenth of the time. What is
painted gets the picture's own pixels back afterwards (`engine.inference.refinement`).
"""

import math
from dataclasses import dataclass, replace

import numpy as np
import torch
from PIL import Image

from engine.inference.patch_match import STEP
from engine.inference.seam_blending import extend
from engine.media.known_pictures import laid_together, repeated
from engine.request import Box, KnownPicture, PaintedPatch, PaintRequest, Prompt

SMALL, LARGE = 3, 4  # patches to the height of what is seen
LARGE_FROM = 800  # px of height
FEWEST = 24  # tokens that the longer side of what is new has at least
TILE = 1024  # px to the side of what is filled in at once, a power of two
REACH = 160  # tokens around the target in which the known picture is looked at


@dataclass(frozen=True)
class WorkingScale:
    """How canvas pixels become those that are painted: a token covers `token` pixels a side instead of `compression`.

    (x, y) is the canvas pixel at the corner of token (0, 0), and becomes the pixel (0, 0).
    """

    token: int
    x: int
    y: int
    compression: int = 8

    @property
    def factor(self) -> float:
        return self.token / self.compression

    def reduced(self, box: Box) -> Box:
        """A box of canvas pixels in those that are painted, its edges rounded to the nearest."""
        left, right = (round((edge - self.x) / self.factor) for edge in (box.x, box.right))
        top, bottom = (round((edge - self.y) / self.factor) for edge in (box.y, box.bottom))
        return Box.spanning(left, top, right, bottom)

    def enlarged(self, box: Box) -> Box:
        """The canvas pixels of a box of those that are painted, its edges rounded to the nearest."""
        left, right = (self.x + round(edge * self.factor) for edge in (box.x, box.right))
        top, bottom = (self.y + round(edge * self.factor) for edge in (box.y, box.bottom))
        return Box.spanning(left, top, right, bottom)

    def aligned(self, box: Box) -> Box:
        """The smallest box of whole tokens that holds a box of canvas pixels, in canvas pixels."""
        k = self.token
        left, top = self.x + (box.x - self.x) // k * k, self.y + (box.y - self.y) // k * k
        return Box.spanning(left, top, box.right + (self.x - box.right) % k, box.bottom + (self.y - box.bottom) % k)


def choose_scale(new: Box, known: Box, side: int, compression: int, wish: float = 0.0, fewer: int = 0) -> WorkingScale:
    """The scale at which to paint `new`, the box of what is not known, beside `known`; both in canvas pixels.

    wish: how many times smaller than it is the picture is painted; 0 chooses. fewer: patches to its height, than usual.
    The token grid hangs on the border that is gone on from.
    """
    if wish:
        token = max(compression, round(compression * wish))
    else:
        seen = new.grow(max(new.width, new.height)).intersect(known)
        height = min(seen.width, seen.height)
        patches = (SMALL if height <= LARGE_FROM else LARGE) - fewer
        token = min(math.ceil(height / (patches * side)), max(new.width, new.height) // FEWEST)
        token = max(compression, token)
    token += -token % max(1, compression // STEP)  # so that a block that is matched is whole pixels
    x = known.right if new.x >= known.x and new.right > known.right else known.x
    y = known.bottom if new.y >= known.y and new.bottom > known.bottom else known.y
    return WorkingScale(token, x, y, compression)


@dataclass(frozen=True, eq=False)
class KnownPart:
    """The known pixels in reach of a target: full (h, w, 3) uint8 at `box`, and where they are, and both reduced.

    The box is aligned with the token grid; `small_box` is what it becomes.
    """

    box: Box
    pixels: np.ndarray
    known: np.ndarray
    small_box: Box
    small: np.ndarray
    small_known: np.ndarray

    def read(self, box: Box) -> tuple[np.ndarray, np.ndarray]:
        """Return the known pixels of a canvas box, uint8 (h, w, 3), and where they are, bool (h, w)."""
        return laid_together([KnownPicture(self.box, self.pixels, self.known)], box)


def known_part(request: PaintRequest, scale: WorkingScale, beyond: Box | None = None) -> KnownPart | None:
    """Bring the known pixels around the target together, and reduce them; None where there are none.

    beyond: what is looked at however far off it is.
    """
    near = request.target.grow(REACH * scale.token)
    near = Box.around([near, beyond]) if beyond else near
    pictures = repeated(request.known, request.wrap)
    seen = [each for picture in pictures if not (each := picture.box.intersect(near)).empty]
    if not seen:
        return None
    box = scale.aligned(Box.around(seen))
    pixels, known = laid_together(pictures, box)
    if not known.any():
        return None
    small_box = scale.reduced(box)
    size = small_box.width, small_box.height
    small_known = _mostly(_mostly(known, (size[0], box.height)), size)
    small = np.asarray(Image.fromarray(filled_in(pixels, known)).resize(size, Image.Resampling.LANCZOS))
    return KnownPart(box, pixels, known, small_box, small, small_known)


def filled_in(pixels: np.ndarray, known: np.ndarray, tile: int = TILE) -> np.ndarray:
    """Pixels (h, w, 3) uint8 with the unknown ones filled from those around, so that nothing bleeds in.

    `extend` looks at squares of two, four, eight … pixels until something is known in each. So where something is in
    each tile, to fill in tile by tile gives the same, without floats of the whole picture.
    """
    if known.all():
        return pixels
    places = [
        np.s_[y : y + tile, x : x + tile] for y in range(0, len(known), tile) for x in range(0, known.shape[1], tile)
    ]
    if not all(known[place].any() for place in places):
        return _filled_in(pixels, known)
    result = pixels.copy()
    for place in places:
        if not known[place].all():
            result[place] = _filled_in(pixels[place], known[place])
    return result


def _filled_in(pixels: np.ndarray, known: np.ndarray) -> np.ndarray:
    floats = torch.from_numpy(pixels).permute(2, 0, 1).float()
    filled = extend(floats, torch.from_numpy(known))
    return filled.clamp(0, 255).round().byte().permute(1, 2, 0).numpy()


def cut(pixels: np.ndarray, side: int) -> np.ndarray:
    """View pixels (h, w) as squares, (rows, columns, side · side)."""
    rows, columns = pixels.shape[0] // side, pixels.shape[1] // side
    return pixels.reshape(rows, side, columns, side).swapaxes(1, 2).reshape(rows, columns, side * side)


def whole(mask: np.ndarray, side: int) -> np.ndarray:
    """Return which squares of a mask, bool (h, w), are set all over, bool (rows, columns)."""
    return cut(mask, side).min(2)


def _mostly(known: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Return which cells of a size (width, height) are known at least by half, bool, of bool (h, w).

    To be asked for one side after the other: of the corner of a picture two thirds of two thirds are less than half.
    """
    return np.asarray(Image.fromarray(known.astype(np.float32)).resize(size, Image.Resampling.BOX)) >= 0.5


def reduced_request(request: PaintRequest, scale: WorkingScale, part: KnownPart, on_canvas: np.ndarray) -> PaintRequest:
    """The same painting in small: what is known reduced, places of words moved, no grain.

    on_canvas: bool, which of the small known pixels lie on the canvas.
    """

    def moved(prompt: Prompt) -> Prompt:
        if prompt.at is None:
            return prompt
        x, y = scale.reduced(Box(*prompt.at, 0, 0))[:2]
        return prompt._replace(at=(x, y))

    some = KnownPicture(part.small_box, part.small, None if on_canvas.all() else on_canvas)
    known = (some,) if on_canvas.any() else ()
    painted = tuple(PaintedPatch(p.patch, p.tokens) for p in request.painted)
    return replace(
        request, target=scale.reduced(request.target), known=known, anchor=(0, 0), grain=0.0, painted=painted,
        prompts=tuple(map(moved, request.prompts)), exemplar=0.0, wrap=0, references=(),
    )  # fmt: skip
