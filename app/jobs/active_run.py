"""A job while the engine paints it: which patches belong to its batch, and which of those reported are new."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.jobs.progress import EtaEstimator
from engine.request import Patch, PatchPainted, Planned, Update


@dataclass(eq=False)
class Active:
    """One run. `given`: bits per token of the patches that earlier runs have painted, in the order of their keeping.

    follows: whether it follows a picture. kept: something that it has painted is in the document.
    """

    run: int
    job: int
    model: str
    given: dict[Patch, float]
    film: bool = False
    follows: bool = False
    course: EtaEstimator = field(default_factory=EtaEstimator)
    stopping: bool = False
    kept: bool = False
    _begun: int = 0
    _batch: list[PatchPainted] = field(default_factory=list)
    _seconds: float = 0.0
    _latest: int = -1  # place in that order of the latest patch told so far; new ones come after all of them

    def __post_init__(self) -> None:
        self._places = {patch: place for place, patch in enumerate(self.given)}

    def planned(self, event: Planned) -> None:
        self.course.planned(event.patches, event.resumed, event.levels)

    def started(self) -> None:
        if not self._begun:
            self._seconds = 0.0
        self._begun += 1

    def computed(self, seconds: float) -> None:
        self._seconds += seconds

    def painted(self, event: PatchPainted) -> Sequence[PatchPainted]:
        """What is to be kept now: whole batches, so that a resumed job paints the same batches again.

        Patches of earlier runs are in the document with their pixels. They are news only after one that was painted
        later: where a single patch of a finished painting is painted again, its neighbours tell how the seams look now,
        in the next run if this one is cut off. Otherwise they would bring back seams from before their neighbours.
        Where a picture is followed none of them is: what is new of them are sections, as `finished_again` has them.
        """
        if event.patch in self.given and self.follows:
            return []
        if event.patch in self.given:
            news = self._places[event.patch] < self._latest
            # What is kept again comes last in the order: all that is told from here on has to be kept after it.
            self._latest = len(self.given) if news else self._places[event.patch]
            return [replace(event, bits_per_token=self.given[event.patch])] if news else []
        self._batch.append(event)
        if len(self._batch) < self._begun:
            return []
        batch, self._batch, self._begun, self._latest = self._batch, [], 0, len(self.given)
        self.course.batch(len(batch), self._seconds, time.monotonic())
        return batch

    def finished_again(self, event: PatchPainted) -> Sequence[Update]:
        """The sections that are finished with a patch that an earlier run has painted.

        They follow from all patches before them, one of which may have been painted again since.
        """
        return event.updates[1:] if self.follows and event.patch in self.given else ()

    @property
    def batch_seconds(self) -> float:
        """What the batch that was finished last has taken."""
        return self._seconds
