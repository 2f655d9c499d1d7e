"""`handscroll animate` and `handscroll video` with a tiny model: whatever happens on the way, the same film."""

import errno
import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from app.cli.journal import Journal
from engine.media.images import read_recipe
from engine.media.video import _Encoder, film_facts, read_film

from ..tiny_films import tiny_film_model
from .interrupting import kill_in_the_midst

SIZE = (21, 17)  # odd, and of two patches to a side
KEYS = {
    "size", "patches", "levels", "seconds", "seconds_per_256", "seconds_to_first_patch", "peak_memory_mib", "device",
    "model", "seed", "known_unchanged", "peak_pool", "peak_pool_mib", "output", "notes", "prompts",
    "frames", "fps", "seconds_per_frame", "change_per_frame", "begun_with", "edge", "borders",
}  # fmt: skip


@pytest.fixture
def animate(studio, film_model) -> Callable:
    """Animates a smooth still, which codecs keep nearly as it is."""
    y, x = np.mgrid[: SIZE[1], : SIZE[0]]
    pixels = np.stack([90 + 5 * x, 120 + 4 * y, 160 - 3 * x], -1).astype(np.uint8)
    Image.fromarray(pixels).save(studio.folder / "in.png")

    def run(out: str, *asked: object, frames: int = 4, picture: str = "in.png"):
        source = studio.folder / picture
        words = ("animate", source, "-o", studio.folder / out, "--frames", frames, "--model", film_model)
        return studio.run(*words, "--device", "cpu", *asked)

    return run


def shown(studio, name: str) -> np.ndarray:
    return np.stack(list(read_film(studio.folder / name)))


def interrupt_after(monkeypatch: pytest.MonkeyPatch, batches: int) -> None:
    append, left = Journal.append, iter(range(batches - 1, -1, -1))

    def counted(self, batch):
        append(self, batch)
        if next(left, -1) == 0:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Journal, "append", counted)


# ---- what is written


@pytest.mark.parametrize(
    ("name", "codec", "size"),
    [("out.mp4", "h264", (22, 18)), ("out.webm", "vp9", (22, 18)), ("out.gif", "gif", SIZE), ("out.webp", None, SIZE)],
)
def test_a_film_begins_with_the_still_in_every_format(studio, animate, name, codec, size):
    figures = animate(name, "--fps", 10, "--json").figures
    assert set(figures) == KEYS and figures["seconds_per_frame"] > 0 and figures["change_per_frame"] > 0
    assert figures["size"] == list(SIZE) and figures["frames"] == 4 and figures["fps"] == 10
    assert figures["patches"] == 3 * 4 and figures["known_unchanged"] and figures["seconds_per_256"] > 0
    if codec:
        facts = film_facts(studio.folder / name)
        assert (facts["codec"], facts["size"], facts["fps"]) == (codec, size, 10)
        first, count = shown(studio, name)[0], len(shown(studio, name))
    else:
        with Image.open(studio.folder / name) as film:
            first, count = np.asarray(film.convert("RGB")), film.n_frames  # type: ignore[attr-defined]
    assert count == 4 and first.shape == (size[1], size[0], 3)
    off = np.abs(first[: SIZE[1], : SIZE[0]].astype(int) - studio.pixels(studio.folder / "in.png"))
    assert off.mean() < 6, "the codec's error"
    assert studio.left_behind() == {"in.png", name}


def test_an_mp4_says_its_colours(studio, animate):
    assert animate("out.mp4").code == 0
    asked = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", studio.folder / "out.mp4"]
    told = subprocess.run(asked, capture_output=True, text=True).stderr
    assert "h264" in told and "yuv420p(tv, bt709" in told and "8 fps" in told


def test_a_folder_of_pngs_keeps_the_still_to_the_bit_and_all_outside_of_the_region(studio, animate):
    figures = animate("out", "--region", "8,0,8,9", "--json").figures
    film, still = shown(studio, "out"), studio.pixels(studio.folder / "in.png")
    resting = np.ones(still.shape[:2], bool)
    resting[:9, 8:16] = False
    assert film.shape == (4, SIZE[1], SIZE[0], 3) and figures["known_unchanged"]
    assert (film[0] == still).all() and (film[:, resting] == still[resting]).all()
    assert (film[1:, ~resting] != still[~resting]).any()


