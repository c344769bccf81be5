"""Features held against librosa, DTW against tslearn, where these are installed."""

from functools import partial

from musicrec_desktop import wiring
from musicrec_desktop.audio.resample import resample
from musicrec_desktop.audio.sandbox import ChildFailed
from musicrec_desktop.core.checkup import Fact, said
from musicrec_desktop.core.errors import MusicRecError
from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.doctor.against_librosa import FeatureComparison, compare_features, trial_sounds
from musicrec_desktop.doctor.against_tslearn import ALLOWED, DtwComparison, compare_dtw
from musicrec_desktop.doctor.result import Result, judged, skipped
from musicrec_desktop.doctor.round import OutOfTime, Round

N_SONGS = 2  # passages of the listener's songs, besides what is made for the purpose
LIBROSA, TSLEARN = "librosa", "tslearn"


def begin(here: Round) -> None:
    """Let the comparisons begin beside the other checks: compiling takes them longer than comparing."""
    here.begin(TSLEARN, compare_dtw)
    here.begin(LIBROSA, partial(compare_features, [*trial_sounds(), *_passages(here)]))


def _passages(here: Round) -> list[Excerpt]:
    try:
        return [resample(take.excerpt, wiring.SPEC.sr) for take in here.songs().takes[:N_SONGS]]
    except MusicRecError:  # no songs, no model: said by the checks of these
        return []


def librosa(here: Round) -> Result:
    return _compared(here, LIBROSA)


def tslearn(here: Round) -> Result:
    return _compared(here, TSLEARN)


def _compared(here: Round, name: str) -> Result:
    begin(here)
    try:
        (found,) = here.begun(name).result(here.left_s)
    except ImportError:
        return skipped(said("reference_missing", library=name))
    except OutOfTime:
        return skipped(said("reference_late", library=name))
    except ChildFailed:
        return skipped(said("reference_broke", library=name))
    return features_result(found) if isinstance(found, FeatureComparison) else dtw_result(found)


def features_result(found: FeatureComparison) -> Result:
    name, share = max(found.shares.items(), key=lambda item: item[1])
    if share > 1:
        return judged(False, said("librosa_apart", version=found.version, family=name, times=float(share)))
    facts: dict[str, Fact] = {"version": found.version, "families": len(found.shares), "sounds": found.sounds}
    return judged(True, said("librosa", **facts, share=round(100 * share)))


def dtw_result(found: DtwComparison) -> Result:
    worst = f"{found.worst:.6f}"
    if found.worst > ALLOWED or found.other_paths:
        return judged(False, said("tslearn_apart", version=found.version, worst=worst, paths=found.other_paths))
    facts: dict[str, Fact] = {"version": found.version, "distances": found.distances, "paths": found.paths}
    return judged(True, said("tslearn", **facts, worst=worst))
