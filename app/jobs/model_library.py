"""Models as files: their names and hashes, one file to give a model away with, and what comes in from elsewhere.

A model file is a ZIP archive of the model's folder with a hash of each file. What comes in is unpacked in
a place of its own, looked at by the engine, and only then gets its name.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.data_folder import data_folder
from app.jobs.model_registry import ModelInfo, find, own_models, read
from app.translation import tr
from engine.config import PARTS, WORDS
from engine.media.atomic_file import file_hash, write_whole, written_whole
from engine.media.video import film_files
from engine.request import UserError
from engine.study_request import StudyRequest

SUFFIX = ".handscroll-model"
HASHES = "hashes.json"
NAME = re.compile(r"[\w][\w .()+-]{0,63}")
FILES = re.compile(
    rf"config\.json|{re.escape(WORDS)}|({'|'.join(PARTS)})(-\d\d)?\.safetensors|[\w-]+\.md"
)  # of a model
MOST_BYTES = 16 * 2**30  # of a model that is taken in
INCOMING, STALE = "incoming", 3600.0  # the folder of what is taken in, and after how many seconds it is forgotten
STUDIES = "studies"  # the folder of those that are under way


# ---- names


def checked_name(name: str) -> str:
    """The name, if a model can be called so; raises UserError else."""
    if not NAME.fullmatch(name) or name != name.strip():
        raise UserError(
            tr("“{name}” cannot be the name of a model. Use up to 64 letters, digits, spaces and - _ . ( ) +.").format(
                name=name[:80]
            )
        )
    return name


def proposed_name(name: str) -> str:
    """A name like this that a model can have and none has yet."""
    name = re.sub(r"[^\w .()+-]+", " ", name).strip(" .()+-")[:56] or tr("Study")
    taken = [name, *(f"{name} {number}" for number in range(2, 1000))]
    return next(each for each in taken if find(each) is None and not (studies() / each).exists())


def studies() -> Path:
    """Where studies are under way, or wait."""
    return data_folder() / STUDIES


def default_base(learned: Sequence[Path]) -> str:
    """The shipped model that a study of these files or folders begins with."""
    return "film" if film_files(learned) else "starter"


def study_request(
    pictures: Sequence[Path], name: str, base: str, minutes: float, seed: int = 0, flip: bool = False,
    device: str = "auto",
) -> StudyRequest:  # fmt: skip
    """A study whose model will be one of the artist's own; raises UserError where it cannot be."""
    for path in pictures:
        if not path.exists():
            raise UserError(tr("{path} does not exist; check its spelling.").format(path=path))
    out, work = own_models() / checked_name(name), studies() / name
    if out.exists() and not work.exists():
        raise UserError(
            tr("There is a model called “{name}” already. Choose another name, or delete that model first.").format(
                name=name
            )
        )
    return StudyRequest(
        tuple(map(str, pictures)), name, str(out), str(work), base, minutes, seed, flip, device
    )  # fmt: skip


def _free(name: str) -> Path:
    """The folder of a new model; raises UserError where there is one of this name, shipped ones among them."""
    if find(checked_name(name)) is not None:
        raise UserError(tr("There is a model called “{name}” already. Choose another name.").format(name=name))
    return own_models() / name


# ---- hashes


def weights_hash(folder: Path) -> str:
    """One hash over config and weights of a model."""
    files = [folder / "config.json", *sorted(folder.glob("*.safetensors")), *sorted(folder.glob("*.model"))]
    return hashlib.sha256("".join(file_hash(file) for file in files).encode()).hexdigest()


_weights: dict[tuple[Path, float], str] = {}  # of what was read once, by folder and time of the last change


def weights_of(folder: Path) -> str:
    """The same of a model that stays where it is: read again only when it has changed."""
    with disk_errors(folder):
        key = folder, max(path.stat().st_mtime for path in folder.iterdir())
    if key not in _weights:
        _weights[key] = weights_hash(folder)
    return _weights[key]


# ---- giving away and taking in


def export_model(model: ModelInfo, path: Path) -> None:
    """Writes one file that holds all of a model; it is complete before it has its name."""
    with written_whole(path) as whole, zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        files = [file for file in sorted(model.path.iterdir()) if FILES.fullmatch(file.name)]
        for file in files:
            archive.write(file, file.name)
        archive.writestr(HASHES, json.dumps({file.name: file_hash(file) for file in files}, indent=2))


