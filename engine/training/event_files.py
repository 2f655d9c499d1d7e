"""TensorBoard event files beside the curve of a run: held-out figures, loss, learning rates and samples.

They are written where `tensorboard` is installed and the command was asked for them; nothing else changes by it.
"""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.request import UserError

FOLDER = "events"  # in the folder of a run
# For the whole process: what trains lies too deep to be told by everyone on the way.
_wanted = False
_root: Path | None = None


def want_event_files(wanted: bool = True, root: Path | None = None) -> None:
    """Ask all runs of this process for event files; raises UserError where `tensorboard` is not installed.

    root: where they are kept, each run's in a folder of its name; without it, in the folder of the run.
    """
    global _wanted, _root
    if wanted:
        _writer_class()
    _wanted, _root = wanted, root


def _writer_class() -> Any:
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        raise UserError("tensorboard is not installed: pip install handscroll[tensorboard].") from None
    return SummaryWriter


class EventFiles:
    """The event files of one run; does nothing where they are not wanted."""

    def __init__(self, folder: Path):
        self.folder, self._writer, self._shown = folder, None, 0.0

    def write(self, step: int, figures: dict[str, float], rates: dict[str, float]) -> None:
        """Write the figures and the learning rates of a step, and the samples if there are new ones."""
        if not _wanted:
            return
        if self._writer is None:
            place = _root / self.folder.name if _root else self.folder / FOLDER
            self._writer = _writer_class()(str(place))
        for kind, values in (("figures", figures), ("learning_rate", rates)):
            for name, value in values.items():
                self._writer.add_scalar(f"{kind}/{name}", value, step)
        self._samples(step)
        self._writer.flush()

    def _samples(self, step: int) -> None:
        path = self.folder / "samples.png"
        if self._writer is not None and path.exists() and path.stat().st_mtime > self._shown:
            self._shown = path.stat().st_mtime
            with Image.open(path) as opened:
                self._writer.add_image("samples", np.asarray(opened.convert("RGB")), step, dataformats="HWC")

    def close(self) -> None:
        """End the thread that writes."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
