"""The worklet plays the server's samples as they are, and never clicks where some are missing."""

import numpy as np
import pytest

PLAY = """async ([file, chunks, seconds]) => {
  const context = new OfflineAudioContext(2, 48000 * seconds, 48000);
  await context.audioWorklet.addModule(file);
  const node = new AudioWorkletNode(context, 'mundi-player', { numberOfInputs: 0, outputChannelCount: [2] });
  node.connect(context.destination);
  const { port1, port2 } = new MessageChannel();
  node.port.postMessage({ port: port1 }, [port1]);
  for (const { at, all } of chunks) {
    const send = () => all.forEach(({ start, pcm, wish }) => port2.postMessage({ pcm: Int16Array.from(pcm), start, wish }));
    if (at > 0) context.suspend(at).then(() => (send(), setTimeout(() => context.resume(), 30)));
    else send();
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  const played = await context.startRendering();
  return [0, 1].map((side) => Array.from(played.getChannelData(side)));
}"""


def sine(start: int, count: int) -> np.ndarray:
    phase = 2 * np.pi * 223 * np.arange(start, start + count) / 48_000
    one = np.round(16_000 * np.sin(phase)).astype(int)
    return np.stack([one, -one], axis=1)


def chunk(start: int, count: int, *, at: float = 0.0, wish: float = 0.0, of=sine) -> dict:
    """Samples that arrive `at` seconds and should sound `wish` samples later."""
    return {"at": at, "wish": wish, "start": start, "pcm": of(start, count).ravel().tolist()}


def noise(start: int, count: int) -> np.ndarray:
    """No two stretches of it are alike: each tells where it is."""
    one = np.random.default_rng(7).integers(-8000, 8000, 100_000)
    return np.stack([one, one], axis=1)[start : start + count]


@pytest.fixture
def play(module_page, files):
    def player(chunks: list[dict], seconds: float) -> np.ndarray:
        return np.array(
            module_page.evaluate(PLAY, [f"{files}/sound-worklet.js", merged(chunks), seconds])
        ).T

    return player


def test_samples_are_played_unchanged_once_faded_in(play):
    heard = play([chunk(48_000, 24_000)], 0.5)
    want = (sine(48_000, 24_000) / 32_767).astype(np.float32)
    first = np.flatnonzero(np.abs(heard[:, 0]) > 0)[0] - 1  # a sine's first sample is zero

    got = heard[first + 240 : first + 20_000]

    assert np.array_equal(got.astype(np.float32), want[240:20_000])


def test_a_chunk_that_came_in_order_leaves_no_seam(play):
    chunks = [chunk(2400 * i, 2400) for i in range(8)]

    heard = play(chunks, 0.35)

    steps = np.abs(np.diff(heard[1000:15_000, 0]))
    assert steps.max() < 0.0145  # a 223 Hz sine of this size moves by 0.0143 a sample at most


def test_a_gap_dies_away_and_comes_back_without_a_click(play):
    heard = play([chunk(0, 4800), chunk(4800, 19_200, at=0.256)], 0.6)

    quiet = np.abs(heard[9000:12_000]).max()
    steps = np.abs(np.diff(heard[:, 0])).max()
    assert quiet < 1e-3  # in the gap nothing is made up
    assert np.abs(heard[20_000:24_000]).max() > 0.4  # and the sound is back after it
    assert steps < 0.03  # a bare cut would jump by up to 0.49


def test_after_a_stall_the_player_is_back_on_the_server_s_clock(play):
    lead = 3000  # samples from arrival to ear
    chunks = []
    for number in range(34):
        due = 0.05 * number
        came = 0.95 if 0.5 <= due < 0.95 else due  # nine chunks come at once, up to 0.45 s late
        block = round(came * 48_000 / 128) * 128 / 48_000
        chunks.append(
            chunk(
                2400 * number, 2400, at=block, wish=lead - round((block - due) * 48_000), of=noise
            )
        )

    heard = play(chunks, 1.6)

    for when in (20_000, 70_000):  # before the stall, and half a second after it
        want = noise(when - lead, 1000)[:, 0] / 32_767
        off = [
            lag
            for lag in range(-960, 960)
            if np.abs(heard[when + lag : when + lag + 1000, 0] - want).max() < 1e-6
        ]
        assert len(off) == 1, "this stretch does not sound when the clock wants it"


def merged(chunks: list[dict]) -> list[dict]:
    """Chunks by the moment they come, so that one suspension of the clock carries them all."""
    moments: dict[float, list[dict]] = {}
    for one in chunks:
        moments.setdefault(one["at"], []).append(one)
    return [{"at": at, "all": all_} for at, all_ in moments.items()]
