"""The journal of a painting: every finished batch is a line on disk before the next begins; a kill loses one batch.

A batch is kept whole or not at all: the batches of a resumed painting are then those of one that was not interrupted,
and with them every number. A torn or damaged line ends what is read, and is overwritten by what is painted next.
"""

import base64
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from engine.request import PaintedPatch, Patch, UserError

KIND = "handscroll journal 1"


class Journal:
    """The journal beside `output`; `kept` are the patches it holds, `fingerprint` names the painting it belongs to."""

    def __init__(self, output: Path, fingerprint: str):
        self.path = output.with_name(output.name + ".journal")
        self.fingerprint = fingerprint
        self.kept: list[PaintedPatch] = []
        self._end = 0  # bytes that are intact
        self._file: BinaryIO | None = None

    def resume(self, side: int, vocabulary: int) -> bool:
        """Read what an earlier run has kept; False when there is no journal."""
        try:
            lines = self.path.read_bytes().split(b"\n")[:-1]  # what follows the last line end is torn
        except FileNotFoundError:
            return False
        except OSError as error:
            raise UserError(
                f"{self.path} cannot be read ({error.strerror}). Leave out --resume to start again."
            ) from None
        if not lines:
            return True
        if _parsed(lines[0]) != self._header():
            raise UserError(f"{self.path} belongs to another painting; leave out --resume to start again.")
        self._end = len(lines[0]) + 1
        for line in lines[1:]:
            batch = _batch(_parsed(line), side, vocabulary)
            if not batch:
                break
            self.kept += batch
            self._end += len(line) + 1
        return True

    def append(self, batch: Sequence[PaintedPatch]) -> None:
        """One finished batch, on disk when this returns. The first one replaces the journal of another painting."""
        try:
            file = self._file or self._opened()
            self._write(file, _line(batch))
        except OSError as error:
            raise UserError(
                f"{self.path} cannot be written ({error.strerror}). Free some space, then use --resume."
            ) from None
        self.kept += batch

    def close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def delete(self) -> None:
        self.close()
        self.path.unlink(missing_ok=True)

    def _opened(self) -> BinaryIO:
        self._file = open(self.path, "r+b" if self._end else "wb")  # noqa: SIM115 - open as long as painting lasts
        self._file.truncate(self._end)
        self._file.seek(self._end)
        if not self._end:
            self._write(self._file, self._header())
        return self._file

    def _header(self) -> dict[str, Any]:
        return {"kind": KIND, "painting": self.fingerprint}

    def _write(self, file: BinaryIO, value: dict[str, Any]) -> None:
        file.write(json.dumps(value).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _line(batch: Iterable[PaintedPatch]) -> dict[str, Any]:
    return {"patches": [{"place": list(p.patch), "tokens": _packed(p.tokens)} for p in batch]}


def _packed(tokens: np.ndarray) -> str:
    return base64.b64encode(tokens.astype("<i4").tobytes()).decode()


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _batch(value: Any, side: int, vocabulary: int) -> list[PaintedPatch]:
    """The patches of a line; empty when it is damaged."""
    try:
        return [_patch(entry, side, vocabulary) for entry in value["patches"]]
    except (TypeError, KeyError, ValueError):
        return []


def _patch(entry: dict[str, Any], side: int, vocabulary: int) -> PaintedPatch:
    tokens = np.frombuffer(base64.b64decode(entry["tokens"], validate=True), "<i4").reshape(side, side).astype("int32")
    if tokens.min() < 0 or tokens.max() >= vocabulary:
        raise ValueError("tokens that the model does not have")
    column, row, frame = map(int, entry["place"])
    return PaintedPatch(Patch(column, row, frame), tokens)
