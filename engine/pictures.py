"""Pictures on disk: reads whatever an artist has into plain sRGB, and writes results whole or not at all.

Reading goes strip by strip from the decoded file into the array, and a PNG is written row by row, so that neither
holds a second copy of a large picture.
"""

import errno
import io
import json
import os
import struct
import warnings
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from engine.request import UserError

MAX_PIXELS = 2**30  # 32768×32768: decoded and as an array that is 7 GiB
STRIP_PIXELS = 2**20
# Never EPS or PDF, for which Pillow starts other programs, and nothing that is recognised by its suffix alone.
READABLE = ("PNG", "JPEG", "MPO", "WEBP", "TIFF", "GIF", "BMP", "AVIF", "JPEG2000", "PPM", "PSD", "QOI")
WRITABLE = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".tif": "TIFF", ".tiff": "TIFF"}
LONGEST_SIDE = {"PNG": 2**31 - 1, "JPEG": 65500, "WEBP": 16383, "TIFF": 2**31 - 1}
ORIENTATION = 0x0112  # the EXIF entry
PREDICTOR = 317  # the TIFF entry; 2 stores differences, which packs a fifth better

Size = tuple[int, int]  # width, height


@dataclass(frozen=True, eq=False)
class Picture:
    """`pixels` uint8 (height, width, 3) in sRGB; `mask` bool (height, width), True where known, None if all is.

    `notes` are sentences about what had to be changed while reading.
    """

    pixels: np.ndarray
    mask: np.ndarray | None = None
    notes: tuple[str, ...] = ()


# ---- reading


def read_picture(path: str | os.PathLike[str]) -> Picture:
    """The picture at `path`, upright and in sRGB; pixels that are not fully opaque count as unknown."""
    path = Path(path)
    try:
        with _opened(path) as image:
            notes = [*_notes_on(image)]
            _decode(path, image)
            image = _upright(image, notes)
            image = _eight_bits(image, notes)
            pixels, mask = _pixels_and_mask(path, image, _to_srgb(image, notes))
    except MemoryError:
        raise UserError(f"{path} does not fit into memory. Close other programs or use a smaller copy.") from None
    if mask is not None and not mask.any():
        raise UserError(f"{path} has no fully opaque pixel, so there is nothing to continue from.")
    if mask is not None and mask.all():
        mask = None
    if mask is not None:
        notes.append(f"The transparent part ({1 - mask.mean():.1%}) will be painted.")
    return Picture(pixels, mask, tuple(notes))


