import time

import pytest

from app.core.document.scala import ScalaFault, decoded, keyboard_of, scale_of

MEANTONE = """! meanquar.scl
!
1/4-comma meantone scale. Pietro Aaron's temperament (1523)
 12
!
 76.04900
 193.15686
 310.26471
 5/4
 503.42157
 579.47057
 696.57843
 25/16
 889.73529
 1006.84314
 1082.89214
 2/1
"""
EVERY_KEY = ["0", "0", "127", "60", "69", "440.0", "0"]
WHITE = [
    "12",
    "0",
    "127",
    "60",
    "69",
    "440",
    "7",
    *["0", "x", "1", "x", "2", "3", "x", "4", "x", "5", "x", "6"],
]
SEVEN = "!\n seven\n 7\n" + "".join(f" {n * 1200 / 7:.6f}\n" for n in range(1, 8))


def lines(*said):
    return "\n".join(said)


def test_cents_and_ratios_are_read_as_their_authors_page_has_it():
    scale = scale_of(MEANTONE)
    assert (len(scale.cents), scale.period) == (12, pytest.approx(1200.0, abs=1e-9))
    assert scale.cents[3] == pytest.approx(386.3137138648348, abs=1e-9)
    assert scale.degree(-12) == pytest.approx(-1200.0)
    assert scale.degree(16) == pytest.approx(1586.3137138648348)
    odd = scale_of(lines("x", "5", "2", "100.", ".5 cents", "-5.0", "3/2 a fifth"))
    assert odd.cents == pytest.approx((1200.0, 100.0, 0.5, -5.0, 701.9550008653874))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like_and_the_title_may_be_empty(end):
    scale = scale_of(MEANTONE.replace("\n", end))
    assert len(scale.cents) == 12
    assert scale_of(end.join(["! a comment", "", "1", "2/1"])).title == ""


def test_latin_1_is_read():
    assert decoded("Gamme de Sauveur, ré".encode("latin-1")) == "Gamme de Sauveur, ré"
    assert decoded("\ufeffSâmi".encode()) == "Sâmi"


BAD = [
    ("", "after line 0: a description is missing"),
    ("x", "after line 1: the number of notes is missing"),
    (lines("x", "0"), "line 2: the number of notes is 0; it may be 1 to 1024"),
    (lines("x", "99999"), "line 2: the number of notes is 99999"),
    (lines("x", "many"), "line 2: 'many' is not the number of notes"),
    (lines("x", "2", "3/2"), "after line 3: note 2 of 2 is missing"),
    (lines("x", "2", "3/2", "", "2/1"), "line 4: note 2 of 2 is missing"),
    (lines("x", "1", "0/1"), "line 3: the ratio 0/1 is no pitch"),
    (lines("x", "1", "3/0"), "line 3: the ratio 3/0 is no pitch"),
    (lines("x", "1", "-3/2"), "line 3: the ratio -3/2 is no pitch"),
    (lines("!", "x", "1", "perfect"), "line 4: 'perfect' is no pitch"),
    (lines("x", "1", "1e5"), "line 3: '1e5' is no pitch"),
    (lines("x", "1", "."), "line 3: '.' is no pitch"),
    (lines("x", "1", "9" * 4000), "line 3: '999999999999999999999...' has more than 64 digits"),
    (lines("x", "1", "9" * 4000 + "/" + "8" * 4000), "more than 64 digits"),
    (lines("x", "1", "0." + "9" * 4000), "more than 64 digits"),
    (lines("x", "9" * 4000), "line 2: "),
    (lines("x", "1", "99999.0"), "line 3: '99999.0' is further than ten octaves"),
    (lines("x", "1", "1/1"), "line 3: the last note, where the scale repeats, must be above 1/1"),
    ("!\n" * 1_000_000, "line 20001: more than 20000 lines"),
    (lines("x", "3", *["3/2"] * 1_000_000), "line 5"),
    ("x" * 5_000_000, "after line 1"),
    ("\x00" * 100_000, "after line 1"),
]


@pytest.mark.parametrize(("text", "says"), BAD, ids=range(len(BAD)))
def test_what_is_no_scale_is_refused_by_its_line_at_once(text, says):
    began = time.process_time()
    if says == "line 5":
        assert scale_of(text).cents  # what stands after the notes is nobody's affair
    else:
        with pytest.raises(ScalaFault) as fault:
            scale_of(text)
        assert says in fault.value.message
    assert time.process_time() - began < 1.0


def test_a_keyboard_puts_the_scale_where_it_says():
    scale = scale_of(SEVEN)
    keys = keyboard_of(lines(*WHITE), scale)
    assert keys.cents(61, scale) is None
    assert keys.cents(62, scale) == pytest.approx(1200 / 7, abs=1e-6)
    assert keys.cents(72, scale) == pytest.approx(1200)
    assert keys.base_hz(scale) == pytest.approx(440 * 2 ** (-5 / 7), abs=1e-6)
    plain = keyboard_of(lines(*EVERY_KEY), scale)
    assert plain.cents(67, scale) == pytest.approx(1200)
    assert plain.base_hz(scale) == pytest.approx(440 * 2 ** (-9 / 7), abs=1e-5)


BAD_KEYS = [
    (EVERY_KEY[:5], "the reference frequency is missing"),
    ([*EVERY_KEY[:5], "0", "0"], "line 6: '0' is not a frequency"),
    ([*EVERY_KEY[:3], "200", *EVERY_KEY[4:]], "line 4: the middle key is 200; it may be 0 to 127"),
    (["0", "9", "3", *EVERY_KEY[3:]], "line 3: the last key is 3; it may be 9 to 127"),
    ([*WHITE[:4], "61", *WHITE[5:]], "line 5: the reference key 61 is not mapped to a degree"),
    ([*WHITE[:8], "y", *WHITE[9:]], "line 9: 'y' is not the degree of key 2"),
]


@pytest.mark.parametrize(("said", "says"), BAD_KEYS, ids=range(len(BAD_KEYS)))
def test_what_is_no_keyboard_is_refused_by_its_line(said, says):
    with pytest.raises(ScalaFault, match=r"^(line|after)") as fault:
        keyboard_of(lines(*said), scale_of(SEVEN))
    assert says in fault.value.message


def test_keys_at_the_end_of_a_map_may_be_left_out():
    short = [*WHITE[:4], "62", *WHITE[5:10]]
    keys = keyboard_of(lines(*short), scale_of(SEVEN))
    assert keys.degrees[3:] == (None,) * 9
