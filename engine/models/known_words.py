"""Which words a model knows: what it was taught, and what its vocabulary has a piece for.

A word that nobody has taught it is spelled letter by letter, and what comes of that is noise that takes as long as
words do. Such words are left out of what the decoder hears, and said.
"""

import re
from functools import lru_cache

from engine.datasets.captions import MEDIA, PAINTED, PRINTED, SEASONS, SEEN
from engine.media.animation import PART
from engine.models.checkpoint import ImageModel
from engine.models.text_encoder import TextTokenizer

WORD = re.compile(r"\w[\w'’-]*")
SMALL = frozenset(("a", "an", "the", "in", "of", "on", "at", "by", "and", "or", "with", "to", "from"))  # nothing alone
MOTIONS = (
    "clouds drift left", "clouds drift right", "mist drifts left", "mist drifts right", "leaves sway in the wind",
    "ripples on the water", "rain falls", "snow falls", "the light turns warm", "the light turns cold",
    "it grows dark", "it grows light", "the camera pans left", "the camera pans right", "the camera comes nearer",
    "the camera goes away", "nothing moves",
)  # fmt: skip
LEAST = 2.0  # letters to a piece, below which a word is spelled and not known
SHORTEST = 4  # letters of a piece of the vocabulary that is taken for a word in lists


def known_words(model: ImageModel) -> tuple[str, ...]:
    """Return words and phrases to choose from, those that were taught to many pictures first; none without words."""
    if model.words is None:
        return ()
    motions = MOTIONS if model.config.decoder.extent.frames else ()
    whole = sorted(word for word in model.words.whole_words() if len(word) >= SHORTEST)
    return tuple(dict.fromkeys([*motions, *_taught(), *model.config.words, *whole]))


def known_part(text: str, model: ImageModel) -> tuple[str, list[str]]:
    """Return a prompt without the words that the model does not know, and those; "" where no word says anything."""
    if model.words is None or not text.strip():
        return text, []
    taught = _single(model.config.words)
    words = list(dict.fromkeys(WORD.findall(text)))
    unknown = [word for word in words if not is_known(word, model.words, taught)]
    if all(word in unknown or word.lower() in SMALL for word in words):
        return "", unknown
    if not unknown:
        return text, []
    left = re.sub(WORD, lambda found: "" if found[0] in unknown else found[0], text)
    parts = [" ".join(part.split()) for part in left.split(",")]
    return ", ".join(part for part in parts if part), unknown


def is_known(word: str, vocabulary: TextTokenizer, taught: frozenset[str] = frozenset()) -> bool:
    """Return whether a word was taught, or is written in pieces that are more than letters."""
    lower = word.lower()
    if lower in SMALL or lower in _all_taught() or lower in taught or lower.isdigit():
        return True
    pieces = vocabulary.pieces(lower)
    letters = sum(len(piece) for piece in pieces)
    return bool(pieces) and not any(piece.startswith("<0x") for piece in pieces) and letters >= LEAST * len(pieces)


def _taught() -> list[str]:
    mediums = [each for mediums in (*MEDIA.values(), PAINTED, PRINTED) for each in mediums]
    return [*SEASONS, *mediums, *SEEN, *(sign for signs in SEASONS.values() for sign in signs)]


@lru_cache(1)
def _all_taught() -> frozenset[str]:
    return _single((*_taught(), *MOTIONS, PART))


def _single(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for phrase in phrases for word in WORD.findall(phrase))
