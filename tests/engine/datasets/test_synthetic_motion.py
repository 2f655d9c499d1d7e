"""Clips made from stills: the first frame is the still, what stands still stays, the rest moves as the words say."""

import numpy as np
import pytest
from PIL import Image

from engine.datasets.phase_correlation import shift_between
from engine.datasets.synthetic_motion import (
    MOTIONS,
    PANS,
    _behind,
    clouds,
    drift,
    light,
    make_clip,
    middle,
    mist,
    nothing,
    pan,
    sky_of,
)

SIDE, FRAMES = 256, 5


def landscape(seed: int = 0) -> np.ndarray:
    """A pale sky with clouds above a dark rough ground."""
    rng = np.random.default_rng(seed)
    soft = Image.fromarray(rng.integers(150, 250, (16, 24), dtype=np.uint8)).resize(
        (SIDE, SIDE), Image.Resampling.BICUBIC
    )
    sky = np.asarray(soft)[..., None] * np.array([0.92, 0.96, 1.0])
    ground = rng.integers(20, 110, (SIDE, SIDE, 3)) * np.array([0.8, 1.0, 0.5])
    return np.where((np.arange(SIDE) < SIDE // 2)[:, None, None], sky, ground).astype(np.uint8)


def shift(before: np.ndarray, after: np.ndarray) -> int:
    """How far most of it moved to the right, by the least difference: parts may have stayed."""
    one, other = before.mean(-1), after.mean(-1)
    apart = {way: np.abs(np.roll(one, way, 1) - other)[:, 16:-16].mean() for way in range(-12, 13)}
    return min(apart, key=lambda way: apart[way])


@pytest.mark.parametrize("motion", [motion for motion, _ in MOTIONS], ids=lambda motion: motion.__name__)
def test_the_first_frame_is_the_still_and_what_stands_still_stays(motion) -> None:
    for seed in range(4):
        still = landscape(seed)
        clip = motion(np.random.default_rng(seed), still, FRAMES)
        assert clip is not None and clip.words
        assert clip.frames.shape == (FRAMES, SIDE // 2, SIDE // 2, 3) and clip.frames.dtype == np.uint8
        if motion not in (clouds, drift):
            assert np.array_equal(clip.frames[0], middle(still))
        assert np.array_equal(clip.frames[0][~clip.moving], middle(still)[~clip.moving])
        assert (clip.frames[:, ~clip.moving] == clip.frames[0][~clip.moving]).all()
        assert (clip.frames[-1] != clip.frames[0]).any() == (motion is not nothing)


def test_the_same_chance_makes_the_same_clip() -> None:
    one, other = (make_clip(np.random.default_rng(7), lambda: (landscape(), ""), FRAMES) for _ in range(2))
    assert one.words == other.words and np.array_equal(one.frames, other.frames)


def test_the_picture_goes_against_the_camera() -> None:
    ways = {name: (right, down) for name, right, down in PANS}
    for seed in range(12):
        clip = pan(np.random.default_rng(seed), landscape(1), FRAMES)
        right, down = ways[clip.words.split()[-1]]
        moved = shift_between(clip.frames[0], clip.frames[1])
        assert np.sign(moved[0]) == -right and np.sign(moved[1]) == -down, clip.words


def test_clouds_go_where_the_words_say_and_the_ground_stays() -> None:
    said = set()
    for seed in range(8):
        clip = clouds(np.random.default_rng(seed), landscape(seed), FRAMES)
        assert clip is not None
        rows = np.flatnonzero(clip.moving.mean(1) > 0.9)
        sky = slice(rows[0], rows[-1] - 6)
        right = shift(clip.frames[0][sky], clip.frames[1][sky])
        assert np.sign(right) == (1 if clip.words.endswith("right") else -1), clip.words
        assert not clip.moving[SIDE // 4 + 12 :].any()
        said.add(clip.words)
    assert len(said) == 2


def test_what_stands_before_the_sky_does_not_go_along() -> None:
    shown, part = np.full((4, 12, 3), 200, np.uint8), np.ones((4, 12), bool)
    shown[:, 5:8], part[:, 5:8] = 0, False
    shown[0], part[0] = 0, False
    assert (_behind(shown, part)[1:] == 200).all() and (_behind(shown, part)[0] == 0).all()
    shown[:, :5] = np.arange(5)[:, None]
    assert _behind(shown, part)[1, :8, 0].tolist() == [0, 1, 2, 3, 4, 3, 2, 200]


def test_in_a_box_anything_drifts() -> None:
    dark = np.random.default_rng(0).integers(0, 200, (SIDE, SIDE, 3), dtype=np.uint8)
    for seed in range(8):
        clip = drift(np.random.default_rng(seed), dark, FRAMES)
        rows, columns = np.flatnonzero(clip.moving.any(1)), np.flatnonzero(clip.moving.any(0))
        box = np.ix_(range(rows[8], rows[-8]), range(columns[16], columns[-16]))
        right = 8 if clip.words == "clouds drift right" else -8
        assert clip.drawn and (np.roll(clip.frames[0], right, 1)[box] == clip.frames[1][box]).all()


def test_what_comes_in_is_mostly_seen_nowhere_yet() -> None:
    """Of the clips that drift most have done so for a while: their first frame is not the still where they move."""
    still = np.random.default_rng(0).integers(0, 200, (SIDE, SIDE, 3), dtype=np.uint8)
    clips = [drift(np.random.default_rng(seed), still, FRAMES) for seed in range(40)]
    begun = [not np.array_equal(clip.frames[0], middle(still)) for clip in clips]
    assert 0.5 < np.mean(begun) < 0.95
    long = drift(np.random.default_rng(1), still, 200)
    assert long.frames.shape == (200, SIDE // 2, SIDE // 2, 3)


def test_a_picture_without_sky_has_no_clouds() -> None:
    dark = np.random.default_rng(0).integers(0, 200, (SIDE, SIDE, 3), dtype=np.uint8)
    assert sky_of(dark).mean() < 0.1
    assert clouds(np.random.default_rng(0), dark, FRAMES) is None


def test_only_water_ripples() -> None:
    def said(about: str) -> set[str]:
        return {
            make_clip(np.random.default_rng(seed), lambda: (landscape(), about), FRAMES).words for seed in range(60)
        }

    assert "ripples on the water" in said("A stormy sea") and "ripples on the water" not in said("An inn at night")


def test_light_goes_one_way_and_mist_pales() -> None:
    for seed in range(6):
        clip = light(np.random.default_rng(seed), landscape(), FRAMES)
        steps = np.diff(clip.frames.mean((1, 2)), axis=0)
        assert (np.sign(steps) == np.sign(steps[0])).all()
    veiled = mist(np.random.default_rng(1), landscape(), FRAMES)
    assert veiled.frames[-1].std() < veiled.frames[0].std()
