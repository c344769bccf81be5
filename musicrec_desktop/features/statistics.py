"""The statistics of a passage: one vector of numbers in which loudness and key leave no trace."""

import numpy as np

from musicrec_desktop.core.types import Features, Floats
from musicrec_desktop.features import rhythm

RHYTHM_LAGS = slice(5, 44)  # 0.23 s to 2 s at 46 ms: a tempo profile without choosing one tempo
MODULATION_BINS = 12  # 0.17 to 2 Hz in steps of a sixth
FLUCTUATION_EDGES_HZ = np.geomspace(1.5, 10.5, 9)
FLOW_LAGS = (5, 11, 22, 43)  # 0.23, 0.5, 1 and 2 s
N_BANDS, N_PARTNERS = 16, 12  # mel bands, and MFCC whose movements are held against each other
SMALLEST_DEVIATION = 0.05  # of a band in dB, of a coefficient: less is no movement
_LENGTHS = {
    "timbre": 3 * 23,
    "brightness": 2 * 4,
    "harmony": 12 + 6 + 4,
    "rhythm": RHYTHM_LAGS.stop - RHYTHM_LAGS.start,
    "onsets": 3 + 5,
    "modulation": 8 * MODULATION_BINS,
    "weave": N_BANDS * (N_BANDS - 1) // 2 + N_PARTNERS * (N_PARTNERS - 1) // 2,
    "swing": 3 * N_BANDS,
    "fluctuation": 8 * (len(FLUCTUATION_EDGES_HZ) - 1),
    "flow": 12 * len(FLOW_LAGS),
}
_STOPS = dict(zip(_LENGTHS, np.cumsum(list(_LENGTHS.values())).tolist(), strict=True))
GROUPS = {name: slice(stop - _LENGTHS[name], stop) for name, stop in _STOPS.items()}  # where each kind stands
N_STATISTICS = sum(_LENGTHS.values())


def statistics(features: Features, *, start: int, stop: int) -> Floats:
    """The statistics of frames start .. stop, shape (N_STATISTICS,). Loudness leaves no trace in them."""
    part = slice(start, stop)
    mfcc = features.mfcc[1:, part]
    chroma = features.chroma[:, part]
    onset = features.onset[part]
    parts = (
        mfcc.mean(axis=1),
        mfcc.std(axis=1),
        np.diff(mfcc, axis=1).std(axis=1),
        _brightness(features, part),
        _harmony(chroma),
        _onsets(onset),
        _separation(features, part),
        _modulation(features.bands[:, part]),
        _weave(features.bands[:, part], mfcc[:N_PARTNERS]),
        _swing(features.bands[:, part]),
        _fluctuation(features.bands[:, part], features.frame_rate),
        _flow(chroma),
    )
    return np.concatenate(parts).astype(np.float32)


def _brightness(features: Features, part: slice) -> Floats:
    rows = np.stack(
        [
            np.log(np.maximum(features.centroid_hz[part], 50.0)),
            np.log(np.maximum(features.rolloff_hz[part], 50.0)),
            np.log(np.maximum(features.zcr[part], 1e-3)),
            np.log(np.maximum(features.flatness[part], 1e-6)),
        ]
    )
    return np.concatenate([rows.mean(axis=1), rows.std(axis=1)])


def _harmony(chroma: Floats) -> Floats:
    """Chroma without its key: classes by strength, products by interval, and how it moves."""
    mean = chroma.mean(axis=1)
    total = max(float(mean.sum()), 1e-6)
    unit = chroma / np.maximum(np.linalg.norm(chroma, axis=0), 1e-6)
    intervals = np.array([(unit * np.roll(unit, k, axis=0)).sum(axis=0).mean() for k in range(1, 7)])
    sharpness = unit.max(axis=0)
    flow = (unit[:, 1:] * unit[:, :-1]).sum(axis=0)
    moves = np.array([sharpness.mean(), sharpness.std(), flow.mean(), flow.std()])
    return np.concatenate([np.sort(mean)[::-1] / total, intervals, moves])


