"""How fast: features, the network, DTW, and the whole way from a take to its answer."""

import time
from collections.abc import Callable
from itertools import islice

import numpy as np

from musicrec_desktop import wiring
from musicrec_desktop.audio.resample import resample
from musicrec_desktop.core.checkup import Said, said
from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.doctor.result import Result, judged, skipped
from musicrec_desktop.doctor.round import Round
from musicrec_desktop.engine import dtw
from musicrec_desktop.features.extract import extract_features
from musicrec_desktop.features.passages import take_statistics

SLOW_MS = 1000  # an answer later than this feels late
N_TAKES, N_ROUNDS = 5, 5
PATIENCE_S = 1.5  # for one median; a slow machine is measured less often, not longer
CANDIDATES, STEPS, COEFFICIENTS, RADIUS = 200, 64, 12, 6  # a shortlist, as it is compared
TUNING_HZ, A_OF_CHROMA = 440.0, 9


def features(here: Round) -> Result:
    """An A of six seconds must come out as an A."""
    t = np.arange(round(wiring.TAKE_S * wiring.SPEC.sr)) / wiring.SPEC.sr
    tone = Excerpt.from_samples(0.5 * np.sin(2 * np.pi * TUNING_HZ * t), wiring.SPEC.sr)
    took_ms = median_ms(lambda: extract_features(tone, wiring.SPEC), here, rounds=3)
    heard = int(extract_features(tone, wiring.SPEC).chroma.mean(axis=1).argmax())
    return judged(heard == A_OF_CHROMA, said("features" if heard == A_OF_CHROMA else "features_wrong", ms=took_ms))


def speed(here: Round) -> Result:
    """Medians over some takes of the catalogue. Raises CatalogueEmpty, ModelError, OutOfTime."""
    songs = here.songs()
    takes = list(islice(songs.read(), N_TAKES))
    if not takes:
        return skipped(said("answers_nothing"))
    asked = iter(takes * N_ROUNDS)
    answer_ms = median_ms(lambda: songs.desk.ask(next(asked).excerpt, wiring.Wanted()), here, rounds=len(takes))
    steps = Said("speed_steps", _steps(takes[0].excerpt, songs.desk, here))
    demonstration = (said("songs_demonstration"),) if songs.demonstration else ()
    about = said("speed", ms=answer_ms, n=len(takes))
    late = () if answer_ms <= SLOW_MS else (said("speed_slow"),)
    return judged(not late, about, steps, *late, *demonstration)


def _steps(take: Excerpt, desk: wiring.Desk, here: Round) -> dict[str, int]:
    ours = resample(take, wiring.SPEC.sr)
    _, rows = take_statistics(extract_features(ours, wiring.SPEC), wiring.SPEC)
    rng = np.random.default_rng(0)
    query = rng.normal(size=(STEPS, COEFFICIENTS)).astype(np.float32)
    shortlist = rng.normal(size=(CANDIDATES, STEPS, COEFFICIENTS)).astype(np.float32)
    return {
        "features": median_ms(lambda: extract_features(ours, wiring.SPEC), here),
        "model": median_ms(lambda: desk.model.run(rows), here),
        "dtw": median_ms(lambda: dtw.distances(query, shortlist, radius=RADIUS), here),
        "candidates": CANDIDATES,
    }


def median_ms(work: Callable[[], object], here: Round, *, rounds: int = N_ROUNDS) -> int:
    """Wall time of a call in ms, at least 1, after one that does not count."""
    work()
    times: list[float] = []
    for _ in range(rounds):
        here.token.check()
        if times and sum(times) > PATIENCE_S:
            break
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return max(1, round(1000 * float(np.median(times))))
