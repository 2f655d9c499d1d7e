"""What the program and the engine tell one another: frozen values, pixels as arrays, nothing of Qt or torch.

Commands go to the engine, replies come back. A `run` is one attempt to paint a job; its number is never used twice, so
that nothing of an attempt that was given up is taken for a later one, or for a job of another document. `wire` writes
them as bytes.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from engine.request import KnownPicture, PaintEvent, PaintRequest, Planned
from engine.study_request import StudyEvent, StudyRequest

Trouble = Literal["user", "memory", "device", "other"]  # why a run failed


@dataclass(frozen=True)
class Warm:
    """Be ready: the model is loaded before it is wanted. `model` is a name, a folder or, elsewhere, its weights."""

    model: str
    device: str = "auto"


@dataclass(frozen=True, eq=False)
class Paint:
    """`width`: the most patches of a batch; None for as many as the engine likes."""

    run: int
    request: PaintRequest
    model: str
    device: str = "auto"
    width: int | None = None


@dataclass(frozen=True)
class Learn:
    """A study. It is a run as painting is, and gives way to painting."""

    run: int
    request: StudyRequest


@dataclass(frozen=True)
class Check:
    """Whether a folder holds a model whose weights are whole and fit."""

    ticket: int
    folder: str


@dataclass(frozen=True)
class Stop:
    """Answered by RunEvent(run, Stopped()), unless the run was at its end already."""

    run: int


@dataclass(frozen=True, eq=False)
class Sketch:
    """Only the plan is wanted; of several sketches that wait, the latest is answered."""

    ticket: int
    request: PaintRequest
    model: str
    device: str = "auto"

    @classmethod
    def of(cls, ticket: int, request: PaintRequest, model: str, device: str) -> "Sketch":
        """A plan asks where something is known, and not what it looks like: the pixels stay here."""
        nothing = np.zeros((0, 0, 3), np.uint8)
        known = tuple(KnownPicture(picture.box, nothing, picture.mask, picture.frame) for picture in request.known)
        return cls(ticket, replace(request, known=known), model, device)

    def blank(self) -> PaintRequest:
        """The request with black pixels in place of those that were left out."""
        known = (
            KnownPicture(p.box, np.zeros((p.box.height, p.box.width, 3), np.uint8), p.mask, p.frame)
            for p in self.request.known
        )
        return replace(self.request, known=tuple(known))


@dataclass(frozen=True, eq=False)
class FindMarks:
    """Which pixels of a picture belong to seals, signatures and lettering."""

    ticket: int
    picture: KnownPicture


@dataclass(frozen=True)
class FindModel:
    """Whether the engine, on another computer, has the model with these weights; ModelFound answers."""

    weights: str


@dataclass(frozen=True, eq=False)
class ModelPart:
    """The next bytes of a file of a model that the engine lacks; `last` says that the model is whole with them."""

    weights: str
    file: str
    data: bytes
    last: bool = False


Command = Warm | Paint | Learn | Check | Stop | Sketch | FindMarks
ModelCommand = FindModel | ModelPart


@dataclass(frozen=True)
class Hello:
    """The first thing that an engine says: it is there, and speaks as this program does."""


@dataclass(frozen=True)
class Ready:
    """The engine can compute: on which device, and the reason for it in words. cards: that it could compute on.

    together: how many paintings may share batches there.
    """

    device: str
    reason: str
    cards: int = 1
    together: int = 1


@dataclass(frozen=True)
class FirstStart:
    """What painting needs is being compiled, once on each computer; whatever is told next says that it is done."""


@dataclass(frozen=True)
class ModelLoaded:
    """A model is in memory. memory_mib: of the whole process now; patch_mib: what each patch of a batch adds to it.

    words: those that it knows, to choose from.
    """

    model: str
    memory_mib: float
    patch_mib: float
    width: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class MemoryReport:
    """Told after every batch and when the engine comes to rest."""

    memory_mib: float


@dataclass(frozen=True, eq=False)
class RunEvent:
    """An event of a run; `seconds`: what the run has computed since its event before, without the turns of others."""

    run: int
    event: PaintEvent | StudyEvent
    seconds: float


@dataclass(frozen=True)
class Failed:
    """A run came to its end before all was painted. `sentence` is for the artist; `width`: of the widest batch."""

    run: int
    trouble: Trouble
    sentence: str
    width: int | None = None


@dataclass(frozen=True)
class Sketched:
    """None where there is nothing to paint or no model to paint it."""

    ticket: int
    planned: Planned | None


@dataclass(frozen=True)
class Checked:
    """`problem` says what is wrong with a model; empty where nothing is."""

    ticket: int
    problem: str


@dataclass(frozen=True, eq=False)
class MarksFound:
    """`mask` bool (height, width); None where they could not be looked for."""

    ticket: int
    mask: np.ndarray | None


@dataclass(frozen=True)
class ModelFound:
    """Whether a model is there; `problem` says why it could not be taken in."""

    weights: str
    found: bool
    problem: str = ""


@dataclass(frozen=True)
class Broken:
    """The engine cannot go on and ends; `sentence` says why."""

    sentence: str


Reply = Ready | FirstStart | ModelLoaded | MemoryReport | RunEvent | Failed | Sketched | Checked | MarksFound | Broken
Greeting = Hello | ModelFound  # of an engine in its own process
