"""The engine on another computer: a real sshd on the loopback address, with a data folder of its own behind it."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.jobs import engine_process
from app.jobs.engine_place import EnginePlace
from app.jobs.engine_process import Engine
from app.jobs.model_library import weights_hash
from app.jobs.remote_models import LackingModel

from .conftest import Desk
from .ssh_server import HOST, TOOLS, SshServer, ssh_server

Sit = Callable[..., Desk]
pytestmark = pytest.mark.skipif(
    not all(TOOLS) or sys.platform != "linux", reason="no OpenSSH server is installed (openssh-server), or no Linux"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with ssh_server(tmp_path_factory.mktemp("ssh")) as made:
        yield made


@pytest.fixture(autouse=True)
def path(server: SshServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{server.bin}:{os.environ['PATH']}")


@pytest.fixture
def asked() -> list[LackingModel]:
    """What an artist was asked, who always says yes."""
    return []


@pytest.fixture
def engine(server: SshServer, asked: list[LackingModel]) -> Engine:
    made = Engine(place=lambda: server.place)

    def yes(model: LackingModel) -> None:
        asked.append(model)
        made.answer(model.weights, True)

    made.model_lacking.connect(yes)
    return made


def test_the_same_picture_as_here_and_the_model_is_sent_once(
    sit: Sit, engine: Engine, server: SshServer, tiny: str, calm: bytes, asked: list[LackingModel]
):
    desk = sit(engine, tiny)
    jobs = desk.add((3, 4))
    desk.until_done(*jobs)
    assert desk.pixels(jobs[0]) == calm
    assert [(model.name, model.host) for model in asked] == [("tiny", HOST)]
    assert (server.data / "received" / weights_hash(Path(tiny)) / "decoder.safetensors").is_file()
    assert not (server.data / "models").exists(), "it is not among the models that an artist there chooses"
    assert desk.queue.status.device.endswith(f" on {HOST}")
    assert desk.queue.known_words(tiny) == (), "the model is known by its name here"
    assert len(server.engines()) == 1
    desk.queue.close()
    assert gone(server)


def test_a_connection_that_is_cut_is_made_again_and_gone_on_from(
    sit: Sit, engine: Engine, server: SshServer, tiny: str, calm: bytes
):
    desk = sit(engine, tiny)
    (job,) = desk.add((3,))
    for kept in (1, 3, 5):  # a connection may break more than once
        desk.until(lambda kept=kept: desk.kept(job) >= kept)
        first = desk.engine.pid
        os.kill(first, signal.SIGKILL)
        desk.until(lambda: f"The connection to {HOST} is broken" in desk.queue.status.message)
        assert "goes on from the last finished patch" in desk.queue.status.message
        desk.queue._dispatcher.say("")
    desk.until_done(job)
    assert desk.engine.pid != first
    assert desk.heard.count("painted", job) == 8, "finished patches were painted again"
    assert desk.pixels(job) == calm
    assert len(server.engines()) == 1, "an engine outlived its connection"


def test_a_server_that_is_away_for_a_while_is_asked_again(
    sit: Sit, engine: Engine, server: SshServer, tiny: str, calm: bytes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engine_process, "AGAIN", (0.1, 0.1, 0.1))
    desk = sit(engine, tiny)
    (job,) = desk.add((3,))
    desk.until(lambda: desk.kept(job) >= 2)
    ssh = server.bin / "ssh"
    ssh.rename(server.bin / "away")
    refusing = f"#!/bin/sh\nmv {server.bin}/away {ssh}\necho 'connect: Network is unreachable' >&2\nexit 255\n"
    ssh.write_text(refusing)
    ssh.chmod(0o755)
    os.kill(desk.engine.pid, signal.SIGKILL)
    desk.until_done(job)
    assert not (server.bin / "away").exists() and desk.pixels(job) == calm


def test_a_model_that_is_not_to_be_sent_is_not(sit: Sit, server: SshServer, tiny: str, tmp_path: Path):
    engine = Engine(place=lambda: replace(server.place, command=server.place.command.replace("there", "there2")))
    engine.model_lacking.connect(lambda model: engine.answer(model.weights, False))
    desk = sit(engine, tiny)
    jobs = desk.add((3, 4))
    desk.until(lambda: all(desk.state(job) == "failed" for job in jobs))
    assert f"tiny is not on {HOST}, and was not sent" in desk.job(jobs[0]).message
    desk.queue.resume(jobs[0])
    desk.queue.pause(jobs[0])
    desk.until(lambda: desk.state(jobs[0]) in ("paused", "failed"))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"host": "nowhere.invalid"}, "nowhere.invalid cannot be reached (ssh: Could not resolve"),
        ({"host": ""}, "Name the computer that paints"),
        ({"host": "-oProxyCommand=touch${IFS}/tmp/owned"}, "Name the computer that paints"),
        ({"command": "no-such-handscroll engine --stdio"}, f"{HOST} does not know the command “no-such-handscroll”"),
        ({"command": "echo welcome"}, "“welcome” came in place of a message."),
        ({"command": "exit 3"}, f"The engine on {HOST} has ended."),
    ],
)
def test_what_does_not_answer_is_told_in_a_sentence(
    sit: Sit, server: SshServer, tiny: str, changes: dict[str, Any], told: str
):
    desk = sit(Engine(place=lambda: replace(server.place, **changes)), tiny)
    (job,) = desk.add((3,))
    desk.until(lambda: desk.state(job) == "failed")
    assert desk.job(job).message.startswith(told) and desk.job(job).message.endswith(".")
    desk.queue.resume(job)  # as after another look at the settings
    desk.until(lambda: desk.state(job) == "failed")


def test_models_are_looked_at_here(sit: Sit, tiny: str):
    """Studies too: what they read and write lies on this computer."""
    desk = sit(Engine(place=lambda: EnginePlace(True, "nowhere.invalid")), tiny)
    heard: list[str] = []
    desk.queue.checked.connect(lambda _, problem: heard.append(problem))
    desk.queue.inquiries.check(tiny)
    desk.until(lambda: bool(heard))
    assert heard == [""] and not desk.engine.alive


def test_an_engine_that_is_moved_goes_on_elsewhere(sit: Sit, server: SshServer, tiny: str, calm: bytes):
    place = [EnginePlace()]
    engine = Engine(place=lambda: place[0])
    engine.model_lacking.connect(lambda model: engine.answer(model.weights, True))
    desk = sit(engine, tiny)
    (job,) = desk.add((3,))
    desk.until(lambda: desk.kept(job) >= 2)
    place[0] = server.place
    desk.queue.change_engine()
    desk.until_done(job)
    assert desk.queue.status.device.endswith(f" on {HOST}") and desk.pixels(job) == calm


def gone(server: SshServer) -> bool:
    deadline = time.monotonic() + 20
    while server.engines() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not server.engines()
