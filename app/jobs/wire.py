"""Messages as bytes, for a pipe between two processes or two computers: typed values in msgpack, and raw arrays.

A message is a head (a mark, the version, a length), then [kind, value, arrays] in msgpack. A value holds the numbers of
its arrays, so that pixels which many frames share are sent once. Nothing in it is code: msgspec compares every field
with the dataclass it belongs to, `_check` the arrays with the boxes they fill, and what does not fit is `Garbled`.
"""

import struct
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, NamedTuple, get_args

import msgspec
import numpy as np

from app.jobs.model_registry import SIDE
from app.jobs.protocol import Command, Greeting, MarksFound, ModelCommand, Reply, RunEvent
from app.translation import tr
from engine.request import (
    Area,
    Box,
    FramePainted,
    KnownPicture,
    PaintedPatch,
    PaintEvent,
    PatchPainted,
    Reference,
    Update,
    UserError,
)
from engine.study_request import StudyEvent, StudySample

# To be raised with every change of `protocol`, `engine.request` or `engine.study_request` that an older program would
# misread.
VERSION = 3
MARK = b"\x93HSC"
HEAD = struct.Struct(">4sHxxI")
MOST = 2**30  # bytes of a message
FAR = 2**31  # canvas pixels from the origin, beyond which there is nothing
PIXELS, MASK, TOKENS = KINDS = ("|u1", "|b1", "<i4")  # of arrays
MOST_TOKENS = 2**16 - 1  # as documents keep them
Message = Command | ModelCommand | Reply | Greeting
Shape = tuple[int | None, ...]  # None: any


class Garbled(UserError):
    """What has come through the pipe is no message, in a sentence."""


class _Array(NamedTuple):
    kind: str
    shape: tuple[int, ...]
    data: memoryview


