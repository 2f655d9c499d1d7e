"""Patches are rendered beside the drawing of those that follow, and told in their order all the same.

A step of a few patches is made of operations too small for several cores, and rendering is what they can do meanwhile.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

import torch

from engine.request import PaintEvent


class Outbox:
    """Events that are told in the order in which they were put here, those that are still being made among them.

    On a CPU with several threads one of them makes events. It alone does, from the first to the last, because another
    number of threads may round differently. Elsewhere they are made when they are put here.
    """

    def __init__(self, device: torch.device):
        self._threads = torch.get_num_threads()
        aside = device.type == "cpu" and self._threads > 1
        self._maker = ThreadPoolExecutor(1, "render", torch.set_num_threads, (1,)) if aside else None
        self._waiting: deque[PaintEvent | Future[PaintEvent]] = deque()
        self._spared = False  # whether the thread that draws has left a core to the other

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._maker:
            self._maker.shutdown(cancel_futures=True)
        self._spare(False)

    def __len__(self) -> int:
        return len(self._waiting)

    def say(self, event: PaintEvent) -> None:
        self._waiting.append(event)

    def make(self, event: Callable[[], PaintEvent]) -> None:
        """What the event tells of must not change meanwhile."""
        self._waiting.append(self._maker.submit(event) if self._maker else event())
        self._spare(self._maker is not None)

    def ready(self, all_of_them: bool = False) -> Iterator[PaintEvent]:
        """Those that are made by now, as far as none before them is still being made."""
        while self._waiting:
            event = self._waiting[0]
            if isinstance(event, Future):
                if not (all_of_them or event.done()):
                    return
                event = event.result()
            self._waiting.popleft()
            yield event
        self._spare(False)

    def _spare(self, spare: bool) -> None:
        if self._maker and spare != self._spared:
            torch.set_num_threads(self._threads - spare)
            self._spared = spare