@contextmanager
def _opened(path: Path) -> Iterator[ImageFile.ImageFile]:
    """The picture with its header read, its size checked, and Pillow's own limits and warnings silent."""
    # os.path and not Path: the latter's questions raise for names that are too long and folders that are closed.
    if os.path.isdir(path):
        raise UserError(f"{path} is a folder; name a picture inside it.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise UserError(f"{path} is not a file.")
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # ours is checked below, with a better sentence
    try:
        with open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata, mostly; an artist can do nothing about it
            with _identified(path, file) as image:
                yield image
    except FileNotFoundError:
        raise UserError(f"{path} does not exist. Check the spelling of its name and folder.") from None
    except PermissionError:
        raise UserError(f"{path} may not be read. Change its permissions or copy it elsewhere.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from None
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _identified(path: Path, file: BinaryIO) -> ImageFile.ImageFile:
    Image.init()
    try:
        image = Image.open(file, formats=[name for name in READABLE if name in Image.OPEN])
    except UnidentifiedImageError:
        empty = " The file is empty." if not path.stat().st_size else ""
        raise UserError(
            f"{path} is not a picture that can be read, or it is damaged.{empty} PNG, JPEG, WebP, TIFF, GIF, BMP and "
            "JPEG 2000 can be read; open it in a painting program and save it as one of these."
        ) from None
    except Exception as error:  # a damaged header ends in anything from ValueError to struct.error
        raise _damaged(path, error) from error
    width, height = image.size
    if width < 1 or height < 1:
        raise UserError(f"{path} holds no pixels ({width}×{height}).")
    if width * height > MAX_PIXELS:
        raise UserError(
            f"{path} is too large: {width}×{height} are {width * height / 1e6:,.0f} million pixels, the limit is "
            f"{MAX_PIXELS / 1e6:,.0f} million. Cut out the part that is to be continued."
        )
    return image


def _damaged(path: Path, error: Exception) -> UserError:
    return UserError(f"{path} is damaged or cut short ({error}). Fetch or save it again.")


def _decode(path: Path, image: Image.Image) -> None:
    try:
        image.seek(0)  # counting frames may have moved
        image.load()
    except MemoryError:
        raise
    except Exception as error:
        raise _damaged(path, error) from error


def _notes_on(image: ImageFile.ImageFile) -> Iterator[str]:
    """What the header tells about frames, depth and colours that will not be kept."""
    frames = 1
    with suppress(Exception):  # a damaged later frame is no reason to refuse the first
        frames = getattr(image, "n_frames", 1)
    if frames > 1 and image.format != "MPO":  # the further pictures of an MPO are previews made by the camera
        yield f"The first of {frames} frames was taken."
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
        notes.append("The picture was turned upright as its EXIF block says.")
    except Exception:  # EXIF blocks are damaged in as many ways as there are programs that write them
        notes.append("The damaged EXIF block was ignored, so the picture may be lying on its side.")
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
        notes.append(f"The values from {low:g} to {high:g} were spread from black to white.")
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
        notes.append("The damaged or unfitting colour profile was ignored.")
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


def _pixels_and_mask(path: Path, image: Image.Image, way: _ToSrgb | None) -> tuple[np.ndarray, np.ndarray | None]:
    width, height = image.size
    pixels = np.empty((height, width, 3), np.uint8)
    mask = np.empty((height, width), bool) if image.has_transparency_data else None
    step = max(1, STRIP_PIXELS // width)
    for top in range(0, height, step):
        strip = image.crop((0, top, width, min(top + step, height)))
        try:
            if mask is not None:
                strip = strip.convert("RGBA")
                mask[top : top + step] = np.asarray(strip.getchannel("A")) == 255
            pixels[top : top + step] = _colours(strip, way)
        except ValueError as error:
            raise UserError(f"{path} has unusual colours ({error}). Save it as a PNG in RGB and take that.") from error
    return pixels, mask


def _colours(strip: Image.Image, way: _ToSrgb | None) -> np.ndarray:
    if way is None:
        return np.asarray(strip.convert("RGB"))
    return np.asarray(ImageCms.applyTransform(strip.convert(way.mode), way.transform))


# ---- writing


def numbered(path: str | os.PathLike[str], number: int) -> Path:
    """`out.png` becomes `out-1.png`."""
    path = Path(path)
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def check_writable(path: str | os.PathLike[str], size: Size | None = None) -> None:
    """Tells before the long work, not after it, that a picture (of `size`) cannot be written to `path`."""
    path = Path(path)
    kind = WRITABLE.get(path.suffix.lower())
    if os.path.isdir(path):
        raise UserError(f"{path} is a folder; add a file name such as {path / 'out.png'}.")
    if kind is None:
        raise UserError(
            f"{path} needs one of the suffixes {', '.join(WRITABLE)}; .png keeps every pixel and the recipe."
        )
    if size is not None:
        _check_size(path, kind, size)
    _check_place(path)


def _check_size(path: Path, kind: str, size: Size) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise UserError(f"A picture of {width}×{height} pixels cannot be written; both sides must be at least 1.")
    if max(size) > LONGEST_SIDE[kind]:
        raise UserError(
            f"{width}×{height} is too large for {path.suffix}, which ends at {LONGEST_SIDE[kind]} pixels a side. "
            f"Write {path.with_suffix('.png')} instead."
        )


def _check_place(path: Path) -> None:
    target, part = _target_and_part(path)
    if not os.path.isdir(target.parent):
        raise UserError(f"The folder {target.parent} does not exist. Make it first or choose another.")
    if os.path.exists(target) and not os.path.isfile(target):
        raise UserError(f"{path} is not a file.")
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise UserError(f"{path} is write-protected. Choose another name or lift the protection.")
    was_there = os.path.exists(part)
    try:
        # Trying is the only test that knows of read-only disks, shares, quotas and names that are too long.
        open(part, "ab").close()
        if not was_there:
            part.unlink()
    except OSError as error:
        raise _not_written(path, error) from error


def _target_and_part(path: Path) -> tuple[Path, Path]:
    target = Path(os.path.realpath(path))  # a link stays a link; what it points to is rewritten
    return target, target.with_name(target.name + ".part")


def _not_written(path: Path, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(f"{path} was not written: the disk is full. Free some space or choose another folder.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(f"{path} was not written: its folder may not be written to. Choose another folder.")
    return UserError(f"{path} was not written: {error.strerror or error}. Choose another place or name.")


def write_picture(
    path: str | os.PathLike[str], rows: np.ndarray | Iterable[np.ndarray], size: Size, recipe: dict | None = None
) -> None:
    """Writes uint8 sRGB of `size` (width, height) to `path`, which is replaced only when all is on disk.

    rows: the whole picture (height, width, 3), or from top to bottom rows (width, 3) or strips (any, width, 3).
    recipe: how the picture came about, for `read_recipe`; only PNG keeps it.
    """
    path = Path(path)
    check_writable(path, size)
    target, part = _target_and_part(path)
    strips = _strips(rows, size)
    try:
        with open(part, "wb") as file:
            if WRITABLE[path.suffix.lower()] == "PNG":
                _write_png(file, strips, size, recipe)
            else:
                _write_with_pillow(file, strips, size, WRITABLE[path.suffix.lower()])
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _strips(rows: np.ndarray | Iterable[np.ndarray], size: Size) -> Iterator[np.ndarray]:
    """The rows as contiguous strips (rows, width, 3) of moderate height; other sizes than promised are refused."""
    width, height = size
    step = max(1, STRIP_PIXELS // width)
    done = 0
    for block in [rows] if isinstance(rows, np.ndarray) else rows:
        block = block[None] if block.ndim == 2 else block
        done += len(block)
        if block.dtype != np.uint8 or block.shape[1:] != (width, 3) or done > height:
            raise ValueError(f"{block.dtype} {block.shape} up to row {done} does not fit into {width}×{height}")
        for top in range(0, len(block), step):
            yield np.ascontiguousarray(block[top : top + step])
    if done != height:
        raise ValueError(f"{done} rows came instead of {height}")


def _write_png(file: BinaryIO, strips: Iterable[np.ndarray], size: Size, recipe: dict | None) -> None:
    file.write(b"\x89PNG\r\n\x1a\n")
    _chunk(file, b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))  # 8 bits, RGB, not interlaced
    _chunk(file, b"sRGB", b"\0")
    if recipe is not None:
        text = json.dumps(recipe, ensure_ascii=False).encode()
        _chunk(file, b"iTXt", b"handscroll\0\0\0\0\0" + text)  # not compressed, no language
    # On paintings and scrolls level 3 after the filter Up comes within 2 % of Pillow's adaptive filters and level 6,
    # in a third of the time; Sub and Average were larger, Paeth and the choice per row slower and no smaller.
    packer = zlib.compressobj(3)
    above = np.zeros(size[0] * 3, np.uint8)
    for strip in strips:
        lines = strip.reshape(len(strip), -1)
        filtered = np.full((len(lines), 1 + lines.shape[1]), 2, np.uint8)  # each line begins with its filter: 2 is Up
        filtered[0, 1:] = lines[0] - above
        filtered[1:, 1:] = lines[1:] - lines[:-1]
        above = lines[-1].copy()
        _chunk(file, b"IDAT", packer.compress(filtered.data))
    _chunk(file, b"IDAT", packer.flush())
    _chunk(file, b"IEND", b"")


def _chunk(file: BinaryIO, name: bytes, data: bytes) -> None:
    if name == b"IDAT" and not data:
        return
    file.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))


def _write_with_pillow(file: BinaryIO, strips: Iterable[np.ndarray], size: Size, kind: str) -> None:
    pixels = np.concatenate(list(strips))
    big = pixels.nbytes > 2**32 - 2**24  # beyond that, offsets may not fit into a plain TIFF
    options = {
        "JPEG": {"quality": 95, "subsampling": 0},
        "WEBP": {"lossless": True, "quality": 25, "method": 2},
        "TIFF": {"compression": "tiff_adobe_deflate", "tiffinfo": {PREDICTOR: 2}, "big_tiff": big},
    }[kind]
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Into memory first: when Pillow writes to a full disk itself, it tells of an "encoder error -2" and no more.
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, kind, icc_profile=profile, **options)
    file.write(packed.getbuffer())


def read_recipe(path: str | os.PathLike[str]) -> dict | None:
    """The recipe in a PNG that Handscroll wrote, None in any other picture."""
    with _opened(Path(path)) as image:
        text = image.info.get("handscroll")
    try:
        recipe = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return recipe if isinstance(recipe, dict) else None
