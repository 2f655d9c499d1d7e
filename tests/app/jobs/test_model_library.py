"""Models as files: given away and taken in again, renamed, deleted; what is damaged or foreign changes nothing."""

import json
import os
import shutil
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.jobs import model_library as library
from app.jobs.model_registry import find, own_models, read
from engine.config import PARTS, PRESETS, GuideConfig
from engine.models.checkpoint import ImageModel, load_model, save_model
from engine.request import Extent, UserError


@pytest.fixture
def own(home: Path, tiny: str) -> str:
    shutil.copytree(tiny, own_models() / "hills")
    return "hills"


def take_in(path: Path, name: str = "") -> str:
    incoming = library.receive(path)
    return library.settle(incoming, name or library.name_in(incoming))


def exported(folder: Path, name: str = "hills") -> Path:
    model, path = find(name), folder / f"{name}{library.SUFFIX}"
    assert model
    library.export_model(model, path)
    return path


def test_what_is_exported_comes_back_the_same(own: str, tmp_path: Path):
    path = exported(tmp_path)
    before = library.weights_hash(own_models() / "hills")
    assert take_in(path, "again") == "again"
    assert library.weights_hash(own_models() / "again") != before, "its name is part of its config"
    for name in ("tokenizer.safetensors", "decoder.safetensors", "words.model"):
        there, here = own_models() / "hills" / name, own_models() / "again" / name
        assert there.exists() == here.exists() and (not here.exists() or there.read_bytes() == here.read_bytes())
    assert json.loads((own_models() / "again" / "config.json").read_text())["name"] == "again"
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []


def test_a_folder_is_taken_in_under_a_free_name(own: str, tiny: str, home: Path):
    assert [take_in(Path(tiny)), take_in(Path(tiny))] == ["tiny", "tiny 2"]
    assert not list((home / library.INCOMING).iterdir())


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def repacked(path: Path, name: str, content: bytes) -> Path:
    """The archive with another content of one member."""
    with zipfile.ZipFile(path) as old:
        members = {member: old.read(member) for member in old.namelist()}
    return archive(path.with_name("changed.zip"), **{**members, name: content})


def test_what_is_no_model_is_not_taken_in(own: str, tmp_path: Path, home: Path):
    whole = exported(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "cut").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    (tmp_path / "text").write_text("no model")
    config = json.dumps({"tokenizer": {"compression": 4}, "decoder": {"side": 16}}).encode()
    refused = {
        tmp_path / "none": "No such file",
        tmp_path / "cut": "damaged or no model file",
        tmp_path / "text": "damaged or no model file",
        empty: "no config.json",
        repacked(whole, "decoder.safetensors", b"other"): "not what was exported",
        archive(tmp_path / "a.zip", **{"../evil.md": b"x"}): "no part of a model",
        archive(tmp_path / "b.zip", **{"config.json": config, "weights.pt": b"x"}): "no part of a model",
        archive(tmp_path / "c.zip", **{"config.json": config}): "as safetensors",
        archive(tmp_path / "d.zip", **{"config.json": b"{}", "decoder.safetensors": b"x"}): "does not describe",
    }
    for path, words in refused.items():
        with pytest.raises(UserError, match=words):
            take_in(path)
    assert sorted(each.name for each in own_models().iterdir()) == ["hills"]
    assert not list((home / library.INCOMING).iterdir()) and not (tmp_path.parent / "evil.md").exists()


def test_an_archive_that_would_fill_the_disk_is_not_unpacked(own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(library, "MOST_BYTES", 1000)
    with pytest.raises(UserError, match="more than"):
        take_in(exported(tmp_path))


def test_renamed_and_deleted(own: str):
    library.rename("hills", "by the pool")
    assert find("hills") is None and (found := find("by the pool")) and not found.problem
    assert json.loads((found.path / "config.json").read_text())["name"] == "by the pool"
    library.delete("by the pool")
    assert find("by the pool") is None


def test_names_that_cannot_be_and_models_that_stay(own: str):
    for name in ("../x", "", " a", "x" * 65, "a/b"):
        with pytest.raises(UserError, match="cannot be the name"):
            library.rename("hills", name)
    with pytest.raises(UserError, match="already"):
        library.rename("hills", "starter")
    for change in (lambda: library.delete("starter"), lambda: library.rename("starter", "x")):
        with pytest.raises(UserError, match="not one of your own"):
            change()
    assert find("hills") and find("starter")


def test_a_proposed_name_is_free_and_can_be(own: str):
    assert library.proposed_name("hills") == "hills 2"
    assert library.proposed_name("  山水/画 ") == "山水 画"
    assert library.proposed_name("///") == "Study" and library.checked_name(library.proposed_name("x" * 300))


def test_what_an_import_left_behind_is_swept_away(own: str, tmp_path: Path, home: Path):
    stale = home / library.INCOMING / "old"
    stale.mkdir(parents=True)
    long_ago = time.time() - 2 * library.STALE
    os.utime(stale, (long_ago, long_ago))
    take_in(exported(tmp_path), "again")
    assert not stale.exists()


def test_a_place_that_cannot_be_written_is_told(own: str, tmp_path: Path):
    model = read(own_models() / "hills")
    with pytest.raises(UserError, match="No such file"):
        library.export_model(model, tmp_path / "nowhere" / "x.handscroll-model")


def test_a_film_model_keeps_its_guide_when_it_is_exported_and_imported(home: Path, tmp_path: Path):
    """Those that were studied too: they have the parts of the model that they began with."""
    tiny = PRESETS["tiny"]
    extent = replace(tiny.decoder, extent=Extent(1, 1, 1))
    model = ImageModel.fresh(replace(tiny, name="film", decoder=extent, guide=GuideConfig((8, 16))))
    assert model.guide is not None and {*model.parts} == {*PARTS}, "every kind of part is in this model"
    save_model(model, own_models() / "hills")
    back = load_model(str(own_models() / take_in(exported(tmp_path), "again")), "cpu")
    assert back.guide is not None
    for part, net in load_model(str(own_models() / "hills"), "cpu").parts.items():
        for name, value in net.state_dict().items():
            assert torch.equal(value, back.parts[part].state_dict()[name]), f"{part}: {name}"
