"""The builders of data sets: what they cut, caption, split and leave out, and that they go on where they were."""

import csv
import errno
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from app.cli import main
from engine.datasets.builders import building
from engine.datasets.builders.building import Building, split_groups
from engine.datasets.builders.captions import CaptionSettings, build_captions, read_table
from engine.datasets.builders.clips import ClipSettings, build_clips, fault, scene_cuts
from engine.datasets.builders.scroll import ScrollSettings, build_scroll, crop_places
from engine.datasets.builders.subtitles import build_subtitles, read_subtitles
from engine.datasets.images import load_folder
from engine.datasets.video_clips import load_films
from engine.media.picture_strips import read_reduced
from engine.media.video import FilmWriter, read_film
from engine.request import UserError

CLIPS = ClipSettings(side=64)


def clouds(width: int, height: int, seed: int = 0, cell: int = 8) -> np.ndarray:
    small = np.random.default_rng(seed).integers(0, 256, (height // cell + 2, width // cell + 2, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC))


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.csv").open(newline="", encoding="utf-8") as table:
        return list(csv.DictReader(table))


def film(path: Path, stills: list[np.ndarray], seconds: float, speed: int = 2, fps: int = 10) -> Path:
    """Each still is panned over for some seconds, one after another; speed: pixels a frame, 0 stands still."""
    with FilmWriter(path, (96, 64), fps) as writer:
        for still in stills:
            for number in range(int(seconds * fps)):
                writer.add(np.ascontiguousarray(still[:, number * speed : number * speed + 96]))
    return path


# --- one huge picture -------------------------------------------------------------------------------------------------


def test_a_scroll_of_20000_px_becomes_overlapped_crops_that_training_reads(tmp_path: Path) -> None:
    scroll = tmp_path / "scroll.tif"
    pixels = clouds(20_000, 1490, cell=50)
    tifffile.imwrite(scroll, pixels, photometric="rgb", rowsperstrip=100, compression="zlib")
    out = tmp_path / "data"
    report = build_scroll([scroll], out, ScrollSettings(height=256, overlap=0.5))
    width = round(20_000 * 256 / 1490)
    expected = len(list(crop_places(width, 256, 128)))
    assert report.items + sum(report.left_out.values()) == expected == 26
    assert report.test > 0 and report.left_out == {"shows what is held out": expected - report.items}
    train, test = (load_folder(out, split) for split in ("train", "test"))
    assert len(train) == report.train and len(test) == report.test
    assert all(picture.pixels.shape == (256, 256, 3) for picture in train)
    assert train[0].caption.phrases == ("ink on silk", "chinese handscroll")
    places = {
        split: [int(row["place"]) for row in rows_of(out) if row["split"] == split] for split in ("train", "test")
    }
    assert all(abs(a - b) >= 256 for a in places["train"] for b in places["test"])  # no pixel of both


def test_a_picture_in_strips_is_that_of_the_whole_picture(tmp_path: Path) -> None:
    pixels = clouds(700, 410)
    whole = np.asarray(Image.fromarray(pixels).resize((171, 100), Image.Resampling.LANCZOS))
    kinds = {"strips": {"rowsperstrip": 7}, "tiles": {"tile": (64, 48)}, "16 bits": {"rowsperstrip": 64}}
    path = tmp_path / "picture.tif"
    for name, how in kinds.items():
        values = pixels.astype(np.uint16) * 257 if name == "16 bits" else pixels
        tifffile.imwrite(path, values, photometric="rgb", compression="zlib", **how)
        assert np.array_equal(read_reduced(path, 100, large=1), whole), name
    assert np.array_equal(read_reduced(path, 100), whole)
    with pytest.raises(UserError, match="too small"):
        read_reduced(path, 500, large=1)


def test_an_upright_scroll_is_cut_from_top_to_bottom_and_blank_ends_are_left_out(tmp_path: Path) -> None:
    pixels = np.concatenate([np.full((200, 100, 3), 240, np.uint8), clouds(100, 400)])
    Image.fromarray(pixels).save(tmp_path / "hanging.png")
    report = build_scroll([tmp_path / "hanging.png"], tmp_path / "out", ScrollSettings(100, 0.0))
    assert report.left_out.pop("blank") == 2 and report.items == 4 - sum(report.left_out.values())


def test_a_builder_goes_on_after_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.fromarray(clouds(900, 100)).save(tmp_path / "a.png")
    settings, out, written = ScrollSettings(100, 0.0), tmp_path / "out", building.write_picture

    def full(path: Path, *rest: object) -> None:
        if len(list(path.parent.glob("*.png"))) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        written(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "write_picture", full)
    with pytest.raises(UserError, match=r"disk is full.*What is finished is kept"):
        build_scroll([tmp_path / "a.png"], out, settings)
    made = {path.name: path.stat().st_mtime_ns for path in (out / "crops").iterdir()}
    assert len(made) == 3 and not (out / "manifest.csv").exists()
    with (out / "build.jsonl").open("a") as journal:
        journal.write('{"key": "torn')  # the process was killed in the middle of a line
    monkeypatch.setattr(building, "write_picture", written)
    report = build_scroll([tmp_path / "a.png"], out, settings)
    assert report.items + sum(report.left_out.values()) == 9
    assert all((out / "crops" / name).stat().st_mtime_ns == time for name, time in made.items())
    with pytest.raises(UserError, match="other settings"):
        build_scroll([tmp_path / "a.png"], out, ScrollSettings(50, 0.0))


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(UserError, match="is not empty"):
        Building(tmp_path, "scroll", {})
    with pytest.raises(UserError, match="Nothing suitable was found"):
        build_scroll([tmp_path / "none.png"], tmp_path / "out", ScrollSettings())


def test_splits_are_by_hash_and_stay_when_a_set_grows() -> None:
    few, many = ({f"group {number}" for number in range(count)} for count in (40, 400))
    small, large = split_groups(few), split_groups(many)
    assert all(large[group] == split for group, split in small.items())
    assert 20 < sum(split == "test" for split in large.values()) < 60
    assert split_groups({"one"}) == {"one": "train"} and set(split_groups({"a", "b"}).values()) == {"train", "test"}


# --- pictures with captions -------------------------------------------------------------------------------------------


def test_captions_come_from_a_table_from_beside_or_from_what_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    (folder / "below").mkdir(parents=True)
    for number in range(4):
        Image.fromarray(clouds(90, 60, number)).save(folder / f"{number}.png")
    Image.fromarray(clouds(90, 60, 9)).save(folder / "below" / "five.jpg")
    (folder / "copy.png").write_bytes((folder / "0.png").read_bytes())
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n")
    Image.fromarray(clouds(20, 20)).save(folder / "small.png")
    (folder / "1.txt").write_bytes("a café in the rain".encode("cp1252"))
    table = tmp_path / "captions.csv"
    table.write_text("image;description\n0.png;mountains, far away\nbelow/five.jpg;a river\n", encoding="utf-16")
    report = build_captions(folder, tmp_path / "out", CaptionSettings(side=40, smallest=32), table)
    found = {row["source"]: row for row in rows_of(tmp_path / "out")}
    assert found["0.png"]["caption"] == "mountains, far away" and found["below/five.jpg"]["caption"] == "a river"
    assert found["1.png"]["caption"] == "a café in the rain" and found["2.png"]["caption"]
    assert report.items == report.captions == 5 and report.test >= 1
    assert report.left_out == {"the same as another picture": 1, "cannot be used": 1, "smaller than 32 px": 1}
    picture = load_folder(tmp_path / "out", found["0.png"]["split"])[0]
    assert min(picture.pixels.shape[:2]) == 40 and not picture.caption.hand
    again = build_captions(folder, tmp_path / "out", CaptionSettings(side=40, smallest=32), table)
    assert again == report


def test_a_table_without_the_columns_is_told(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    for text, told in (("one,two\n1,2\n", "one, two"), ("", "none")):
        table.write_text(text)
        with pytest.raises(UserError, match=told):
            read_table(table)
    table.write_text('file,caption\na.png,"one, two"\n,nothing\n')
    assert read_table(table) == {"a.png": "one, two"}


# --- clips ------------------------------------------------------------------------------------------------------------


def test_a_film_of_four_scenes_is_cut_at_its_scenes_into_clips_that_training_reads(tmp_path: Path) -> None:
    stills = [clouds(160, 64, seed, cell=16) // 2 + 30 * seed for seed in range(4)]
    folder = tmp_path / "films"
    folder.mkdir()
    path = film(folder / "walk.mp4", stills, seconds=2.4)
    cuts = scene_cuts(path, 5)
    assert cuts == {12, 24, 36}
    (folder / "broken.mp4").write_bytes(b"no film")
    report = build_clips(folder, tmp_path / "out", CLIPS)
    assert report.items == 8 and report.left_out == {"shorter than a clip": 4, "cannot be used": 1}
    rows = rows_of(tmp_path / "out")
    assert {row["split"] for row in rows} == {"train"} or report.test
    clips = load_films(tmp_path / "out", least=5)
    assert len(clips) == report.train and all(clip.frames.shape == (5, 64, 96, 3) for clip in clips)
    source = list(read_film(path, 5))
    first = next(clip for clip in clips if clip.name == rows[0]["file"])
    assert np.abs(first.frames[2].astype(int) - source[2]).mean() < 4
    assert build_clips(folder, tmp_path / "out", CLIPS) == report


def test_stills_jumps_and_jitter_are_faults_and_a_pan_is_none() -> None:
    wide = clouds(200, 64, 3, cell=24)
    pan = np.stack([wide[:, n * 3 : n * 3 + 96] for n in range(5)])
    shaken = np.stack([wide[:, 40 + n : 136 + n] for n in (0, 14, 0, 14, 0)])
    cut = np.concatenate([pan[:3], np.stack([clouds(96, 64, 8, 40)] * 2)])
    assert [fault(frames) for frames in (pan, shaken, cut, pan[[0] * 5])] == ["", "jitter", "jump", "still"]


def test_a_folder_without_films_and_a_film_that_stands_still_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no film"):
        build_clips(tmp_path, tmp_path / "out", CLIPS)
    film(tmp_path / "still.mp4", [clouds(96, 64)], 2, speed=0)
    with pytest.raises(UserError, match="nothing moves: 2"):
        build_clips(tmp_path, tmp_path / "out", CLIPS)


# --- subtitles --------------------------------------------------------------------------------------------------------

SRT = """1
00:00:00,400 --> 00:00:02,600
<i>Peppa</i> jumps
in a muddy puddle.

2
00:00:03,000 --> 00:00:03,900
[music]

3
00:00:04,000 --> 00:00:04,800
- Où est George ?

4
00:00:05,000 --> 00:00:05,500
N/A

5
00:01:40,000 --> 00:01:41,000
Far away.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_clips_have_the_words_of_their_subtitles(tmp_path: Path, encoding: str) -> None:
    path = film(tmp_path / "pig.mp4", [clouds(260, 64, 2)], 6)
    subtitles = tmp_path / "pig.srt"
    subtitles.write_bytes(SRT.replace("\n", "\r\n").encode(encoding))
    report = build_subtitles(path, subtitles, tmp_path / "out", CLIPS)
    rows = rows_of(tmp_path / "out")
    assert [(row["place"], row["caption"]) for row in rows] == [
        ("0.4 s", "Peppa jumps in a muddy puddle."),
        ("1.4 s", "Peppa jumps in a muddy puddle."),
        ("4.0 s", "Où est George ?"),
    ]
    assert report.left_out == {"no words (N/A)": 2, "after the end of the film": 1}
    clip = next(clip for clip in load_films(tmp_path / "out") if clip.name == rows[2]["file"])
    assert clip.caption.phrases == ("Où est George ?",) and len(clip.frames) == 5
    assert build_subtitles(path, subtitles, tmp_path / "out", CLIPS) == report


def test_webvtt_is_read_and_a_file_without_subtitles_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.500 align:start\nHello <b>there</b>\n")
    (line,) = read_subtitles(path)
    assert (line.start, line.end, line.words) == (1.0, 2.5, "Hello there")
    path.write_text("Dear diary,\n\ntoday nothing happened.\n")
    with pytest.raises(UserError, match="contains no subtitles"):
        list(read_subtitles(path))


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_builds_and_tells_what_was_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Image.fromarray(clouds(400, 64)).save(tmp_path / "a.png")
    (tmp_path / "b.png").write_bytes(b"")
    wrong, out = str(tmp_path / "b.png"), str(tmp_path / "out")
    assert main(["dataset", "scroll", str(tmp_path / "a.png"), wrong, "-o", out, "--height", "64"]) == 0
    told = capsys.readouterr()
    assert "left out, cannot be used: 1" in told.out and "left-out.csv" in told.out
    assert main(["dataset", "clips", str(tmp_path / "nowhere"), "-o", out]) == 1
    assert main(["dataset", "scroll", wrong, "-o", str(tmp_path / "none"), "--overlap", "1"]) == 2
