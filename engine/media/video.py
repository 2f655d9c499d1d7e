"""Films to disk, frame by frame as they are finished, and films from disk: MP4, WebM, GIF, WebP, or a folder of PNGs.

Everything is written under another name first, and takes its own when it is whole.
"""

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np
from PIL import Image

from engine.media.atomic_file import not_written, part_of, written_whole
from engine.media.image_writers import encode
from engine.request import UserError

MOST_FRAMES = 2000  # of one film that is painted
MOST_PIXELS = 2**25  # of a frame: the largest that the encoders take in reasonable memory
SUFFIXES = (".mp4", ".webm", ".gif", ".webp", "")  # no suffix: a folder of PNGs
READABLE = {".mp4", ".webm", ".mov", ".mkv", ".avi", ".m4v", ".gif"}  # what is a film by its name
FPS = (1 / 10, 120.0)  # the least and the most frames per second
GIF_FPS = (10.0, 12.5, 20.0, 25.0, 50.0)  # whose frames last whole hundredths of a second
MOST_IN_MEMORY = 2**30  # bytes of the frames of a GIF or WebP, which are written in one piece
FRAME_FILE = re.compile(r"frame-\d{5,}\.png")  # of a folder that a film was written into
BT709 = (
    "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
    "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
)  # measured: 2/255 off instead of 22/255
CODECS = {
    ".mp4": ("libx264", ["-crf", "16", "-preset", "medium", "-movflags", "+faststart"]),
    ".webm": ("libvpx-vp9", ["-crf", "24", "-b:v", "0", "-row-mt", "1"]),
}
ENDLESS = {".gif", ".webp"}
WITH_ALPHA = {".webm", ".webp", ""}


def check_film(path: Path, size: tuple[int, int], fps: float) -> None:
    """Tells before the long work that a film of this (width, height) cannot be written to `path`."""
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(suffix for suffix in SUFFIXES if suffix)
        raise UserError(f"{path} needs one of the suffixes {kinds}, or none for a folder of PNGs.")
    if not FPS[0] <= fps <= FPS[1]:
        raise UserError(f"{fps:g} frames per second are not possible: give {FPS[0]:g} to {FPS[1]:g}.")
    if path.suffix.lower() == ".gif" and fps not in GIF_FPS:
        raise UserError(
            f"A GIF is timed in hundredths of a second: give {', '.join(f'{each:g}' for each in GIF_FPS)} fps."
        )
    if path.suffix and path.is_dir():
        raise UserError(f"{path} is a folder; add a file name such as {path / 'out.mp4'}.")
    if not path.suffix and path.exists() and not _takes_frames(path):
        raise UserError(f"{path} already exists; the frames need a folder of their own.")
    if path.suffix.lower() in CODECS and max(size) > 16384:
        raise UserError(f"{path.suffix} allows at most 16384 pixels per side. Choose a folder of PNGs (no suffix).")


def _takes_frames(folder: Path) -> bool:
    """Whether nothing but frames of an earlier film would be replaced."""
    return folder.is_dir() and all(FRAME_FILE.fullmatch(entry.name) for entry in folder.iterdir())


