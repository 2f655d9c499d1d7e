"""`handscroll evaluate` with real films and a small network of I3D's call in a TorchScript file."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

from engine.media.video import FilmWriter

SIDE = 40  # px of the films: two patches of the tiny model, and a rest

NETWORKS = """
import sys, warnings
import torch
from torch import Tensor, nn

class I3D(nn.Module):
    def __init__(self, dims: int):
        super().__init__()
        self.layer, self.dims = nn.Conv3d(3, 8, 4, 4), dims

    def forward(self, x: Tensor, rescale: bool = False, resize: bool = False, return_features: bool = False) -> Tensor:
        found = self.layer(x).mean((2, 3, 4))
        return found if self.dims == 2 else found[0]

class Other(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x

warnings.simplefilter("ignore")
torch.manual_seed(0)
for name, net in (("i3d", I3D(2)), ("row", I3D(1)), ("other", Other())):
    torch.jit.script(net).save(f"{sys.argv[1]}/{name}.pt")
"""


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made by a process of its own: writing TorchScript is deprecated, reading it is what the program does."""
    folder = tmp_path_factory.mktemp("networks")
    (folder / "make.py").write_text(NETWORKS)
    subprocess.run([sys.executable, folder / "make.py", folder], check=True)
    return folder


def clouds(width: int, height: int, seed: int) -> np.ndarray:
    small = np.random.default_rng(seed).integers(0, 256, (height // 8, width // 8, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC))


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    rows = ["file,split"]
    for number in range(3):
        Image.fromarray(clouds(200, 80, number)).save(folder / f"{number}.png")
        rows.append(f"{number}.png,{'train' if number > 1 else 'test'}")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n")
    return folder


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three films of ten frames that pan; one of them is to learn from."""
    folder = tmp_path_factory.mktemp("films")
    rows = ["file,split,caption"]
    for number in range(3):
        wide = clouds(SIDE + 40, SIDE, 10 + number)
        with FilmWriter(folder / f"{number}.mp4", (SIDE, SIDE), 5) as film:
            for frame in range(10):
                film.add(np.ascontiguousarray(wide[:, 4 * frame : 4 * frame + SIDE]))
        rows.append(f"{number}.mp4,{'train' if number == 2 else 'test'},clouds drift left")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n")
    return folder


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """An evaluation with as few pictures as it can have."""
    from engine.evaluate import following, report

    monkeypatch.setattr(following, "MARGIN", 32)
    monkeypatch.setattr(following, "BLOCK", 32)
    few = {"windows": 1, "wide": 1, "crops": 2, "paintings": 1, "links": 1, "captions": 2, "clips": 2}
    monkeypatch.setattr(report, "QUICK", replace(report.QUICK, **few))
    return report


def test_fvd_of_a_film_model_is_computed_with_the_network_that_is_named(
    studio, film_model, pictures, films, networks, hurried
):
    asked = ("evaluate", "--data", pictures, "--model", film_model, "--device", "cpu", "--quick", "--json")
    assert studio.run(*asked, "--films", films).figures["fvd"] == "not computed (needs weight files)"
    ended = studio.run(*asked, "--films", films, "--i3d", networks / "i3d.pt")
    found = ended.figures["fvd"]
    assert found["features"] == "I3D (i3d.pt)" and found["frames"] == 5 and found["clip_px"] == 32
    assert found["count"] == {"painted": 2, "real": 2, "reference": 2}
    assert all(found[way] > 0 for way in ("value", "real", "still"))
    assert "animating still 2 of 2" in ended.err
    none = studio.run(*asked, "--i3d", networks / "i3d.pt").figures["fvd"]
    assert "too few held-out clips of 5 frames" in none


def test_a_model_for_pictures_has_no_fvd(studio, pictures, networks):
    from engine.evaluate.films import video_distance
    from engine.evaluate.foreign_networks import ForeignFiles
    from engine.models.checkpoint import load_model

    model = load_model(str(studio.model), "cpu")
    assert video_distance(model, pictures, ForeignFiles(i3d=networks / "i3d.pt"), 2) == (
        "not computed (not a model for films)"
    )


def test_fvd_is_the_distance_of_the_features_of_clips(studio, film_model, films, networks):
    """Moving clips lie nearer to moving ones than the same clips at rest, and a clip painted twice is the same."""
    from engine.evaluate.films import animated, halves, held_out_films, video_distance
    from engine.evaluate.foreign_networks import ForeignFiles, clip_features
    from engine.evaluate.frechet import frechet_distance
    from engine.models.checkpoint import load_model

    model, files = load_model(str(film_model), "cpu"), ForeignFiles(i3d=networks / "i3d.pt")
    reference, chosen = halves(held_out_films(films, 16), model, 2)
    assert {words for _, words in reference + chosen} == {"clouds drift left"}
    painted = [animated(model, clip[0], words, seed) for seed, (clip, words) in enumerate(chosen)]
    assert all((made[0] == clip[0]).all() for made, (clip, _) in zip(painted, chosen, strict=True))
    found = video_distance(model, films, files, 2)
    assert isinstance(found, dict)
    features = [clip_features(files, np.stack(clips)) for clips in ([clip for clip, _ in reference], painted)]
    assert found["value"] == pytest.approx(frechet_distance(*features))
    moving = np.stack([clip for clip, _ in reference])
    assert frechet_distance(features[0], clip_features(files, moving)) == pytest.approx(0, abs=1e-6)
    assert frechet_distance(features[0], clip_features(files, np.repeat(moving[:, :1], 5, 1))) > 0


def test_a_single_film_is_divided_at_its_middle(film_model, tmp_path):
    from engine.evaluate.films import halves, held_out_films
    from engine.models.checkpoint import load_model

    with FilmWriter(tmp_path / "one.mp4", (SIDE, SIDE), 5) as film:
        for number in range(22):
            film.add(np.full((SIDE, SIDE, 3), 10 * number, np.uint8))
    reference, chosen = halves(held_out_films(tmp_path, 16), load_model(str(film_model), "cpu"), 4)
    assert len(reference) == len(chosen) == 2  # 22 frames are four clips, and a rest
    assert max(clip.mean() for clip, _ in reference) < min(clip.mean() for clip, _ in chosen)


def test_wrong_and_damaged_networks_are_told_before_anything_is_painted(
    studio, film_model, pictures, networks, tmp_path
):
    asked = ("evaluate", "--data", pictures, "--model", film_model, "--device", "cpu")
    torn, text = tmp_path / "torn.pt", tmp_path / "text.pt"
    torn.write_bytes((networks / "i3d.pt").read_bytes()[:3000])
    text.write_text("no network")
    for option in ("--i3d", "--inception"):
        for file in (torn, text):
            studio.run(*asked, option, file).told(1, file.name, "not a TorchScript file")
        studio.run(*asked, option, tmp_path / "none.pt").told(1, "is not a file")
        studio.run(*asked, option, tmp_path).told(1, "is not a file")
        studio.run(*asked, option, networks / "other.pt").told(1, "other.pt", "the expected inputs")
    studio.run(*asked, "--i3d", networks / "row.pt").told(1, "row.pt", "one row of numbers")
    studio.run(*asked, "--clip", tmp_path).told(1, "config.json")
    studio.run(*asked, "--films", tmp_path / "none").told(1, "is not a folder")
