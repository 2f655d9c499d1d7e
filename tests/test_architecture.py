"""Who may import whom, read from the sources themselves; each failure is a sentence that names the line."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
DOORS = ("app/jobs/worker.py", "app/cli/")  # behind these, and only these, is the engine
FREE = ("request.py", "study_request.py", "config.py", "memory.py", "together.py", "media/", "library/")  # of torch
COMMON = tuple(f"engine.{name.removesuffix('.py').rstrip('/')}" for name in FREE)  # for everyone
COMMON_FILES = ("engine/__init__.py", *(f"engine/{name}" for name in FREE))
LAYERS = (  # a package of the engine imports from itself and from rows above its own
    ("request", "memory"),
    ("config", "device", "media", "study_request", "together"),
    ("planning", "library"),
    ("datasets",),
    ("models",),
    ("inference",),
    ("training",),
    ("evaluate", "finetuning"),
    ("api", "reproduction"),
)
QT = {"PySide6", "PySide2", "PyQt6", "PyQt5", "shiboken6", "qtpy"}


class Import(NamedTuple):
    file: str
    line: int
    name: str  # with all its dots; `from a import b` gives a.b

    @property
    def top(self) -> str:
        return self.name.split(".")[0]

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.name}"


def sources(*folders: str) -> list[tuple[str, str]]:
    """Names relative to the root, and texts."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def imports(file: str, text: str) -> Iterator[Import]:
    """Every import of a source, those inside functions too; relative ones made absolute."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(Path(file).parent.parts)[: len(Path(file).parent.parts) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from (Import(file, node.lineno, f"{source}.{alias.name}") for alias in node.names)


def wrong_imports(file: str, text: str) -> Iterator[str]:
    inside = file.split("/")[0]
    for found in imports(file, text):
        if inside == "engine" and found.top == "app":
            yield f"{found}, but the engine must not know the program."
        if inside == "engine" and found.top == "engine" and not layered(file, found.name):
            yield f"{found}, but that is no lower layer; the order is {' < '.join('|'.join(row) for row in LAYERS)}."
        if inside == "engine" and found.top in QT:
            yield f"{found}, but the engine must not know Qt."
        if file == "engine/request.py" and found.top not in sys.stdlib_module_names | {"numpy"}:
            yield f"{found}, but requests are common ground: standard library and numpy only."
        if file.startswith(COMMON_FILES) and found.top == "engine" and not is_common(found.name):
            yield f"{found}, but this is common ground: nothing of the engine that the program may not see."
        if file.startswith(COMMON_FILES) and found.top == "torch":
            yield f"{found}, but the program imports it too: torch stays out of its process."
        if inside == "app" and not file.startswith(DOORS) and found.top == "engine" and not is_common(found.name):
            yield f"{found}, but only {', '.join(DOORS)} may reach past {' and '.join(COMMON)}."
        if inside == "app" and not file.startswith(DOORS) and found.top == "torch":
            yield f"{found}, but torch stays out of the program's process: only {', '.join(DOORS)} may."


def layered(file: str, name: str) -> bool:
    """Whether a file of the engine may import a module of the engine."""
    layer = {package: number for number, row in enumerate(LAYERS) for package in row}
    own, other = file.split("/")[1].removesuffix(".py"), name.split(".")[1]
    return own == other or layer.get(other, len(LAYERS)) < layer.get(own, -1)


def is_common(name: str) -> bool:
    return name.startswith(tuple(f"{common}." for common in COMMON)) or name in COMMON


def unsafe_loads(file: str, text: str) -> Iterator[str]:
    """A pickle runs whatever code its author put in; weights and documents come from strangers."""
    for found in imports(file, text):
        if found.top in {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}:
            yield f"{found}, which runs code out of files; use safetensors, JSON or SQLite."
        if found.name.startswith("multiprocessing."):
            yield f"{found}, whose pipes unpickle what comes; use app/jobs/wire.py."
    for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
        name, options = ast.unparse(call.func), {option.arg: ast.unparse(option.value) for option in call.keywords}
        if name == "torch.load" and options.get("weights_only") != "True":
            yield f"{file}:{call.lineno} calls torch.load without weights_only=True, which runs code out of the file."
        if name.endswith(("np.load", "numpy.load")) and options.get("allow_pickle", "False") != "False":
            yield f"{file}:{call.lineno} lets numpy.load unpickle, which runs code out of the file."


def test_imports_point_one_way():
    wrong = [sentence for file, text in sources("app", "engine") for sentence in wrong_imports(file, text)]
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_engine_has_no_loose_files():
    assert {path.stem for path in (ROOT / "engine").glob("*.py")} == {
        "__init__", "request", "study_request", "config", "memory", "device", "together", "api",
    }  # fmt: skip


def import_cycles(files: list[tuple[str, str]]) -> list[set[str]]:
    """Groups of modules that import one another, those under TYPE_CHECKING included."""
    modules = {file.removesuffix(".py").removesuffix("/__init__").replace("/", "."): text for file, text in files}
    names = {file.removesuffix(".py").removesuffix("/__init__").replace("/", "."): file for file, _ in files}
    reached: dict[str, set[str]] = {}
    for module, text in modules.items():
        found = {each.name for each in imports(names[module], text)}
        found |= {name.rpartition(".")[0] for name in found - modules.keys()}
        reached[module] = found & modules.keys() - {module}
    for middle in modules:  # Warshall: what is reached by way of the middle
        for module in modules:
            if middle in reached[module]:
                reached[module] |= reached[middle]
    groups = {frozenset(o for o in reached[m] if m in reached[o]) for m in modules if m in reached[m]}
    return [set(group) for group in groups]


def test_imports_have_no_cycles():
    """Those of types alone count, too."""
    assert not import_cycles(sources("engine", "app"))


def test_a_cycle_is_found():
    files = [("engine/a.py", "from engine import b"), ("engine/b.py", "if x:\n    from engine.a import f")]
    assert import_cycles(files) == [{"engine.a", "engine.b"}]


def test_one_name_means_one_thing():
    """No two classes of app and engine share a name."""
    places = defaultdict[str, list[str]](list)
    for file, text in sources("app", "engine"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{file}:{node.lineno}")
    assert not {name: found for name, found in places.items() if len(found) > 1}


def names_of(text: str) -> set[str]:
    """What a source defines at its top: names, and attributes as `Class.name`; those set on `self` count."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            inside = [each for each in ast.walk(node) if isinstance(each, ast.FunctionDef | ast.Name | ast.Attribute)]
            names = {each.name if isinstance(each, ast.FunctionDef) else getattr(each, "id", "") for each in inside}
            names |= {each.attr for each in inside if isinstance(each, ast.Attribute)}
            found |= {node.name, *(f"{node.name}.{name}" for name in names)}
        elif isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            found |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return found


