"""The values of a session, frozen where they cross borders."""

import functools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.document import Job, Region
from engine.request import GUIDANCE, Box, Order, UserError

TOOLS = ("move", "region", "lasso", "region_brush", "not_from", "brush", "eraser", "eyedropper", "hand")
MOST_VARIANTS = 4
LABELS = ("red", "orange", "yellow", "green", "blue", "violet", "grey")  # of layers in lists
RECENT_COLOURS = 8  # that are kept
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class PaintOptions:
    """How to paint. freedom: the temperature, 0.1 to 2; top_p: (0, 1], None is the model's own;
    order: None goes away from what is known.

    prompt: words, with | between those for one end of the region and for the other; "" continues what is there.
    guidance: how strictly words are followed, from 1. grain: how much of the surface of the picture what is painted
    beside it gets, 0 to 1.5, where the picture is not followed. exemplar: how far it is, 0 to 1; lively: from calm, 0,
    to 1; scale: how many times smaller it is painted before it gets the picture's own pixels, 0 chooses.
    feather: pixels, 0 to 64, over which what is replaced goes over into what is around it. wrap: the picture is a
    panorama, whose right end goes on at its left one.
    """

    prompt: str = ""
    variants: int = 1
    seed: int = 0
    seed_locked: bool = False
    freedom: float = 1.0
    top_p: float | None = None
    guidance: float = GUIDANCE
    grain: float = 1.0
    exemplar: float = 1.0
    lively: float = 0.5
    scale: float = 0.0
    feather: float = 16.0
    wrap: bool = False
    order: Order | None = None
    model: str = "starter"


@dataclass(frozen=True)
class Brush:
    """size: the diameter in canvas pixels, from 1; hardness and opacity: 0 to 1. pressure: whether a pen's counts."""

    size: float = 24.0
    hardness: float = 0.8
    opacity: float = 1.0
    colour: Colour = (40, 38, 36)
    other: Colour = (233, 228, 216)
    pressure: bool = True


@dataclass(frozen=True, eq=False)
class Group:
    """The variants of one region that are neither accepted nor set aside; `number` is the job of the first."""

    number: int
    jobs: tuple[Job, ...]
    chosen: int

    @property
    def region(self) -> Region:
        return self.jobs[0].region

    @property
    def shown(self) -> Job:
        return self.jobs[self.chosen]

    @property
    def state(self) -> str:
        """running, waiting, paused or failed while any variant is; done when all are."""
        states = {job.state for job in self.jobs}
        return next((state for state in ("running", "waiting", "paused", "failed") if state in states), "done")


@dataclass(frozen=True)
class Estimate:
    """What painting the region would take; seconds and memory are None before anything was measured."""

    patches: int
    seconds: float | None
    memory_mib: float | None


@dataclass
class JobPlan:
    """Where a job will paint, in painting order, and how far it is: indexes into `boxes`."""

    boxes: list[Box]
    done: set[int] = field(default_factory=set)
    running: set[int] = field(default_factory=set)

    def index_at(self, box: Box) -> int | None:
        return self.boxes.index(box) if box in self.boxes else None


@dataclass(frozen=True, eq=False)
class ClipView:
    """A clip as it is shown. layer: of the still, as long as it is there; region: what moves, None for all of it.

    lasts: how many frames of the document's time it takes; the same as `length` where both have one rate. model: that
    paints its frames.
    """

    id: int
    name: str
    box: Box
    start: int
    length: int
    rate: float
    track: int
    layer: int | None
    region: Region | None
    loop: bool
    prompt: str
    lasts: int
    model: str

    @property
    def end(self) -> int:
        """The first frame of the document's time after it."""
        return self.start + self.lasts


@dataclass(frozen=True, eq=False)
class KeyframeView:
    """What an artist has fixed from a frame on; `prompt` is None and `moves` False where it says nothing of that."""

    number: int
    prompt: str | None = None
    moves: bool = False
    region: Region | None = None


def new_seed() -> int:
    return random.randrange(100_000)


Command = TypeVar("Command", bound=Callable[..., Any])


def reports_errors(command: Command) -> Command:
    """A command of the artist: what goes wrong is told in its sentence, and nothing else happens."""

    @functools.wraps(command)
    def guarded(self: Any, *args: Any, **options: Any) -> Any:
        try:
            return command(self, *args, **options)
        except UserError as error:
            self.failed.emit(str(error))
            return None

    return guarded  # type: ignore[return-value]
