"""Words choose pictures: captions, titles, painters and what is seen in the pixels, with words of the same meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.library.entries import LibraryPicture
from engine.request import Prompt, Reference

ALIKE = (  # words of one meaning; the first is what pictures are called by
    "winter snow snowy ice icy frost frosty frozen cold january february december",
    "spring blossom blossoms blooming bloom springtime april may",
    "summer summery wheat harvest june july august hot",
    "autumn fall autumnal october november golden-leaves",
    "morning sunrise dawn daybreak early",
    "sunset evening dusk twilight sundown nightfall",
    "night moon moonlight moonlit nocturnal midnight stars starry nocturne dark-night",
    "storm stormy tempest gale squall wild thunder thunderstorm raging rough",
    "calm still quiet peaceful smooth windless serene",
    "sea ocean seascape waves wave surf marine sea-shore",
    "coast shore beach bay seashore coastal",
    "river stream brook creek waterfall rapids canal riverbank",
    "lake pond pool mere tarn",
    "mountains mountain peak peaks alps alpine cliffs hills hill",
    "forest woods wood woodland jungle grove",
    "trees tree",
    "village hamlet cottage cottages farm farmhouse rural",
    "town city street urban square streets church cathedral houses towers",
    "flowers flower roses lilies chrysanthemums bouquet floral",
    "garden gardens park",
    "meadow field fields grass plain pasture meadows",
    "ships ship boat boats sailing sails sail vessel",
    "still-life fruit apples pears cheese table",
    "interior room indoors chamber inside",
    "animals animal horse horses birds bird wolf",
    "mist fog misty foggy haze hazy",
    "ink chinese brush scroll handscroll silk",
    "print woodblock japanese ukiyo-e hokusai hiroshige woodcut",
    "painting oil canvas painted",
    "photograph photo photographic",
    "harbour harbor port docks",
    "fire burning flames camp",
    "castle ruin ruins fortress",
    "rocks rock rocky stones boulders",
    "clouds cloud cloudy overcast sky",
    "landscape scenery view scene",
)
BLANK = frozenset(
    word
    for line in (
        "a an and are as at behind below beneath beside between by above along among before from in into its near of",
        "off on one or over the to two under up with without picture very some many small large big great old",
        "left right down upward upwards downward downwards camera pan pans drift drifts comes nearer goes away",
    )
    for word in line.split()
)
MEDIUMS = {"ink": "ink", "print": "print", "painting": "painting", "photograph": "photograph"}
SUBJECT, TITLE, CAPTION, LOOK, MEDIUM = 4.0, 2.0, 2.0, 1.0, 5.0  # what a word counts where it is found
FIRST = 1.5  # how much more the first of the subjects of a picture counts than the last
NEARLY = 0.6  # of that, where another word of the same meaning is found
CLOSE = 0.75  # of the best score, down to which a picture serves as well
SERVES = 0.3  # of the best score, from which on a picture goes with the first at all
HAND = 0.6  # of the best score, what it counts that a picture is of the medium of the first
APART, TONE = 40.0, 0.25  # grey levels between pictures, and what these cost of the best score
ONE_LIGHT, SAME_LIGHT = 55.0, 35.0  # grey levels up to which two pictures are of one light, and a third and the first
ONE_AGE = 150  # years up to which two hands are alike
SEASONS, HOURS, WEATHERS = set(range(4)), set(range(4, 7)), {7, 8}  # lines of ALIKE
USUAL = 3  # pictures that are chosen
FEWEST, LARGEST = 2, 4
LIKED = {"painting": 0.8, "print": -1.5, "ink": -2.5}  # more or less where no medium is said
LEAST = 0.1  # of what suits the words, however little its medium is liked
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GROUP = {word: number for number, group in enumerate(ALIKE) for word in group.split()}


@dataclass(frozen=True)
class Choice:
    """Pictures for words, best first, and the words that say nothing here.

    at: for each picture the canvas pixel near which its words are said, None where they are said everywhere.
    """

    entries: tuple[LibraryPicture, ...]
    unknown: tuple[str, ...] = ()
    at: tuple[tuple[int, int] | None, ...] = ()

    def references(self) -> tuple[Reference, ...]:
        """Read the pictures; raises UserError where one cannot be read."""
        return tuple(entry.reference(at) for entry, at in zip(self.entries, self.at, strict=True))

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be done, in sentences."""
        if not self.unknown:
            return ()
        words = ", ".join(f"“{word}”" for word in self.unknown)
        return (f"No picture that can be painted from is known by {words}.",)


NO_CHOICE = Choice(())


