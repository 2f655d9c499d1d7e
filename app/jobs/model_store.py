"""The models of an engine on another computer: found by their weights, or taken in part by part from the window.

What was taken in lies under its weights in a folder of its own, and is not among the models that an artist chooses.
"""

import os
import re
from pathlib import Path

from app.data_folder import data_folder
from app.jobs.model_library import FILES, MOST_BYTES, disk_errors, forget, incoming_folder, weights_hash, weights_of
from app.jobs.model_registry import SHIPPED, own_models
from app.jobs.protocol import FindModel, ModelFound, ModelPart
from engine.request import UserError

PREFIX = "weights:"  # of what stands in place of a model's name
DIGEST = re.compile("[0-9a-f]{64}")


def received_models() -> Path:
    return data_folder() / "received"


class ModelStore:
    def __init__(self) -> None:
        self._known: dict[str, Path] = {}  # by weights
        self._incoming: dict[str, Path] = {}  # not whole yet
        self._taken = 0  # bytes

    def place(self, model: str) -> str:
        """The folder of a model that is named by its weights; any other name as it is."""
        if not model.startswith(PREFIX):
            return model
        if folder := self._find(model.removeprefix(PREFIX)):
            return str(folder)
        raise UserError("The model is not on this computer any more. Try again to send it.")

    def answer(self, command: FindModel | ModelPart) -> ModelFound | None:
        """None while a model is not whole."""
        try:
            if isinstance(command, FindModel):
                return ModelFound(command.weights, self._find(command.weights) is not None)
            return self._take(command)
        except UserError as error:
            if incoming := self._incoming.pop(command.weights, None):
                forget(incoming)
            return ModelFound(command.weights, False, str(error))

    def _find(self, weights: str) -> Path | None:
        if weights in self._known and (self._known[weights] / "config.json").is_file():
            return self._known[weights]
        received = received_models() / weights
        if DIGEST.fullmatch(weights) and (received / "config.json").is_file():
            return received
        folders = (config.parent for place in (SHIPPED, own_models()) for config in place.glob("*/config.json"))
        self._known = {weights_of(folder): folder for folder in folders}
        return self._known.get(weights)

    def _take(self, part: ModelPart) -> ModelFound | None:
        if not DIGEST.fullmatch(part.weights) or not FILES.fullmatch(part.file):
            raise UserError("What was sent is no part of a model.")
        if part.weights not in self._incoming:
            self._incoming[part.weights], self._taken = incoming_folder(), 0
        incoming = self._incoming[part.weights]
        self._taken += len(part.data)
        if self._taken > MOST_BYTES:
            raise UserError(f"It takes more than {MOST_BYTES >> 30} GiB.")
        with disk_errors(incoming), open(incoming / part.file, "ab") as file:
            file.write(part.data)
        return self._settle(part.weights) if part.last else None

    def _settle(self, weights: str) -> ModelFound:
        incoming, folder = self._incoming[weights], received_models() / weights
        if weights_hash(incoming) != weights:
            raise UserError("What has come is not what was sent. Try again.")
        with disk_errors(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            os.replace(incoming, folder)
        del self._incoming[weights]
        return ModelFound(weights, True)
