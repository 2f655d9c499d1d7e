"""The laboratory at its smallest scale: every table runs, goes on where it was, and leaves no cell empty."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from app.cli import main
from app.cli.reproduce import NAMES, SCALES
from engine.config import PRESETS
from engine.inference.prefill import order_rows
from engine.models.checkpoint import ImageModel
from engine.models.vqgan import VOID
from engine.reproduction import scale as scales
from engine.reproduction.measures import beside
from engine.reproduction.painters import paint
from engine.reproduction.reproduce import reproduce
from engine.reproduction.tables import CACHED, DIVIDED, MASKED, OURS, SLIDING, experiments
from engine.reproduction.variants import Variant
from engine.request import Order, UserError

TINY = scales.SCALES["tiny"]
KNOWN = ImageModel.fresh(PRESETS["tiny"])


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    rng = np.random.default_rng(0)
    rows = ["file,split,caption"]
    for number in range(8):
        small = rng.integers(0, 256, (12, 16, 3), dtype=np.uint8)
        Image.fromarray(small).resize((160, 120), Image.Resampling.BICUBIC).save(folder / f"{number}.png")
        rows.append(f"{number}.png,{'test' if number % 2 else 'train'},hills number {number}")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n")
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all tests write: what one table has learned is there for the next, as for one who makes them all."""
    return tmp_path_factory.mktemp("paper")


def model_of(variant: Variant) -> ImageModel:
    """A model whose every weight matters."""
    model = variant.fresh(TINY, KNOWN, ["hills"], 0)
    torch.manual_seed(1)
    for parameter in model.decoder.parameters():
        parameter.data.add_(0.3 * torch.randn_like(parameter))
    model.decoder.eval().requires_grad_(False)
    return model


@pytest.mark.parametrize("what", NAMES)
def test_every_table_and_figure_is_made_again(pictures: Path, out: Path, what: str) -> None:
    found = reproduce(what, "tiny", pictures, out, device="cpu")
    folder = out / f"{what}-tiny"
    page = (folder / "page.md").read_text(encoding="utf-8")
    experiment = experiments(TINY)[what]
    assert {variant.name for variant in experiment.variants} < set(found["results"])
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in rows}) == 1 and len(rows) == 2 + len(found["results"])
    assert all(cell.strip() for line in rows for cell in line.strip("|").split("|"))
    assert (folder / "chart.png").exists() and json.loads((folder / "results.json").read_text())["steps"] == TINY.steps


def test_what_is_finished_is_kept_and_other_settings_are_told(pictures: Path, out: Path) -> None:
    first = reproduce("table5", "tiny", pictures, out, device="cpu")
    results = out / "table5-tiny" / "results.json"
    state = json.loads(results.read_text())
    del state["results"]["post-feeding (output)"]  # as if the process had ended before it
    results.write_text(json.dumps(state))
    told: list[str] = []
    again = reproduce("table5", "tiny", pictures, out, device="cpu", tell=told.append)
    assert [line for line in told if "pre-feeding" in line] == []
    value = again["results"]["post-feeding (output)"]["bits"]
    assert value == pytest.approx(first["results"]["post-feeding (output)"]["bits"])
    with pytest.raises(UserError, match="other settings"):
        reproduce("table5", "tiny", pictures, out, device="cpu", seed=1)


def test_tables_of_as_many_steps_share_what_they_learn(pictures: Path, out: Path) -> None:
    for what in ("table5", "table6"):
        reproduce(what, "tiny", pictures, out, device="cpu")
    rows = [json.loads((out / f"{what}-tiny" / "results.json").read_text())["results"] for what in ("table5", "table6")]
    assert rows[0]["pre-feeding (key)"]["curve"] == rows[1]["with caches"]["curve"]  # with its times on the clock
    assert OURS.key(TINY, 0, 3) == replace(OURS, name="AR").key(TINY, 0, 3)
    keys = {v.key(TINY, 0, 3) for v in (OURS, DIVIDED, SLIDING, MASKED)}
    assert len({*keys, OURS.key(TINY, 1, 3), OURS.key(TINY, 0, 4)}) == 6


def test_steps_can_be_given_instead_of_minutes(pictures: Path, tmp_path: Path) -> None:
    assert reproduce("table7c", "tiny", pictures, tmp_path, minutes=9, steps=1, device="cpu")["steps"] == 1


def test_variants_learn_from_as_many_tokens() -> None:
    for experiment in experiments(TINY).values():
        for variant in experiment.variants:
            config = variant.config(TINY)
            tokens = variant.batch(TINY) * (config.window * config.side) ** 2
            wanted = TINY.batch * (TINY.decoder.window * TINY.decoder.side) ** 2
            assert tokens == pytest.approx(wanted, rel=0.25), (experiment.what, variant.name)


@pytest.mark.parametrize("variant", [OURS, SLIDING, CACHED, MASKED, DIVIDED], ids=lambda variant: variant.name)
def test_painters_fill_what_is_unknown_and_keep_what_is_known(variant: Variant) -> None:
    model = model_of(variant)
    known = torch.randint(16, (3, 8, 8))
    for side in variant.sides:
        maps = beside(known, side)
        painted = paint(variant, model, maps, 5, [""] * 3)
        assert (painted != VOID).all() and (painted < 16).all()
        assert torch.equal(painted[maps != VOID], maps[maps != VOID])
        assert torch.equal(painted, paint(variant, model, maps, 5, [""] * 3))
        assert not torch.equal(painted[0], painted[1])


@pytest.mark.parametrize(
    ("variant", "sees"), [(OURS, True), (SLIDING, True), (CACHED, True), (MASKED, True), (DIVIDED, False)],
    ids=lambda each: each.name if isinstance(each, Variant) else "",
)  # fmt: skip
def test_what_is_known_is_seen_by_all_but_divide_and_conquer(variant: Variant, sees: bool) -> None:
    model = model_of(variant)
    maps = beside(torch.randint(16, (2, 8, 8)), "right")
    other = maps.clone()
    other[:, :, 4:8] = (other[:, :, 4:8] + 7) % 16
    one, two = (paint(variant, model, each, 5, [""] * 2)[:, :, 8:] for each in (maps, other))
    assert torch.equal(one, two) != sees


def test_the_sliding_window_draws_what_its_definition_says() -> None:
    """The last token of a window that fits the map exactly: one forward over all that comes before it."""
    model = model_of(replace(SLIDING, changes={}))
    maps = torch.randint(16, (1, 8, 8))
    maps[:, -1, -1] = VOID
    drawn = {int(paint(SLIDING, model, maps, seed, [""])[0, -1, -1]) for seed in range(40)}
    cached = {int(paint(CACHED, model, maps, seed, [""])[0, -1, -1]) for seed in range(40)}
    logits, _ = model.decoder(maps.flatten(1), order_rows([Order.ZETA], torch.device("cpu")))
    likely = set(logits[0, -1].topk(12).indices.tolist())
    assert drawn & likely and cached & likely and len(drawn) > 1


def test_the_command_prints_the_page(pictures: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["reproduce", "table7c", "--data", str(pictures), "--scale", "tiny", "-o", str(out), "--device", "cpu"]
    assert main(asked) == 0
    assert "## table7c" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["steps"] == TINY.steps
    assert main(["reproduce", "table9", "--data", str(pictures)]) == 2
    assert set(SCALES) == set(scales.SCALES) and set(NAMES) == set(experiments(TINY))
