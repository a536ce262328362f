import csv
import io

from app.formats import frames


def test_every_place_and_velocity_reads_back_exactly(slices):
    stream = io.BytesIO()
    frames.write(slices, stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode())))
    assert len(rows) == 240 * 2
    for row in rows[::37]:
        tick = int(row["tick"])
        one = slices[tick // 120]
        wanted = one.frames[tick - one.tick, one.roster.index(row["body"])]
        assert [float(row[name]) for name in ("x", "y", "z", "vx", "vy", "vz")] == wanted.tolist()
