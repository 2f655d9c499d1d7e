"""Builds a data set of clips with captions out of a film and its subtitles (paper, PeppaPig)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.datasets.builders.building import Building, Report, Tell, read_text
from engine.datasets.builders.clips import ClipSettings, clip_size, keep_clip
from engine.media.atomic_file import file_hash
from engine.media.video import read_film
from engine.request import UserError

PASSAGE = 60  # seconds of a film that go to the same split
TIMES = re.compile(r"(?:(\d+):)?(\d+):(\d+)[,.](\d{1,3})\s*-->\s*(?:(\d+):)?(\d+):(\d+)[,.](\d{1,3})")
TAGS = re.compile(r"<[^>]*>|\{[^}]*\}")  # of SRT and WebVTT, and of ASS within SRT
SOUNDS = re.compile(r"\[[^\]]*\]|\([^)]*\)|[♪♫#]+|^\s*-\s*", re.MULTILINE)  # [door opens], ♪, dashes of speakers
NOTHING = {"", "n/a", "na", "none", "-", "...", "…"}


@dataclass(frozen=True)
class Subtitle:
    """start and end in seconds; words without tags and sounds, empty where nothing is said."""

    start: float
    end: float
    words: str


def build_subtitles(
    film: Path, subtitles: Path, out: Path, settings: ClipSettings, tell: Tell = lambda _: None
) -> Report:
    """Cut a film into the clips that its subtitles tell of, in `out/clips`; each has their words as its caption.

    Every subtitle gives the clip that begins with it, and more where it lasts longer. Subtitles without words are left
    out. Raises UserError where the file holds no subtitles, or nothing serves.
    """
    lines = list(read_subtitles(subtitles))
    size = clip_size(film, settings.side)
    digest = file_hash(film)
    building = Building(out, "subtitles", {**vars(settings), "film": digest, "subtitles": file_hash(subtitles)}, tell)
    wanted = _wanted(building, lines, digest, film.name, settings)
    tell(f"{film.name}: {len(lines)} subtitles, {len(wanted)} clips to take")
    waiting: dict[int, list[np.ndarray]] = {}
    for number, frame in enumerate(read_film(film, settings.fps, size) if wanted else ()):
        if number in wanted:
            waiting[number] = []
        for first in list(waiting):
            waiting[first].append(frame)
            if len(waiting[first]) == settings.frames:
                group = f"{digest[:16]}:{int(first / settings.fps // PASSAGE)}"
                source = (film.name, film.stem, digest, first)
                keep_clip(building, np.stack(waiting.pop(first)), source, group, settings, wanted.pop(first))
    for first in wanted:
        place = f"{first / settings.fps:.1f} s"
        building.leave_out(f"{digest[:16]}:{first:07}", film.name, "after the end of the film", place)
    return building.finish()


def _wanted(
    building: Building, lines: list[Subtitle], digest: str, name: str, settings: ClipSettings
) -> dict[int, str]:
    """The first frames of the clips that are not done yet, with their captions."""
    wanted: dict[int, str] = {}
    for line in lines:
        first = round(line.start * settings.fps)
        if not line.words:
            if not building.has(f"silent:{first:07}"):
                building.leave_out(f"silent:{first:07}", name, "no words (N/A)", f"{line.start:.1f} s")
            continue
        count = max(1, int((line.end - line.start) * settings.fps) // settings.frames)
        starts = [first + number * settings.frames for number in range(count)]
        wanted |= {start: line.words for start in starts if not building.has(f"{digest[:16]}:{start:07}")}
    return wanted


def read_subtitles(path: Path) -> Iterator[Subtitle]:
    """Yield the subtitles of an SRT or WebVTT file in any common encoding; raises UserError where there are none."""
    text = read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    found = 0
    for block in re.split(r"\n\s*\n", text):
        times = TIMES.search(block)
        if not times:
            continue
        found += 1
        start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
        if end > start:
            yield Subtitle(start, end, _said(block[times.end() :].partition("\n")[2]))
    if not found:
        raise UserError(f"{path} contains no subtitles in SRT or WebVTT format.")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return 3600 * int(hours) + 60 * int(minutes) + int(seconds) + int(rest.ljust(3, "0")) / 1000


def _said(text: str) -> str:
    words = " ".join(SOUNDS.sub(" ", TAGS.sub("", text)).split())
    return "" if words.lower().strip(" .") in NOTHING else words
