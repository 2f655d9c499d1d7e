"""Opening a picture: a bad file, an unknown kind or too large a size is reported before anything is decoded."""

import io
import os
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageFile, UnidentifiedImageError

from engine.media.formats import ReadFormat, decoders, names, needs_plugin
from engine.request import UserError

MAX_PIXELS = 2**30  # 32768×32768: decoded and as an array that is 7 GiB
MOST_PACKED = 2**31  # bytes of one picture in an archive, when it is unpacked
MERGED = "mergedimage.png"  # of an OpenRaster file: how all its layers look together
HEAD = 32  # bytes by which kinds are told apart


@contextmanager
def opened(path: Path) -> Iterator[ImageFile.ImageFile]:
    """The picture with its header read, its size checked, and Pillow's own limits and warnings silent.

    Raises UserError where it cannot be read at all.
    """
    # os.path and not Path: the latter's questions raise for names that are too long and folders that are closed.
    if os.path.isdir(path):
        raise UserError(f"{path} is a folder; name a picture inside it.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise UserError(f"{path} is not a file.")
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # ours is checked below, with a better sentence
    try:
        with open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata, mostly; an artist can do nothing about it
            with identified(path, _flat(path, file)) as image:
                yield image
    except FileNotFoundError:
        raise UserError(f"{path} does not exist. Check its name and folder.") from None
    except PermissionError:
        raise UserError(
            f"{path} cannot be read: permission denied. Change its permissions or copy it elsewhere."
        ) from None
    except OSError as error:
        if error.strerror is None:  # of a decoder, not of the system
            raise damaged(path) from error
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _flat(path: Path, file: BinaryIO) -> BinaryIO:
    """The file itself; of an OpenRaster file, which is a ZIP archive, the picture of all its layers."""
    if file.read(2) == b"PK":
        try:
            with zipfile.ZipFile(file) as pack:
                if pack.read("mimetype").strip() == b"image/openraster":
                    return io.BytesIO(unpacked(path, pack, MERGED))
        except (zipfile.BadZipFile, KeyError, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(path) from error
    file.seek(0)
    return file


def unpacked(path: Path, pack: zipfile.ZipFile, name: str) -> bytes:
    """A file out of an archive, unless it would fill the memory; raises KeyError where it is not there."""
    if pack.getinfo(name).file_size > MOST_PACKED:
        raise UserError(f"{path} contains a picture that is too large to read.")
    return pack.read(name)


def identified(path: Path, file: BinaryIO) -> ImageFile.ImageFile:
    """The picture with its header read; raises UserError where it is none, or too large."""
    Image.init()
    kind = needs_plugin(file.read(HEAD))
    if kind is not None and kind.plugin is not None and not set(kind.decoders) & {*Image.OPEN}:
        with suppress(ImportError):
            kind.plugin.load()
    file.seek(0)
    try:
        image = Image.open(file, formats=[name for name in decoders() if name in Image.OPEN])
    except UnidentifiedImageError:
        raise UserError(_unknown(path, kind)) from None
    except Exception as error:  # a damaged header ends in anything from ValueError to struct.error
        raise damaged(path) from error
    width, height = image.size
    if width < 1 or height < 1:
        raise UserError(f"{path} contains no pixels ({width}×{height}).")
    if width * height > MAX_PIXELS:
        raise UserError(
            f"{path} is too large: {width}×{height} are {width * height / 1e6:,.0f} million pixels, the limit is "
            f"{MAX_PIXELS / 1e6:,.0f} million. Crop it to the part that you want to continue."
        )
    return image


def _unknown(path: Path, kind: ReadFormat | None) -> str:
    """Why nothing could read it, and what to do."""
    if kind is not None and kind.plugin is not None and not set(kind.decoders) & {*Image.OPEN}:
        package = kind.plugin.package
        return (
            f"{path} is a {kind.name} picture, which the package {package} reads: pip install {package}. Or open it in "
            "another program and save it as a PNG."
        )
    if kind is None and _is_drawing(path):
        return f"{path} is a drawing, not a picture. The window can place it; or save it as a PNG in a drawing program."
    empty = " The file is empty." if not path.stat().st_size else ""
    return (
        f"{path} is not a picture that can be read, or it is damaged.{empty} {names()} can be read; open it in a "
        "painting program and save it as one of these."
    )


def _is_drawing(path: Path) -> bool:
    with open(path, "rb") as file:
        return b"<svg" in file.read(4096)


def damaged(path: Path) -> UserError:
    return UserError(f"{path} is damaged or incomplete. Download or save it again.")
