"""What engine and program exchange about a study: its request and its events, frozen and free of torch."""

from dataclasses import dataclass

import numpy as np

from engine.request import Stopped


@dataclass(frozen=True)
class StudyRequest:
    """Pictures to learn, so that painting goes on in their hand.

    pictures: files or folders; where films are among them, these are learned. base: name or folder of the model to
    begin with. out: the folder of the result, called `name`. work: the folder where a study that is stopped waits to be
    gone on with. minutes: of learning, > 0. flip: also learn the mirror images, of pictures. words: whether the result
    still knows words; without them it is smaller.
    """

    pictures: tuple[str, ...]
    name: str
    out: str
    work: str
    base: str = "starter"
    minutes: float = 15.0
    seed: int = 0
    flip: bool = False
    device: str = "auto"
    words: bool = True


@dataclass(frozen=True)
class StudyStarted:
    """What is learned from; `notes` are sentences about pictures that were enlarged, reduced or passed over."""

    pictures: int
    pixels: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Studied:
    """How far it is. seconds: of learning so far, and those that remain.

    curve: minutes of learning what follows what, and bits per token on the held-out strips after them; the first point
    is the model that it began with. Empty until the strokes are learned.
    """

    step: int
    seconds: float
    remaining: float
    curve: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, eq=False)
class StudySample:
    """The end of the first picture painted on, uint8 (height, width, 3): `known` of its columns are the picture's.

    Of a film a frame, and at its right one that was painted after it.
    """

    pixels: np.ndarray
    known: int


@dataclass(frozen=True)
class StudyFinished:
    """The model is in the folder `model`."""

    model: str
    bits: float
    base_bits: float


StudyEvent = StudyStarted | Studied | StudySample | StudyFinished | Stopped
