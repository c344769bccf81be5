"""What the eye gets while the ear listens: cheap log-frequency columns for the live view.

A column is `n_bins` bytes, row 0 the highest frequency, half a decibel a step: 0 is −120 dBFS, 240 is a sine at full
scale. Which part of that range is shown is decided by `AutoRange`, for the whole picture at once.
"""

import math

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

Columns = NDArray[np.uint8]

COLUMNS_PER_S = 86
N_BINS = 420
LOW_HZ, HIGH_HZ = 45.0, 10_000.0
FLOOR_DB = -120.0
STEPS_PER_DB = 2.0
SPAN_DB = 60.0
FALL_S = 3.0
_WINDOW_S = 0.093  # 4096 samples at 44.1 kHz: semitones are apart from about 200 Hz up
_COLUMNS_AT_ONCE = 256  # bounds the memory of a long push
_PERCENTILE = 99.5
_COLUMNS_A_STEP = 43  # half a second: the range's resolution for long pushes
_NOTES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")


def bin_frequencies(n_bins: int = N_BINS) -> Floats:
    """Centre frequency in Hz of each row, highest first, shape (n_bins,)."""
    return np.geomspace(HIGH_HZ, LOW_HZ, n_bins, dtype=np.float32)


def to_db(value: int) -> float:
    """Byte of a column as dBFS of a sine."""
    return value / STEPS_PER_DB + FLOOR_DB


def note_name(frequency_hz: float) -> str:
    """Nearest note of the equal temperament at A4 = 440 Hz: "A4"; empty for what is not above 0 Hz."""
    if frequency_hz <= 0:
        return ""
    midi = round(69 + 12 * math.log2(frequency_hz / 440.0))
    return f"{_NOTES[midi % 12]}{midi // 12 - 1}"


