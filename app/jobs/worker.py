"""Body of the engine's process: loads a model once, keeps it, and paints while commands come in between tokens.

It ends with the program that started it, however that one ends: the pipe breaks, and Linux sends a signal as well.
Through SSH, that program is the shell which sshd has started.
"""

import contextlib
import ctypes
import gc
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.jobs.model_store import ModelStore
from app.jobs.protocol import (
    Broken,
    Command,
    FindModel,
    Greeting,
    Hello,
    Learn,
    ModelCommand,
    ModelLoaded,
    ModelPart,
    Paint,
    Ready,
    Reply,
    Sketch,
    Trouble,
)
from app.jobs.scheduler import KEPT, DeviceLost, Scheduler, named
from app.jobs.wire import COMMANDS, Garbled, MessageReader, encode
from engine.inference.cpu_threads import CpuThreads
from engine.media.known_pictures import opened
from engine.memory import resident_mib
from engine.request import KnownPicture, Planned, UserError
from engine.study_request import StudyEvent
from engine.together import Painting

if TYPE_CHECKING:
    import numpy as np
    import torch

    from engine.models.checkpoint import ImageModel

NICE = 10  # of 19: whatever the artist does comes first
MODELS_KEPT = 2
PR_SET_PDEATHSIG = 1
BELOW_NORMAL = 0x4000  # Windows' priority class
ENGINES = "HANDSCROLL_ENGINES"  # how many paint side by side, in place of one for each graphics card
PIECE = 2**18  # bytes that are read at once


def main(card: int = 0) -> int:
    """Paints until nobody is at the other end; what is printed goes to the standard error, and nothing asks."""
    commands, replies = _own_pipes()
    _die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the program's to answer
    logging.basicConfig(format="handscroll engine: %(message)s")
    writing = threading.Lock()

    def tell(reply: Reply | Greeting) -> None:
        message = encode(reply)
        with writing:
            replies.write(message)
            replies.flush()

    inbox: queue.SimpleQueue[Command | ModelCommand] = queue.SimpleQueue()
    _lower_priority()
    try:
        tell(Hello())
        # At the end at once: a computation may be under way, and nobody would see its end.
        threading.Thread(target=_until_end, args=(commands, inbox, tell), daemon=True, name="commands").start()
        serve(inbox, tell, card)
    except DeviceLost:
        return 3
    except OSError:
        return 0  # nobody listens any more
    except Exception as error:
        logging.getLogger("handscroll.jobs").exception("the engine ends")
        with contextlib.suppress(OSError):
            tell(Broken(f"The engine could not go on ({named(error)}). {KEPT}"))
        return 4
    return 0


def _own_pipes() -> tuple[int, BinaryIO]:
    """The standard input and output for messages alone: whoever prints finds the standard error in their place."""
    commands, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return commands, open(replies, "wb")


def serve(
    inbox: "queue.SimpleQueue[Command | ModelCommand]", tell: Callable[[Reply | Greeting], None], card: int = 0
) -> None:  # fmt: skip
    store = ModelStore()
    turns = Scheduler(TorchPainter(place=store.place, card=card), tell, lambda: _drain(inbox, take))

    def take(command: Command | ModelCommand) -> None:
        if isinstance(command, FindModel | ModelPart):
            if reply := store.answer(command):
                tell(reply)
        else:
            turns.take(command)

    while True:
        if turns.idle:
            take(inbox.get())
        turns.poll()
        if not turns.idle:
            turns.step()


def _drain(inbox: "queue.SimpleQueue[Command | ModelCommand]", take: Callable[[Command | ModelCommand], None]) -> None:
    while not inbox.empty():
        take(inbox.get())


def _until_end(
    commands: int, inbox: "queue.SimpleQueue[Command | ModelCommand]", tell: Callable[[Reply | Greeting], None]
) -> None:
    os._exit(read_commands(commands, inbox, tell))


def read_commands(
    commands: int, inbox: "queue.SimpleQueue[Command | ModelCommand]", tell: Callable[[Reply | Greeting], None]
) -> int:
    """Reads until nothing comes any more, or nothing that could be read; returns the code to end the process with.

    It does so at all times, so that the program never waits until a long computation has come to an end.
    """
    reader = MessageReader(COMMANDS)
    try:
        while data := os.read(commands, PIECE):
            reader.feed(data)
            while (command := reader.next()) is not None:
                inbox.put(command)
    except Garbled as error:
        with contextlib.suppress(OSError):
            tell(Broken(str(error)))
        return 5
    except OSError:
        pass
    return 0


