"""Study: what is learned from and what is held out, progress, stop and resume, what is kept, bad input."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from engine.config import PRESETS, SamplingConfig
from engine.finetuning.holdout import read_pictures, validation_set
from engine.finetuning.study import study
from engine.models.checkpoint import ImageModel, load_model, save_model
from engine.request import Patch, Stopped, UserError
from engine.study_request import Studied, StudyFinished, StudyRequest, StudySample, StudyStarted

PATCH, WINDOW = 16, 48


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("base")
    save_model(ImageModel.fresh(replace(PRESETS["tiny"], sampling=SamplingConfig(0.9)), seed=5), folder)
    return str(folder)


def picture(folder: Path, width: int = 160, height: int = 96, name: str = "hills.png") -> Path:
    """Waves that can be learned."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    waves = 128 + 90 * np.sin(x / 5) * np.cos(y / 7)
    Image.fromarray(np.stack([waves, 0.5 * waves, 255 - waves], 2).astype(np.uint8)).save(folder / name)
    return folder / name


def request(folder: Path, base: str, *pictures: Path, minutes: float = 0.04) -> StudyRequest:
    paths = tuple(map(str, pictures or (picture(folder),)))
    return StudyRequest(paths, "hills", str(folder / "out"), str(folder / "work"), base, minutes)


@pytest.mark.usefixtures("steps_for_minutes")
def test_a_study_learns_and_leaves_a_model_that_foresees_the_held_out_end_better(tmp_path: Path, base: str) -> None:
    events = list(study(request(tmp_path, base, minutes=0.15)))
    assert isinstance(events[0], StudyStarted) and events[0].pictures == 1 and events[0].pixels == 160 * 96
    last = events[-1]
    assert isinstance(last, StudyFinished) and last.bits < last.base_bits
    samples = [event for event in events if isinstance(event, StudySample)]
    assert samples[0].pixels.shape == (2 * PATCH, 3 * PATCH, 3) and samples[0].known == 2 * PATCH
    told = [event for event in events if isinstance(event, Studied)]
    assert [t.seconds for t in told] == sorted(t.seconds for t in told) and told[-1].remaining < told[0].remaining
    model = load_model(last.model, "cpu")
    assert model.config.sampling == SamplingConfig(), "rare strokes are what one hand has to say"
    assert model.config.name == "hills" and "hills.png" in (Path(last.model) / "card.md").read_text()
    assert not (tmp_path / "work").exists()


def test_tokens_keep_their_meaning(tmp_path: Path, base: str) -> None:
    list(study(request(tmp_path, base)))
    before, after = load_model(base, "cpu"), load_model(str(tmp_path / "out"), "cpu")
    for name, value in before.tokenizer.state_dict().items():
        if name.startswith(("encoder", "colour_in", "quantizer")):
            assert np.array_equal(after.tokenizer.state_dict()[name].numpy(), value.numpy()), name


def stop_after(events: int) -> Callable[[], bool]:
    left = iter(range(events))
    return lambda: next(left, None) is None


@pytest.mark.usefixtures("steps_for_minutes")
def test_a_stopped_study_keeps_the_best_and_goes_on(tmp_path: Path, base: str) -> None:
    asked = request(tmp_path, base, minutes=0.15)
    for steps in (3, 10):  # in the tokenizer, and in the decoder
        events = list(study(asked, stop_after(steps)))
        assert isinstance(events[-1], Stopped)
        assert load_model(str(tmp_path / "out"), "cpu").config.name == "hills"
        assert (tmp_path / "work" / "study.json").exists()
    events = list(study(asked))
    assert isinstance(events[-1], StudyFinished)
    first = next(event for event in events if isinstance(event, Studied))
    assert first.seconds > 0


def test_what_was_learned_before_a_death_is_kept_when_the_study_goes_on(
    tmp_path: Path, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request(tmp_path, base)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("engine.finetuning.image_study.save_model", killed)
        list(study(asked))
    assert (tmp_path / "work" / "tokenizer" / "done").exists() and not (tmp_path / "work" / "model").exists()
    assert isinstance(list(study(asked))[-1], StudyFinished)
    before, after = load_model(base, "cpu").tokenizer, load_model(asked.out, "cpu").tokenizer
    assert not torch.equal(before.decoder[0].weight, after.decoder[0].weight)  # type: ignore[arg-type]


def test_another_study_of_the_same_name_is_not_mixed_with_one_that_waits(tmp_path: Path, base: str) -> None:
    asked = request(tmp_path, base)
    list(study(asked, stop_after(3)))
    with pytest.raises(UserError, match="Choose another name"):
        list(study(replace(asked, seed=8)))


def test_the_held_out_end_is_never_learned_from(tmp_path: Path) -> None:
    pixels = np.zeros((100, 400, 3), np.uint8)
    pixels[:, 352:] = 255  # 12 % of 400 are three patches
    Image.fromarray(pixels).save(tmp_path / "p.png")
    [split], notes = read_pictures([str(tmp_path / "p.png")], WINDOW, PATCH)
    assert split.strip == 48 and not notes
    assert split.learned.pixels.max() == 0 and split.held_out.pixels.min() == 255
    validation = validation_set([split], WINDOW, PATCH)
    assert validation.crops.shape == (3, WINDOW, WINDOW, 3) and validation.crops.min() == 255
    assert validation.counted == frozenset(Patch(x, y) for x in range(3) for y in range(3))


def test_of_a_narrow_picture_only_the_patches_of_the_strip_count(tmp_path: Path) -> None:
    [split], _ = read_pictures([str(picture(tmp_path, 100, 50))], WINDOW, PATCH)
    validation = validation_set([split], WINDOW, PATCH)
    assert split.strip == PATCH and validation.counted == frozenset(Patch(2, y) for y in range(3))


def test_small_pictures_are_enlarged_and_smaller_ones_told(tmp_path: Path, base: str) -> None:
    [split], notes = read_pictures([str(picture(tmp_path, 30, 30))], WINDOW, PATCH)
    assert min(split.picture.pixels.shape[:2]) >= 64 and "enlarged" in notes[0]
    with pytest.raises(UserError, match="too small to learn from"):
        read_pictures([str(picture(tmp_path, 12, 40))], WINDOW, PATCH)


def test_a_folder_with_unreadable_files_is_learned_from_without_them(tmp_path: Path, base: str) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    picture(folder, name="a.png")
    picture(folder, 200, 60, name="b.png")
    (folder / "c.png").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("not a picture at all")
    splits, notes = read_pictures([str(folder)], WINDOW, PATCH)
    assert [split.picture.name for split in splits] == ["a.png", "b.png"] and any("c.png" in note for note in notes)
    assert isinstance(list(study(request(tmp_path, base, folder)))[-1], StudyFinished)
    (folder / "a.png").unlink()
    (folder / "b.png").unlink()
    with pytest.raises(UserError, match=r"c\.png"):
        read_pictures([str(folder)], WINDOW, PATCH)
    with pytest.raises(UserError, match="no picture to learn from"):
        read_pictures([str(tmp_path / "work")], WINDOW, PATCH) if (tmp_path / "work").mkdir() is None else None