def test_what_the_architecture_page_names_is_there():
    """Each file and each name of code; where a file is named with it, the name is defined there."""
    page = (ROOT / "resources/docs/architecture.md").read_text(encoding="utf-8")
    files = {file: names_of(text) for file, text in sources("app", "engine", "tests")}
    defined = {name for names in files.values() for each in names for name in (each, each.rpartition(".")[2])}
    wrong = []
    for quoted in re.findall(r"`([^`\n]+)`", page):
        if quoted.endswith((".py", ".md", "/")):
            there = (ROOT / quoted).exists() or any(f"/{quoted}" in file for file in files)
            wrong += [] if there else [f"{quoted} is no file"]
        elif re.fullmatch(r"[A-Za-z_][\w.]*", quoted) and "NAME" not in quoted and quoted not in defined:
            wrong.append(f"{quoted} is not defined")
    for name, where in re.findall(r"`([A-Za-z_][\w.]*)` (?:in |\()`([\w/]+\.py)`", page):
        if not any(name in names for file, names in files.items() if f"/{file}".endswith(f"/{where}")):
            wrong.append(f"{name} is not in {where}")
    assert not wrong


def test_the_window_s_side_of_the_jobs_leaves_torch_alone():
    """With all that they import, seen from a fresh process."""
    media = [file.removesuffix(".py").replace("/", ".") for file, _ in sources("engine/media")]
    modules = (
        "app.jobs.queue",
        "app.jobs.engine_process",
        "app.jobs.model_registry",
        "engine.config",
        *media,
    )
    code = f"import sys, {', '.join(modules)}; sys.exit(1 if 'torch' in sys.modules else 0)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_nothing_that_is_loaded_can_run_code():
    wrong = [sentence for file, text in sources("app", "engine") for sentence in unsafe_loads(file, text)]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("engine/inference/paint.py", "from app import session"),
        ("engine/inference/paint.py", "def later():\n    import PySide6.QtCore"),
        ("engine/inference/paint.py", "from engine.training.trainer import Budget"),
        ("engine/planning/schedule.py", "from engine.datasets import images"),
        ("engine/models/vqgan.py", "from ..inference.paint import paint"),
        ("engine/request.py", "import torch"),
        ("engine/request.py", "from engine.config import ModelConfig"),
        ("engine/request.py", "from . import config"),
        ("engine/paint.py", "from engine.request import Box"),
        ("app/session.py", "import engine"),
        ("app/session.py", "from engine import inference"),
        ("app/session.py", "from ..engine.requests import x"),
        ("app/canvas/view.py", "from torch import nn"),
        ("app/client.py", "from engine.inference.paint import paint"),
        ("app/export/image.py", "from engine import mediator"),
        ("app/export/image.py", "from engine.media_of_torch import x"),
        ("app/jobs/queue.py", "from engine.models.checkpoint import load_model"),
        ("app/jobs/engine_process.py", "import torch"),
        ("engine/media/images.py", "import torch"),
        ("engine/media/images.py", "from engine.inference.canvas import Canvas"),
        ("engine/__init__.py", "import torch"),
    ],
)
def test_a_wrong_import_is_told(file: str, text: str):
    assert list(wrong_imports(file, text))


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("app/session.py", "from engine.request import Box"),
        ("app/session.py", "from engine import request"),
        ("app/jobs/worker.py", "import torch\nfrom engine.inference.paint import paint"),
        ("app/cli/outpaint.py", "from engine.media.images import read_picture"),
        ("app/document/tiles.py", "from .geometry import Region"),
        ("app/export/image.py", "from engine.media.images import read_picture"),
        ("app/export/image.py", "from engine.media import images"),
        ("engine/inference/paint.py", "import torch\nfrom engine.request import Box"),
        ("engine/evaluate/report.py", "from engine.training.teacher_forcing import patch_bits"),
        ("engine/request.py", "from collections.abc import Iterable\nimport numpy as np"),
    ],
)
def test_a_right_import_is_not(file: str, text: str):
    assert not list(wrong_imports(file, text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import pickle", True),
        ("from multiprocessing import Pipe", True),
        ("import multiprocessing", False),
        ("torch.load(path)", True),
        ("torch.load(path, weights_only=False)", True),
        ("np.load(path, allow_pickle=True)", True),
        ("torch.load(path, map_location='cpu', weights_only=True)", False),
        ("np.load(path)", False),
    ],
)
def test_an_unsafe_load_is_told(text: str, told: bool):
    assert bool(list(unsafe_loads("engine/models/checkpoint.py", text))) == told
