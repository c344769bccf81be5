"""The self-test: does everything work on this machine, and how fast."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from musicrec_desktop import wiring
from musicrec_desktop.core.errors import CatalogueEmpty, MusicRecError, NoInputDevice
from musicrec_desktop.core.types import Excerpt, Track
from musicrec_desktop.wiring import SPEC, Part, Wanted
from musicrec_desktop.wording import describe

N_ASKED = 3  # songs of the catalogue that are asked about
TUNING_HZ, A_OF_CHROMA = 440.0, 9


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    detail: str


Examination = Callable[[], tuple[bool, str]]


def checks() -> Iterator[Check]:
    """One result after another; an error of the program's own kind is a finding, not an end."""
    examinations: dict[str, Examination] = {
        "database": _database,
        "model": _model,
        "catalogue": _catalogue,
        "features": _features,
        "answers": _answers,
        "sound": _sound,
    }
    for name, examine in examinations.items():
        try:
            ok, detail = examine()
        except MusicRecError as error:
            ok, detail = False, describe(error)
        yield Check(name, ok, detail)


def _database() -> tuple[bool, str]:
    import apsw

    from musicrec_desktop.catalogue.database import sound_sqlite

    version = apsw.sqlite_lib_version()
    ok = sound_sqlite(tuple(int(part) for part in version.split(".")))
    return ok, f"SQLite {version}" + ("" if ok else " can damage a file that two programs write to")


def _model() -> tuple[bool, str]:
    model = wiring.open_model()
    return True, f"{model.model_id[:12]}, {len(model.moods)} moods, features {SPEC.fingerprint()}"


def _catalogue() -> tuple[bool, str]:
    with wiring.open_catalogue() as store:
        store.check()
        stale = store.stale_count()
        older = f", {stale} of other features wait for an import" if stale else ""
        return True, f"{store.count()} songs in {store.path}{older}"


def _features() -> tuple[bool, str]:
    """An A of six seconds must come out as an A."""
    from musicrec_desktop.features.extract import extract_features

    t = np.arange(round(wiring.TAKE_S * SPEC.sr)) / SPEC.sr
    tone = Excerpt.from_samples(0.5 * np.sin(2 * np.pi * TUNING_HZ * t), SPEC.sr)
    began = time.perf_counter()
    features = extract_features(tone, SPEC)
    took_ms = 1000 * (time.perf_counter() - began)
    ok = int(features.chroma.mean(axis=1).argmax()) == A_OF_CHROMA
    return ok, f"{wiring.TAKE_S:.0f} s of sound in {took_ms:.0f} ms"


def _answers() -> tuple[bool, str]:
    """Songs of the catalogue, asked about from their own files, must be recognised."""
    with wiring.open_desk() as desk:
        asked = [track for track in desk.store.tracks() if _is_at_hand(track)]
        if not asked:
            raise CatalogueEmpty
        desk.recommender.warm_up()
        results = [_is_recognised(desk, track) for track in asked[:: max(1, len(asked) // N_ASKED)][:N_ASKED]]
    named = sum(ok for ok, _ in results)
    median_ms = 1000 * float(np.median([took_s for _, took_s in results]))
    return named == len(results), f"{named} of {len(results)} songs recognised, {median_ms:.0f} ms each with reading"


def _is_at_hand(track: Track) -> bool:
    return track.path is not None and Path(track.path).is_file() and track.duration_s >= 2 * wiring.TAKE_S


def _is_recognised(desk: wiring.Desk, track: Track) -> tuple[bool, float]:
    assert track.path is not None
    began = time.perf_counter()
    answer = desk.ask_file(track.path, Part(start_s=track.duration_s * 0.4, duration_s=wiring.TAKE_S), Wanted())
    same = answer.same_recording
    return same is not None and same.track.track_id == track.track_id, time.perf_counter() - began


def _sound() -> tuple[bool, str]:
    from musicrec_desktop.audio.devices import list_inputs

    inputs = list_inputs()
    if not inputs:
        raise NoInputDevice
    default = next((each.name for each in inputs if each.is_default), "none is the default")
    return True, f"{len(inputs)} inputs; {default}"
