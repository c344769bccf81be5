"""Sounds that are no music, to measure refusals with; built apart from those the curator learns refusing from.

Speech is espeak-ng's, a Debian package; without it there is none.
"""

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator

import numpy as np
import scipy.signal
import soundfile
from numpy.typing import NDArray

Signal = NDArray[np.float64]
SR = 44100
DURATION_S = 6.0
N = round(SR * DURATION_S)
T = np.arange(N) / SR
SPEAKER = "espeak-ng"
VOICES = ("en", "en-us+f3", "en-gb+m4", "en-us+whisper", "ko", "ko+f2", "ko+m3", "ko+croak")
TEXTS = {
    "en": (
        "The next train to the harbour leaves from platform four in about seven minutes. Please stand back, and mind "
        "the gap between the train and the platform edge while the doors are closing behind you.",
        "Well, I told her that the meeting was on Thursday, and she said that nobody had written to her about it. So "
        "we waited in the kitchen, drank our tea, and talked about the holidays until the rain was over.",
    ),
    "ko": (
        "다음 열차는 칠 분 뒤에 사번 승강장에서 출발합니다. 승강장과 열차 사이가 넓으니 타고 내리실 때 발이 빠지지 "
        "않도록 조심하시기 바랍니다. 출입문을 닫겠습니다.",
        "어제 저녁에 친구를 만나서 시장 골목에 있는 작은 식당에서 국수를 먹었어요. 비가 많이 와서 한참을 기다렸다가 "
        "버스를 타고 집으로 돌아왔는데 우산을 두고 왔지 뭐예요.",
    ),
}
SINES_HZ = (55.0, 110.0, 220.0, 330.0, 440.0, 587.3, 880.0, 1000.0, 1760.0, 3520.0)
BEATS = (40, 60, 72, 90, 100, 120, 140, 160, 184, 208)
DIALS_HZ = ((350.0, 440.0), (425.0, 425.0), (440.0, 480.0), (480.0, 620.0), (697.0, 1209.0), (941.0, 1477.0))
Maker = Callable[[int, np.random.Generator], Signal]


def sounds(*, each: int, seed: int) -> Iterator[tuple[str, Signal]]:
    """`each` sounds of every kind, six seconds at SR, with the name of the kind; speech only where espeak-ng is."""
    for name, make in KINDS.items():
        if name != "speech" or can_speak():
            for number in range(each):
                yield name, make(number, np.random.default_rng([seed, number]))


def can_speak() -> bool:
    return shutil.which(SPEAKER) is not None


def _silence(_number: int, _rng: np.random.Generator) -> Signal:
    return np.zeros(N)


def _faint(_number: int, rng: np.random.Generator) -> Signal:
    return 1e-4 * rng.standard_normal(N)


def _loud(y: Signal, rng: np.random.Generator) -> Signal:
    """At a random level between -30 and -3 dBFS at its peak."""
    return np.asarray(y / max(float(np.abs(y).max()), 1e-9) * 10 ** (rng.uniform(-30, -3) / 20))


def _coloured(exponent: float) -> Maker:
    def make(_number: int, rng: np.random.Generator) -> Signal:
        return _loud(_noise(rng, exponent), rng)

    return make


def _noise(rng: np.random.Generator, exponent: float) -> Signal:
    """Noise whose amplitude falls with frequency to this power, above 20 Hz."""
    hz = np.maximum(np.fft.rfftfreq(N, 1 / SR), 20.0)
    return np.asarray(np.fft.irfft(np.fft.rfft(rng.standard_normal(N)) * hz**-exponent, N))


def _hum(number: int, rng: np.random.Generator) -> Signal:
    base = (50.0, 60.0)[number % 2]
    partials = (rng.random() / k * np.sin(2 * np.pi * base * k * T + rng.uniform(0, 6)) for k in range(1, 9))
    return _loud(np.sin(2 * np.pi * base * T) + sum(partials) + 0.01 * rng.standard_normal(N), rng)


def _clicks(_number: int, rng: np.random.Generator) -> Signal:
    return _loud(np.where(rng.random(N) < rng.uniform(5e-5, 2e-3), rng.uniform(0.3, 1.0, N), 0.0), rng)


