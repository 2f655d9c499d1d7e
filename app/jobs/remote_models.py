"""The window's side of models on another computer: named by their weights, and sent where they lack, after asking.

What needs a model waits until it is known whether the other side has it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.jobs.model_library import FILES, weights_of
from app.jobs.model_store import PREFIX
from app.jobs.protocol import (
    Command,
    Failed,
    FindModel,
    ModelCommand,
    ModelFound,
    ModelLoaded,
    ModelPart,
    Paint,
    Reply,
    RunEvent,
    Sketch,
    Sketched,
    Stop,
    Warm,
)
from app.translation import tr
from engine.request import Stopped

PART = 2**20  # bytes of a file that are sent at once


@dataclass(frozen=True)
class LackingModel:
    """A model that another computer would have to be sent; the artist is asked."""

    weights: str
    name: str
    host: str
    mib: float


@dataclass(eq=False)
class _Model:
    """there: None before the other side has answered. asked: the artist has been, or it is being sent.

    waiting: commands that need it.
    """

    folder: Path
    there: bool | None = None
    asked: bool = False
    waiting: list[Command] = field(default_factory=list)


class RemoteModels:
    """Of one connection. write: sends a command at once. tell: takes replies. ask: has the artist asked."""

    def __init__(
        self, host: str, write: Callable[[Command | ModelCommand], None], tell: Callable[[Reply], None],
        ask: Callable[[LackingModel], None],
    ):  # fmt: skip
        self._host, self._write, self._tell, self._ask = host, write, tell, ask
        self._models: dict[str, _Model] = {}  # by weights

    def send(self, command: Command) -> None:
        if isinstance(command, Stop) and self._drop(command.run):
            self._tell(RunEvent(command.run, Stopped(), 0.0))
        elif isinstance(command, Warm | Paint | Sketch):
            weights = weights_of(Path(command.model))
            model = self._models.setdefault(weights, _Model(Path(command.model)))
            self._pass(weights, model, replace(command, model=PREFIX + weights))
        else:
            self._write(command)

    def _pass(self, weights: str, model: _Model, command: Command) -> None:
        if model.there:
            self._write(command)
        elif model.there is None or isinstance(command, Paint):
            model.waiting.append(command)
            if model.there is None and len(model.waiting) == 1:
                self._write(FindModel(weights))
            elif model.there is False and not model.asked:
                model.asked = True
                self._ask(LackingModel(weights, model.folder.name, self._host, size_mib(model.folder)))
        elif isinstance(command, Sketch):
            self._tell(Sketched(command.ticket, None))  # nothing is sent for the sake of a plan

    def understood(self, reply: ModelLoaded | ModelFound) -> ModelLoaded | ModelFound:
        """The reply with models by their names here; what waited for one goes on."""
        if isinstance(reply, ModelFound):
            self._found(reply)
        elif model := self._models.get(reply.model.removeprefix(PREFIX)):
            return replace(reply, model=str(model.folder))
        return reply

    def _found(self, reply: ModelFound) -> None:
        model = self._models.get(reply.weights)
        if model is None:
            return
        model.there, model.asked = reply.found, False
        if reply.problem:
            sentence = tr("{name} could not be sent. {problem}")
            self._refuse(model, sentence.format(name=model.folder.name, problem=reply.problem))
        waiting, model.waiting = model.waiting, []
        for command in waiting:
            self._pass(reply.weights, model, command)

    def parts(self, weights: str) -> Iterator[ModelPart]:
        """What is to be sent now that the artist has said yes; what waits for it goes on waiting."""
        model = self._models.get(weights)
        return iter(()) if model is None or model.there is not False else _parts(weights, model.folder)

    def refused(self, weights: str) -> None:
        """The artist has said no."""
        if model := self._models.get(weights):
            sentence = tr("{name} is not on {host}, and was not sent. Choose another model, or paint here.")
            self._refuse(model, sentence.format(name=model.folder.name, host=self._host))

    def _refuse(self, model: _Model, sentence: str) -> None:
        waiting, model.waiting, model.asked = model.waiting, [], False
        for command in waiting:
            if isinstance(command, Paint):
                self._tell(Failed(command.run, "user", sentence))
            elif isinstance(command, Sketch):
                self._tell(Sketched(command.ticket, None))

    def _drop(self, run: int) -> bool:
        """Whether a run was waiting, which does so no longer."""
        for model in self._models.values():
            held = [each for each in model.waiting if isinstance(each, Paint) and each.run == run]
            if held:
                model.waiting.remove(held[0])
                return True
        return False


def model_files(folder: Path) -> list[Path]:
    """What the engine needs of a model: all but its card."""
    return [path for path in sorted(folder.iterdir()) if FILES.fullmatch(path.name) and path.suffix != ".md"]


def size_mib(folder: Path) -> float:
    return sum(path.stat().st_size for path in model_files(folder)) / 2**20


def _parts(weights: str, folder: Path) -> Iterator[ModelPart]:
    files = model_files(folder)
    for path in files:
        with open(path, "rb") as file:
            while data := file.read(PART):
                last = path == files[-1] and file.tell() == path.stat().st_size
                yield ModelPart(weights, path.name, data, last)
