"""Why a track is close: one distance for each kind of likeness, each held against what is usual between tracks."""

from collections.abc import Mapping, Sequence

import numpy as np

from musicrec_desktop.core.types import Floats, MfccSequence, Reason
from musicrec_desktop.engine import alignment, dtw
from musicrec_desktop.engine.calibration import Calibration
from musicrec_desktop.features.statistics import GROUPS, RHYTHM_LAGS

KINDS = {
    Reason.TIMBRE: ("timbre", "weave", "swing"),
    Reason.RHYTHM: ("rhythm", "onsets", "modulation", "fluctuation"),
    Reason.HARMONY: ("harmony", "flow"),
    Reason.BRIGHTNESS: ("brightness",),
}
MOST, ENOUGH = 3, 2  # reasons shown, and how many of them may be merely closer than usual
CLOSE, USUAL = 0.62, 0.95  # share of the usual distance that is close, and that is hardly worth saying
MOVEMENT_REACH_S = 1.5  # the same movement may come so much earlier or later
_SPREAD = 5  # warped distances crowd between 0.9 and 1.06 of the usual; to this power they spread as timbre's do


def distances(take: Floats, passage: Floats, calibration: Calibration) -> dict[Reason, float]:
    """Distance by kind between two vectors of statistics (n_statistics,)."""
    a, b = calibration.standardised(take), calibration.standardised(passage)
    found = {kind: _rms(np.concatenate([(a - b)[GROUPS[group]] for group in groups])) for kind, groups in KINDS.items()}
    return {**found, Reason.TEMPO: _tempo_distance(take[GROUPS["rhythm"]], passage[GROUPS["rhythm"]])}


def mood_distance(take: Floats, track: Floats) -> float:
    """Half the L1 distance between two mood distributions (n_moods,): 0 the same, 1 nothing in common."""
    return float(np.abs(take - track).sum() / 2)


def movement_distances(take: Floats, passages: Floats, *, rate: float) -> Floats:
    """How differently a take (n, c) and each of some passages (k, n, c) move on, `rate` steps a second; (k,).

    DTW within a band. Each coefficient has mean 0 and deviation 1, and the MFCC know no pitch: what counts is how the
    line goes on, in whatever key, colour and loudness.
    """
    own, others = alignment.normalised(take), alignment.normalised(passages)
    radius = round(MOVEMENT_REACH_S * rate)
    per_cell: Floats = dtw.distances(own, others, radius=radius) / np.float32(np.sqrt(own.size))
    return per_cell**_SPREAD


def stretch(sequence: MfccSequence, start_s: float, n_steps: int) -> Floats | None:
    """`n_steps` of a track from `start_s` on, or the last ones it has, (n_steps, c); None of a shorter track."""
    last = len(sequence.values) - n_steps
    if n_steps < 1 or last < 0:
        return None
    begin = min(max(round(start_s * sequence.rate), 0), last)
    found: Floats = sequence.values[begin : begin + n_steps] * sequence.scale
    return found


def movements(take: Floats | None, places: Sequence[tuple[MfccSequence, float] | None]) -> list[float | None]:
    """`movement_distances` to where each track's passage begins, in seconds; None where there is nothing to compare."""
    parts = [None if take is None or place is None else stretch(*place, len(take)) for place in places]
    known = [part for part in parts if part is not None]
    if take is None or not known:
        return [None] * len(places)
    rate = next(place[0].rate for place in places if place is not None)
    values = iter(movement_distances(take, np.stack(known), rate=rate).tolist())
    return [None if part is None else next(values) for part in parts]


def chosen(found: Mapping[Reason, float], calibration: Calibration) -> tuple[Reason, ...]:
    """Two or three kinds, the most remarkable first, the mood last, for it follows from the others."""
    relative = {kind: value / max(calibration.typical_distance[kind], 1e-6) for kind, value in found.items()}
    ranked = sorted(relative, key=lambda kind: (relative[kind], kind))
    named = [k for i, k in enumerate(ranked[:MOST]) if relative[k] <= (USUAL if i < ENOUGH else CLOSE)]
    return tuple(sorted(named, key=lambda kind: kind == Reason.MOOD))


def _rms(difference: Floats) -> float:
    return float(np.sqrt(np.mean(np.square(difference))))


def _tempo_distance(a: Floats, b: Floats) -> float:
    """Octaves between the two strongest pulses of two onset autocorrelations, less whole octaves; 0 .. 0.5."""
    octaves = np.log2(_pulse_lag(a) / _pulse_lag(b))
    return float(abs(octaves - np.round(octaves)))


def _pulse_lag(profile: Floats) -> float:
    """The lag of the strongest peak, between the lags by a parabola."""
    peak = int(np.clip(profile.argmax(), 1, len(profile) - 2))
    left, middle, right = (float(value) for value in profile[peak - 1 : peak + 2])
    bend = left - 2 * middle + right
    shift = 0.5 * (left - right) / bend if bend < -1e-9 else 0.0
    return RHYTHM_LAGS.start + peak + float(np.clip(shift, -0.5, 0.5))
