"""Stills that move: what is known of the frames of an animation, and how a film meets its beginning."""

import numpy as np

from engine.request import Box, KnownPicture

PART = "all of this part moves"  # what models of films are told of a region, after the words for its motion
FADE = 8  # frames over which a loop goes back to its first frame, at most


def animation(still: KnownPicture, frames: int, region: Box | None = None) -> tuple[KnownPicture, ...]:
    """What is known of an animation: the still as frame 0, and in all others what lies outside of the region."""
    if region is None:
        return (still,)
    resting = np.ones((still.box.height, still.box.width), bool)
    resting[region.intersect(still.box).slices(still.box)] = False
    if still.mask is not None:
        resting &= still.mask
    return still, *(KnownPicture(still.box, still.pixels, resting, frame) for frame in range(1, frames))


def of_part(words: str) -> str:
    """What is said of a region in which everything moves; without words nothing is.

    In a whole picture “clouds drift left” is about the sky alone; a region may be drawn around anything.
    """
    return f"{words}, {PART}" if words.strip() else words


def faded(pixels: np.ndarray, first: np.ndarray, frame: int, frames: int) -> np.ndarray:
    """A frame of a loop, uint8: the last ones go over into the first, and where they are like it they stay so.

    That the model itself finds back would need a model that reads frames to come; those here read earlier ones.
    """
    fade = min(FADE, frames // 3)
    share = max(0.0, (frame - (frames - fade) + 1) / (fade + 1))  # under 1: after the last one the first follows
    if not share:
        return pixels
    return mixed(pixels, first, share)


def mixed(one: np.ndarray, other: np.ndarray, share: float | np.ndarray) -> np.ndarray:
    """Pixels uint8 that are, by a share from 0 to 1 that broadcasts, those of the other."""
    return (one + (other.astype(np.float32) - one) * share).round().astype(np.uint8)
