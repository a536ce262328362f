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
  for (const { at, start, pcm } of chunks) {
    const send = () => port2.postMessage({ pcm: Int16Array.from(pcm), start, wish: 0 });
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


def chunk(start: int, count: int, *, at: float = 0.0) -> dict:
    return {"at": at, "start": start, "pcm": sine(start, count).ravel().tolist()}


@pytest.fixture
def play(module_page, files):
    def player(chunks: list[dict], seconds: float) -> np.ndarray:
        return np.array(
            module_page.evaluate(PLAY, [f"{files}/sound-worklet.js", chunks, seconds])
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
