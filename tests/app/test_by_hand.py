"""The real window on an X server of its own, driven by real mouse and keys: tests/driven/*_by_hand.py."""

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from .film_desk import write_film_model

ROOT = Path(__file__).parents[2]
LONG = 200  # seconds

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs an X server and xdotool"
)


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """An X server that chooses a free number itself, and tells it when it is ready."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with open(tmp_path / "xvfb.log", "wb") as log:
        server = subprocess.Popen(command, pass_fds=(write,), stdout=log, stderr=log)
    os.close(write)
    try:
        number = b""
        while not number.endswith(b"\n"):
            assert select.select([read], [], [], 30)[0], "the X server does not start"
            piece = os.read(read, 64)
            assert piece, (tmp_path / "xvfb.log").read_text()
            number += piece
        yield f":{int(number)}"
    finally:
        os.close(read)
        server.terminate()
        server.wait()


@pytest.fixture
def desktop(display: str, tmp_path: Path) -> Iterator[str]:
    """The same with a window manager, which has keys of its own."""
    if not shutil.which("openbox"):
        pytest.skip("needs a window manager")
    with open(tmp_path / "openbox.log", "wb") as log:
        manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display}, stdout=log, stderr=log)
    yield display
    manager.terminate()
    manager.wait()


def driven(script: str, display: str, data: Path, *arguments: Path, seconds: int = LONG) -> dict[str, Any]:
    """What a script of tests/driven tells at its end."""
    left_out = ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XAUTHORITY")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {
        "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT),
        "HANDSCROLL_DATA": str(data),
    }  # fmt: skip
    ended = subprocess.run(
        [sys.executable, ROOT / "tests/driven" / script, *arguments],
        env=environment, capture_output=True, text=True, timeout=seconds,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def test_painted_accepted_undone_and_reopened_by_hand(display: str, patch_model: Path, tmp_path: Path):
    rows, columns = np.mgrid[:128, :192]
    pixels = np.stack([rows, columns, 255 - rows], 2).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "picture.png")
    told = driven("paint_by_hand.py", display, tmp_path / "data", tmp_path / "picture.png", tmp_path, patch_model)
    print(f"the largest gap: {told['largest_gap_ms']} ms")
    assert told["region"] == told["wanted"] and told["patches"] >= 10
    assert told["one_after_another"]
    assert told["accepted_is_opaque"] and told["undone_is_empty"] and told["redone_is_the_same"]
    assert told["reopened_is_the_same"] and told["known_unchanged"]
    assert told["history"][-1].startswith("Accept")
    assert all((tmp_path / name).stat().st_size > 10_000 for name in told["screenshots"])


def test_a_still_is_animated_scrubbed_played_extended_and_exported_by_hand(display: str, tmp_path: Path):
    write_film_model(tmp_path / "data" / "models" / "film")
    rows, columns = np.mgrid[:100, :150]
    Image.fromarray(np.stack([rows, columns, 255 - rows], 2).astype(np.uint8)).save(tmp_path / "picture.png")
    told = driven("animate_by_hand.py", display, tmp_path / "data", tmp_path / "picture.png", tmp_path)
    print(f"the largest gap: {told['largest_gap_ms']} ms, {told['frames_a_second']} frames a second")
    assert told["frames"] == 4 and len(told["scrubbed"]) > 1 and told["still_unchanged"] and told["onion"]
    assert {*told["played"]} == {0, 1, 2, 3}
    assert told["extended"] == 14 and told["earlier_frames_unchanged"]
    assert told["undone"] == 4 and told["redone"] == told["reopened"] == [14, 14]
    assert told["keyframe"] == [[5], [9], [8], [9], [5], []]
    assert told["film"]["frames"] == 14 and told["film"]["size"] == [150, 100] and not told["failures"]
    assert all((tmp_path / name).stat().st_size > 10_000 for name in told["screenshots"])


def test_keys_mean_what_they_say_under_a_window_manager(desktop: str, tmp_path: Path):
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (128, 256, 3), np.uint8)).save(tmp_path / "picture.png")
    told = driven("keys_by_hand.py", desktop, tmp_path / "data", tmp_path / "picture.png")
    x, y, width, height = told["bounds"]
    assert told["letters"][1:] == ["brush", "region", "CanvasView"] and told["letters"][0] != "CanvasView"
    assert told["frames"] == [
        [x + width, y, 256, height], [x - 256, y, 256, height], [x, y - 256, width, 256], [x, y + height, width, 256]
    ]  # fmt: skip
    assert told["menus"] == ["CanvasView"] * 4
    assert told["delete"] == [1, 32 * 16, 1, 0, 0, width * height]
    assert told["staged"] == [False, False]


def test_the_brush_bar_and_the_handles_numbers_and_menus_of_layers_by_hand(desktop: str, tmp_path: Path):
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (128, 256, 3), np.uint8)).save(tmp_path / "picture.png")
    told = driven("brush_and_layers_by_hand.py", desktop, tmp_path / "data", tmp_path / "picture.png")
    brush, ink = told["brush"], "#336699"
    assert brush["shown"] == [False, True, True, True, False, False]  # with V; B and its swatch; E and no swatch; V
    assert brush["colour"] == brush["painted"] == brush["swapped"] == ink and brush["recent"] == [ink]
    assert brush["larger"] and not brush["pressure"]
    shaped = told["handles"]
    assert shaped["whole"] == [256, 128, 0] and shaped["half"] == [128, 64, 0] and shaped["turned"] == [128, 64, 90]
    assert shaped["cut"] == [96, 64, 0] and shaped["undone"] == [256, 128, 0] and shaped["same"]
    assert told["numbers"] == [64, 32, 0, 256, 128, 0]
    assert told["menus"] == {"offered": True, "layers": [2, 1]}


def test_a_large_picture_is_followed_killed_and_gone_on_with_by_hand(desktop: str, patch_model: Path, tmp_path: Path):
    rows, columns = np.mgrid[:1500, :2000]
    noise = np.random.default_rng(2).integers(0, 50, (1500, 2000, 3))
    waves = 90 + 60 * np.sin(rows / 61 + columns / 97)
    pixels = np.clip(np.stack([waves, rows / 8, 200 - columns / 16], 2) + noise, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "picture.png")
    files = tmp_path / "picture.png", tmp_path, patch_model
    told = driven("follow_by_hand.py", desktop, tmp_path / "data", *files, seconds=2 * LONG)
    assert told["patches"][0] == told["patches"][1] > 1 and told["differs"] and not told["failures"]
    assert told["sources"][0].startswith("this picture") and told["known_unchanged"]
    assert told["undone_is_other"] and told["redone_is_the_same"]
    assert told["reopened_is_the_same"] and told["what_was_kept_is_the_same"] and told["went_on"]


def test_parts_are_replaced_and_variants_accepted_while_others_are_painted_by_hand(desktop: str, tmp_path: Path):
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (128, 256, 3), np.uint8)).save(tmp_path / "picture.png")
    told = driven("replace_by_hand.py", desktop, tmp_path / "data", tmp_path / "picture.png", tmp_path)
    replaced, variants = told["replaced"], told["variants"]
    assert replaced["verb"] == "Replace" and replaced["names"] == ["picture", "Replaced"]
    assert replaced["staged"] == replaced["undone"] == [0, 0, 0]  # of the part, of its edge, and of all else
    inside, edge, outside = replaced["accepted"]
    assert inside > 0.95 and edge > 0.5 and outside == 0 and replaced["redone"]
    assert told["half"]["changed"] > 0.95 and told["half"]["whole"]
    assert variants["going"].count("running") and variants["grid"] and variants["framed"]
    assert variants["accepted"] == 1 and variants["region_stays"] and not variants["running"]
    assert all((tmp_path / name).stat().st_size > 10_000 for part in told.values() for name in part["screenshots"])