class FilmWriter:
    """Takes frames uint8 (height, width, 3), one after another; a context, at whose good end the film has its name."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float, loop: bool = False, alpha: bool = False):
        """size: width, height. loop: GIF and WebP go round; other kinds leave that to the player.

        alpha: frames have a fourth channel, straight alpha, which not every kind can hold.
        """
        check_film(path, size, fps)
        if alpha and path.suffix.lower() not in WITH_ALPHA:
            raise UserError(f"{path.suffix} cannot store transparency. Choose .webm, .webp or a folder of PNGs.")
        self.path, self.size, self.fps, self.loop, self.channels = path, size, fps, loop, 3 + alpha
        self.count = 0
        self._whole, self._part = part_of(path)
        self._writer = _writer(self)

    def __enter__(self) -> "FilmWriter":
        return self

    def add(self, frame: np.ndarray) -> None:
        """Raises UserError where the disk is full or the encoder ends."""
        if frame.shape != (self.size[1], self.size[0], self.channels) or frame.dtype != np.uint8:
            raise ValueError(f"a frame of {frame.shape} {frame.dtype} in a film of {self.size}")
        try:
            self._writer.add(np.ascontiguousarray(frame))
        except OSError as error:
            self.give_up()
            raise not_written(self.path, error) from None
        self.count += 1

    def __exit__(self, kind: type | None, *_: Any) -> None:
        if kind is not None or not self.count:
            self.give_up()
            return
        try:
            self._writer.close()
            if self._whole.is_dir():
                shutil.rmtree(self._whole)
            os.replace(self._part, self._whole)
        except OSError as error:
            self.give_up()
            raise not_written(self.path, error) from None

    @property
    def part(self) -> Path:
        """What is being written."""
        return self._part

    def give_up(self) -> None:
        """Nothing of it stays."""
        self._writer.drop()
        if self._part.is_dir():
            shutil.rmtree(self._part, ignore_errors=True)
        self._part.unlink(missing_ok=True)


class _Encoder:
    """ffmpeg at the end of a pipe. Odd sizes get the last row or column once more: pictures of H.264 are even."""

    def __init__(self, film: FilmWriter):
        suffix, (width, height) = film.path.suffix.lower(), film.size
        codec, options = CODECS[suffix]
        self._odd = (height % 2, width % 2)
        size, fps = f"{width + width % 2}x{height + height % 2}", str(Fraction(film.fps).limit_denominator(1000))
        alpha = film.channels == 4
        way = BT709.replace("yuv420p", "yuva420p") if alpha else BT709
        options = [*options, "-auto-alt-ref", "0"] if alpha else options  # which VP9 cannot do with alpha
        given = ["-f", "rawvideo", "-pix_fmt", "rgba" if alpha else "rgb24", "-s", size, "-r", fps, "-i", "-"]
        asked = [*given, "-vf", way, "-c:v", codec, "-f", suffix[1:], *options, "-y", str(film.part)]
        self._said = TemporaryFile()  # noqa: SIM115 - open as long as ffmpeg; a pipe that nobody reads could fill up
        self._ffmpeg = subprocess.Popen(
            [_program(), "-hide_banner", "-v", "error", *asked],
            stdin=subprocess.PIPE, stderr=self._said, start_new_session=True,  # a Ctrl-C is not meant for it
        )  # fmt: skip

    def add(self, frame: np.ndarray) -> None:
        assert self._ffmpeg.stdin
        try:
            self._ffmpeg.stdin.write(np.pad(frame, ((0, self._odd[0]), (0, self._odd[1]), (0, 0)), "edge").tobytes())
        except OSError:
            self._ffmpeg.wait()
            raise self._why() from None

    def close(self) -> None:
        """Raises OSError where the film has not become whole."""
        if self._said.closed:
            return
        with self._said:
            self._ffmpeg.communicate()
            if self._ffmpeg.returncode:
                raise self._why()

    def drop(self) -> None:
        if not self._said.closed:
            self._ffmpeg.kill()
            with suppress(OSError):
                self.close()

    def _why(self) -> OSError:
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        if os.strerror(errno.ENOSPC) in said:
            return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return OSError(
            errno.EIO, f"its encoder has ended ({said.splitlines()[-1][:160] if said else 'without a word'})"
        )


class _Animation:
    """GIF and WebP through Pillow, which wants all frames at once."""

    def __init__(self, film: FilmWriter):
        self._film, self._frames = film, list[Image.Image]()
        film.part.touch()

    def add(self, frame: np.ndarray) -> None:
        if (len(self._frames) + 1) * frame.nbytes > MOST_IN_MEMORY:
            raise OSError(errno.EFBIG, "so many frames would need too much memory; choose .mp4 or a folder of PNGs")
        self._frames.append(Image.fromarray(frame))

    def close(self) -> None:
        if not self._frames:
            return
        first, *rest = self._frames
        self._frames = []
        kind = self._film.path.suffix.lower()[1:].upper()
        more = {"loop": 0} if self._film.loop else {}
        quality = {"quality": 90, "method": 4} if kind == "WEBP" else {"disposal": 1}
        with open(self._film.part, "wb") as file:
            first.save(
                file, kind, save_all=True, append_images=rest, duration=round(1000 / self._film.fps), **more, **quality
            )

    def drop(self) -> None:
        self._frames = []


class _Folder:
    """frame-00000.png and so on."""

    def __init__(self, film: FilmWriter):
        self._folder, self._size, self._count = film.part, film.size, 0
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)

    def add(self, frame: np.ndarray) -> None:
        path = self._folder / f"frame-{self._count:05}.png"
        with written_whole(path) as file:
            encode(file, "PNG", frame, self._size, frame.shape[2])
        self._count += 1

    def close(self) -> None:
        """Every frame is whole already."""

    def drop(self) -> None:
        """The film takes the folder away."""


def _writer(film: FilmWriter) -> _Encoder | _Animation | _Folder:
    suffix = film.path.suffix.lower()
    try:
        film.path.absolute().parent.mkdir(parents=True, exist_ok=True)
        if suffix in CODECS:
            return _Encoder(film)
        return _Animation(film) if suffix in ENDLESS else _Folder(film)
    except OSError as error:
        raise not_written(film.path, error) from None


# ---- films from disk


def film_facts(path: Path) -> dict[str, Any]:
    """size (width, height), fps, duration in seconds and codec; UserError where it is no film.

    ffmpeg lists what it reads and what it makes of it: the last size is that of the frames as they are shown, which a
    telephone held upright turns.
    """
    told = _look(path).stderr
    streams = re.findall(r"Video: (\w+).*?, (\d+)x(\d+)", told)
    fps, lasts = re.search(r"([\d.]+) (?:fps|tbr)", told), re.search(r"Duration: (\d+):(\d+):([\d.]+)", told)
    if not streams:
        raise UserError(f"{path} cannot be read as a film (it contains no frames).")
    hours, minutes, seconds = map(float, lasts.groups()) if lasts else (0.0, 0.0, 0.0)
    return {
        "size": (int(streams[-1][1]), int(streams[-1][2])), "fps": float(fps[1]) if fps else 0.0,
        "duration": 3600 * hours + 60 * minutes + seconds, "codec": streams[0][0],
    }  # fmt: skip


def is_film(path: Path) -> bool:
    """Whether this is a file that moves; what Pillow knows as a picture is none."""
    try:
        facts = film_facts(path)
    except UserError:
        return False
    return facts["duration"] > 0


def film_files(paths: Iterable[str | Path]) -> list[Path]:
    """What is a film by its name, of files and of folders and all below; a GIF where it moves.

    So is a folder of frames that this program has written; others may hold pictures that are numbered.
    """
    files = [file for path in map(Path, paths) for file in (path, *sorted(path.rglob("*")))]
    return [path for path in files if _is_clip(path)]


def _is_clip(path: Path) -> bool:
    if path.is_dir():
        with suppress(OSError):  # a folder that may not be looked into
            return sum(bool(FRAME_FILE.fullmatch(file.name)) for file in path.iterdir()) > 1
    suffix = path.suffix.lower()
    return suffix in READABLE and (suffix != ".gif" or _moves(path))


def _moves(gif: Path) -> bool:
    try:
        with Image.open(gif) as opened:
            return getattr(opened, "n_frames", 1) > 1
    except OSError:
        return False


def read_film(path: Path, fps: float | None = None, size: tuple[int, int] | None = None) -> Iterator[np.ndarray]:
    """Frames uint8 (height, width, 3) of a film, or of a folder of pictures in the order of their names.

    fps: frames are left out or repeated to come to that; of a folder all are taken. size: (width, height) to scale to.
    """
    if path.is_dir():
        yield from _read_folder(path, size)
        return
    _look(path)
    filters = [f"fps={Fraction(fps).limit_denominator(1000)}"] if fps else []
    filters += [f"scale={size[0]}:{size[1]}:flags=lanczos"] if size else []
    options = ["-vf", ",".join(filters)] if filters else []
    asked = [*_ffmpeg(path), *options, "-f", "image2pipe", "-c:v", "ppm", "-"]
    with subprocess.Popen(asked, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader:
        assert reader.stdout
        try:
            while reader.stdout.readline():  # P6, then the size, then the largest value
                width, height = map(int, reader.stdout.readline().split())
                reader.stdout.readline()
                frame = reader.stdout.read(3 * width * height)
                if len(frame) == 3 * width * height:
                    yield np.frombuffer(frame, np.uint8).reshape(height, width, 3)
        finally:
            reader.kill()


def _program() -> str:
    """Return the path of ffmpeg. Imported when a film is at hand: a machine that only trains on stills needs none."""
    import imageio_ffmpeg

    return imageio_ffmpeg.get_ffmpeg_exe()


def _ffmpeg(path: Path) -> list[str]:
    return [_program(), "-nostdin", "-hide_banner", "-i", str(path), "-map", "0:v:0"]


def _look(path: Path) -> "subprocess.CompletedProcess[str]":
    """What ffmpeg says of a film, from its first frame; raises UserError where it finds none."""
    if not path.is_file():
        raise UserError(f"There is no film {path}.")
    looked = subprocess.run([*_ffmpeg(path), "-frames:v", "1", "-f", "null", "-"], capture_output=True, text=True)
    if looked.returncode:
        reason = next((line for line in reversed(looked.stderr.splitlines()) if line.strip()), "no frames")
        raise UserError(f"{path} cannot be read as a film ({reason.strip()[:160]}).")
    return looked


def _read_folder(folder: Path, size: tuple[int, int] | None) -> Iterator[np.ndarray]:
    from engine.media.formats import picture_files
    from engine.media.images import read_picture

    for path in picture_files(folder):
        pixels = read_picture(path).pixels
        yield np.array(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS)) if size else pixels