class DisplaySpectrum:
    """A running short-time spectrum: samples in as they come, finished columns out, exactly 86 a second."""

    def __init__(self, sr: int, *, n_bins: int = N_BINS) -> None:
        self.sr, self.n_bins = sr, n_bins
        self._n_fft: int = 1 << round(math.log2(_WINDOW_S * sr))
        self._window = np.hanning(self._n_fft).astype(np.float32)
        self._window *= np.float32(2.0 / self._window.sum())
        self._pick = _BinPicker(sr=sr, n_fft=self._n_fft, n_bins=n_bins)
        self.reset()

    def reset(self) -> None:
        """Forget everything: the next sample is the first."""
        self._pending = np.zeros(self._n_fft // 2, np.float32)  # the first column is centred on the first sample
        self._first = -len(self._pending)  # index of the first pending sample in the stream
        self._column = 0

    def push(self, samples: Floats) -> Columns:
        """Take (n,) samples in −1..1; return the columns they complete, shape (n_bins, n_new), C-contiguous."""
        self._pending = np.concatenate((self._pending, np.asarray(samples, np.float32)))
        starts = self._ready_starts()
        parts = [self._columns(starts[i : i + _COLUMNS_AT_ONCE]) for i in range(0, len(starts), _COLUMNS_AT_ONCE)]
        self._column += len(starts)
        self._drop_used()
        return np.concatenate(parts, axis=1) if parts else np.zeros((self.n_bins, 0), np.uint8)

    def _start(self, column: int) -> int:
        """First sample of a column's window in the stream."""
        return column * self.sr // COLUMNS_PER_S - self._n_fft // 2

    def _ready_starts(self) -> list[int]:
        starts = []
        end = self._first + len(self._pending)
        column = self._column
        while self._start(column) + self._n_fft <= end:
            starts.append(self._start(column) - self._first)
            column += 1
        return starts

    def _drop_used(self) -> None:
        unused = max(0, self._start(self._column) - self._first)
        self._pending = self._pending[unused:].copy()
        self._first += unused

    def _columns(self, starts: list[int]) -> Columns:
        frames = np.stack([self._pending[s : s + self._n_fft] for s in starts]) * self._window
        spectrum = np.fft.rfft(frames, axis=1)
        levels_db = self._pick(np.asarray(spectrum.real**2 + spectrum.imag**2, np.float32))
        steps = (levels_db - FLOOR_DB) * STEPS_PER_DB
        return np.ascontiguousarray(np.clip(np.rint(steps), 0, 255).astype(np.uint8).T)


class _BinPicker:
    """From FFT lines to log-spaced rows: between the lines at the bottom, the strongest line of many at the top."""

    def __init__(self, *, sr: int, n_fft: int, n_bins: int) -> None:
        lines = bin_frequencies(n_bins) * np.float32(n_fft / sr)
        half_step = np.float32((HIGH_HZ / LOW_HZ) ** (0.5 / (n_bins - 1)))
        first = np.ceil(lines / half_step).astype(int)
        last = np.ceil(lines * half_step).astype(int)
        self._heard = lines < n_fft / 2 - 1
        wide = (last - first >= 2) & (last <= n_fft // 2) & self._heard
        self._wide, self._narrow = np.flatnonzero(wide), np.flatnonzero(~wide & self._heard)
        self._edges = np.stack((first[wide], last[wide]), axis=1).ravel()
        self._low = np.floor(lines[self._narrow]).astype(int)
        self._share = lines[self._narrow] - self._low
        self._n_low = int(self._low.max(initial=0)) + 2

    def __call__(self, power: Floats) -> Floats:
        """Power (n_columns, n_lines) to dB (n_columns, n_bins)."""
        rows = np.full((len(power), len(self._heard)), FLOOR_DB, np.float32)
        # Between two lines the picture is smooth in dB, not in power.
        low_db = _decibels(power[:, : self._n_low])
        rows[:, self._narrow] = low_db[:, self._low] * (1 - self._share) + low_db[:, self._low + 1] * self._share
        if len(self._wide):
            rows[:, self._wide] = _decibels(np.maximum.reduceat(power, self._edges, axis=1)[:, ::2])
        return rows


def _decibels(power: Floats) -> Floats:
    return np.asarray(10.0 * np.log10(np.maximum(power, 10 ** (FLOOR_DB / 10))), np.float32)


class AutoRange:
    """Top of the shown range in dBFS: the 99.5th percentile of what comes in; rises at once, falls in 3 s."""

    def __init__(self, *, lowest_db: float = -45.0, highest_db: float = 0.0) -> None:
        # Below `lowest_db` a silent room would be blown up into a picture of noise.
        self._lowest, self._highest = lowest_db, highest_db
        self.top_db = lowest_db

    def reset(self) -> None:
        self.top_db = self._lowest

    def fit(self, columns: Columns) -> float:
        """The range for a still picture: that of all its columns (n_bins, n) together."""
        if columns.size:
            self.top_db = self._wanted(columns)
        return self.top_db

    def follow(self, columns: Columns) -> float:
        """Take new columns (n_bins, n_new), many at a time as if they had come one after another; return the top."""
        for start in range(0, columns.shape[1], _COLUMNS_A_STEP):
            self._step(columns[:, start : start + _COLUMNS_A_STEP])
        return self.top_db

    def _step(self, columns: Columns) -> None:
        wanted = self._wanted(columns)
        elapsed_s = columns.shape[1] / COLUMNS_PER_S
        fallen = wanted + (self.top_db - wanted) * math.exp(-elapsed_s / FALL_S)
        self.top_db = max(wanted, fallen)

    def _wanted(self, columns: Columns) -> float:
        return float(np.clip(_percentile_db(columns), self._lowest, self._highest))


def _percentile_db(columns: Columns) -> float:
    # Counting bytes is ten times faster than sorting them.
    reached = np.cumsum(np.bincount(columns.ravel(), minlength=256))
    index = int(np.searchsorted(reached, reached[-1] * _PERCENTILE / 100))
    return index / STEPS_PER_DB + FLOOR_DB