def test_a_loop_goes_back_and_what_rests_is_not_touched(studio, animate):
    asked = ("--region", "8,0,8,9")
    animate("plain", *asked, frames=6)
    animate("round", *asked, "--loop", frames=6)
    plain, loop = (shown(studio, name).astype(int) for name in ("plain", "round"))
    assert np.array_equal(plain[:4], loop[:4]), "the fade takes a third of the frames"
    assert np.abs(loop[-1] - loop[0]).mean() < 0.6 * np.abs(plain[-1] - plain[0]).mean()
    assert (loop[:, 9:] == loop[0, 9:]).all()


def test_a_film_from_words(studio, film_model):
    asked = ("video", "--size", "19x16", "--frames", 3, "-o", studio.folder / "out", "--model", film_model)
    figures = studio.run(*asked, "--prompt", "rain", "--device", "cpu", "--json").figures
    assert shown(studio, "out").shape == (3, 16, 19, 3) and figures["prompts"] == ["rain"]
    assert figures["patches"] == 6 and figures["known_unchanged"] and "3 frames of 19×16" in studio.run(
        *asked, "--device", "cpu"
    ).out  # fmt: skip


@pytest.fixture(scope="session")
def still_model(film_model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An image model with the tokens of the film model."""
    from engine.config import PRESETS
    from engine.models.checkpoint import ImageModel, load_model, save_model

    tiny = PRESETS["tiny"]
    model = ImageModel.fresh(replace(tiny, name="stills"), 9)
    for parameter in model.decoder.parameters():
        parameter.data.mul_(1.5)
    folder = tmp_path_factory.mktemp("stills")
    save_model(replace(model, tokenizer=load_model(str(film_model), "cpu").tokenizer), folder)
    return folder


def begun(studio, film_model, still_model, out: str, *asked: object):
    words = ("video", "--size", "19x16", "--frames", 4, "-o", studio.folder / out, "--model", film_model)
    begins = ("--begin-with", still_model, "--references", "none")
    return studio.run(*words, *begins, "--device", "cpu", *asked)


def test_an_image_model_paints_the_first_frame_from_words(studio, film_model, still_model):
    """Frame 0 is what the image model paints by itself, and the film goes on from it."""
    figures = begun(studio, film_model, still_model, "out", "--json").figures
    assert figures["begun_with"] == "stills" and figures["model"] == "films" and figures["patches"] == 8
    picture = ("generate", "--size", "19x16", "-o", studio.folder / "out.png", "--model", still_model)
    assert studio.run(*picture, "--device", "cpu").code == 0
    film = shown(studio, "out")
    assert np.array_equal(film[0], np.asarray(Image.open(studio.folder / "out.png"))) and (film[1] != film[0]).any()
    by_itself = ("video", "--size", "19x16", "--frames", 4, "-o", studio.folder / "alone", "--model", film_model)
    assert studio.run(*by_itself, "--device", "cpu", "--json").figures["begun_with"] is None
    assert (shown(studio, "alone")[0] != film[0]).any()


def test_frame_0_is_painted_from_pictures_that_the_words_choose(studio, film_model, still_model):
    """It is the picture that `generate` paints of these words, and the film goes on from it."""
    words = ("video", "--size", "35x32", "--frames", 3, "-o", studio.folder / "out", "--model", film_model)
    asked = ("--prompt", "winter", "--device", "cpu", "--json")
    assert studio.run(*words, "--begin-with", still_model, *asked).figures["known_unchanged"]
    picture = ("generate", "--size", "35x32", "-o", studio.folder / "out.png", "--model", still_model)
    assert studio.run(*picture, *asked).figures["exemplar"]["references"]
    assert np.array_equal(shown(studio, "out")[0], np.asarray(Image.open(studio.folder / "out.png")))


PANS = "the camera pans left"


@pytest.mark.parametrize(
    ("words", "patches", "batches", "kept"), [("rain", 8, 1, 1), ("rain", 8, 5, 5), (PANS, 8, 1, 1), (PANS, 8, 5, 5)]
)
def test_interrupted_in_the_first_frame_or_later_it_is_the_same_film(
    studio, film_model, still_model, monkeypatch, words, patches, batches, kept
):
    """Also where words name a side that something comes in from: what the first frame shows goes on there."""
    assert begun(studio, film_model, still_model, "whole", "--prompt", words).code == 0
    interrupt_after(monkeypatch, batches)
    stopped = begun(studio, film_model, still_model, "out", "--prompt", words)
    assert stopped.code == 130 and f"{kept} of {patches} patches are kept" in stopped.err
    resumed = begun(studio, film_model, still_model, "out", "--prompt", words, "--resume", "--json")
    assert resumed.figures["patches"] == patches and f"{kept} of {patches} patches" in resumed.err.splitlines()[0]
    assert np.array_equal(shown(studio, "out"), shown(studio, "whole"))


def test_a_film_does_not_begin_with_other_tokens(studio, film_model, tmp_path):
    from engine.config import PRESETS
    from engine.models.checkpoint import ImageModel, save_model

    save_model(ImageModel.fresh(PRESETS["tiny"], 1), tmp_path / "other")
    begun(studio, film_model, tmp_path / "other", "out").told(1, "their tokens differ")


def test_the_pool_is_as_small_for_24_frames_as_for_6(animate):
    peaks = [animate("out", "--json", frames=frames).figures["peak_pool"] for frames in (6, 24)]
    assert peaks[0] == peaks[1]


def test_previews_are_other_films_under_their_own_name(studio, animate, tmp_path_factory):
    model = tiny_film_model(tmp_path_factory.mktemp("previews"), masked=True)
    for local in ("mask-predict", "parallel"):
        assert animate(local, "--model", model, "--preview", local, "--json").figures["known_unchanged"]
    assert (shown(studio, "mask-predict") != shown(studio, "parallel")).any()
    animate("out", "--model", model).told(1, "for previews alone")
    picture = ("outpaint", studio.folder / "in.png", "-o", studio.folder / "out.png", "--right", 9, "--device", "cpu")
    assert studio.run(*picture, "--model", model, "--preview", "parallel").code == 0
    recipe = read_recipe(studio.folder / "out.png")
    assert recipe is not None and recipe["local"] == "parallel"


# ---- interruption


def test_what_comes_in_is_painted_ahead_and_resumes_to_the_same_film(studio, animate, monkeypatch):
    drifting = ("--prompt", "clouds drift left", "--json")
    figures = animate("whole", *drifting).figures
    assert figures["patches"] == 3 * 4 and figures["known_unchanged"] and figures["begun_with"] is None
    assert shown(studio, "whole").shape == (4, *SIZE[::-1], 3)
    interrupt_after(monkeypatch, 3)
    assert animate("out", *drifting).code == 130
    assert animate("out", *drifting, "--resume").code == 0
    assert np.array_equal(shown(studio, "out"), shown(studio, "whole"))


@pytest.mark.parametrize("name", ["out", "out.mp4"])
def test_interrupted_and_resumed_is_the_same_film(studio, animate, monkeypatch, name):
    assert animate("whole").code == 0
    interrupt_after(monkeypatch, 4)
    stopped = animate(name)
    assert stopped.code == 130 and f"kept in {studio.folder / name}.journal" in stopped.err and not stopped.out
    assert studio.left_behind() == {"in.png", "whole", f"{name}.journal"}
    figures = animate(name, "--resume", "--json").figures
    assert figures["seconds_per_frame"] > 0 and studio.left_behind() == {"in.png", "whole", name}
    if name == "out":
        assert np.array_equal(shown(studio, "out"), shown(studio, "whole"))
    else:
        animate("whole.mp4")
        assert np.array_equal(shown(studio, name), shown(studio, "whole.mp4"))


def test_killed_and_resumed_is_the_same_film(studio, animate, film_model):
    """A real process, a real SIGKILL while frames are being written."""
    words = ("animate", studio.folder / "in.png", "-o", studio.folder / "out", "--frames", 40, "--model", film_model)
    journal = studio.folder / "out.journal"
    kill_in_the_midst(journal, 9, *words, "--device", "cpu")
    assert journal.exists() and not (studio.folder / "out").exists()
    assert animate("out", "--resume", frames=40).code == 0
    assert animate("whole", frames=40).code == 0
    assert np.array_equal(shown(studio, "out"), shown(studio, "whole"))
    assert studio.left_behind() == {"in.png", "out", "whole"}


def test_a_kept_journal_goes_on_at_the_end(studio, animate):
    assert animate("out", "--keep", frames=3).code == 0
    short = shown(studio, "out")
    longer = animate("out", "--keep", "--resume", "--json", frames=5)
    assert longer.figures["patches"] == 4 * 4 and longer.err.splitlines()[0].startswith("8 of 16")
    assert len(shown(studio, "out")) == 5 and np.array_equal(shown(studio, "out")[:3], short)
    again = animate("out", "--resume", "--json", frames=2).figures
    assert again["seconds_per_frame"] is None and len(shown(studio, "out")) == 2
    assert studio.left_behind() == {"in.png", "out"}


def test_another_still_does_not_go_on_with_the_journal(studio, animate):
    animate("out.mp4", "--keep")
    studio.picture(*SIZE)
    animate("out.mp4", "--resume").told(1, "another painting")


# ---- what cannot be done


@pytest.mark.parametrize(
    ("out", "asked", "frames", "code", "word"),
    [
        ("out.mp4", "", 0, 2, "at least 2 frames"),
        ("out.mp4", "", 1, 2, "at least 2 frames"),
        ("out.mp4", "", 10_000, 2, "the limit is 2,000"),
        ("out.mp4", "--fps 0", 4, 2, "--fps"),
        ("out.mp4", "--fps 1000", 4, 1, "frames per second"),
        ("out.gif", "--fps 24", 4, 1, "hundredths"),
        ("out.mp4", "--region 100,100,5,5", 4, 2, "outside"),
        ("out.mp4", "--region -9,-9,5,5", 4, 2, "outside"),
        ("out.mp4", "--region 1,2,3", 4, 2, "--region"),
        ("out.avi", "", 4, 1, "suffixes"),
        ("no/out.mp4", "", 4, 1, "does not exist"),
        ("no/out", "", 4, 1, "does not exist"),
        ("in.png", "", 4, 1, "suffixes"),
        ("out.mp4", "--variants 2", 4, 2, "--variants"),
    ],
)
def test_what_cannot_be_meant_is_told_first(studio, animate, out, asked, frames, code, word):
    animate(out, *asked.split(), frames=frames).told(code, word)
    assert studio.left_behind() == {"in.png"}


def test_sizes_that_cannot_be_a_film_are_told(studio, film_model):
    for size, code, word in (("0x9", 2, "--size"), ("99999x99999", 2, "too large"), ("20000x16", 1, "16384")):
        asked = ("video", "--size", size, "--frames", 3, "-o", studio.folder / "out.mp4", "--model", film_model)
        studio.run(*asked).told(code, word)
    assert not studio.left_behind()


def test_a_film_is_no_still_and_a_folder_with_other_things_stays(studio, animate):
    animate("film.mp4")
    animate("out.mp4", picture="film.mp4").told(1, "film.mp4 is a film", "needs a still picture")
    (studio.folder / "mine").mkdir()
    (studio.folder / "mine" / "frame-00000.png").touch()
    (studio.folder / "mine" / "letter.txt").touch()
    animate("mine").told(1, "folder of their own")
    assert len(list((studio.folder / "mine").iterdir())) == 2


def test_models_that_make_no_films_are_told(studio, animate, monkeypatch):
    animate("out.mp4", "--model", studio.model).told(1, "is for pictures, not films")
    animate("out.mp4", "--preview", "parallel").told(1, "one token after another")
    animate("out.mp4", "--model", "none").told(1, "There is no model")
    assert studio.left_behind() == {"in.png"}


def test_a_full_disk_in_the_middle_keeps_what_was_painted(studio, animate, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    add, room = _Encoder.add, iter(range(2))
    with monkeypatch.context() as patch:
        patch.setattr(_Encoder, "add", lambda *frame: full() if next(room, None) is None else add(*frame))
        animate("out.mp4", frames=6).told_last("the disk is full", "are kept in", "--resume")
    assert studio.left_behind() == {"in.png", "out.mp4.journal"}
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "_write", full)
        animate("out.mp4", "--resume", frames=6).told_last("cannot be written", "--resume")
    assert studio.left_behind() == {"in.png", "out.mp4.journal"}
    assert animate("out.mp4", "--resume", frames=6).code == 0 and len(shown(studio, "out.mp4")) == 6


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_an_encoder_on_a_full_disk_leaves_the_journal(studio, animate):
    (studio.folder / "out.mp4.part").symlink_to("/dev/full")
    animate("out.mp4").told_last("the disk is full", "are kept in", "--resume")
    assert studio.left_behind() == {"in.png", "out.mp4.journal"}
    assert animate("out.mp4", "--resume").code == 0 and studio.left_behind() == {"in.png", "out.mp4"}
