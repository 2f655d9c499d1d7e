"""Films: what is written is what is read; what is broken off, a full disk and foreign files leave nothing behind."""

import errno
import os
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from engine.media.video import FilmWriter, _Encoder, check_film, film_facts, is_film, read_film
from engine.request import UserError

SIZE = (70, 46)


def frames(count: int = 6, size: tuple[int, int] = SIZE) -> list[np.ndarray]:
    """A bar that goes to the right over a colour of its own."""
    made = []
    for n in range(count):
        frame = np.empty((size[1], size[0], 3), np.uint8)
        frame[:] = (200, 60, 40)
        frame[:, 8 * n : 8 * n + 8] = (40, 90, 200)
        made.append(frame)
    return made


def write(path: Path, shown: list[np.ndarray], fps: float = 10, **options: bool) -> Path:
    with FilmWriter(path, (shown[0].shape[1], shown[0].shape[0]), fps, **options) as film:
        for frame in shown:
            film.add(frame)
    assert not list(path.parent.glob("*.part*"))
    return path


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
@pytest.mark.parametrize("size", [SIZE, (71, 47)])
def test_a_film_has_its_frames_size_and_colours(tmp_path: Path, suffix: str, size: tuple[int, int]) -> None:
    shown = frames(size=size)
    path = write(tmp_path / f"film{suffix}", shown)
    facts = film_facts(path)
    even = tuple(side + side % 2 for side in size)
    assert facts["size"] == even and facts["fps"] == 10 and facts["codec"] in ("h264", "vp9")
    read = list(read_film(path))
    assert len(read) == len(shown)
    for before, after in zip(shown, read, strict=True):
        near = np.abs(before.astype(int) - after[: size[1], : size[0]])
        assert np.median(near) <= 3 and near.mean() < 8, "H.264 keeps colours at half the size"


@pytest.mark.parametrize("name", ["film.webm", "film.webp", "film"])
def test_what_is_transparent_stays_so(tmp_path: Path, name: str) -> None:
    alpha = np.zeros((SIZE[1], SIZE[0], 1), np.uint8)
    alpha[:, SIZE[0] // 2 :] = 255
    path = write(tmp_path / name, [np.dstack([frame, alpha]) for frame in frames()], alpha=True)
    if path.is_dir():
        first = np.asarray(Image.open(min(path.iterdir())))
    elif path.suffix == ".webp":
        first = np.asarray(Image.open(path).convert("RGBA"))
    else:  # the decoder that is taken by itself leaves alpha out
        asked = ["-c:v", "libvpx-vp9", "-i", str(path), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgba", "-"]
        ran = subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *asked], capture_output=True, check=True)
        first = np.frombuffer(ran.stdout, np.uint8).reshape(SIZE[1], SIZE[0], 4)
    assert first.shape[2] == 4
    assert first[:, : SIZE[0] // 2 - 4, 3].max() < 8 and first[:, SIZE[0] // 2 + 4 :, 3].min() > 247


def test_kinds_that_hold_nothing_transparent_say_so(tmp_path: Path) -> None:
    for suffix in (".mp4", ".gif"):
        with pytest.raises(UserError, match="transparency"):
            FilmWriter(tmp_path / f"film{suffix}", SIZE, 10, alpha=True)


def test_an_mp4_tells_its_colours(tmp_path: Path) -> None:
    data = write(tmp_path / "film.mp4", frames()).read_bytes()
    assert b"colrnclx\x00\x01\x00\x01\x00\x01" in data, "BT.709 in all three"
    assert data.index(b"moov") < data.index(b"mdat"), "it can be shown while it is loaded"


def test_gif_and_webp_go_round(tmp_path: Path) -> None:
    for suffix in (".gif", ".webp"):
        with Image.open(write(tmp_path / f"film{suffix}", frames(), loop=True)) as film:
            assert film.n_frames == 6 and film.info["loop"] == 0 and film.size == SIZE  # type: ignore[attr-defined]


def test_a_folder_of_pngs_keeps_every_pixel(tmp_path: Path) -> None:
    shown = frames()
    folder = write(tmp_path / "film", shown)
    assert sorted(path.name for path in folder.iterdir())[:2] == ["frame-00000.png", "frame-00001.png"]
    assert all(np.array_equal(a, b) for a, b in zip(shown, read_film(folder), strict=True))


def test_a_folder_of_frames_is_replaced_and_any_other_is_kept(tmp_path: Path) -> None:
    folder = write(tmp_path / "film", frames(6))
    write(folder, frames(2))
    assert sorted(path.name for path in folder.iterdir()) == ["frame-00000.png", "frame-00001.png"]
    (folder / "notes.txt").touch()
    with pytest.raises(UserError, match="folder of their own"):
        check_film(folder, SIZE, 10)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_an_encoder_that_finds_the_disk_full_is_no_film(tmp_path: Path, suffix: str) -> None:
    """ffmpeg itself fails, at the latest when the film is to be whole; an older film keeps its place."""
    path = write(tmp_path / f"film{suffix}", frames())
    before = path.read_bytes()
    path.with_name(path.name + ".part").symlink_to("/dev/full")
    with pytest.raises(UserError, match="disk is full"), FilmWriter(path, SIZE, 10) as film:
        for _ in range(40):
            film.add(np.random.default_rng(0).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8))
    assert path.read_bytes() == before and [each.name for each in tmp_path.iterdir()] == [path.name]


