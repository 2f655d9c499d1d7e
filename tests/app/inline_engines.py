"""Engines in this process with the contract of the one in another: timers of zero drive them, one event a turn.

InlineEngine paints with the real engine, where a test has no need of a process; FlatEngine paints flat
colours without torch, for tests of everything that is not the engine. Both look at commands between events.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs.protocol import Broken, Command, Learn, ModelLoaded, Paint, Ready, Reply, Sketch, Stop, Trouble
from app.jobs.scheduler import DeviceLost, Painter, Scheduler
from app.jobs.worker import TorchPainter
from engine.media.known_pictures import Opening, opened
from engine.request import (
    Box,
    Finished,
    FramePainted,
    KnownPicture,
    PaintEvent,
    PaintRequest,
    Patch,
    PatchGrown,
    PatchPainted,
    PatchStarted,
    Planned,
    Stopped,
    Update,
    UserError,
)
from engine.study_request import Studied, StudyEvent, StudyFinished, StudySample, StudyStarted


class SteppingEngine(QObject):
    """Any painter, step by step."""

    started = Signal()
    replied = Signal(object)
    lost = Signal(str)
    model_lacking = Signal(object)
    elsewhere = False

    def __init__(self, painter: Painter, parent: QObject | None = None, pace: int = 0):
        """pace: milliseconds between two events."""
        super().__init__(parent)
        self.painter = painter
        self._turns: Scheduler | None = None
        self._timer = QTimer(self, interval=pace)
        self._timer.timeout.connect(self._step)

    @property
    def alive(self) -> bool:
        return self._turns is not None

    def send(self, command: Command) -> None:
        if self._turns is None and not isinstance(command, Stop):
            self._turns = Scheduler(self.painter, self._tell)
            self.started.emit()
        if self._turns is not None:
            turns = self._turns
            QTimer.singleShot(0, self, lambda: self._take(turns, command))  # never before `send` returns

    def answer(self, weights: str, send: bool) -> None:
        raise AssertionError("no model lacks here")

    def close(self) -> None:
        self._turns = None
        self._timer.stop()

    def hold(self, held: bool) -> None:
        """Say nothing for a while, as an engine that computes."""
        if held:
            self._timer.stop()
        else:
            self._timer.start()

    def die(self, reason: str = "The engine was ended from outside.") -> None:
        """As if the process had been killed."""
        if self._turns is not None:
            self.close()
            self.lost.emit(reason)

    def _take(self, turns: Scheduler, command: Command) -> None:
        if turns is self._turns:
            turns.take(command)
            self._timer.start()

    def _step(self) -> None:
        turns = self._turns
        if turns is None or turns.idle:
            self._timer.stop()
            return
        try:
            turns.step()
        except DeviceLost:
            self.die()

    def _tell(self, reply: Reply) -> None:
        if isinstance(reply, Broken):
            return
        self.replied.emit(reply)


class InlineEngine(SteppingEngine):
    """The real engine; torch is imported with the first command."""

    def __init__(self, parent: QObject | None = None):
        super().__init__(TorchPainter(threads=False), parent)


class FlatEngine(SteppingEngine):
    """Patches in one colour each, which follows from seed and place; the grid, the plan and the events are real."""

    def __init__(self, parent: QObject | None = None, pace: int = 0, patch_px: int = 128, width: int = 4):
        super().__init__(FlatPainter(patch_px, width), parent, pace)


class FlatPainter:
    """patch_px: side of a patch in pixels. width: the most patches of a batch; diagonals are painted as levels.

    failures: errors to raise, each at the patch whose number (from 0) it is listed under, and then forgotten.
    compiles: whether the first model makes the engine prepare itself for this computer. together: how many paintings it
    says may share batches.
    """

    def __init__(self, patch_px: int = 128, width: int = 4):
        self.patch_px, self.width = patch_px, width
        self.failures: dict[int, Exception] = {}
        self.compiles, self.together = False, 1
        self._loaded: set[str] = set()

    def ready(self, device: str) -> Ready:
        return Ready("flat colours", "nothing is computed", together=self.together)

    def load(self, model: str, device: str, first_start: Callable[[], None]) -> ModelLoaded | None:
        if model in self._loaded:
            return None
        if self.compiles and not self._loaded:
            first_start()
        self._loaded.add(model)
        return ModelLoaded(model, 100.0, 1.0, self.width)

    def memory_mib(self) -> float:
        return 100.0

    def trouble(self, error: Exception) -> Trouble:
        kinds: dict[type, Trouble] = {MemoryError: "memory", SystemError: "device"}
        return kinds.get(type(error), "other")

    def tidy(self) -> None:
        pass

    def plan(self, command: Sketch) -> Planned:
        return _FlatPainting(command.blank(), self.patch_px).planned()

    def paint(self, command: Paint, stop: Callable[[], bool]) -> Iterator[PaintEvent]:
        painting = _FlatPainting(command.request, self.patch_px)
        yield painting.planned()
        yield from painting.frames_done()
        for batch in painting.batches(min(self.width, command.width or self.width)):
            for event in painting.events(batch):
                if stop() and not isinstance(event, PatchPainted):
                    yield Stopped()
                    return
                self._fail_at(painting, event)
                yield event
            yield from painting.frames_done(batch)
        yield Finished(1, 0)

    def learn(self, command: Learn, stop: Callable[[], bool]) -> Iterator[StudyEvent]:
        """Twenty steps whose curve falls to half a bit below its beginning; no model comes of it."""
        yield StudyStarted(len(command.request.pictures), 1, ())
        yield StudySample(np.full((self.patch_px, 3 * self.patch_px, 3), 128, np.uint8), 2 * self.patch_px)
        curve = tuple((0.1 * step, 5 - 0.5 * step / 20) for step in range(20))
        for step in range(20):
            if stop():
                yield Stopped()
                return
            yield Studied(step, 6.0 * step, 6.0 * (20 - step), curve[: step + 1])
        yield StudyFinished(command.request.out, curve[-1][1], curve[0][1])

    def marks(self, picture: KnownPicture) -> np.ndarray:
        """What is black."""
        black = ~picture.pixels.any(2)
        return np.logical_and(black, picture.mask if picture.mask is not None else True)

    def check(self, folder: str) -> None:
        pass

    def _fail_at(self, painting: "_FlatPainting", event: PaintEvent) -> None:
        if isinstance(event, PatchStarted) and (number := painting.new.index(event.patch)) in self.failures:
            raise self.failures.pop(number)


class _FlatPainting:
    """The grid of one request; `new` patches are those with a pixel that is not known, diagonal by diagonal."""

    def __init__(self, request: PaintRequest, patch_px: int):
        self.asked, request = request, opened(request)
        self.opening = Opening.of(self.asked.replaced, self.asked.feather) if self.asked.replaced else None
        self.request, self.size = request, patch_px
        target = request.target
        self.left, self.top = request.anchor or (request.known[0].box if request.known else target)[:2]
        columns = range((target.x - self.left) // patch_px, -((self.left - target.right) // patch_px))
        rows = range((target.y - self.top) // patch_px, -((self.top - target.bottom) // patch_px))
        self.inside = [Patch(x, y, frame) for frame in range(request.frames) for x in columns for y in rows]
        self.new = sorted((p for p in self.inside if not self._known(self._box(p), p.frame)[1].all()), key=_level)
        self.frame = request.since.frame + 1 if request.since else 0  # the first one that is not whole
        self.left_over = [patch for patch in self.new if patch.frame >= self.frame]
        if not self.new:
            raise UserError("There is nothing to paint: the picture fills the whole target already.")
        self.given = {each.patch: each.tokens for each in request.painted}

    def planned(self) -> Planned:
        resumed = sum(patch in self.given for patch in self.new)
        levels = len({_level(patch) for patch in self.new})
        return Planned(len(self.new), resumed, levels, tuple(self._box(patch) for patch in self.new))

    def batches(self, width: int) -> Iterator[list[Patch]]:
        left = list(self.left_over)
        for level in sorted({_level(patch) for patch in left}):
            patches = [patch for patch in left if _level(patch) == level]
            for start in range(0, len(patches), width):
                yield patches[start : start + width]

    def events(self, batch: list[Patch]) -> Iterator[PaintEvent]:
        for patch in (patch for patch in batch if patch in self.given):
            yield PatchPainted(patch, (self._update(patch),), self.given[patch], float("nan"))
        fresh = [patch for patch in batch if patch not in self.given]
        yield from (PatchStarted(patch, self._box(patch)) for patch in fresh)
        for share in (0.25, 0.5, 0.75):
            yield from (PatchGrown(patch, self._grown(patch, share)) for patch in fresh)
        for patch in fresh:
            tokens = self._chance(patch).integers(0, 1000, (16, 16)).astype(np.int32)
            yield PatchPainted(patch, (self._update(patch),), tokens, float(self._chance(patch).uniform(1, 9)))

    def frames_done(self, batch: Sequence[Patch] = ()) -> Iterator[FramePainted]:
        """The frames of a film that are whole with this batch."""
        self.left_over = [patch for patch in self.left_over if patch not in batch]
        waiting = {patch.frame for patch in self.left_over}
        while 1 < self.request.frames > self.frame and self.frame not in waiting:
            yield FramePainted(self.frame, self._whole(self.frame))
            self.frame += 1

    def _whole(self, frame: int) -> np.ndarray:
        target = self.request.target
        pixels = np.zeros((target.height, target.width, 3), np.uint8)
        for patch in (patch for patch in self.inside if patch.frame == frame):
            box, painted = self._update(patch)
            pixels[box.slices(target)] = painted
        return pixels

    def _update(self, patch: Patch, share: float = 1.0) -> Update:
        """The upper part of a patch in its colour, the rest in that of paper; known pixels in place."""
        box = self._box(patch)
        pixels = np.full((box.height, box.width, 3), (0xE9, 0xE4, 0xD8), np.uint8)
        pixels[: round(box.height * share)] = self._chance(patch).integers(40, 216, 3)
        original, known = self._known(box, patch.frame)
        pixels = np.where(known[..., None], original, pixels)
        return Update(box, self.opening.laid_back(pixels, box, self.asked.known) if self.opening else pixels)

    def _grown(self, patch: Patch, share: float) -> Update:
        box, pixels = self._update(patch, share)
        painted = self._known(box, patch.frame)[1]
        painted[: round(box.height * share)] = True
        return Update(box, np.dstack([pixels, np.where(painted, 255, 0).astype(np.uint8)]))

    def _chance(self, patch: Patch) -> np.random.Generator:
        return np.random.default_rng([abs(self.request.seed), *(number % 2**32 for number in patch)])

    def _box(self, patch: Patch) -> Box:
        """A patch, cut to the target."""
        whole = Box(self.left + patch.column * self.size, self.top + patch.row * self.size, self.size, self.size)
        return whole.intersect(self.request.target)

    def _known(self, box: Box, frame: int = 0) -> tuple[np.ndarray, np.ndarray]:
        pixels, known = np.zeros((box.height, box.width, 3), np.uint8), np.zeros((box.height, box.width), bool)
        for picture in self.request.known:
            shared = picture.box.intersect(box)
            if shared.empty or picture.frame != frame:
                continue
            here, there = shared.slices(box), shared.slices(picture.box)
            some = np.ones(known[here].shape, bool) if picture.mask is None else picture.mask[there]
            pixels[here] = np.where(some[..., None], picture.pixels[there], pixels[here])
            known[here] |= some
        return pixels, known


def _level(patch: Patch) -> tuple[int, int]:
    """Frame after frame, and in each diagonal after diagonal."""
    return patch.frame, patch.column + patch.row
