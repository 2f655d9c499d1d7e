"""The models that there are, read from their folders without loading them: those shipped and the artist's own."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.data_folder import data_folder
from engine.request import UserError

SHIPPED = Path(__file__).parent.parent.parent / "resources" / "models"
LICENCE = re.compile(r"^\|\s*licence[^|]*\|\s*([^|]+?)\s*\|\s*$", re.IGNORECASE | re.MULTILINE)
PER_WEIGHT = 5.0  # bytes in memory for a byte on the disk: 32 bits for passes in parallel and 8 bits for single steps
SIDE = 16  # tokens of a patch in a row, as documents keep them
SPARE_MIB = 350.0  # what the engine holds without a model, measured on Linux
OTHER_SIDE = "{name} paints patches of {side}×{side} tokens, and documents keep {kept}×{kept}. Choose another model."


@dataclass(frozen=True)
class ModelInfo:
    """What is worth knowing before a model is chosen; `problem` says why it cannot be used, empty when it can.

    tasks: what it can do, "outpaint" and so on. patch_px: side of a patch in pixels. compression: pixels to a token's
    side. mib: size on disk. licence: of the weights, "" where the card does not say. card: Markdown, "" without one.
    words: whether it reads prompts. films: whether it looks back at frames.
    """

    name: str
    path: Path
    tasks: tuple[str, ...] = ("outpaint",)
    mib: float = 0.0
    patch_px: int = 0
    compression: int = 0
    licence: str = ""
    card: str = ""
    shipped: bool = True
    problem: str = ""
    words: bool = False
    films: bool = False

    @property
    def memory_mib(self) -> float:
        """Memory that the engine takes with this model before it paints; a rough figure, until it is measured."""
        return SPARE_MIB + PER_WEIGHT * self.mib


def own_models() -> Path:
    """Where the artist's own models lie, each in a folder."""
    return data_folder() / "models"


def models() -> tuple[ModelInfo, ...]:
    """All models by name, the shipped first; one of the artist's own goes before a shipped one of the same name."""
    found: dict[str, ModelInfo] = {}
    for folder in (SHIPPED, own_models()):
        for config in sorted(folder.glob("*/config.json")):
            found[config.parent.name] = read(config.parent)
    return tuple(found.values())


def find(name: str) -> ModelInfo | None:
    """A model by its name, or by its folder."""
    for folder in (own_models() / name, SHIPPED / name, Path(name)):
        if name and (folder / "config.json").is_file():
            return read(folder)
    return None


def place(name: str) -> str:
    """The folder of a model, for the engine; raises UserError when there is none of this name."""
    info = find(name)
    if info is None:
        known = ", ".join(model.name for model in models()) or "none"
        raise UserError(f"The model “{name}” no longer exists. Available: {known}. Choose another one and try again.")
    if info.problem:
        raise UserError(info.problem)
    return str(info.path)


def read(folder: Path) -> ModelInfo:
    """What the folder says of itself."""
    shipped = folder.parent == SHIPPED
    try:
        mib = sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) / 2**20
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        compression = _positive(config["tokenizer"]["compression"])
        side = _positive(config["decoder"]["side"])
        words, films = bool(config["decoder"].get("text")), _looks_back(config["decoder"].get("extent"))
        usual = ("video",) if films else ("outpaint", "text") if words else ("outpaint",)
        tasks = tuple(str(task) for task in config.get("tasks", usual))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        problem = f"{folder / 'config.json'} does not describe a model. Install it again, or choose another."
        return ModelInfo(folder.name, folder, (), shipped=shipped, problem=problem)
    card = _card(folder)
    licence = LICENCE.search(card)
    problem = "" if side == SIDE else OTHER_SIDE.format(name=folder.name, side=side, kept=SIDE)
    return ModelInfo(
        folder.name, folder, tasks, mib, side * compression, compression, licence[1] if licence else "", card, shipped,
        problem, words, films,
    )  # fmt: skip


def _looks_back(extent: Any) -> bool:
    return isinstance(extent, list) and len(extent) == 3 and bool(extent[2])


def _positive(value: Any) -> int:
    if not isinstance(value, int) or value < 1:
        raise ValueError(f"{value!r} is not a size")
    return value


def _card(folder: Path) -> str:
    try:
        return next(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md")))
    except (StopIteration, OSError, ValueError):
        return ""


def name_of(folder: str) -> str:
    """The name under which a model of this folder is chosen: its own among ours, else the folder."""
    path = Path(folder)
    return path.name if path.parent in (SHIPPED, own_models()) else folder
