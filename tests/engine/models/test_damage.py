"""A model whose files are not those that were written is told, whichever bit it is that differs."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.config import PRESETS, WORDS
from engine.models.checkpoint import ImageModel, load_model, save_model, write_config
from engine.models.text_encoder import TextTokenizer
from engine.request import UserError


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(ImageModel.fresh(PRESETS["tiny"]), folder)
    return folder


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("name", ["decoder.safetensors", "tokenizer.safetensors", WORDS])
def test_one_flipped_bit_is_told(whole: Path, tmp_path: Path, name: str, seed: int) -> None:
    folder = shutil.copytree(whole, tmp_path / "tiny")
    data = bytearray((folder / name).read_bytes())
    rng = np.random.default_rng(seed)
    data[rng.integers(len(data))] ^= 1 << int(rng.integers(8))
    (folder / name).write_bytes(data)
    with pytest.raises(UserError, match=f"{name} is damaged"):
        load_model(str(folder))


def test_a_missing_file_is_told(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "tiny")
    (folder / "decoder.safetensors").unlink()
    with pytest.raises(UserError, match="not complete"):
        load_model(str(folder))


def test_configs_without_hashes_are_read_and_can_be_given_some(whole: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(whole, tmp_path / "tiny")
    values = json.loads((folder / "config.json").read_text())
    assert {*values.pop("files")} == {"decoder.safetensors", "tokenizer.safetensors", WORDS}
    (folder / "config.json").write_text(json.dumps(values))
    model = load_model(str(folder))
    write_config(model.config, folder)
    assert json.loads((folder / "config.json").read_text()) == json.loads((whole / "config.json").read_text())
    for wrong in ([], "x", {"../../etc/passwd": ""}):
        (folder / "config.json").write_text(json.dumps({**values, "files": wrong}))
        with pytest.raises(UserError):
            load_model(str(folder))


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_vocabulary_is_told_or_read(whole: Path, seed: int) -> None:
    """Nothing else comes of it, whatever is done with it afterwards."""
    rng = np.random.default_rng(seed)
    data = bytearray((whole / WORDS).read_bytes())
    for at in rng.integers(0, len(data), int(rng.choice([1, 5, 50]))):
        data[at] ^= 1 << int(rng.integers(8))
    try:
        words = TextTokenizer(bytes(data))
    except UserError:
        return
    words.encode("winter, dark qwzx 冬", 77)
    words.pieces("winter 冬")
    words.whole_words()