def _onsets(onset: Floats) -> Floats:
    return rhythm.autocorrelation(onset, RHYTHM_LAGS.stop)[RHYTHM_LAGS]


def _separation(features: Features, part: slice) -> Floats:
    onset = features.onset[part]
    ratio = np.log(np.maximum(features.harmonic[part].sum(), 1e-9) / np.maximum(features.percussive[part].sum(), 1e-9))
    peaks = np.percentile(onset, [10, 25, 50, 75, 90, 97])
    return np.concatenate([[ratio, onset.mean(), onset.std()], np.log(np.maximum(peaks[1:], 1e-3))])


def _modulation(bands: Floats) -> Floats:
    """Slow modulation spectrum of eight bands: how strongly each swells at 0.17 to 2 Hz."""
    pairs = bands.reshape(8, 2, -1).mean(axis=1)
    centred = (pairs - pairs.mean(axis=1, keepdims=True)) * np.hanning(pairs.shape[1])
    spectrum = np.abs(np.fft.rfft(centred, 128, axis=1))[:, 1 : 1 + MODULATION_BINS]
    return np.log(spectrum + 1.0).ravel()


def _weave(bands: Floats, mfcc: Floats) -> Floats:
    """Which bands, and which MFCC, move together: correlations, which no equaliser changes.

    After the correlation pattern of Seyerlehner et al., "Automatic music tag classification using block-level
    features" (2010).
    """
    return np.concatenate([_correlations(bands), _correlations(mfcc)])


def _correlations(rows: Floats) -> Floats:
    """Pearson's correlation of every pair of rows (n, t) -> (n (n - 1) / 2,); a still row goes with none."""
    deviations = np.maximum(rows.std(axis=1), SMALLEST_DEVIATION)
    scaled = (rows - rows.mean(axis=1, keepdims=True)) / deviations[:, None]
    upper: Floats = (scaled @ scaled.T / rows.shape[1])[np.triu_indices(len(rows), 1)]
    return upper


def _swing(bands: Floats) -> Floats:
    """How far each band moves, and how fast it rises and falls."""
    falls, rises = np.percentile(np.diff(bands, axis=1), [10, 90], axis=1)
    return np.concatenate([bands.std(axis=1), falls, rises])


def _fluctuation(bands: Floats, frame_rate: float) -> Floats:
    """How strongly eight bands beat at 1.5 to 10.5 Hz, in eight steps (after Pampalk's fluctuation patterns, 2002)."""
    pairs = bands.reshape(8, 2, -1).mean(axis=1)
    centred = (pairs - pairs.mean(axis=1, keepdims=True)) * np.hanning(pairs.shape[1])
    spectrum = np.abs(np.fft.rfft(centred, 256, axis=1))
    places = np.searchsorted(np.fft.rfftfreq(256, 1 / frame_rate), FLUCTUATION_EDGES_HZ)
    steps = [spectrum[:, low:high].mean(axis=1) for low, high in zip(places[:-1], places[1:], strict=True)]
    return np.log(np.stack(steps) + 1.0).ravel()


def _flow(chroma: Floats) -> Floats:
    """How the harmony moves: likeness of chroma to itself later on, by interval, whatever the key."""
    unit = chroma / np.maximum(np.linalg.norm(chroma, axis=0), 1e-6)
    return np.concatenate([_moved(unit[:, :-lag] @ unit[:, lag:].T / (unit.shape[1] - lag)) for lag in FLOW_LAGS])


def _moved(products: Floats) -> Floats:
    """Sums over the diagonals, wrapped around, of a (12, 12) matrix of pitch classes earlier and later."""
    classes = np.arange(len(products))
    return np.array([products[classes, (classes + up) % len(classes)].sum() for up in range(len(classes))])
