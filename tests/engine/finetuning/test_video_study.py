"""Study of films: what is learned from and what is held out in time, the model it leaves, bad input."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.config import PRESETS, SamplingConfig
from engine.finetuning.holdout import read_films
from engine.finetuning.study import study
from engine.media.video import FilmWriter, film_files
from engine.models.checkpoint import ImageModel, load_model, save_model
from engine.request import Extent, Stopped, UserError
from engine.study_request import Studied, StudyFinished, StudyRequest, StudySample, StudyStarted

SIDE = 48 + 2 * 16  # a window of the tiny model with what lies around it


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("films")
    decoder = replace(PRESETS["tiny"].decoder, extent=Extent(1, 1, 1))
    config = replace(PRESETS["tiny"], decoder=decoder, sampling=SamplingConfig(0.8, 0.04))
    save_model(ImageModel.fresh(config, seed=5), folder)
    return str(folder)


def film(
    path: Path, frames: int = 40, size: tuple[int, int] = (96, 80), fps: float = 5.0, white_from: int = 1000
) -> Path:
    """Waves that go to the right, until all is white."""
    x, y = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    with FilmWriter(path, size, fps) as written:
        for number in range(frames):
            waves = 128 + 90 * np.sin((x - 4 * number) / 5) * np.cos(y / 7)
            frame = np.full((*x.shape, 3), 255) if number >= white_from else np.stack([waves] * 3, 2)
            written.add(frame.astype(np.uint8))
    return path


def request(folder: Path, base: str, *films: Path, minutes: float = 0.05) -> StudyRequest:
    return StudyRequest(tuple(map(str, films)), "waves", str(folder / "out"), str(folder / "work"), base, minutes)


def test_how_films_move_is_learned_and_strokes_stay_as_they_are(tmp_path: Path, base: str) -> None:
    (tmp_path / "waves.txt").write_text("waves drift right")
    events = list(study(request(tmp_path, base, film(tmp_path / "waves.mp4"))))
    assert isinstance(events[0], StudyStarted) and events[0].pixels == 40 * 96 * 80
    samples = [event for event in events if isinstance(event, StudySample)]
    assert samples[0].pixels.shape == (32, 64, 3) and samples[0].known == 32
    told = [event for event in events if isinstance(event, Studied)]
    last = events[-1]
    assert told[-1].curve and isinstance(last, StudyFinished) and last.bits < last.base_bits
    before, after = load_model(base, "cpu"), load_model(last.model, "cpu")
    assert after.config.sampling == before.config.sampling == SamplingConfig(0.8, 0.04)
    assert after.config.name == "waves" and "40 frames" in (Path(last.model) / "card.md").read_text()
    for name, value in before.tokenizer.state_dict().items():
        assert np.array_equal(after.tokenizer.state_dict()[name].numpy(), value.numpy()), name


def stop_after(steps: int) -> Callable[[], bool]:
    left = iter(range(steps))
    return lambda: next(left, None) is None


@pytest.mark.usefixtures("steps_for_minutes")
def test_a_stopped_study_of_films_goes_on(tmp_path: Path, base: str) -> None:
    asked = request(tmp_path, base, film(tmp_path / "waves.mp4"), minutes=0.1)
    assert isinstance(list(study(asked, stop_after(3)))[-1], Stopped) and (tmp_path / "work" / "study.json").exists()
    assert isinstance(list(study(asked))[-1], StudyFinished)


def test_the_end_of_a_film_is_never_learned_from(tmp_path: Path) -> None:
    [split], notes = read_films([str(film(tmp_path / "waves", white_from=35))], SIDE, 2)  # a folder of frames is exact
    assert split.ending == 5 and not notes
    assert split.learned.frames.max() < 255 and split.held_out.frames.min() == 255


def test_films_are_found_among_pictures_and_taken_at_the_rate_of_clips(tmp_path: Path) -> None:
    (tmp_path / "films").mkdir()
    moves = film(tmp_path / "films" / "moves.gif", 20, fps=10)
    still = film(tmp_path / "films" / "still.gif", 1, fps=10)
    numbered = tmp_path / "films" / "scan-1.png"
    numbered.write_bytes(b"")
    assert film_files([tmp_path / "films"]) == [moves] and not film_files([still, numbered])
    [split], _ = read_films([str(tmp_path / "films")], SIDE, 2)
    assert len(split.film.frames) == 10


def test_films_that_are_too_small_too_short_or_damaged_are_told(tmp_path: Path) -> None:
    small = film(tmp_path / "small.mp4", 10, (24, 20))
    short = film(tmp_path / "short.mp4", 3)
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(short.read_bytes()[:200])
    for path, words in ((small, "too small"), (short, "too short"), (damaged, "cannot be read as a film")):
        with pytest.raises(UserError, match=words):
            read_films([str(path)], SIDE, 2)
    good = film(tmp_path / "good.mp4", 12, (48, 40))
    [split], notes = read_films(list(map(str, (small, good))), SIDE, 2)
    assert split.film.name == "good.mp4" and "enlarged 2.0 times" in notes[1] and "too small" in notes[0]


def test_an_image_model_learns_no_films(tmp_path: Path) -> None:
    save_model(ImageModel.fresh(PRESETS["tiny"]), tmp_path / "images")
    with pytest.raises(UserError, match="cannot learn from films"):
        list(study(request(tmp_path, str(tmp_path / "images"), film(tmp_path / "waves.mp4"))))
