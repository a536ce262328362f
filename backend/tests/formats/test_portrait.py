import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from app.formats import portrait
from app.formats.portrait import SIDE, NotAPicture, redrawn


def encoded(picture, kind, **more):
    stream = io.BytesIO()
    picture.save(stream, kind, **more)
    return stream.getvalue()


def opened(drawn):
    return Image.open(io.BytesIO(drawn.content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (640, 100), (100, 640), (256, 256)])
def test_every_picture_becomes_a_square_webp_of_one_size(kind, size):
    drawn = redrawn(encoded(Image.new("RGB", size, "#40a0c0"), kind))

    found = opened(drawn)
    assert (found.format, found.size) == ("WEBP", (SIDE, SIDE))
    middle = found.convert("RGB").getpixel((SIDE // 2, SIDE // 2))
    assert all(abs(a - b) < 8 for a, b in zip(middle, (0x40, 0xA0, 0xC0), strict=True))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode):
    assert opened(redrawn(encoded(Image.new(mode, (30, 20)), "PNG"))).size == (SIDE, SIDE)


def test_nothing_that_came_along_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "taken at my home"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "my home address")
    picture = Image.new("RGB", (64, 64), "red")
    for content in (
        encoded(picture, "JPEG", exif=exif, comment=b"my home"),
        encoded(picture, "PNG", pnginfo=text, exif=exif),
        encoded(picture, "WEBP", exif=exif, xmp=b"<my home/>"),
    ):
        assert b"home" in content
        drawn = redrawn(content)
        assert b"home" not in drawn.content
        assert not opened(drawn).getexif()


def test_a_picture_taken_sideways_is_put_upright():
    sideways = Image.new("RGB", (200, 100), "black")
    sideways.paste("white", (0, 0, 100, 100))  # its left half
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right: what was left is up
    found = opened(redrawn(encoded(sideways, "JPEG", exif=exif))).convert("L")

    assert found.getpixel((128, 20)) > 200 > 50 > found.getpixel((128, 236))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width, height):
    """Make a PNG of a few hundred bytes that would unpack to gigabytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def text_bomb():
    """Make a PNG whose comment unpacks to sixty-four megabytes."""
    words = b"c\0\0" + zlib.compress(b"\0" * (64 << 20))
    small = encoded(Image.new("RGB", (8, 8)), "PNG")
    return small[:33] + chunk(b"zTXt", words) + small[33:]


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_193, 1), (1, 8_193), (2_829, 2_829)])
def test_a_bomb_is_refused_by_its_head(size):
    with pytest.raises(NotAPicture):
        redrawn(bomb(*size))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"\0" * 100,
        b"\x89PNG\r\n\x1a\n",
        b"<svg onload=alert(1) xmlns='http://www.w3.org/2000/svg'/>",
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        b"\xff\xd8\xff\xe0" + b"\0" * 50,
        encoded(Image.new("RGB", (64, 64)), "BMP"),
        encoded(Image.new("RGB", (64, 64)), "PNG")[:-20],
        encoded(Image.effect_noise((64, 64), 50), "JPEG")[:300],
        text_bomb(),
        b"\0" * (portrait.BYTES_MAX + 1),
    ],
)
def test_what_is_no_whole_picture_is_refused_by_name(content):
    with pytest.raises(NotAPicture, match=r"picture"):
        redrawn(content)


def test_of_a_moving_picture_the_first_frame_is_drawn():
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue", "green")]
    moving = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])

    found = opened(redrawn(moving))

    assert getattr(found, "n_frames", 1) == 1
    assert found.convert("RGB").getpixel((9, 9))[0] > 200


def test_the_same_picture_has_the_same_name():
    content = encoded(Image.new("RGB", (64, 64), "red"), "PNG")

    assert redrawn(content) == redrawn(content)
    assert redrawn(content).sha256 != redrawn(encoded(Image.new("RGB", (64, 64)), "PNG")).sha256


@pytest.mark.parametrize("side", [10_000, 14_000])  # of which Pillow warns, and which it refuses
def test_a_picture_of_very_many_pixels_is_told_how_many_it_may_have(side):
    stream = io.BytesIO()
    Image.new("1", (side, side)).save(stream, "PNG")

    with pytest.raises(portrait.NotAPicture, match=f"{portrait.PIXELS_MAX} pixels"):
        portrait.redrawn(stream.getvalue())
