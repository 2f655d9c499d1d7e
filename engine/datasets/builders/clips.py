"""Builds a data set of clips (paper, LHQ-V): films cut at their scenes into clips of 5 frames at 5 frames a second.

Left out are clips that stand still, that jitter, or in which the picture jumps; and rests shorter than a clip.
"""

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import numpy as np

from engine.datasets.builders.building import Building, Item, Report, Tell
from engine.datasets.phase_correlation import shift_between
from engine.datasets.video_clips import FPS, FRAMES
from engine.media.atomic_file import file_hash
from engine.media.video import FilmWriter, film_facts, film_files, read_film
from engine.request import UserError

CUT = 5.0  # scdet's score (0 to 100) of a new scene; at 5 frames a second pans measured below 2, cuts 8 and more
STILL = 0.4  # grey levels of mean change between neighbours: less is a still
JUMP = 12.0  # grey levels: more, and JUMPS times what the other neighbours change, is another picture
JUMPS = 2.5
JITTER = 0.04  # of the shorter side: how far the shift from frame to frame may change its mind
REASONS = {
    "still": "nothing moves",
    "jump": "the picture jumps",
    "jitter": "the camera shakes",
    "short": "shorter than a clip",
}


@dataclass(frozen=True)
class ClipSettings:
    """side: pixels of the shorter side; frames at fps make a clip."""

    side: int = 512
    frames: int = FRAMES
    fps: float = FPS


def build_clips(folder: Path, out: Path, settings: ClipSettings, tell: Tell = lambda _: None) -> Report:
    """Cut the films of a folder and below into clips in `out/clips`; a film that is done is not read again.

    Whole films are held out where there are several, else scenes of the one. Raises UserError where nothing serves.
    """
    films = [path for path in film_files([folder]) if out not in path.parents]
    if not films:
        raise UserError(f"There is no film in {folder}.")
    building = Building(out, "clips", vars(settings), tell)
    for path in films:
        name = path.relative_to(folder).as_posix() if path != folder else path.name
        with building.reading(f"file:{name}", path):
            digest = file_hash(path)
            if not building.has(f"done:{digest}"):
                _cut_film(building, path, name, digest, settings, several=len(films) > 1)
    return building.finish()


def _cut_film(building: Building, path: Path, name: str, digest: str, settings: ClipSettings, several: bool) -> None:
    building.tell(f"{name}: looking for cuts …")
    cuts = scene_cuts(path, settings.fps)
    size = clip_size(path, settings.side)
    taken, scene, number = list[np.ndarray](), 0, 0
    for number, frame in enumerate(read_film(path, settings.fps, size)):
        if number in cuts:
            _too_short(building, taken, digest, name, number, settings)
            taken, scene = [], scene + 1
        taken.append(frame)
        if len(taken) == settings.frames:
            first = number + 1 - settings.frames
            group = digest[:16] if several else f"{digest[:16]}:{scene}"
            keep_clip(building, np.stack(taken), (name, path.stem, digest, first), group, settings)
            taken = []
    _too_short(building, taken, digest, name, number + 1, settings)
    building.finished(f"done:{digest}")


def _too_short(
    building: Building, taken: list[np.ndarray], digest: str, name: str, end: int, settings: ClipSettings
) -> None:
    if taken:
        first = end - len(taken)
        building.leave_out(f"{digest[:16]}:{first:07}", name, REASONS["short"], f"{first / settings.fps:.1f} s")


def keep_clip(
    building: Building, frames: np.ndarray, source: tuple[str, str, str, int], group: str, settings: ClipSettings,
    caption: str = "",
) -> None:  # fmt: skip
    """Write a clip uint8 (frame, height, width, 3), or note why it is left out.

    source: name and stem of its film, the hash, and the number of its first frame.
    """
    name, stem, digest, first = source
    key, place = f"{digest[:16]}:{first:07}", f"{first / settings.fps:.1f} s"
    if building.has(key):
        return
    wrong = fault(frames)
    if wrong:
        building.leave_out(key, name, REASONS[wrong], place)
        return
    height, width = frames.shape[1:3]
    file = f"clips/{stem}-{digest[:6]}-{first:06}.mp4"
    path = building.folder / file
    with building.writing(path), FilmWriter(path, (width, height), settings.fps) as film:
        for frame in frames:
            film.add(frame)
    item = Item(file, width, height, name, digest, group, len(frames), caption, place=place)
    building.add(key, item)


def fault(frames: np.ndarray) -> str:
    """Tell what is wrong with a clip uint8 (frame, height, width, 3): "still", "jump", "jitter" or nothing."""
    grey = frames[:, ::2, ::2].astype(np.float32).mean(-1)
    changes = [float(np.abs(after - before).mean()) for before, after in pairwise(grey)]
    if max(changes) < STILL:
        return "still"
    if max(changes) > max(JUMP, JUMPS * float(np.median(changes))):
        return "jump"
    shifts = np.array([shift_between(before, after)[:2] for before, after in pairwise(frames)])
    turns = np.abs(np.diff(shifts, axis=0)).max(1) if len(shifts) > 1 else np.zeros(1)
    return "jitter" if np.median(turns) > JITTER * min(frames.shape[1:3]) else ""


def scene_cuts(path: Path, fps: float) -> set[int]:
    """Find the numbers of the frames, at `fps`, with which a new scene begins, by ffmpeg's scdet."""
    filters = f"fps={Fraction(fps).limit_denominator(1000)},scdet=threshold={CUT},metadata=mode=print:file=-"
    asked = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-i", str(path), "-map", "0:v:0"]
    found = subprocess.run(
        [*asked, "-vf", filters, "-f", "null", "-"], capture_output=True, text=True, errors="replace"
    )
    if found.returncode:
        why = (found.stderr.strip().splitlines() or ["no frames"])[-1]
        raise UserError(f"{path} cannot be read as a film ({why[:160]}).")
    return set(_cut_frames(found.stdout.splitlines()))


def _cut_frames(lines: Sequence[str]) -> Iterator[int]:
    number = 0
    for line in lines:
        if frame := re.match(r"frame:(\d+)", line):
            number = int(frame[1])
        elif line.startswith("lavfi.scd.time"):  # told of frames that begin a scene alone
            yield number


def clip_size(path: Path, side: int) -> tuple[int, int]:
    """Return (width, height) with the shorter side brought to at most `side`, both even."""
    width, height = film_facts(path)["size"]
    scale = min(1.0, side / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)
