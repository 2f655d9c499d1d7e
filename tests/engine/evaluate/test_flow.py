"""Which way a film goes, measured on clips whose way is known: those that are made to teach it."""

from pathlib import Path

import numpy as np
import pytest

from engine.datasets.phase_correlation import shift_between
from engine.datasets.synthetic_motion import SyntheticClip, clouds, middle, nothing, pan
from engine.media.images import read_picture
from engine.request import Box
from tests.engine.evaluate.flow import LEAST, WAYS, part_that_moves, shifts, verdict

FRAMES, SIDE = 4, 512
ALL = Box(0, 0, SIDE // 2, SIDE // 2)
WELCOME = sorted((Path(__file__).parents[3] / "resources" / "pictures" / "welcome").glob("*.jpg"))


def stills() -> list[np.ndarray]:
    """The upper middle of real paintings, which is where a sky is."""
    found = []
    for path in WELCOME:
        pixels = read_picture(path).pixels
        left = (pixels.shape[1] - SIDE) // 2
        found.append(pixels[:SIDE, left : left + SIDE])
    return [still for still in found if still.shape == (SIDE, SIDE, 3)]


def told(clip: SyntheticClip) -> str:
    part = part_that_moves(clip.frames[0], clip.words)
    assert part is not None
    return verdict(shifts(clip.frames, part), clip.words, part)


def test_every_pan_is_told_right() -> None:
    seen = set()
    for number, still in enumerate(stills()):
        for seed in range(4):
            clip = pan(np.random.default_rng(10 * number + seed), still, FRAMES)
            found = shifts(clip.frames, ALL)
            assert told(clip) == "right" and all(max(abs(each.right), abs(each.down)) == 8 for each in found)
            assert min(each.sure for each in found) > 0.1
            seen.add(clip.words)
    assert len(seen) == 4


def test_every_drift_of_clouds_is_told_right() -> None:
    seen = set()
    for number, still in enumerate(stills()):
        for seed in range(3):
            clip = clouds(np.random.default_rng(10 * number + seed), still, FRAMES)
            if clip is not None and part_that_moves(clip.frames[0], clip.words) is not None:
                assert told(clip) == "right", (WELCOME[number].name, clip.words)
                seen.add(clip.words)
    assert seen == {"clouds drift left", "clouds drift right"}


def test_the_other_way_is_wrong() -> None:
    for still in stills():
        clip = pan(np.random.default_rng(3), still, FRAMES)
        assert verdict(shifts(clip.frames[::-1], ALL), clip.words, ALL) == "wrong"


def test_where_nothing_moves_there_is_no_shift() -> None:
    for still in stills():
        clip = nothing(np.random.default_rng(0), still, FRAMES)
        found = shifts(clip.frames, ALL)
        assert all(each[:2] == (0, 0) and each.sure == pytest.approx(1) for each in found)
        assert all(verdict(found, words, ALL) == "still" for words in WAYS)


def test_grain_that_is_painted_anew_hides_no_shift() -> None:
    """Frames of a model are alike in their forms, and never in their grain."""
    for number, still in enumerate(stills()):
        clip = pan(np.random.default_rng(number), still, FRAMES)
        grain = np.random.default_rng(number).normal(0, 12, clip.frames.shape)
        frames = np.clip(clip.frames + grain, 0, 255).astype(np.uint8)
        assert verdict(shifts(frames, ALL), clip.words, ALL) == "right"


def test_pictures_that_have_nothing_to_do_with_one_another_are_unclear() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (FRAMES, SIDE // 2, SIDE // 2, 3), dtype=np.uint8)
    assert {verdict(shifts(noise, ALL), words, ALL) for words in WAYS} == {"unclear"}


def test_what_has_no_form_has_not_moved() -> None:
    grey = np.full((64, 64, 3), 90, np.uint8)
    assert shift_between(grey, grey) == (0, 0, 0)


def test_the_sky_is_measured_within_its_feather() -> None:
    still = np.full((SIDE, SIDE, 3), (90, 40, 20), np.uint8)
    still[: SIDE // 2] = 220
    part = part_that_moves(middle(still), "clouds drift left")
    assert part is not None and part.y == 0 and part.height >= LEAST
    assert part.bottom <= SIDE // 4 and part.x > 0 and part.right < SIDE // 2
    assert part_that_moves(np.zeros((SIDE, SIDE, 3), np.uint8) + 3, "the camera pans up") == Box(0, 0, SIDE, SIDE)
