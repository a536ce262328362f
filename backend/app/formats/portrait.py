"""A picture of somebody, drawn anew: square, small, and without anything that came along in it."""

import hashlib
import io
import threading
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

SIDE = 256
BYTES_MAX = 1024 * 1024
PIXELS_MAX = 8_000_000  # at four bytes each, what a picture may take while it is read
SIDE_MAX = 8_192
TYPES = ("image/png", "image/jpeg", "image/webp")
MEDIA_TYPE = "image/webp"
_FORMATS = ("PNG", "JPEG", "WEBP")
_ROOM = threading.BoundedSemaphore(2)  # pictures read at once


class NotAPicture(ValueError):
    """The bytes are no picture we take; the message says why."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture as it is kept and served."""

    content: bytes
    sha256: str


def redrawn(content: bytes) -> Portrait:
    """Draw a PNG, JPEG or WebP anew as a square WebP of 256 x 256 pixels.

    Its size is judged by what its head says, before a pixel is unpacked. Raises NotAPicture.
    """
    if len(content) > BYTES_MAX:
        raise NotAPicture(f"the picture has {len(content)} bytes; {BYTES_MAX} are taken")
    with _ROOM, warnings.catch_warnings():
        warnings.simplefilter("error")  # Pillow warns of what we refuse: bombs, broken metadata
        try:
            square = _square(content)
        except NotAPicture:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as fault:
            told = (
                f"the picture is too large: it may have {PIXELS_MAX} pixels and {SIDE_MAX} a side"
            )
            raise NotAPicture(told) from fault
        except Exception as fault:  # a decoder of hostile bytes raises anything
            raise NotAPicture("this is no PNG, JPEG or WebP picture, or a broken one") from fault
        stream = io.BytesIO()
        square.save(stream, "WEBP", quality=86, method=4)
    drawn = stream.getvalue()
    return Portrait(drawn, hashlib.sha256(drawn).hexdigest())


def _square(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        width, height = picture.size
        if width * height > PIXELS_MAX or max(width, height) > SIDE_MAX:
            raise NotAPicture(
                f"the picture is {width} x {height}; it may have {PIXELS_MAX} pixels "
                f"and {SIDE_MAX} a side"
            )
        picture.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is then unpacked at a fraction
        upright = ImageOps.exif_transpose(picture)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        fitted = ImageOps.fit(upright.convert(mode), (SIDE, SIDE), Image.Resampling.LANCZOS)
    # Onto an empty sheet: whatever else the picture carried stays behind.
    sheet = Image.new(mode, fitted.size)
    sheet.paste(fitted)
    return sheet