def _speech(number: int, rng: np.random.Generator) -> Signal:
    voice = VOICES[number % len(VOICES)]
    text = TEXTS[voice[:2]][number // len(VOICES) % 2]
    options = ["-v", voice, "-s", str(int(rng.integers(120, 200))), "-p", str(int(rng.integers(20, 80)))]
    said = subprocess.run([SPEAKER, *options, "--stdout", text], capture_output=True, check=True, timeout=30)
    y, sr = soundfile.read(io.BytesIO(said.stdout))
    spoken = scipy.signal.resample_poly(y, SR, sr)
    return _loud(spoken[int(rng.integers(0, max(1, len(spoken) - N))) :][:N], rng)


def _applause(_number: int, rng: np.random.Generator) -> Signal:
    """Hands clapping, each with a sound and a pace of its own."""
    y = np.zeros(N)
    for _ in range(int(rng.integers(8, 60))):
        beats = np.cumsum(rng.normal(1 / rng.uniform(2.5, 5.0), 0.03, 40).clip(0.1)) + rng.uniform(-0.3, 0)
        at = (beats * SR).astype(int)
        y[at[(at >= 0) & (at < N)]] += rng.uniform(0.2, 1.0)
    ring = np.exp(-np.arange(round(0.02 * SR)) / (rng.uniform(0.002, 0.006) * SR))
    claps = scipy.signal.fftconvolve(y, ring * rng.standard_normal(len(ring)))[:N]
    band = scipy.signal.butter(2, [rng.uniform(400, 900), rng.uniform(3000, 6000)], "band", fs=SR, output="sos")
    return _loud(scipy.signal.sosfilt(band, claps) + 0.002 * rng.standard_normal(N), rng)


def _sine(number: int, rng: np.random.Generator) -> Signal:
    return _loud(np.sin(2 * np.pi * SINES_HZ[number % len(SINES_HZ)] * rng.uniform(0.98, 1.02) * T), rng)


def _metronome(number: int, rng: np.random.Generator) -> Signal:
    """Ticks, every so many of them a higher one, as a mechanical or an electronic metronome gives them."""
    y, step = np.zeros(N + SR), 60 / BEATS[number % len(BEATS)]
    t, decay = np.arange(round(0.06 * SR)) / SR, rng.uniform(0.003, 0.02)
    pitch, bar, wooden = rng.uniform(700, 2500), int(rng.integers(2, 5)), rng.random() < 0.5
    for tick, at_s in enumerate(np.arange(rng.uniform(0, step), DURATION_S, step)):
        ring = np.sin(2 * np.pi * pitch * (1.5 if tick % bar == 0 else 1.0) * t)
        struck = ring * rng.standard_normal(len(t)) if wooden else ring
        y[round(at_s * SR) :][: len(t)] += struck * np.exp(-t / decay)
    return _loud(y[:N] + rng.choice((0.0, 0.002)) * rng.standard_normal(N), rng)


def _traffic(_number: int, rng: np.random.Generator) -> Signal:
    """Rumble in which engines come and go."""
    y = _noise(rng, 1.0) / np.std(_noise(rng, 1.0))
    for _ in range(int(rng.integers(1, 5))):
        near = np.exp(-(((T - rng.uniform(0, DURATION_S)) / rng.uniform(0.5, 2.0)) ** 2))
        engine = scipy.signal.sawtooth(2 * np.pi * np.cumsum(rng.uniform(40, 120) * (1 - 0.1 * T / DURATION_S)) / SR)
        y = y + near * (2 * _noise(rng, 0.5) / np.std(_noise(rng, 0.5)) + 0.5 * engine)
    return _loud(y, rng)


def _dial(number: int, rng: np.random.Generator) -> Signal:
    low, high = DIALS_HZ[number % len(DIALS_HZ)]
    period = (0.0, 1.0, 6.0, 0.5, 0.3, 0.2)[number // len(DIALS_HZ) % 6]
    on = (T % period < 0.5 * period) if period else np.ones(N)
    return _loud((np.sin(2 * np.pi * low * T) + np.sin(2 * np.pi * high * T)) * on, rng)


KINDS: dict[str, Maker] = {
    "silence": _silence,
    "faint noise": _faint,
    "white noise": _coloured(0.0),
    "pink noise": _coloured(0.5),
    "brown noise": _coloured(1.0),
    "mains hum": _hum,
    "clicks": _clicks,
    "speech": _speech,
    "applause": _applause,
    "held sine": _sine,
    "metronome": _metronome,
    "traffic": _traffic,
    "dial tones": _dial,
}
