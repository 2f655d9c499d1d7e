"""Messages come through a pipe as they were sent; what is none ends in a sentence, at both ends, and runs nothing."""

import os
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.jobs.engine_place import ROOT, EnginePlace
from app.jobs.engine_process import Engine
from app.jobs.protocol import Broken, FindMarks, Hello, Paint, RunEvent
from app.jobs.wire import COMMANDS, HEAD, MARK, REPLIES, VERSION, Garbled, MessageReader, decode, encode
from engine.request import Box, KnownPicture, Patch, PatchPainted, UserError
from tests.driven.fuzz import damaged, fuzz
from tests.driven.fuzz_pipe import COMMANDS_SENT, PAINTED, PIXELS, REPLIES_SENT, REQUEST

from .conftest import LONG


def same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if is_dataclass(one):
        return type(one) is type(other) and all(
            same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)
        )
    if isinstance(one, tuple):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    return one == other


@pytest.mark.parametrize("message", [*COMMANDS_SENT, *REPLIES_SENT], ids=lambda message: type(message).__name__)
def test_what_is_sent_comes(message: Any):
    reader = MessageReader(COMMANDS if message in COMMANDS_SENT else REPLIES)
    data = encode(message)
    reader.feed(data[:7])
    assert reader.next() is None
    reader.feed(data[7:] + data[:20])
    assert same(reader.next(), message) and reader.next() is None


def test_pixels_that_frames_share_are_sent_once():
    picture = KnownPicture(Box(0, 0, 64, 64), np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8))
    film = tuple(replace(picture, frame=frame) for frame in range(50))
    data = encode(Paint(1, replace(REQUEST, known=film), "film"))
    assert len(data) < 2 * picture.pixels.nbytes
    reader = MessageReader(COMMANDS)
    reader.feed(data)
    known = reader.next().request.known
    assert len(known) == 50 and all(each.pixels is known[0].pixels for each in known)


def test_numbers_of_numpy_and_views_are_sent_as_what_they_are():
    wide = np.arange(600, dtype=np.uint8).reshape(10, 20, 3)
    picture = KnownPicture(Box(np.int64(0), 0, 10, 10), wide[:, ::2])  # type: ignore[arg-type]
    reader = MessageReader(COMMANDS)
    reader.feed(encode(FindMarks(1, picture)))
    came = reader.next().picture
    assert np.array_equal(came.pixels, wide[:, ::2]) and type(came.box.x) is int
    came.pixels[0, 0] = 1  # as one's own


def test_more_than_a_message_holds_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.jobs.wire.MOST", 2**20 + 2**16)
    with pytest.raises(UserError, match="smaller region"):
        encode(FindMarks(1, KnownPicture(Box(0, 0, 200, 200), np.zeros((200, 200, 3), np.uint8))))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"Last login: Mon\n", "“Last login: Mon” came in place"),
        (HEAD.pack(MARK, VERSION + 1, 0), "another version of Handscroll"),
        (HEAD.pack(MARK, VERSION, 2**31), "too long"),
        (HEAD.pack(MARK, VERSION, 3) + b"\x93\xa1x", "cannot be read"),
        (encode(Hello()), "unknown kind came ('Hello')"),  # an engine hears no replies
    ],
)
def test_what_is_no_message_is_told(data: bytes, told: str):
    reader = MessageReader(COMMANDS)
    reader.feed(data)
    with pytest.raises(Garbled, match=r"\.$") as caught:
        reader.next()
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(PAINTED, tokens=np.zeros((16, 16), np.uint8)),
        replace(PAINTED, tokens=np.full((16, 16), 70_000, np.int32)),
        replace(PAINTED, updates=(PAINTED.updates[0]._replace(box=Box(0, 0, 9, 8)),)),
        replace(PAINTED, updates=(PAINTED.updates[0]._replace(pixels=PIXELS[..., 0]),)),
        replace(PAINTED, updates=(PAINTED.updates[0]._replace(box=Box(2**40, 0, 8, 8)),)),
        PatchPainted(Patch(0, 0), ("pixels",), PAINTED.tokens, 1.0),  # type: ignore[arg-type]
    ],
)
def test_arrays_have_to_fit(wrong: PatchPainted):
    with pytest.raises(Garbled, match="cannot be read"):
        decode(encode(RunEvent(1, wrong, 0.0))[HEAD.size :], REPLIES)


def test_two_hundred_damaged_messages_at_both_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HANDSCROLL_DATA", str(tmp_path / "data"))
    told, found = fuzz("pipe", 400, tmp_path)
    assert not found and told > 100


def streams(messages: tuple[Any, ...], count: int) -> list[bytes]:
    random = np.random.default_rng(1)
    return [damaged(encode(messages[number % len(messages)]), random) for number in range(count)]


def test_a_process_that_writes_anything_is_told_to_the_window(qtbot: QtBot, tmp_path: Path):
    class Writes(EnginePlace):
        def arguments(self) -> list[str]:
            return ["cat", str(tmp_path / "stream")]

    lost: list[str] = []
    engine = Engine(place=Writes)
    engine.lost.connect(lost.append)
    for number, data in enumerate(streams(REPLIES_SENT, 40)):
        (tmp_path / "stream").write_bytes(data)
        engine.start()
        qtbot.waitUntil(lambda number=number: len(lost) > number, timeout=LONG)
    assert len(lost) == 40 and all(sentence.endswith(".") for sentence in lost)


def test_a_real_engine_answers_what_it_cannot_read_with_a_sentence_and_prints_nothing(tmp_path: Path):
    """Its standard output holds messages alone."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HANDSCROLL_DATA": str(tmp_path)}
    command = [sys.executable, "-P", "-m", "app", "engine", "--stdio"]
    whole = encode(COMMANDS_SENT[6])
    for data in (b"{}", whole[: HEAD.size] + b"\xc1" * (len(whole) - HEAD.size)):
        done = subprocess.run(command, input=data, capture_output=True, env=environment, cwd=tmp_path, check=False)
        reader = MessageReader(REPLIES)
        reader.feed(done.stdout)
        assert isinstance(reader.next(), Hello)
        last = reader.next()
        assert isinstance(last, Broken) and last.sentence.endswith(".") and reader.next() is None
        assert done.returncode == 5 and not done.stderr
