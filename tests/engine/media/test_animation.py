"""Stills that move: what is known of later frames, and how a loop goes over into its beginning."""

import numpy as np
import pytest

from engine.media.animation import FADE, animation, faded
from engine.request import Box, KnownPicture


def still(mask: np.ndarray | None = None) -> KnownPicture:
    return KnownPicture(Box(10, 20, 8, 6), np.arange(144, dtype=np.uint8).reshape(6, 8, 3), mask)


def test_without_a_region_only_frame_0_is_known() -> None:
    picture = still()
    assert animation(picture, 5) == (picture,)


def test_all_frames_know_what_lies_outside_of_the_region() -> None:
    """The region may reach over the edge of the still, and the frames share one mask."""
    known = animation(still(), 4, Box(14, 0, 100, 23))
    assert [picture.frame for picture in known] == [0, 1, 2, 3] and known[0].mask is None
    mask = known[1].mask
    assert mask is not None and all(picture.mask is mask for picture in known[1:])
    assert not mask[:3, 4:].any() and mask[3:].all() and mask[:, :4].all()


def test_what_is_transparent_in_the_still_is_known_nowhere() -> None:
    holes = np.ones((6, 8), bool)
    holes[5, 0] = False
    assert animation(still(holes), 2, Box(10, 20, 1, 1))[1].mask.tolist()[5][0] is False  # type: ignore[union-attr]


@pytest.mark.parametrize("frames", [2, 3, 6, 40])
def test_a_loop_comes_nearer_to_its_beginning_step_by_step(frames: int) -> None:
    first, last = np.zeros((2, 2, 3), np.uint8), np.full((2, 2, 3), 200, np.uint8)
    values = [int(faded(last, first, frame, frames)[0, 0, 0]) for frame in range(frames)]
    fade = min(FADE, frames // 3)
    assert values[: frames - fade] == [200] * (frames - fade), "until then nothing changes"
    steps = np.diff([*values[frames - fade - 1 :], 0])
    assert fade == 0 or (np.ptp(steps) <= 1 and steps.max() < 0), "even steps, the last of them into frame 0"


def test_what_rests_is_not_touched_by_a_loop() -> None:
    pixels = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    assert all(np.array_equal(faded(pixels, pixels, frame, 9), pixels) for frame in range(9))