def receive(source: Path) -> Path:
    """Copies a model file or folder to where `settle` gives it a name.

    Raises UserError for what is no model, holds what a model does not need, or has changed since it was exported.
    """
    incoming = incoming_folder()
    try:
        _copy(source, incoming) if source.is_dir() else _unpack(source, incoming)
        if problem := _strange(incoming):
            raise UserError(
                tr("{source} is no model that can be used: {problem}").format(source=source, problem=problem)
            )
    except BaseException:
        forget(incoming)
        raise
    return incoming


def incoming_folder() -> Path:
    """A new folder for what is taken in."""
    incoming = data_folder() / INCOMING / secrets.token_hex(4)
    with disk_errors(incoming):
        _sweep(incoming.parent)
        incoming.mkdir(parents=True)
    return incoming


def settle(incoming: Path, name: str) -> str:
    """Gives what was received its name, and returns it; what is there already stays."""
    folder = _free(name)
    with disk_errors(folder):
        _write_name(incoming, name)
        folder.parent.mkdir(parents=True, exist_ok=True)
        os.rename(incoming, folder)
    return name


def name_in(incoming: Path) -> str:
    """A free name like the one that the model gives itself."""
    try:
        return proposed_name(str(json.loads((incoming / "config.json").read_text(encoding="utf-8"))["name"]))
    except (OSError, ValueError, KeyError, TypeError):
        return proposed_name(tr("Model"))


def forget(incoming: Path) -> None:
    shutil.rmtree(incoming, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """What a program that ended early has left."""
    for left in folder.iterdir() if folder.is_dir() else ():
        if time.time() - left.stat().st_mtime > STALE:
            forget(left)


def _copy(source: Path, incoming: Path) -> None:
    with disk_errors(source):
        for file in sorted(source.iterdir()):
            if file.is_file() and FILES.fullmatch(file.name):  # what else lies there is not the model's
                shutil.copyfile(file, incoming / file.name)


def _unpack(source: Path, incoming: Path) -> None:
    try:
        with disk_errors(source), zipfile.ZipFile(source) as archive:
            members = [member for member in archive.infolist() if member.filename != HASHES]
            _check_members(source, members)
            for member in members:
                with archive.open(member) as packed, open(incoming / member.filename, "wb") as file:
                    shutil.copyfileobj(packed, file)
            hashes = json.loads(archive.read(HASHES)) if HASHES in archive.namelist() else {}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise UserError(
            tr("{source} is damaged or no model file. Export or download it again.").format(source=source)
        ) from error
    for name, digest in hashes.items() if isinstance(hashes, dict) else ():
        if not (incoming / name).is_file() or file_hash(incoming / name) != digest:
            raise UserError(
                tr("{source} is damaged: {name} is not what was exported. Export or download it again.").format(
                    source=source, name=name
                )
            )


def _check_members(source: Path, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        if not FILES.fullmatch(member.filename):
            raise UserError(
                tr("{source} holds {filename}, which is no part of a model. It was not imported.").format(
                    source=source, filename=member.filename[:80]
                )
            )
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise UserError(
            tr("{source} would take more than {most} GiB. It was not imported.").format(
                source=source, most=MOST_BYTES >> 30
            )
        )


def _strange(folder: Path) -> str:
    """What is wrong with a folder at first sight; empty where nothing is."""
    if not (folder / "config.json").is_file():
        return tr("it has no config.json.")
    if not any(folder.glob("*.safetensors")):
        return tr("it holds no weights as safetensors; other formats can run code, so they are not read.")
    return "" if read(folder).compression else tr("its config.json does not describe a model.")


# ---- the artist's own


def rename(name: str, new: str) -> None:
    """Another name for one of the artist's own models."""
    model, folder = _own(name), _free(new)
    with disk_errors(folder):
        _write_name(model.path, new)
        os.rename(model.path, folder)


def delete(name: str) -> None:
    """Deletes one of the artist's own models for good."""
    with disk_errors(folder := _own(name).path):
        shutil.rmtree(folder)


def _own(name: str) -> ModelInfo:
    model = find(name)
    if model is None or model.path.parent != own_models():
        raise UserError(tr("“{name}” is not one of your own models, so it stays as it is.").format(name=name))
    return model


def _write_name(folder: Path, name: str) -> None:
    """The name stands in the config too."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    write_whole(folder / "config.json", json.dumps({**config, "name": name}, indent=2) + "\n")


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            tr("{path}: {error}. Nothing was changed.").format(
                path=error.filename or path, error=error.strerror or error
            )
        ) from None
