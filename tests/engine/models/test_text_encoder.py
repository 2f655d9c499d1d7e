"""Words: the vocabulary, what the decoder hears of them (Eq. 10), prompts by place, guidance, models on disk."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.config import PRESETS, WORDS, ModelConfig
from engine.datasets.captions import Caption, read_captions, seen
from engine.datasets.images import CropSampler, TrainingPicture
from engine.evaluate.text_alignment import bits_under, text_alignment
from engine.inference.guidance import PLAUSIBLE, GuidedStates, guided
from engine.inference.incremental_decoding import PatchStates
from engine.inference.paint import paint, paint_all
from engine.inference.prompt_blending import Prompts, prompt_weights
from engine.media.animation import PART, of_part
from engine.models.checkpoint import SENTENCES, ImageModel, load_model, save_model, without_text
from engine.models.known_words import known_part, known_words
from engine.models.text_encoder import TextStates, TextTokenizer
from engine.request import Box, KnownPicture, Order, PaintedPatch, PaintRequest, PatchPainted, Prompt, UserError
from engine.training.recipe import begin

TINY = PRESETS["tiny"]
WORDLESS = replace(TINY, decoder=replace(TINY.decoder, text=None))
TOKENS = TINY.decoder.tokens


@pytest.fixture(scope="module")
def model(shaken: Callable[..., ImageModel]) -> ImageModel:
    """Random weights that all matter, in float64."""
    return shaken(5, 0.2, torch.float64)


def heard(model: ImageModel, *texts: str) -> TextStates:
    states = model.read(texts)
    assert states is not None
    return states


def logits(model: ImageModel, tokens: Tensor, text: TextStates | None) -> Tensor:
    return model.decoder(tokens, torch.zeros(len(tokens), dtype=torch.int64), None, text)[0]


def tokens_of(model: ImageModel, batch: int = 1) -> Tensor:
    return torch.randint(model.config.decoder.vocabulary, (batch, TOKENS))


# ---- the vocabulary


def test_words_of_any_script_are_read_and_long_prompts_are_cut() -> None:
    words = TextTokenizer.learn(SENTENCES, 512)
    assert words.encode("Winter", 77) == words.encode("winter", 77) != words.encode("sunset", 77)
    for text in ("山水", "зимний вечер", "🌊", "x" * 10_000, "\x00\n\t"):
        pieces = words.encode(text, 77)
        assert 1 <= len(pieces) <= 77 and max(pieces) < words.vocabulary
    assert words.encode("", 77) == words.encode("   ", 77) == [1]
    assert words.count("x" * 10_000) > 77


def test_a_damaged_vocabulary_is_told() -> None:
    with pytest.raises(UserError, match="damaged"):
        TextTokenizer(b"no vocabulary")


# ---- what the decoder hears


@pytest.mark.parametrize("texts", [("winter",), ("",), ("winter", "a sunset by the sea", "")])
def test_painting_token_by_token_with_words_equals_one_masked_forward(model: ImageModel, texts: Sequence[str]) -> None:
    tokens, text = tokens_of(model, len(texts)), heard(model, *texts)
    whole = logits(model, tokens, text)
    states = PatchStates(model.decoder, torch.zeros(len(texts), dtype=torch.int64), None, text)
    steps = [states.advance(tokens[:, i - 1] if i else None) for i in range(TOKENS)]
    assert (torch.stack(steps, 1) - whole).abs().max() < 1e-12


def test_words_change_what_is_painted_and_padding_does_not(model: ImageModel) -> None:
    tokens = tokens_of(model).expand(3, -1)
    together = logits(model, tokens, heard(model, "winter", "a long evening by the stormy sea", ""))
    for index, text in enumerate(("winter", "a long evening by the stormy sea", "")):
        assert (logits(model, tokens[:1], heard(model, text))[0] - together[index]).abs().max() < 1e-12
    assert (together[0] - together[1]).abs().max() > 1e-3 and (together[0] - together[2]).abs().max() > 1e-3


def test_no_text_is_the_empty_prompt(model: ImageModel) -> None:
    tokens = tokens_of(model)
    assert torch.equal(logits(model, tokens, None), logits(model, tokens, heard(model, "")))


def test_the_empty_prompt_needs_no_attention(model: ImageModel) -> None:
    """The value of the start piece, added outright, is what attention to it alone would give."""
    block, states = model.decoder.layers[0], heard(model, "")
    short = block.project_text(states, 0)
    x = torch.randn(1, 5, TINY.decoder.dim, dtype=torch.float64)
    long = block.cross_attend(x, short._replace(constant=None))
    assert short.constant is not None and (long - short.constant).abs().max() < 1e-12


def test_without_words_the_empty_prompt_is_painted_the_same(model: ImageModel) -> None:
    plain, tokens = without_text(model), tokens_of(model)
    assert plain.words is None and plain.config.decoder.text is None
    assert sum(p.numel() for p in plain.decoder.parameters()) < sum(p.numel() for p in model.decoder.parameters())
    assert (logits(plain, tokens, None) - logits(model, tokens, None)).abs().max() < 1e-12
    assert without_text(plain) is plain


def test_a_blend_goes_from_one_prompt_to_the_other(model: ImageModel) -> None:
    tokens, one, other = tokens_of(model), heard(model, "winter"), heard(model, "sunset")
    ends = [logits(model, tokens, TextStates.blended([(one, w), (other, 1 - w)])) for w in (1 - 1e-12, 0.5, 1e-12)]
    assert (ends[0] - logits(model, tokens, one)).abs().max() < 1e-9
    assert (ends[2] - logits(model, tokens, other)).abs().max() < 1e-9
    assert (ends[1] - ends[0]).abs().max() > 1e-4


def test_guidance_of_one_is_none_and_more_goes_further(model: ImageModel) -> None:
    orders, text = torch.zeros(1, dtype=torch.int64), heard(model, "winter")
    worded, plain = logits(model, tokens_of(model) * 0, text)[:, 0], logits(model, tokens_of(model) * 0, None)[:, 0]
    for strength in (1.0, 3.0):
        first = GuidedStates(model.decoder, orders, None, text, strength).advance(None)
        further = plain + strength * (worded - plain)
        plausible = worded >= worded.max() + math.log(PLAUSIBLE)
        assert plausible.any() and (first - further)[plausible].abs().max() < 1e-12
        if strength == 1:
            assert (first - worded).abs().max() < 1e-12


def test_guidance_brings_nothing_forward_that_the_words_do_not_find_plausible() -> None:
    """Negative control: taken further without a bound, what is a little less unlikely wins."""
    worded, plain = torch.tensor([[5.0, 4.0, -3.0]]), torch.tensor([[5.5, 3.0, -9.0]])
    assert (plain + 8 * (worded - plain)).argmax() == 2
    chosen = guided(plain, worded, 8.0)
    assert chosen.argmax() == 1
    assert chosen[0, 1] - chosen[0, 2] == worded[0, 0] - worded[0, 2]


# ---- prompts by place


def test_the_nearest_prompt_speaks_and_borders_are_blended_over_one_patch() -> None:
    prompts = (Prompt("winter", (0, 50)), Prompt("summer", (1000, 50)))
    weights = [prompt_weights(prompts, Box(x, 0, 100, 100))[0] for x in (0, 350, 400, 450, 500, 550, 900)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1 and weights[-1] == 0 and weights[3] == pytest.approx(0.5)
    assert prompt_weights((Prompt("winter"),), Box(5, 5, 100, 100)) == (1,)


def test_several_prompts_need_places_and_models_without_words_say_so(model: ImageModel) -> None:
    with pytest.raises(UserError, match="position"):
        Prompts((Prompt("winter"), Prompt("summer")), model)
    with pytest.raises(UserError, match="does not understand prompts"):
        Prompts((Prompt("winter"),), ImageModel.fresh(WORDLESS))
    assert not Prompts((Prompt("  "),), ImageModel.fresh(WORDLESS)).said


def test_each_frame_hears_what_was_said_last(model: ImageModel) -> None:
    box, said = Box(0, 0, 32, 32), Prompts((Prompt("winter"), Prompt("summer", frame=3)), model)
    heard = [said.at(box, frame) for frame in range(5)]
    assert heard[0] is heard[2] and heard[3] is heard[4] and heard[2] is not heard[3]
    late = Prompts((Prompt("summer", frame=3),), model)
    assert late.at(box) is not late.at(box, 3), "nothing is said before"
    assert len(late.heard([(box, 0), (box, 3)])) == 2 and late.said


def test_of_a_region_it_is_said_that_all_of_it_moves(model: ImageModel) -> None:
    assert of_part("clouds drift left") == f"clouds drift left, {PART}" and of_part(" ") == " "
    box = Box(0, 0, 32, 32)
    said, spelled = Prompts((Prompt("winter"),), model, part=True), Prompts((Prompt(of_part("winter")),), model)
    one, other = said.at(box), spelled.at(box)
    assert one and other and torch.equal(one.keys, other.keys)


def a_request(**changes: object) -> PaintRequest:
    pixels = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    request = PaintRequest(Box(0, 0, 96, 64), (KnownPicture(Box(0, 0, 32, 32), pixels),), seed=3)
    return replace(request, **changes)  # type: ignore[arg-type]


def test_an_empty_prompt_continues_and_words_steer(model: ImageModel) -> None:
    plain = paint_all(a_request(), model)
    assert np.array_equal(plain, paint_all(a_request(prompts=(Prompt(""),)), model))
    worded = paint_all(a_request(prompts=(Prompt("stormy sea"),)), model)
    assert not np.array_equal(plain, worded)
    assert not np.array_equal(worded, paint_all(a_request(prompts=(Prompt("stormy sea"),), guidance=4.0), model))
    assert np.array_equal(worded[:32, :32], plain[:32, :32])


def test_batches_and_resume_with_prompts_by_place_paint_the_same_picture(model: ImageModel) -> None:
    request = a_request(prompts=(Prompt("winter", (0, 0)), Prompt("summer evening", (96, 64))), guidance=2.0)
    events = [e for e in paint(request, model) if isinstance(e, PatchPainted)]
    alone = [e for e in paint(request, model, width=1) if isinstance(e, PatchPainted)]
    assert {e.patch: e.tokens.tolist() for e in events} == {e.patch: e.tokens.tolist() for e in alone}
    half = tuple(PaintedPatch(e.patch, e.tokens) for e in events[: len(events) // 2])
    assert np.array_equal(paint_all(request, model), paint_all(replace(request, painted=half), model))


# ---- from nothing


def test_a_canvas_without_any_picture_is_painted_from_words(model: ImageModel) -> None:
    request = PaintRequest(Box(-10, 5, 50, 40), seed=1, prompts=(Prompt("winter"),))
    assert paint_all(request, model).shape == (40, 50, 3)


# ---- on disk


def test_words_travel_with_the_model(tmp_path: Path) -> None:
    model = ImageModel.fresh(TINY)
    save_model(model, tmp_path / "m", bits=32)
    again = load_model(str(tmp_path / "m"), "cpu")
    assert again.config == TINY and again.words and model.words and again.words.model == model.words.model
    tokens = tokens_of(model)
    with torch.no_grad():
        assert torch.equal(logits(again, tokens, again.read(["sea"])), logits(model, tokens, model.read(["sea"])))
    (tmp_path / "m" / WORDS).unlink()
    with pytest.raises(UserError, match="not complete"):
        load_model(str(tmp_path / "m"), "cpu")


def test_a_model_without_words_learns_them_from_where_it_stands(tmp_path: Path) -> None:
    """Projections of the words begin at zero, so that the first step paints what the model painted before."""
    before = ImageModel.fresh(WORDLESS, seed=1)
    save_model(before, tmp_path / "before", bits=32)
    begin(tmp_path / "run", TINY, str(tmp_path / "before"))
    after = load_model(str(tmp_path / "run" / "model"), "cpu")
    tokens = tokens_of(before)
    with torch.no_grad():
        assert torch.equal(logits(after, tokens, after.read(["winter"])), logits(before, tokens, None))


def test_config_with_words_survives_json() -> None:
    assert ModelConfig.from_dict(TINY.to_dict()) == TINY


# ---- what pictures are said to show


def test_words_are_seen_in_pixels() -> None:
    night, snow = np.full((64, 64, 3), 12, np.uint8), np.full((64, 64, 3), 240, np.uint8)
    assert "very dark" in seen(night) and {"very bright", "grey", "plain"} <= set(seen(snow))
    sea = np.zeros((64, 64, 3), np.uint8)
    sea[..., 2] = 200
    sea[:20] = (230, 240, 255)
    assert {"blue", "high horizon"} <= set(seen(sea))


def test_captions_come_from_the_manifest(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(
        "file,split,title,artist,caption\nscrolls/a.png,train,Pines [1/2],Someone (his hand),snow on old pines\n"
    )
    caption = read_captions(tmp_path)["scrolls/a.png"]
    assert caption.scene == ("snow on old pines", "Pines", "winter")
    assert caption.hand == ("by Someone", "ink on silk", "chinese handscroll")
    assert caption.handles == ("winter", "ink on silk", "chinese handscroll")
    rng, crop = np.random.default_rng(0), np.zeros((8, 8, 3), np.uint8)
    said = {Caption(("one", "two")).words(rng, crop) for _ in range(60)}
    assert "" in said and any("one" in words for words in said) and any("very dark" in words for words in said)


def test_the_scene_is_seldom_said_of_a_corner() -> None:
    rng, crop = np.random.default_rng(0), np.zeros((8, 8, 3), np.uint8)
    whole, corner = (
        [Caption(("a village",), ("by Someone",)).words(rng, crop, shown) for _ in range(400)] for shown in (1.0, 0.1)
    )
    scenes, hands = ([sum(said in words for words in some) for some in (whole, corner)] for said in ("village", "by"))
    assert scenes[0] > 3 * scenes[1] > 0 and abs(hands[0] - hands[1]) < 60


def test_crops_that_tell_show_much_and_hold_each_handle_as_often() -> None:
    large = np.zeros((64, 96, 3), np.uint8)
    captions = [Caption(("snow", "winter")), *[Caption(("a sea", "sea"))] * 8, Caption(("a vase",))]
    crops = CropSampler([TrainingPicture(str(n), large, said) for n, said in enumerate(captions)], 16).telling_of(8)
    told = [crops.described(np.random.default_rng(n)) for n in range(300)]
    assert all(crop.shape == (8, 8, 3) and shown >= 0.3 for crop, _, shown in told)
    for scene in ("snow", "a sea", "a vase"):
        assert 60 < sum(scene in caption.scene for _, caption, _ in told) < 140


# ---- figures


def test_figures_of_words_compare_the_same_windows(model: ImageModel) -> None:
    rng = np.random.default_rng(0)
    pictures = [
        TrainingPicture(f"{n}", rng.integers(0, 256, (64, 64, 3), dtype=np.uint8), Caption((f"number {n}",)))
        for n in range(4)
    ]
    figures = text_alignment(model, pictures, 10)
    assert isinstance(figures, dict) and figures["windows"] == 4 and set(figures["bits_per_token"]) == set(Order)
    for bits in figures["bits_per_token"].values():
        assert bits["with_text"] != bits["without_text"] > 0
    found = figures["retrieval"]["captions"]
    assert found["choices"] == 4 and found["chance"] == 0.25 and 0 <= found["recall_at_1"] <= 1
    assert "does not understand prompts" in text_alignment(ImageModel.fresh(WORDLESS), pictures, 10)
    assert "caption" in text_alignment(model, [replace(pictures[0], caption=Caption())], 10)


def test_bits_of_a_batch_are_those_of_each_text_alone(model: ImageModel) -> None:
    grid = torch.randint(TINY.decoder.vocabulary, (1, 12, 12))
    together = bits_under(model, grid.expand(3, -1, -1), ["winter", "", "summer"], Order.OMEGA)
    for index, text in enumerate(("winter", "", "summer")):
        assert float((bits_under(model, grid, [text], Order.OMEGA)[0] - together[index]).abs()) < 1e-12


@pytest.mark.parametrize(
    ("text", "left", "unknown"),
    [
        ("winter, dark", "winter, dark", []),
        ("ink on silk", "ink on silk", []),
        ("Winter QWZX, dark", "Winter, dark", ["QWZX"]),
        ("qwzx 冬 vjkpt", "", ["qwzx", "冬", "vjkpt"]),
        ("the qwzx of winter", "the of winter", ["qwzx"]),
        ("the qwzx", "", ["qwzx"]),
        ("", "", []),
    ],
)
def test_words_that_nobody_taught_are_left_out_and_named(text: str, left: str, unknown: list[str]) -> None:
    model = ImageModel.fresh(PRESETS["tiny"])
    assert known_part(text, model) == (left, unknown)
    taught = replace(model, config=replace(model.config, words=("qwzx 冬",)))
    assert not {"qwzx", "冬"} & {*known_part(text.lower(), taught)[1]}


def test_a_prompt_of_unknown_words_costs_nothing_and_is_told() -> None:
    model = ImageModel.fresh(PRESETS["tiny"])
    prompts = Prompts((Prompt("qwzx 冬 vjkpt"),), model)
    assert not prompts.said and prompts.at(Box(0, 0, 16, 16)) is None
    assert "None of these words is known: “qwzx”, “冬”, “vjkpt”" in prompts.notes[0]
    some = Prompts((Prompt("winter qwzx"),), model)
    assert some.said and "“qwzx”" in some.notes[0] and not Prompts((Prompt("winter"),), model).notes
    assert {"winter", "ink on silk", "very dark"} <= {*known_words(model)}
    assert not known_words(ImageModel.fresh(WORDLESS))
