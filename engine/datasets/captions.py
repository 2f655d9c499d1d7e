"""Captions of pictures: from a manifest or a text file, and words that are computed from the pixels.

The words that can be computed (light, colours, contrast, how much there is to see, how high the horizon lies) are said
of every crop, so that they mean something even where nobody has described the pictures.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.library.looks import HUES, LIGHT, SEEN, seen

__all__ = ["SEEN", "seen"]

EMPTY_SHARE = 0.1  # of the crops are learned without a word (paper): the empty prompt
MEDIA = {"photos": ("photograph",), "scrolls": ("ink on silk", "chinese handscroll")}  # by folder
PAINTED, PRINTED = ("oil painting",), ("japanese woodblock print",)  # what pictures of other folders are
INKED = ("chinese painting",)
PRINTERS = re.compile("hiroshige|hokusai|utagawa|woodblock")
CHINESE = re.compile("[\u4e00-\u9fff]|chinese painter")
SEASONS = {
    "winter": ("winter", "snow", "frozen", "ice", "frost"),
    "autumn": ("autumn", "fall foliage", "october", "november", "golden trees"),
    "spring": ("spring", "blossom", "flowering", "april"),
    "summer": ("summer", "haystack", "wheat", "poppies"),
    "sunset": ("sunset", "dusk", "evening", "twilight", "setting sun", "sundown"),
    "sunrise": ("sunrise", "dawn", "morning"),
    "night": ("night", "moonlight", "moon", "stars"),
    "storm": ("storm", "stormy", "tempest", "gale", "squall", "thunder"),
    "sea": ("sea", "waves", "surf", "ocean", "coast", "ships", "shore", "breakers"),
    "mist": ("mist", "fog", "haze", "misty"),
}
_MEDIUMS = (*(medium for mediums in MEDIA.values() for medium in mediums), *PAINTED, *PRINTED, *INKED)
HANDLES = frozenset((*SEASONS, *_MEDIUMS))


@dataclass(frozen=True)
class Caption:
    """Phrases about a whole picture, each of which may be said or left out.

    scene: what it shows, which a small part of it may not show; hand: who painted it, and in what medium.
    """

    scene: tuple[str, ...] = ()
    hand: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        return (*self.scene, *self.hand)

    @property
    def handles(self) -> tuple[str, ...]:
        """Those that are said of many pictures in the same words."""
        return tuple(phrase for phrase in self.phrases if phrase in HANDLES)

    def words(self, rng: np.random.Generator, pixels: np.ndarray, shown: float = 1.0) -> str:
        """A prompt for a crop uint8 (height, width, 3): some phrases and some words seen in it; sometimes none.

        shown: the side of the crop as a share of the picture's shorter side. Of less than half of a picture its scene
        is the less often said the less of it is shown: most of a winter picture's corners are no winter.
        """
        return self.said(rng, seen(pixels), shown)

    def said(self, rng: np.random.Generator, looks: Sequence[str], shown: float = 1.0) -> str:
        """As `words`, where what is seen in the pixels is known."""
        if rng.random() < EMPTY_SHARE:
            return ""
        share = rng.uniform(0.1, 0.9)  # so that one word alone is heard as well as many
        scene = share * min(1.0, 2 * shown)
        said = [phrase for phrase in self.scene if rng.random() < scene]
        return ", ".join((*said, *(phrase for phrase in (*self.hand, *looks) if rng.random() < share)))


NOTHING_SAID = Caption()


def read_captions(folder: Path) -> Mapping[str, Caption]:
    """Captions by file name relative to the folder, out of its `manifest.csv`; empty without one."""
    manifest = folder / "manifest.csv"
    if not manifest.is_file():
        return {}
    with manifest.open(newline="", encoding="utf-8") as table:
        return {row["file"]: _caption(row) for row in csv.DictReader(table)}


def beside(path: Path) -> Caption:
    """The caption in a text file of the same name, if there is one."""
    try:
        text = path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return NOTHING_SAID
    return Caption((text,) if text else ())


def _caption(row: Mapping[str, str]) -> Caption:
    place = Path(row["file"])
    title, caption, artist = (_bare(row.get(column) or "") for column in ("title", "caption", "artist"))
    if row.get("medium") is not None:  # a manifest that says so itself
        medium = tuple(filter(None, (each.strip() for each in row["medium"].split(","))))
    elif place.parts[0] in MEDIA:
        medium = MEDIA[place.parts[0]]
    else:
        line = f"{artist} {row.get('title_line') or ''}".lower()
        medium = PRINTED if PRINTERS.search(line) else INKED if CHINESE.search(line) else PAINTED
    about = f"{title} {caption}".lower()
    seasons = [word for word, signs in SEASONS.items() if any(f" {sign}" in f" {about}" for sign in signs)]
    named = "" if title.startswith("untitled") else title
    scene = (caption, named, *seasons)
    return Caption(tuple(filter(None, scene)), tuple(filter(None, (artist and f"by {artist}", *medium))))


def _bare(text: str) -> str:
    """Without remarks in brackets, other names and the name of a series."""
    return re.sub(r"\s*[(\[].*?[)\]]|,? (also known as|from the series) .*", "", text).strip()


SENTENCES = (
    ", ".join(SEASONS),
    ", ".join(sign for signs in SEASONS.values() for sign in signs),
    ", ".join((*(name for _, name in HUES), "grey", *(word for _, word in LIGHT if word))),
    "low contrast, strong contrast, plain, full of detail, high horizon, low horizon, horizon in the middle",
    ", ".join(_MEDIUMS),
)  # enough to learn a vocabulary from where there are no captions
