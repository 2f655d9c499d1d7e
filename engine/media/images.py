"""Pictures on disk: reads whatever an artist has into plain sRGB; writing them lies in `engine.media.image_writers`.

Reading goes strip by strip from the decoded file into the array, so that no second copy of a large picture is held.
"""

import io
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageFile, ImageOps

from engine.media.image_writers import STRIP_PIXELS
from engine.media.metadata import NOTHING, ORIENTATION, Metadata, metadata_of
from engine.media.opening import damaged, opened
from engine.request import UserError

GREYS = "1", "L", "I", "F"  # how Pillow's modes without colour begin, but for LAB


@dataclass(frozen=True, eq=False)
class Picture:
    """`pixels` uint8 (height, width, 3) in sRGB; `mask` bool (height, width), True where known, None if all is.

    `alpha` uint8 (height, width) is how opaque each pixel is, None if all are wholly so.
    `notes` are sentences about what had to be changed while reading. `metadata` is what the picture says of itself.
    `grey`: the file holds no colours.
    """

    pixels: np.ndarray
    mask: np.ndarray | None = None
    notes: tuple[str, ...] = ()
    alpha: np.ndarray | None = None
    metadata: Metadata = NOTHING
    grey: bool = False

    def rgba(self) -> np.ndarray:
        """The pixels with alpha where they have some, uint8 (height, width, 3 or 4)."""
        return self.pixels if self.alpha is None else np.dstack([self.pixels, self.alpha])


# ---- reading


def read_picture(path: str | os.PathLike[str], placing: bool = False) -> Picture:
    """The picture at `path`, upright and in sRGB; pixels that are not fully opaque count as unknown.

    placing: it is to be laid on a canvas as it is, so that it may be transparent, even all of it.
    """
    path = Path(path)
    try:
        with opened(path) as image:
            return decoded(path, image, placing)
    except MemoryError:
        raise UserError(f"{path} does not fit into memory. Close other programs or use a smaller copy.") from None


def decoded(path: Path, opened: ImageFile.ImageFile, placing: bool = False) -> Picture:
    """The same of a picture that is open; `path` is named in what goes wrong."""
    notes = [*_notes_on(opened)]
    _decode(path, opened)
    metadata, grey = metadata_of(opened), opened.mode.startswith(GREYS) and opened.mode != "LAB"
    image = _upright(opened, notes)
    image = _eight_bits(image, notes)
    pixels, alpha = _pixels_and_alpha(path, image, _to_srgb(image, notes))
    if alpha is None or alpha.min() == 255:
        return Picture(pixels, None, tuple(notes), None, metadata, grey)
    mask = alpha == 255
    if not placing:
        if not mask.any():
            raise UserError(f"{path} has no fully opaque pixel, so there is nothing to continue from.")
        notes.append(f"The transparent part ({1 - mask.mean():.1%}) will be painted.")
    return Picture(pixels, mask, tuple(notes), alpha, metadata, grey)


def picture_size(path: str | os.PathLike[str]) -> tuple[int, int]:
    """Width and height as they lie in the file, which takes no time; UserError where it cannot be read at all."""
    with opened(Path(path)) as image:
        return image.size


def _decode(path: Path, image: Image.Image) -> None:
    try:
        if image.format != "PSD":  # whose whole is where it begins, and whose layers Pillow counts as frames from 1
            image.seek(0)  # counting frames may have moved
        image.load()
    except MemoryError:
        raise
    except Exception as error:
        raise damaged(path) from error


def _notes_on(image: ImageFile.ImageFile) -> Iterator[str]:
    """What the header tells about frames, depth and colours that will not be kept."""
    frames = 1
    with suppress(Exception):  # a damaged later frame is no reason to refuse the first
        frames = getattr(image, "n_frames", 1)
    if frames > 1 and image.format not in ("MPO", "PSD"):  # where they are a camera's previews, or layers
        yield f"The first of {frames} frames was used."
    args = image.tile[0].args if image.tile else None
    rawmode = args if isinstance(args, str) else args[0] if args else ""  # "RGB;16B": Pillow keeps the upper 8 bits
    if ";16" in str(rawmode) or image.mode.startswith("I;16"):
        yield "The depth of 16 bits was reduced to 8."
    if image.mode in ("CMYK", "LAB", "YCbCr", "HSV"):
        yield f"The colours were converted from {image.mode}."


def _upright(image: Image.Image, notes: list[str]) -> Image.Image:
    try:
        if image.getexif().get(ORIENTATION, 1) not in range(2, 9):
            return image
        image = ImageOps.exif_transpose(image)
        notes.append("The picture was turned upright, as its EXIF data says.")
    except Exception:  # EXIF blocks are damaged in as many ways as there are programs that write them
        notes.append("The EXIF data is damaged and was ignored, so the picture may lie on its side.")
    return image


