"""Samples in, features out, block by block or at once; the two are equal bit for bit.

The stream works in chunks of a fixed number of frames, whatever the size of the pushed blocks. What looks at the
surroundings of a frame (the local peak, the harmonic median) looks `horizon_s` to either side and no further.
"""

from collections.abc import Iterable

import numpy as np

from musicrec_desktop.core.errors import TooShort
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Features, Floats, TrackAnalysis, frozen
from musicrec_desktop.features import harmony, rhythm, spectrum, timbre
from musicrec_desktop.features.gathering import Gathering

CHUNK_FRAMES = 128
PIECE_CHUNKS = 16  # 95 s: so much of a long recording is worked on at a time
MIN_DURATION_S = 3.0

_PER_FRAME = ("rms", "zcr", "centroid_hz", "rolloff_hz", "flatness", "chroma")
_IN_CONTEXT = ("mfcc", "bands", "onset", "harmonic", "percussive")


class FeatureStream:
    """Extractor with memory: `push` blocks at `spec.sr`, then `finish` once."""

    def __init__(self, spec: FeatureSpec) -> None:
        self._spec = spec
        self._horizon = round(spec.horizon_s * spec.frame_rate)
        self._waiting = [np.zeros(spec.n_fft // 2, dtype=np.float32)]  # samples of frames not yet complete
        self._n_waiting = spec.n_fft // 2
        self._n_samples = self._n_analysed = 0  # frames, of the latter
        self._mel = np.zeros((0, spec.n_mels), dtype=np.float32)  # frames that are waiting, or are context
        self._context = 0  # leading frames of _mel that are done and kept as context only
        self._before: Floats | None = None  # the last finished frame's mel bands in dB
        self._parts: dict[str, list[Floats]] = {name: [] for name in (*_PER_FRAME, *_IN_CONTEXT)}

    def push(self, excerpt: Excerpt) -> None:
        """Take the next block; raise ValueError when its rate is not the spec's."""
        if excerpt.sr != self._spec.sr:
            raise ValueError(f"block at {excerpt.sr} Hz, expected {self._spec.sr}")
        self._n_samples += len(excerpt.samples)
        self._waiting.append(excerpt.samples)
        self._n_waiting += len(excerpt.samples)
        needed = (CHUNK_FRAMES - 1) * self._spec.hop_length + self._spec.n_fft
        if self._n_waiting < needed:
            return
        samples, step = np.concatenate(self._waiting), CHUNK_FRAMES * self._spec.hop_length
        used = 0
        while len(samples) - used >= needed:
            self._analyse(samples[used : used + needed])
            used += step
            self._settle(final=False)
        self._waiting, self._n_waiting = [samples[used:].copy()], len(samples) - used

    def settled(self) -> Features | None:
        """A piece of frames, in order, that are done and will not be handed out again; None until there are many."""
        n_chunks = len(self._parts["onset"])
        return self._piece(n_chunks) if n_chunks >= PIECE_CHUNKS else None

    def finish(self) -> Features:
        """Everything that was pushed and not handed out, as Features."""
        spec = self._spec
        missing = 1 + self._n_samples // spec.hop_length - self._n_analysed
        if missing > 0:
            tail = np.zeros((missing - 1) * spec.hop_length + spec.n_fft, dtype=np.float32)
            kept = np.concatenate(self._waiting)[: len(tail)]
            tail[: len(kept)] = kept
            self._analyse(tail)
        self._settle(final=True)
        return self._piece(None)

    def _piece(self, n_chunks: int | None) -> Features:
        """The first chunks of every feature, or all of them."""
        spec = self._spec
        arrays = {name: self._whole(name, n_chunks) for name in (*_PER_FRAME, *_IN_CONTEXT)}
        return Features(
            fingerprint=spec.fingerprint(),
            frame_rate=spec.frame_rate,
            duration_s=self._n_samples / spec.sr,
            tempo_bpm=0.0 if n_chunks else rhythm.tempo_bpm(arrays["onset"], spec.frame_rate),
            **arrays,
        )

    def _whole(self, name: str, n_chunks: int | None) -> Floats:
        """Chunks of one feature, frames last; they are let go, for a long track has many."""
        parts = self._parts[name]
        joined = np.concatenate(parts[:n_chunks], dtype=np.float32)
        self._parts[name] = parts[n_chunks:] if n_chunks else []
        return frozen(np.ascontiguousarray(joined.T))

    def _analyse(self, y: Floats) -> None:
        """What each frame says by itself."""
        spec = self._spec
        frames = spectrum.frames_of(y, spec)
        self._n_analysed += len(frames)
        power = spectrum.power_spectrum(frames, spec)
        magnitude = np.sqrt(power)
        self._keep("rms", spectrum.rms(frames))
        self._keep("zcr", spectrum.zero_crossing_rate(y, spec))
        self._keep("centroid_hz", spectrum.centroid_hz(magnitude, spec))
        self._keep("rolloff_hz", spectrum.rolloff_hz(magnitude, spec))
        self._keep("flatness", spectrum.flatness(power))
        self._keep("chroma", harmony.chroma(power, spec))
        self._mel = np.concatenate([self._mel, timbre.mel_power(power, spec)])

    def _settle(self, *, final: bool) -> None:
        """What frames say among their neighbours, for all whose neighbours are known."""
        while True:
            waiting = len(self._mel) - self._context
            ready = waiting if final else waiting - self._horizon
            n = min(CHUNK_FRAMES, ready)
            if n <= 0 or (n < CHUNK_FRAMES and not final):
                return
            self._settle_chunk(n)

    def _settle_chunk(self, n: int) -> None:
        spec, skip = self._spec, self._context
        widths = timbre.mel_widths(spec.sr, spec.n_mels)
        surroundings = self._mel[: skip + n + self._horizon]
        own = surroundings[skip : skip + n]
        peaks = _running_max(surroundings.max(axis=1), reach=self._horizon)[skip : skip + n]
        floored = spectrum.local_floor(own, peaks, spec)
        mel_db = spectrum.to_db(floored)
        harmonic, percussive = rhythm.harmonic_percussive(surroundings * widths, skip=skip, n_frames=n)
        self._keep("mfcc", timbre.mfcc(mel_db, spec))
        self._keep("bands", spectrum.to_db(timbre.wide_bands(floored)))
        self._keep("onset", rhythm.onset_strength(mel_db, self._before))
        self._keep("harmonic", harmonic)
        self._keep("percussive", percussive)
        self._before = mel_db[-1:]
        drop = max(0, skip + n - self._horizon)
        self._mel = self._mel[drop:]
        self._context = skip + n - drop

    def _keep(self, name: str, values: Floats) -> None:
        self._parts[name].append(values)


def _running_max(values: Floats, *, reach: int) -> Floats:
    """Largest of the values (n,) within `reach` to either side; what has been found for short stretches is doubled."""
    highest, width, wanted = np.pad(values, reach, constant_values=0.0), 1, 2 * reach + 1
    while width < wanted:
        step = min(width, wanted - width)
        highest = np.maximum(highest[:-step], highest[step:])
        width += step
    return highest


def extract_features(excerpt: Excerpt, spec: FeatureSpec) -> Features:
    """Features of one excerpt at `spec.sr`; raise ValueError for another rate."""
    stream = FeatureStream(spec)
    stream.push(excerpt)
    return stream.finish()


def analyse_blocks(blocks: Iterable[Excerpt], spec: FeatureSpec) -> TrackAnalysis:
    """Everything the catalogue keeps of one recording, from its blocks; raise TooShort below three seconds."""
    stream, gathering = FeatureStream(spec), Gathering(spec)
    for block in blocks:
        stream.push(block)
        if piece := stream.settled():
            gathering.take(piece)
    rest = stream.finish()
    if rest.duration_s < MIN_DURATION_S:
        raise TooShort(got_s=rest.duration_s, needed_s=MIN_DURATION_S)
    gathering.take(rest)
    return gathering.finish(duration_s=rest.duration_s)
