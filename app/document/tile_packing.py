"""Many tiles into bytes: a few threads share the work, for Pillow lets the others run while it packs."""

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple

import numpy as np
from PIL import Image

from app.document.geometry import Place
from app.document.tiles import SHAPE, Packed, pack

MOST_THREADS = 4
BATCH = 16  # tiles that are held at once, so that a large picture is never held twice


class Fresh(NamedTuple):
    """A tile before it is in the file; `packed` is None where nothing of it is visible."""

    place: Place
    pixels: np.ndarray
    packed: Packed | None


def packed(tiles: Iterable[tuple[Place, np.ndarray]]) -> Iterator[Fresh]:
    """Each tile with its bytes, in their order."""
    left = iter(tiles)
    batch = list(islice(left, BATCH))
    if len(batch) < 2:
        yield from map(_packed, batch)
        return
    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1, len(batch)), "packing") as threads:
        while batch:
            yield from threads.map(_packed, batch)
            batch = list(islice(left, BATCH))


def _packed(tile: tuple[Place, np.ndarray]) -> Fresh:
    return Fresh(*tile, pack(tile[1]))


def warm() -> threading.Thread:
    """Loads what the first tile would load, some 50 ms, beside the thread that asks for it."""
    thread = threading.Thread(target=_load, name="warming", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    Image.init()
    pack(np.full(SHAPE, 255, np.uint8))
