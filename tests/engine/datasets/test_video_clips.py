"""Clips to learn from: films, sequences and stills, with their words; bad files are passed over."""

from pathlib import Path

import numpy as np
import pytest

from engine.datasets.captions import Caption
from engine.datasets.images import TrainingPicture
from engine.datasets.video_clips import ClipSampler, TrainingFilm, load_films
from engine.media.animation import PART
from engine.media.video import FilmWriter
from engine.request import UserError


def film(path: Path, count: int, size: tuple[int, int] = (64, 48), fps: float = 10) -> Path:
    """Frames whose brightness tells their number."""
    with FilmWriter(path, size, fps) as made:
        for n in range(count):
            made.add(np.full((size[1], size[0], 3), 20 + 10 * n, np.uint8))
    return path


def still(side: int = 96) -> TrainingPicture:
    pixels = np.random.default_rng(1).integers(0, 255, (side, side, 3), dtype=np.uint8)
    return TrainingPicture("hills", pixels, Caption(("A lake in the hills",)))


def test_films_and_sequences_are_found_and_bad_files_passed_over(tmp_path: Path) -> None:
    film(tmp_path / "a.mp4", 12)
    (tmp_path / "a.txt").write_text("clouds drift left")
    film(tmp_path / "frames", 6)
    film(tmp_path / "short.mp4", 2)
    (tmp_path / "bad.mp4").write_bytes(b"no film")
    films = load_films(tmp_path, least=5)
    assert [each.name for each in films] == ["a.mp4", "frames"]
    assert films[0].caption.phrases == ("clouds drift left",)
    assert len(films[0].frames) == 6, "five of ten frames a second"
    assert not load_films(tmp_path, smallest=49, least=5)


def test_clips_of_films_are_frames_that_follow_one_another(tmp_path: Path) -> None:
    [found] = load_films(film(tmp_path / "a.mp4", 20, fps=5).parent, least=5)
    clips, words = ClipSampler([], [found], 32, 5).captioned(np.random.default_rng(0), 6)
    assert clips.shape == (6, 5, 32, 32, 3) and words == [""] * 6
    steps = np.diff(clips.mean((2, 3, 4)), axis=1)
    assert (np.abs(steps - 10) < 3).all()


def test_clips_of_stills_have_words_for_their_motion() -> None:
    sampler = ClipSampler([still()], [], 32, 5)
    clips, words = sampler.captioned(np.random.default_rng(0), 40)
    assert clips.shape == (40, 5, 32, 32, 3)
    assert any("pans" in each for each in words) and any("ripples" in each for each in words)
    assert 0 < sum(not each for each in words) < 12 and any("hills" in each for each in words)


def test_of_what_moves_alone_it_is_said_that_all_of_it_moves() -> None:
    clips, words, regions = ClipSampler([still()], [], 32, 2).with_regions(np.random.default_rng(0), 60)
    parts = [said.endswith(PART) for said in words]
    assert 10 < sum(parts) < 50
    for frames, said, region, part in zip(clips, words, regions, parts, strict=True):
        assert part <= (not region.all()) and (frames[1] == frames[0])[~region].all(), said
        assert part or region.all() or not said


def test_both_are_drawn_and_nothing_to_draw_from_is_told() -> None:
    grey = TrainingFilm("grey", np.full((9, 64, 64, 3), 128, np.uint8), Caption(("grey",)))
    clips, _ = ClipSampler([still()], [grey], 32, 5).captioned(np.random.default_rng(0), 40)
    films = (clips == 128).all((1, 2, 3, 4)).sum()
    assert 8 < films < 32
    with pytest.raises(UserError, match="no film with 5 frames"):
        ClipSampler([still(40)], [], 32, 5)