class _Sealed(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """run and seconds: of an event, which is sent as itself and not inside of RunEvent."""

    kind: str
    value: msgspec.Raw
    arrays: list[_Array]
    run: int = 0
    seconds: float = 0.0


def named(*kinds: UnionType) -> dict[str, type]:
    return {each.__name__: each for kind in kinds for each in get_args(kind)}


EVENTS = named(PaintEvent, StudyEvent)
COMMANDS = named(Command, ModelCommand)
REPLIES = named(Reply, Greeting) | EVENTS
del REPLIES["RunEvent"]


# ---- writing


def encode(message: Message) -> bytes:
    """Return head and message; raises UserError where it is longer than may be sent."""
    run, seconds, value = 0, 0.0, message
    if isinstance(message, RunEvent):
        run, seconds, value = message.run, message.seconds, message.event
    arrays: dict[int, tuple[int, np.ndarray]] = {}
    packed = msgspec.Raw(msgspec.msgpack.encode(value, enc_hook=lambda each: _numbered(each, arrays)))
    raw = [_raw(array) for _, array in arrays.values()]
    if sum(each.data.nbytes for each in raw) + len(packed) > MOST - 2**20:
        raise UserError(tr("This is too much to send to the engine at once. Choose a smaller region, or fewer frames."))
    body = msgspec.msgpack.encode(_Sealed(type(value).__name__, packed, raw, run, seconds))
    return HEAD.pack(MARK, VERSION, len(body)) + body


def _numbered(value: Any, arrays: dict[int, tuple[int, np.ndarray]]) -> Any:
    """The number of an array among those of the message, by its id; it is kept there, so that its id stays its own."""
    if isinstance(value, np.ndarray):
        return arrays.setdefault(id(value), (len(arrays), value))[0]
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _raw(array: np.ndarray) -> _Array:
    if array.dtype.str not in KINDS:
        raise TypeError(f"arrays of {array.dtype} cannot be sent")
    return _Array(array.dtype.str, array.shape, np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)


# ---- reading


class MessageReader:
    """Takes bytes as they come, and gives messages once they are whole; `kinds`: those that this side listens to."""

    def __init__(self, kinds: dict[str, type]):
        self._kinds, self._data = kinds, bytearray()

    def feed(self, data: bytes) -> None:
        self._data += data

    def next(self) -> Any:
        """The next message, None where it is not whole yet; raises Garbled where none can come any more."""
        start = bytes(self._data[: HEAD.size])
        if not MARK.startswith(start[: len(MARK)]) and not start.startswith(MARK):
            raise Garbled(tr("“{text}” came in place of a message.").format(text=_readable(self._data)))
        if len(start) < HEAD.size:
            return None
        _, version, length = HEAD.unpack(start)
        if version != VERSION:
            raise Garbled(tr("It is another version of Handscroll: install the same one on both computers."))
        if length > MOST:
            raise Garbled(tr("A message came that is too long to be one."))
        if len(self._data) < HEAD.size + length:
            return None
        body = self._data[HEAD.size : HEAD.size + length]
        del self._data[: HEAD.size + length]
        return decode(body, self._kinds)


def decode(body: bytes | bytearray, kinds: dict[str, type]) -> Any:
    """Return the message of a body; its arrays are views of it. Raises Garbled."""
    try:
        sealed = msgspec.msgpack.decode(body, type=_Sealed)
        arrays = list(map(_array, sealed.arrays))
        kind: Any = kinds[sealed.kind]
        value = msgspec.msgpack.decode(sealed.value, type=kind, dec_hook=lambda _, number: _at(arrays, number))
        _check(value)
    except KeyError as error:
        raise Garbled(tr("A message of an unknown kind came ({kind}).").format(kind=str(error)[:40])) from None
    except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise Garbled(tr("A message came that cannot be read ({reason}).").format(reason=reason)) from None
    return RunEvent(sealed.run, value, sealed.seconds) if sealed.kind in EVENTS else value


def _array(raw: _Array) -> np.ndarray:
    if raw.kind not in KINDS:
        raise ValueError(f"there are no arrays of {raw.kind!r}")
    return np.frombuffer(raw.data, raw.kind).reshape(raw.shape)


def _at(arrays: list[np.ndarray], number: Any) -> np.ndarray:
    if not isinstance(number, int) or not 0 <= number < len(arrays):
        raise ValueError("an array is missing")
    return arrays[number]


def _readable(data: bytearray) -> str:
    text = bytes(data[:80]).decode("utf-8", "replace").strip()
    return "".join(letter if letter.isprintable() else " " for letter in text)


# ---- what types alone do not tell


def _check(value: Any) -> None:
    """Raise ValueError where an array does not fill its box, or a box lies beyond all canvases."""
    if isinstance(value, Box) and max(map(abs, value)) > FAR:
        raise ValueError("a box lies too far away")
    for array, shape, kind in _arrays_of(value):
        if array is not None and (array.dtype.str != kind or not _fits(array.shape, shape)):
            raise ValueError(f"an array {array.shape} stands where {shape} belongs")
        if kind == TOKENS and array is not None and (array.min() < 0 or array.max() > MOST_TOKENS):
            raise ValueError("there are no such tokens")
    if is_dataclass(value):
        for field in fields(value):
            _check(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            _check(each)


def _arrays_of(value: Any) -> Iterator[tuple[np.ndarray | None, Shape, str]]:
    """The arrays of a value, with the shape and the kind that each has to have."""
    match value:
        case Update(box, pixels):
            yield pixels, (box.height, box.width, 4 if pixels.shape[-1:] == (4,) else 3), PIXELS
        case KnownPicture(box=box, pixels=pixels, mask=mask):
            yield pixels, (box.height, box.width, 3) if pixels.size else (0, 0, 3), PIXELS  # a sketch sends no pixels
            yield mask, (box.height, box.width), MASK
        case Area(box=box, mask=mask):
            yield mask, (box.height, box.width), MASK
        case Reference(pixels=pixels, avoid=avoid):
            yield pixels, (None, None, 3), PIXELS
            yield avoid, pixels.shape[:2], MASK
        case PaintedPatch(tokens=tokens) | PatchPainted(tokens=tokens):
            yield tokens, (SIDE, SIDE), TOKENS
        case FramePainted(pixels=pixels) | StudySample(pixels=pixels):
            yield pixels, (None, None, 3), PIXELS
        case MarksFound(mask=mask):
            yield mask, (None, None), MASK


def _fits(shape: tuple[int, ...], wanted: Shape) -> bool:
    return len(shape) == len(wanted) and all(w in (None, n) for n, w in zip(shape, wanted, strict=True))