def choose_for(
    prompts: Sequence[Prompt], entries: Sequence[LibraryPicture], seed: int = 0, count: int = USUAL
) -> Choice:
    """Choose pictures for the words of a request; those that are said at a place get pictures of their own.

    Without words all pictures are as good.
    """
    said = [prompt for prompt in prompts if prompt.text.strip()]
    if not said:
        some = np.random.default_rng([seed, 13]).permutation(len(entries))[:count]
        return Choice(tuple(entries[n] for n in some), (), (None,) * len(some))
    each = max(FEWEST, LARGEST // len(said)) if len(said) > 1 else count
    choices = [choose(prompt.text, entries, seed, each) for prompt in said]
    return Choice(
        tuple(entry for choice in choices for entry in choice.entries),
        tuple(dict.fromkeys(word for choice in choices for word in choice.unknown)),
        tuple(prompt.at for prompt, choice in zip(said, choices, strict=True) for _ in choice.entries),
    )


def words_of(text: str) -> list[str]:
    """The words that say something, in small letters; “still life” is one."""
    text = re.sub(r"still lifes?", "still-life", text.lower())
    return [word for word in _WORD.findall(text) if len(word) > 1 and word not in BLANK]


def scores(words: Sequence[str], entries: Sequence[LibraryPicture]) -> tuple[np.ndarray, list[str]]:
    """How well each picture suits the words, (entries,), and the words that suit none."""
    found = np.array([[_count(word, entry) for word in words] for entry in entries]).reshape(len(entries), len(words))
    unknown = [word for word, column in zip(words, found.T, strict=True) if not column.any()]
    heard = (found > 0).mean(1, keepdims=True)  # all words of a few are worth more than one of them often
    return (found.sum(1, keepdims=True) * (0.25 + heard))[:, 0], list(dict.fromkeys(unknown))


def _count(word: str, entry: LibraryPicture) -> float:
    own = [*entry.subjects]
    place = next((n for n, each in enumerate(own) if each == word), None)
    best = 0.0
    if place is not None:
        best = SUBJECT * (1 + (FIRST - 1) * (1 - place / len(own)))
    near = next((n for n, each in enumerate(own) if _same(each, word)), None)
    if near is not None:
        best = max(best, NEARLY * SUBJECT * (1 + (FIRST - 1) * (1 - near / len(own))))
    for weight, text in ((TITLE, f"{entry.title} {entry.artist}"), (CAPTION, entry.caption)):
        said = words_of(text)
        best = max(best, weight * (word in said), NEARLY * weight * any(_same(each, word) for each in said))
    best = max(best, LOOK * any(word in look.split() for look in entry.looks))
    group = _GROUP.get(word)
    return max(best, MEDIUM * (group is not None and group == _GROUP.get(entry.medium)))


def _same(one: str, other: str) -> bool:
    """Whether two words mean the same: they stand together in ALIKE, or differ by an ending."""
    group = _GROUP.get(one)
    if group is not None and group == _GROUP.get(other):
        return True
    return min(len(one), len(other)) > 3 and (one.rstrip("s") == other.rstrip("s"))


def choose(text: str, entries: Sequence[LibraryPicture], seed: int = 0, count: int = USUAL) -> Choice:
    """Choose pictures for words: the first among the best, by the seed, the others to go with it.

    count: at most so many, from FEWEST to LARGEST. Nothing is chosen where no word says anything.
    """
    words = words_of(text)
    if not words:
        return Choice(())
    suits, unknown = scores(words, entries)
    if suits.max(initial=0) <= 0:
        return Choice((), tuple(unknown), ())
    medium_said = any(word in MEDIUMS or _GROUP.get(word) in _MEDIUM_GROUPS for word in words)
    liked = np.array([0.0 if medium_said else LIKED.get(entry.medium, 0.0) for entry in entries])
    suits = np.where(suits > 0, np.maximum(suits + liked, LEAST), 0)
    close, serves, said = suits >= CLOSE * suits.max(), suits >= SERVES * suits.max(), _times(words)
    best = np.flatnonzero(close)

    def company(first: int, light: float) -> np.ndarray:
        return np.array([_company(entry, entries[first], said, light) for entry in entries])

    accompanied = [n for n in best.tolist() if (serves & company(n, ONE_LIGHT)).any()]
    best = np.array(accompanied or best)  # none that stands alone, if it can be helped
    chance = np.random.default_rng([seed, 11])
    first = int(chance.choice(best, p=suits[best] ** 4 / (suits[best] ** 4).sum()))
    worth = suits + suits.max() * np.array([_goes_with(entry, entries[first]) for entry in entries])
    chosen, may = [first], serves & company(first, ONE_LIGHT)
    may = may if may.any() else serves
    for _ in range(min(max(count, FEWEST), LARGEST) - 1):
        may[chosen] = False
        if not may.any():
            break
        chosen.append(int(np.where(may, worth, -np.inf).argmax()))
        may = close & company(first, SAME_LIGHT)
    return Choice(tuple(entries[n] for n in chosen), tuple(unknown), (None,) * len(chosen))


_MEDIUM_GROUPS = {_GROUP[name] for name in MEDIUMS}


def _goes_with(entry: LibraryPicture, first: LibraryPicture) -> float:
    """How well a picture goes with the first, as a share of the best score."""
    return HAND * (entry.medium == first.medium) - TONE * _apart(entry, first) / APART


def _company(entry: LibraryPicture, first: LibraryPicture, said: set[int], light: float) -> bool:
    """Whether a picture is of the medium, the age, the light, the season and the hour of the first, another one.

    said: seasons and hours that the words name. light: grey levels.
    """
    own, its = _times(entry.subjects) - said, _times(first.subjects) - said
    one_time = own <= its and own & HOURS == its & HOURS
    one_age = not (entry.year and first.year) or abs(entry.year - first.year) <= ONE_AGE
    alike = entry.medium == first.medium and one_time and one_age
    return entry != first and alike and _apart(entry, first) <= light


def _apart(one: LibraryPicture, other: LibraryPicture) -> float:
    """How far the colours of two pictures are apart, in grey levels."""
    return float(np.abs(np.array(one.tones) - np.array(other.tones)).mean()) if one.tones and other.tones else APART


def _times(words: Sequence[str]) -> set[int]:
    """The seasons, hours and weathers among words, as lines of ALIKE."""
    return {_GROUP[word] for word in words if word in _GROUP} & (SEASONS | HOURS | WEATHERS)
