"""Token packs with the tiny preset: what is packed comes back, windows are balanced, a decoder learns from them."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine.config import PRESETS
from engine.datasets.captions import SEEN, read_captions, seen
from engine.models.checkpoint import ImageModel, load_model, load_tensors
from engine.request import UserError
from engine.training.data_loading import DecoderTraining
from engine.training.packed import held_out_windows, one_packed, packed_figures, train_packed
from engine.training.packing import PackSettings, make_pack
from engine.training.recipe import packed_settings
from engine.training.token_pack import KINDS, TokenPack, load_pack, packed, save_pack, unpacked
from engine.training.trainer import Budget

TINY = PRESETS["tiny"]
CPU = torch.device("cpu")
ROOT = Path(__file__).parents[3]
RECIPES = ROOT / "resources" / "recipes"
SETTINGS = PackSettings(sketches=2, brushes=1, lone=1, half=("unknown",), leave_out=("goblin",), soft=("soft",))
ROWS = (  # file, size, artist, source
    *((f"paintings/monet-{n}.png", (96, 72), "MONET, Claude" if n % 2 else "Claude Monet", "a") for n in range(9)),
    ("paintings/unknown-1.png", (96, 72), "Chinese painter, Song dynasty", "b"),
    ("paintings/hokusai-1.png", (72, 96), "Katsushika Hokusai", "c"),
    ("paintings/soft-1.png", (64, 64), "Somebody", "d"),
    ("paintings/goblin-1.png", (96, 72), "Somebody", "d"),
    ("scrolls/long-1.png", (600, 96), "Huang", "e"),
)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, rng = tmp_path_factory.mktemp("pictures"), np.random.default_rng(0)
    with (folder / "manifest.csv").open("w", newline="", encoding="utf-8") as table:
        write = csv.writer(table)
        write.writerow(("file", "width", "height", "split", "artist", "title", "caption", "source_repo"))
        for name, size, artist, source in ROWS:
            for split in ("train", "test"):
                file = name if split == "train" else name.replace("/", "/held-")
                (folder / file).parent.mkdir(exist_ok=True)
                small = rng.integers(0, 256, (size[1] // 8, size[0] // 8, 3), dtype=np.uint8)
                Image.fromarray(small).resize(size, Image.Resampling.BICUBIC).save(folder / file)
                write.writerow((file, *size, split, artist, "Winter by the River", "", source))
    return folder


@pytest.fixture(scope="module")
def model() -> ImageModel:
    return ImageModel.fresh(TINY)


@pytest.fixture(scope="module")
def pack(model: ImageModel, pictures: Path) -> TokenPack:
    return make_pack(model, pictures, "train", SETTINGS)


def weight(pack: TokenPack, part: str) -> float:
    return sum(p.weight for p in pack.pictures if part in p.name)


@pytest.mark.parametrize("count", [0, 1, 3, 4, 1001])
def test_tokens_come_back_out_of_ten_bits_each(count: int) -> None:
    tokens = np.random.default_rng(0).integers(0, 1024, count).astype(np.int16)
    stream = packed(tokens)
    assert stream.size == -(-count // 4) * 5
    assert np.array_equal(unpacked(stream, count), tokens)


def test_tokens_that_need_more_bits_are_refused() -> None:
    with pytest.raises(UserError, match="10 bits"):
        packed(np.array([3, 1024]))


def test_a_pack_comes_back_from_disk_as_it_was(pack: TokenPack, tmp_path: Path) -> None:
    save_pack(pack, tmp_path)
    again = load_pack(tmp_path)
    assert again.pictures == pack.pictures and again.kinds == pack.kinds and again.pictures_of == pack.pictures_of
    assert all(np.array_equal(a, b) for a, b in zip(again.maps, pack.maps, strict=True))
    assert [replace(v, shown=round(v.shown, 3)) for v in pack.views] == again.views
    assert load_tensors(tmp_path, "tokens")["tokens"].numel() <= 1.25 * pack.tokens + 5
    both = load_pack(tmp_path, tmp_path)
    assert both.tokens == 2 * pack.tokens and len(both.views) == 2 * len(pack.views)


def test_a_damaged_pack_is_told(pack: TokenPack, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no readable token pack"):
        load_pack(tmp_path)
    save_pack(pack, tmp_path)
    names = json.loads((tmp_path / "pack.json").read_text())
    (tmp_path / "pack.json").write_text(json.dumps({**names, "seen": ["purple"]}))
    with pytest.raises(UserError, match="older vocabulary"):
        load_pack(tmp_path)


def test_windows_are_tokens_of_the_pixels_they_speak_of(model: ImageModel, pictures: Path) -> None:
    """With nothing reduced or mirrored the map is that of the encoder, and the words are those of the pixels."""
    settings = PackSettings(sketches=0, brushes=1, lone=0, fixed=True, leave_out=("monet", "scroll", "goblin", "soft"))
    pack = make_pack(model, pictures, "train", settings)
    name = pack.pictures[pack.pictures_of[0]].name
    pixels = np.asarray(Image.open(pictures / name).convert("RGB"))
    whole = torch.from_numpy(np.array(np.pad(pixels, ((16, 16), (16, 16), (0, 0)), "symmetric")))
    with torch.autocast("cpu", torch.bfloat16):
        tokens = model.tokenizer.encode(whole.permute(2, 0, 1)[None] / 127.5 - 1)[0, 4:-4, 4:-4]
    assert np.mean(tokens.numpy() == pack.maps[0]) > 0.99
    view = pack.views[0]
    top, left = 4 * view.row, 4 * view.column
    shown = pixels[top : top + 16 * view.rows, left : left + 16 * view.columns]
    assert sorted(view.words) == sorted(seen(shown))


def test_what_is_seen_has_a_place_in_every_pack() -> None:
    rng = np.random.default_rng(1)
    for _ in range(60):
        pixels = np.clip(rng.normal(rng.uniform(0, 255, 3), rng.uniform(1, 90), (40, 40, 3)), 0, 255).astype(np.uint8)
        assert set(seen(pixels)) <= set(SEEN)
    assert len(SEEN) == len(set(SEEN)) < 31


def test_artists_and_sources_are_balanced(pack: TokenPack) -> None:
    """Nine pictures of one painter, whose name is written in two ways, weigh three times as much as a single one."""
    single = weight(pack, "hokusai")
    assert weight(pack, "monet") == pytest.approx(3 * single, rel=0.01)
    assert weight(pack, "unknown") == pytest.approx(single / 2, rel=0.01)
    assert not weight(pack, "goblin")


def test_each_kind_shows_what_it_is_for(pack: TokenPack) -> None:
    names: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for picture, kind in zip(pack.pictures_of, pack.kinds, strict=True):
        names[KINDS[kind]].add(pack.pictures[picture].name)
    assert not any("soft" in name for name in names["brush"]) and any("soft" in name for name in names["sketch"])
    assert pack.shapes("lone") == {(1, 1): 1.0}
    for view in pack.views:
        if KINDS[pack.kinds[view.map]] == "lone":
            assert view.shown > 0.3
        window = pack.window(view)
        assert window.shape == (view.rows * pack.side, view.columns * pack.side)


def test_windows_are_drawn_from_more_places_than_a_pack_names(pack: TokenPack) -> None:
    """Moved by at most a sixth of their side, and never beyond their map."""
    shape = (3, 3)
    named = {pack.window(v).tobytes() for v in pack.views if KINDS[pack.kinds[v.map]] == "brush"}
    drawn, _ = pack.draw(np.random.default_rng(0), 200, "brush", shape)
    places = {window.astype(np.int16).tobytes() for window in drawn}
    assert drawn.shape == (200, 12, 12) and len(places - named) > 10


def test_windows_to_judge_by_are_spread_over_the_pictures(pack: TokenPack) -> None:
    """Four of them come from four pictures from the first to the last, more go round once more."""
    few, words = pack.described("brush", (3, 3), 4)
    assert len(few) == len(words) == 4 and "MONET" not in words[3] and "Monet" in words[0]
    many, _ = pack.described("brush", (3, 3), 10_000)
    assert len(many) == sum(KINDS[pack.kinds[v.map]] == "brush" and v.rows == v.columns == 3 for v in pack.views)


def test_captions_know_prints_and_chinese_paintings(pictures: Path) -> None:
    captions = read_captions(pictures)
    assert "japanese woodblock print" in captions["paintings/hokusai-1.png"].hand
    assert "chinese painting" in captions["paintings/unknown-1.png"].hand
    assert "oil painting" in captions["paintings/monet-1.png"].hand
    assert "winter" in captions["paintings/monet-1.png"].scene


def test_batches_hold_the_shares_that_are_asked_for(pack: TokenPack, model: ImageModel) -> None:
    rng, training = np.random.default_rng(0), DecoderTraining(batch=2, single_patch_share=0.5, drop_text=0.0)
    batches = [one_packed(rng, pack, model, training) for _ in range(60)]
    alone = [b for b in batches if b.tokens.shape[1:] == (4, 4)]
    assert 20 <= len(alone) <= 40 and all(len(b.tokens) == 18 for b in alone)
    assert all(len(b.window.patches) == b.tokens[0].numel() // TINY.decoder.tokens for b in batches)
    assert all(len(b.words) == len(b.tokens) for b in batches) and any(any(b.words) for b in batches)


def packed_run(folder: Path, pack: TokenPack, held_out: TokenPack, steps: int) -> dict[str, torch.Tensor]:
    model = ImageModel.fresh(TINY)
    training = DecoderTraining(
        batch=2, single_patch_share=0.3, held_out=2, report_every=4, patch_loss=False, ema_decay=0.5
    )
    list(train_packed(folder, model, training, pack, held_out, Budget(steps=steps), CPU))
    return dict(model.decoder.state_dict())


def test_a_decoder_learns_from_a_pack_and_resumes_bit_for_bit(
    pack: TokenPack, model: ImageModel, pictures: Path, tmp_path: Path
) -> None:
    held_out = make_pack(model, pictures, "test", SETTINGS.held_out())
    whole = packed_run(tmp_path / "whole", pack, held_out, 12)
    model_before = packed_figures(ImageModel.fresh(TINY), held_out_windows(model, held_out, 2, CPU))
    assert set(model_before) == {*KINDS, *(f"{kind}_words" for kind in KINDS)}
    curve = json.loads((tmp_path / "whole" / "state.json").read_text())["curve"]
    assert curve[0]["brush"] == pytest.approx(model_before["brush"]) and curve[-1]["mean"] < curve[0]["mean"] - 0.05

    stopped = ImageModel.fresh(TINY)
    training = DecoderTraining(
        batch=2, single_patch_share=0.3, held_out=2, report_every=4, patch_loss=False, ema_decay=0.5
    )
    for run in train_packed(tmp_path / "parts", stopped, training, pack, held_out, Budget(steps=12), CPU):
        run.stopping = run.step == 4
    again = packed_run(tmp_path / "parts", pack, held_out, 12)
    assert all(torch.equal(again[name], value) for name, value in whole.items())


def test_the_run_for_a_graphics_card_is_rehearsed_to_its_end(tmp_path: Path) -> None:
    script = ROOT / "packaging" / "train_on_card.py"
    done = subprocess.run([sys.executable, script, "rehearse", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(files) <= 8 and max(path.stat().st_size for path in files) < 16 * 2**20
    figures = json.loads((tmp_path / "out" / "figures.json").read_text())
    assert figures["after"]["mean"] < figures["before"]["mean"] and figures["tokens_a_second"] > 0
    assert load_model(str(tmp_path / "out" / "model"), "cpu").config.decoder == TINY.decoder


def test_the_run_for_a_graphics_card_needs_no_more_than_such_a_machine_has() -> None:
    """Neither Qt nor ffmpeg nor what reads layered files: only what trains."""
    code = "import sys, train_on_card; print(*{name.split('.')[0] for name in sys.modules})"
    places = {**os.environ, "PYTHONPATH": str(ROOT / "packaging")}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=places)
    assert not {"PySide6", "imageio_ffmpeg", "psd_tools", "tifffile", "torchmetrics"} & set(told.stdout.split())


def test_a_recipe_without_the_stage_is_told() -> None:
    with pytest.raises(UserError, match="packed"):
        packed_settings(RECIPES / "film.toml")
    packing, training = packed_settings(RECIPES / "starter.toml", card=True)
    assert packing.leave_out == ("goblin",) and training.batch > packed_settings(RECIPES / "starter.toml")[1].batch