def test_an_odd_edge_goes_on_and_is_not_black(tmp_path: Path) -> None:
    path = write(tmp_path / "film.mp4", [np.full((47, 71, 3), 200, np.uint8)] * 3)
    assert all(np.abs(frame.astype(int) - 200).max() <= 3 for frame in read_film(path))


def test_a_film_is_told_from_a_picture(tmp_path: Path) -> None:
    Image.new("RGB", SIZE).save(tmp_path / "still.png")
    assert is_film(write(tmp_path / "film.mp4", frames())) and not is_film(tmp_path / "still.png")
    assert not is_film(tmp_path / "none.mp4")


def test_fewer_frames_and_another_size_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "film.mp4", frames(8))
    read = list(read_film(path, fps=5, size=(32, 24)))
    assert len(read) == 4 and read[0].shape == (24, 32, 3)


def test_what_was_broken_off_leaves_nothing(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.gif", "c"):
        with pytest.raises(KeyError), FilmWriter(tmp_path / name, SIZE, 10) as film:
            film.add(frames()[0])
            raise KeyError
    with FilmWriter(tmp_path / "empty.mp4", SIZE, 10):
        pass
    assert not list(tmp_path.iterdir())


def test_a_film_that_was_there_stays_when_the_next_is_broken_off(tmp_path: Path) -> None:
    path = write(tmp_path / "film.mp4", frames())
    before = path.read_bytes()
    with pytest.raises(KeyError), FilmWriter(path, SIZE, 10) as film:
        film.add(frames()[0])
        raise KeyError
    assert path.read_bytes() == before


def test_what_cannot_be_written_is_told_before(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, fps, words in (
        (tmp_path / "x.avi", 10, "suffixes"), (tmp_path / "x.mp4", 0, "frames per second"),
        (tmp_path / "x.mp4", 1000, "frames per second"), (tmp_path / "x.gif", 24, "hundredths"),
        (tmp_path / "file" / "x.mp4", 10, "not written"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=words):
            FilmWriter(path, SIZE, fps)
    with pytest.raises(UserError, match="16384"):
        check_film(tmp_path / "x.mp4", (20000, 10), 10)


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="disk is full"), FilmWriter(tmp_path / "film.mp4", SIZE, 10) as film:
        film.add(frames()[0])

        def full(_: np.ndarray) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(film._writer, "add", full)
        film.add(frames()[1])
    assert not list(tmp_path.iterdir())


def test_a_ctrl_c_in_the_terminal_is_not_heard_by_the_encoder(tmp_path: Path) -> None:
    """Else it would end before the program has said what is kept."""
    with FilmWriter(tmp_path / "film.mp4", SIZE, 10) as film:
        encoder = film._writer
        assert isinstance(encoder, _Encoder) and os.getsid(encoder._ffmpeg.pid) != os.getsid(0)
        film.add(frames()[0])


def test_an_encoder_that_was_ended_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    shown = [np.zeros((720, 1280, 3), np.uint8)] * 40  # more than a pipe holds
    with (
        pytest.raises(UserError, match="encoder has ended"),
        FilmWriter(tmp_path / "film.mp4", (1280, 720), 10) as film,
    ):
        assert isinstance(film._writer, _Encoder)
        film._writer._ffmpeg.kill()
        for frame in shown:
            film.add(frame)
    assert not list(tmp_path.iterdir())


def test_too_many_frames_for_one_piece_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.media.video.MOST_IN_MEMORY", 3 * SIZE[0] * SIZE[1] * 3)
    with pytest.raises(UserError, match="too much memory"):
        write(tmp_path / "film.gif", frames())
    assert not list(tmp_path.iterdir())


def test_what_a_kill_left_of_a_film_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "film.part").mkdir()
    (tmp_path / "film.part" / "frame-00009.png").touch()
    assert len(list(write(tmp_path / "film", frames(2)).iterdir())) == 2


def test_rates_between_whole_numbers_are_kept(tmp_path: Path) -> None:
    for fps in (12.5, 23.976):
        facts = film_facts(write(tmp_path / "film.mp4", frames(), fps))
        assert facts["fps"] == pytest.approx(fps, abs=0.01) and facts["duration"] == pytest.approx(6 / fps, abs=0.02)


def test_a_film_that_was_taken_upright_has_the_size_in_which_it_is_shown(tmp_path: Path) -> None:
    lying, upright = write(tmp_path / "lying.mp4", frames()), tmp_path / "upright.mp4"
    turn = ["-v", "error", "-display_rotation", "90", "-i", str(lying), "-c", "copy", str(upright)]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *turn], check=True)
    assert film_facts(upright)["size"] == SIZE[::-1]
    assert next(read_film(upright)).shape == (SIZE[0], SIZE[1], 3)
    assert film_facts(lying)["size"] == SIZE


def test_what_is_no_film_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no film")
    for name, words in (("text.mp4", "cannot be read as a film"), ("none.mp4", "no film")):
        with pytest.raises(UserError, match=words):
            list(read_film(tmp_path / name))
        with pytest.raises(UserError, match=words):
            film_facts(tmp_path / name)
