"""Models as they are listed, and requests as the document keeps them."""

import json
from pathlib import Path

import pytest

from app.jobs import model_registry as models
from app.jobs import request_codec as requests
from app.jobs.protocol import Sketch
from engine.request import Box, KnownPicture, Order, PaintRequest, Prompt, UserError

CONFIG = {"name": "own", "tokenizer": {"compression": 8}, "decoder": {"side": 16}}


def make(folder: Path, config: object = CONFIG, card: str = "") -> Path:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(config if isinstance(config, str) else json.dumps(config))
    (folder / "decoder.safetensors").write_bytes(bytes(2**20))
    if card:
        (folder / "card.md").write_text(card)
    return folder


def test_the_starter_is_listed():
    starter = next(model for model in models.models() if model.name == "starter")
    assert (starter.patch_px, starter.compression, starter.licence) == (128, 8, "Apache-2.0")
    assert starter.mib > 5 and starter.tasks == ("outpaint", "text") and starter.shipped and not starter.problem
    assert starter.card.startswith("#") and models.place("starter") == str(starter.path)
    assert models.name_of(models.place("starter")) == "starter"


def test_own_models_are_listed_and_found(home: Path):
    make(home / "models" / "own", {**CONFIG, "tasks": ["outpaint", "animate"]}, "| Licence | CC0 |\n")
    own = next(model for model in models.models() if model.name == "own")
    assert own.tasks == ("outpaint", "animate") and own.licence == "CC0" and not own.shipped
    assert own.mib == pytest.approx(1.0, abs=0.01) and own.memory_mib > models.SPARE_MIB
    assert models.name_of(models.place("own")) == "own"


def test_an_own_model_goes_before_a_shipped_one_of_its_name(home: Path):
    make(home / "models" / "starter")
    assert [model.shipped for model in models.models() if model.name == "starter"] == [False]
    assert models.place("starter") == str(home / "models" / "starter")


@pytest.mark.parametrize(
    "config", ["", "[]", "{}", "nonsense", {**CONFIG, "decoder": {"side": 0}}, {**CONFIG, "decoder": {"side": "16"}}]
)
def test_a_folder_that_is_no_model_says_so(home: Path, config: object):
    make(home / "models" / "bad", config)
    bad = next(model for model in models.models() if model.name == "bad")
    assert "does not describe a model" in bad.problem
    with pytest.raises(UserError, match="does not describe"):
        models.place("bad")


def test_a_model_with_patches_that_a_document_cannot_keep_says_so(home: Path):
    """Otherwise its first patch would leave the job without an end."""
    make(home / "models" / "small", {**CONFIG, "decoder": {"side": 4}})
    with pytest.raises(UserError, match="4×4 tokens, and documents keep 16×16"):
        models.place("small")


def test_a_model_that_is_not_there_says_which_are():
    with pytest.raises(UserError, match="starter"):
        models.place("mountains")
    assert models.find("") is None


def test_a_request_comes_back_as_it_was():
    request = PaintRequest(
        Box(-5, 3, 512, 256), seed=9, temperature=0.7, top_k=5, top_p=0.9, order=Order.ZETA_STAR, anchor=(-128, 7),
        prompts=(Prompt("winter", (3, -4)), Prompt("")), guidance=2.5,
    )  # fmt: skip
    values = json.loads(json.dumps(requests.to_dict(request, "starter")))
    back, model = requests.from_dict(values)
    assert back.prompts == request.prompts and back.guidance == request.guidance
    assert model == "starter" and requests.to_dict(back, model) == values
    assert (back.top_p, back.min_p) == (0.9, None), "what is left to the model stays left to it"
    assert (back.target, back.order, back.anchor, back.top_k) == (request.target, Order.ZETA_STAR, (-128, 7), 5)


def test_a_sketch_carries_no_pixels(tmp_path: Path):
    import numpy as np

    request = PaintRequest(Box(0, 0, 64, 64), (KnownPicture(Box(0, 0, 32, 64), np.ones((64, 32, 3), np.uint8)),))
    sketch = Sketch.of(1, request, "starter", "cpu")
    assert sketch.request.known[0].pixels.size == 0
    assert sketch.blank().known[0].pixels.shape == (64, 32, 3)