def _die_with_parent() -> None:
    """On Linux a signal ends this process even amid a computation that lets no thread run."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _lower_priority() -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), BELOW_NORMAL)
        else:
            os.nice(NICE)


class TorchPainter:
    """The engine itself; torch is imported when something is first to be done.

    threads: set how many compute, all free cores but one, which is the artist's. place: the folder or name of a model
    as the window has named it. card: the graphics card that it computes on.
    """

    def __init__(self, threads: bool = True, place: Callable[[str], str] = str, card: int = 0):
        self._place, self._card = place, card
        self._threads = CpuThreads(reserved=1) if threads else None
        self._models: dict[tuple[str, str, float], ImageModel] = {}
        self._devices: dict[str, tuple[torch.device, str, int]] = {}

    def ready(self, device: str) -> Ready:
        from engine.device import cards, choose_device, describe
        from engine.inference.paint import most_together

        if not self._devices and self._threads:
            self._threads.begin()
        if device not in self._devices:
            chosen, reason = choose_device(device, self._card)
            self._devices[device] = chosen, reason, most_together(chosen)  # once, for threads come and go
        chosen, reason, together = self._devices[device]
        return Ready(describe(chosen), reason, int(os.environ.get(ENGINES, cards(chosen))), together)

    def load(self, model: str, device: str, first_start: Callable[[], None]) -> ModelLoaded | None:
        from engine.inference.first_start import get_ready
        from engine.inference.paint import batch_width
        from engine.models.known_words import known_words
        from engine.models.vision_decoder import attention_bytes

        if self._key(model, device) in self._models:
            return None
        loaded = self._model(model, device)
        get_ready(loaded, first_start)
        patch_mib = attention_bytes(loaded.config.decoder) / 2**20
        return ModelLoaded(model, self.memory_mib(), patch_mib, batch_width(loaded), known_words(loaded))

    def paint(self, command: Paint, stop: Callable[[], bool]) -> Painting:
        from engine.inference.motion_direction import paints_beside
        from engine.inference.paint import WIDEST_BATCH, painting

        model = self._model(command.model, command.device)
        begins = paints_beside(command.request, model, lambda name: self._model(name, command.device))
        asked, width = self._looking(stop), command.width or WIDEST_BATCH
        return painting(command.request, model, asked, width=width, grown=True, begins=begins)

    def plan(self, command: Sketch) -> Planned:
        from engine.inference.following import Following
        from engine.inference.paint import paint

        request, model = opened(command.blank()), self._model(command.model, command.device)
        following = Following.of(request, model) if request.exemplar > 0 else None  # it plans the small picture
        planned = next(iter(paint(following.request if following else request, model)))
        assert isinstance(planned, Planned)
        if following is None:
            return planned
        boxes = (following.scale.enlarged(box).intersect(request.target) for box in planned.boxes)
        return replace(planned, boxes=tuple(boxes))

    def learn(self, command: Learn, stop: Callable[[], bool]) -> Iterator[StudyEvent]:
        from engine.finetuning.study import study

        return study(command.request, stop)

    def marks(self, picture: KnownPicture) -> "np.ndarray":
        import numpy as np

        from engine.inference.marks import marks

        known = np.ones(picture.pixels.shape[:2], bool) if picture.mask is None else picture.mask
        return marks(picture.pixels, known, known.shape)

    def check(self, folder: str) -> None:
        from engine.models.checkpoint import load_model

        load_model(folder, "cpu")

    def memory_mib(self) -> float:
        return resident_mib() + self._device_mib()

    def trouble(self, error: Exception) -> Trouble:
        import torch

        from engine.device import short_of_memory

        if short_of_memory(error):
            return "memory"
        text = str(error)
        broken = getattr(torch, "AcceleratorError", ())
        return "device" if isinstance(error, broken) or "CUDA error" in text or "CUBLAS_STATUS" in text else "other"

    def tidy(self) -> None:
        gc.collect()
        torch = sys.modules.get("torch")
        if torch is None:
            return
        from engine.memory import give_memory_back

        if torch.cuda.is_initialized():
            with contextlib.suppress(RuntimeError):  # a device in disorder cannot do even this
                torch.cuda.empty_cache()
        give_memory_back()

    def _looking(self, stop: Callable[[], bool]) -> Callable[[], bool]:
        """The same question, at which it is also seen whether other programs have come or gone."""
        if self._threads is None:
            return stop
        threads = self._threads

        def asked() -> bool:
            threads.look()
            return stop()

        return asked

    def _model(self, name: str, device: str) -> "ImageModel":
        """The model, from memory or from the disk; files that were written anew are another model."""
        from engine.models.checkpoint import load_model

        key = self._key(name, device)
        if key not in self._models:
            for old in list(self._models)[: 1 - MODELS_KEPT or None]:
                del self._models[old]
            self._models[key] = load_model(self._place(name), device)
        return self._models[key]

    def _key(self, name: str, device: str) -> tuple[str, str, float]:
        from engine.models.checkpoint import model_folder

        folder: Path = model_folder(self._place(name))
        try:
            return str(folder.absolute()), device, max(path.stat().st_mtime for path in folder.iterdir())
        except OSError as error:
            raise UserError(f"{folder} cannot be read: {error.strerror}. Choose another model.") from None

    @staticmethod
    def _device_mib() -> float:
        torch = sys.modules.get("torch")
        if torch is None or not torch.cuda.is_initialized():
            return 0.0
        return torch.cuda.memory_reserved() / 2**20