def _eight_bits(image: Image.Image, notes: list[str]) -> Image.Image:
    """Greys of 16 bits, 32 bits or floating point as 8 bits (Pillow's own conversion clips them at 255)."""
    if not image.mode.startswith(("I", "F")):
        return image
    values = np.nan_to_num(np.asarray(image), nan=0.0, posinf=0.0, neginf=0.0)
    grey = Image.fromarray(_spread(values, image.mode, notes))
    clear = image.info.get("transparency")
    if isinstance(clear, int):  # this one grey is transparent
        grey.putalpha(Image.fromarray(np.where(values == clear, 0, 255).astype(np.uint8)))
    grey.info["icc_profile"] = image.info.get("icc_profile")
    return grey


def _spread(values: np.ndarray, mode: str, notes: list[str]) -> np.ndarray:
    low, high = float(values.min()), float(values.max())
    if mode.startswith("I;16") or (mode == "I" and low >= 0 and 255 < high <= 65535):
        return ((values.astype(np.uint32) + 128) // 257).astype(np.uint8)
    if mode == "F" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif low >= 0 and high <= 255:
        low, high = 0.0, 255.0
    else:
        notes.append(f"Values from {low:g} to {high:g} were mapped to black to white.")
    scaled = (values.astype(np.float32) - low) * (255 / max(high - low, 1e-12))
    return (scaled + 0.5).clip(0, 255).astype(np.uint8)


@dataclass(frozen=True)
class _ToSrgb:
    """A colour transform, and the mode that a picture must be in to pass through it."""

    mode: str
    transform: ImageCms.ImageCmsTransform


def _to_srgb(image: Image.Image, notes: list[str]) -> _ToSrgb | None:
    """The way from the embedded profile to sRGB; None without a profile, with a useless one or with sRGB itself."""
    profile = image.info.get("icc_profile")
    if not profile:
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = _profile_mode(profile, image.mode)
        how = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
        way = _ToSrgb(mode, ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB", *how))
        name = ImageCms.getProfileDescription(source).strip() or "its own profile"
    except Exception:
        notes.append("The colour profile is damaged or does not fit, and was ignored.")
        return None
    if way.mode == "RGB" and _changes_nothing(way.transform):
        return None
    notes.append(f"The colours were converted from {name} to sRGB.")
    return way


def _profile_mode(profile: bytes, picture_mode: str) -> str:
    """The mode in which a picture passes through `profile`; ValueError where the two do not fit together."""
    mode = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK", b"Lab ": "LAB"}.get(profile[16:20])  # the ICC header
    fitting = {"CMYK": ["CMYK"], "LAB": ["LAB"], "1": ["L", "RGB"], "L": ["L", "RGB"], "LA": ["L", "RGB"]}
    if mode is None or mode not in fitting.get(picture_mode, ["RGB"]):
        raise ValueError(f"a profile for {profile[16:20]!r} in a picture in {picture_mode}")
    return mode


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Most profiles are sRGB under one of many names: their pixels must stay as they are, to the bit."""
    axis = np.linspace(0, 255, 9).astype(np.uint8)
    probe = np.stack(np.meshgrid(axis, axis, axis), -1).reshape(27, 27, 3)
    after = np.asarray(ImageCms.applyTransform(Image.fromarray(probe), transform))
    return int(np.abs(after.astype(int) - probe).max()) <= 2


def _pixels_and_alpha(path: Path, image: Image.Image, way: _ToSrgb | None) -> tuple[np.ndarray, np.ndarray | None]:
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    alpha = np.empty((height, width), np.uint8) if image.has_transparency_data else None
    step = max(1, STRIP_PIXELS // width)
    for top in range(0, height, step):
        strip = image.crop((0, top, width, min(top + step, height)))
        try:
            if alpha is not None:
                strip = strip.convert("RGBA")
                alpha[top : top + step] = np.asarray(strip.getchannel("A"))
            pixels[top : top + step] = _colours(strip, way)
        except ValueError as error:
            raise UserError(f"{path} has unusual colours. Save it as an RGB PNG and use that.") from error
    return pixels, alpha


def _colours(strip: Image.Image, way: _ToSrgb | None) -> np.ndarray:
    if way is None:
        return np.asarray(strip.convert("RGB"))
    return np.asarray(ImageCms.applyTransform(strip.convert(way.mode), way.transform))


def read_recipe(path: str | os.PathLike[str]) -> dict | None:
    """The recipe in a PNG that Handscroll wrote, None in any other picture."""
    with opened(Path(path)) as image:
        text = image.info.get("handscroll")
    try:
        recipe = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return recipe if isinstance(recipe, dict) else None
