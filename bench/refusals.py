"""Is anything named that should not be, and is the program as sure as it is right?

    python -m bench.refusals --music FOLDER [--home HOME] [--seed 1] [--each 24] [--takes 3] [--json FILE]

Every sound of `bench.sounds` is asked of the music and of the demonstration, as it is and through `bench.channel`: it
must never be named, and is best refused. Then every fourth song is left out of the catalogue in turn, and takes of the
songs left out, clean and through the channel, must not be given another song's name; versions (`bench.versions`) are
counted apart. Last, how sure the program was of a name and of a mood is held against how often it was right.
`python -m bench.reliability` draws that from the JSON.
"""

import argparse
import csv
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.channel import hear
from bench.demonstration import opened
from bench.quality import Take, cut
from bench.reliability import calibration_error, curve
from bench.sounds import SPEAKER, SR, can_speak, sounds
from bench.versions import Pair, versions
from musicrec_desktop import wiring
from musicrec_desktop.audio.resample import resample
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, Floats, Mood, RequestId, TrackId
from musicrec_desktop.engine.calibration import Calibration
from musicrec_desktop.engine.model import MoodModel
from musicrec_desktop.engine.recommender import Recommender

LEFT_OUT_EVERY = 4
CHANNELS = ("clean", "mic")
SNR_DB = (8.0, 20.0)


class Outspoken:
    """A model that names its best guess, however unsure, so that its confidence can be read off every answer."""

    def __init__(self, model: MoodModel) -> None:
        self._model = model
        known = model.calibration
        self.calibration: Calibration = replace(known, naming=replace(known.naming, threshold=0.0))

    @property
    def model_id(self) -> str:
        return self._model.model_id

    @property
    def moods(self) -> tuple[Mood, ...]:
        return self._model.moods

    def run(self, statistics: Floats) -> tuple[Floats, Floats]:
        return self._model.run(statistics)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a take was taken for, and how surely."""

    channel: str
    own_part: bool
    known: bool  # its song was in the catalogue
    song: str
    suspect: str
    version: bool  # the suspect shares a recording with the song
    confidence: float
    mood_right: bool
    mood_confidence: float


def take_for_no_music(recommender: Recommender, *, each: int, seed: int) -> dict[str, dict[str, int]]:
    """By kind and channel of sound: how often which verdict was given; "match" should never be among them."""
    found: dict[str, Counter[str]] = {}
    for number, (kind, sound) in enumerate(sounds(each=each, seed=seed)):
        rng = np.random.default_rng([seed, number])
        heard = hear(sound.astype(np.float32), SR, rng, snr_db=SNR_DB)
        for channel, samples in (("clean", sound), ("mic", heard)):
            answer = _answer(recommender, Excerpt.from_samples(samples, SR))
            found.setdefault(f"{kind}, {channel}", Counter())[answer.reason or answer.verdict] += 1
    return {name: dict(counts) for name, counts in found.items()}


def _answer(recommender: Recommender, excerpt: Excerpt) -> Answer:
    return recommender.recommend(AnalysisRequest(RequestId(0), excerpt, limit=1, per_artist=0), CancelToken())


def guesses(catalogue: Path, music: Path, work: Path, *, seed: int, takes: int) -> Iterator[Guess]:
    """Every take asked of the whole catalogue, and of one without its song and every fourth other one."""
    rows = list(csv.DictReader((music / "manifest.csv").open(encoding="utf-8")))
    cuts = list(cut(rows, music, seed=seed, takes=takes))
    ids, titles, shared = _songs(catalogue, rows)
    mood_of = _moods(catalogue)
    for left_out in (None, *range(LEFT_OUT_EVERY)):
        copy = Path(shutil.copy(catalogue, work / "part.db"))
        with CatalogueStore(copy, fingerprint=wiring.SPEC.fingerprint()) as store:
            gone = [] if left_out is None else [ids[i] for i in range(left_out, len(rows), LEFT_OUT_EVERY)]
            store.remove(gone)
            recommender = _outspoken(store)
            for take in cuts:
                if left_out is None or take.song % LEFT_OUT_EVERY == left_out:
                    answer = _answer(recommender, take.excerpt)
                    yield _guess(take, answer, ids[take.song], titles, shared, mood_of, known=left_out is None)


def _outspoken(store: CatalogueStore) -> Recommender:
    return Recommender(model=Outspoken(wiring.open_model()), candidates=store, spec=wiring.SPEC, resample=resample)


def _songs(catalogue: Path, rows: Sequence[dict[str, str]]) -> tuple[list[TrackId], dict[TrackId, str], set[Pair]]:
    """The track of each row, its title, and which tracks are versions of one another."""
    with CatalogueStore(catalogue, fingerprint=wiring.SPEC.fingerprint()) as store:
        tracks = store.tracks()
        found = versions(store.sequences([track.track_id for track in tracks]))
    ids = [next(t.track_id for t in tracks if t.path and str(t.path).endswith(row["path"])) for row in rows]
    return ids, {track.track_id: f"{track.title} ({track.artist})" for track in tracks}, set(found)


def _moods(catalogue: Path) -> dict[TrackId, int | None]:
    with CatalogueStore(catalogue, fingerprint=wiring.SPEC.fingerprint()) as store:
        return {track.track_id: track.mood_id for track in store.tracks()}


def _guess(
    take: Take,
    answer: Answer,
    song: TrackId,
    titles: dict[TrackId, str],
    shared: set[Pair],
    mood_of: dict[TrackId, int | None],
    *,
    known: bool,
) -> Guess:
    same, mood = answer.same_recording, answer.mood
    suspect = same.track.track_id if same else TrackId("")
    return Guess(
        channel="mic" if take.microphone else "clean",
        own_part=take.own_part,
        known=known,
        song=titles[song],
        suspect=titles.get(suspect, ""),
        version=(song, suspect) in shared,
        confidence=same.confidence if same else 0.0,
        mood_right=mood is not None and mood.mood.id == mood_of[song],
        mood_confidence=mood.probability if mood else 0.0,
    )


def figures(found: Sequence[Guess], threshold: float) -> dict[str, tuple[float, int]]:
    """Shares and calibration errors, each with the number of takes behind it."""
    table: dict[str, tuple[float, int]] = {}
    for channel in CHANNELS:
        heard = [guess for guess in found if guess.channel == channel]
        for known, what in ((False, "unknown song named"), (True, "known song named as another")):
            asked = [g for g in heard if g.known == known]
            wrong = [g.confidence >= threshold and g.suspect != g.song for g in asked]
            table[f"{what}, {channel}"] = _share(wrong)
            stranger = [w and not g.version for w, g in zip(wrong, asked, strict=True)]
            table[f"{what}, and no version, {channel}"] = _share(stranger)
        own = [g for g in heard if g.known and g.own_part]
        right = [g.confidence >= threshold and g.suspect == g.song for g in own]
        table[f"known song named right, {channel}"] = _share(right)
        table |= {f"calibration error: {name}, {channel}": one for name, one in _calibration_errors(heard).items()}
    return table


def _share(flags: Sequence[bool]) -> tuple[float, int]:
    return float(np.mean(flags)), len(flags)


def _calibration_errors(heard: Sequence[Guess]) -> dict[str, tuple[float, int]]:
    groups = {
        "name": name_pairs(heard),
        "mood of the same part": mood_pairs([g for g in heard if g.own_part]),
        "mood of another part": mood_pairs([g for g in heard if not g.own_part]),
    }
    return {what: (calibration_error(pairs), len(pairs)) for what, pairs in groups.items()}


def name_pairs(found: Sequence[Guess]) -> list[tuple[float, bool]]:
    """Of takes that have a right answer: not of another part of a song, which is neither it nor not, or a version."""
    judged = [g for g in found if not g.version and (g.own_part or g.suspect != g.song)]
    return [(g.confidence, g.suspect == g.song) for g in judged]


def mood_pairs(found: Sequence[Guess]) -> list[tuple[float, bool]]:
    return [(g.mood_confidence, g.mood_right) for g in found if g.known]


def curves(found: Sequence[Guess]) -> dict[str, dict[str, list[dict[str, float]]]]:
    """For bench.reliability: by what and channel, bins of how sure and how often right."""
    heard = {channel: [guess for guess in found if guess.channel == channel] for channel in CHANNELS}
    return {
        "name": {channel: curve(name_pairs(each)) for channel, each in heard.items()},
        "mood": {channel: curve(mood_pairs(each)) for channel, each in heard.items()},
    }


def named_pairs(found: Sequence[Guess], threshold: float) -> list[tuple[str, int]]:
    """Which songs were given which others' names, and how often."""
    wrong = (g for g in found if g.confidence >= threshold and g.suspect != g.song)
    named = Counter(f"{g.song} as {g.suspect}{', a version' * g.version}" for g in wrong)
    return named.most_common()


def measure(music: Path, home: Path, *, seed: int, each: int, takes: int) -> dict[str, Any]:
    """Everything, as it goes into the JSON. The home keeps its catalogue for the next time."""
    home.mkdir(parents=True, exist_ok=True)
    with wiring.open_catalogue(path=home / "catalogue.db") as store:
        for _ in wiring.import_files([music / "catalogue"], store=store, model=wiring.open_model()):
            pass
        recommender = wiring.open_recommender(store, wiring.open_model())
        verdicts = {"music": take_for_no_music(recommender, each=each, seed=seed)}
    with opened(paths.resources() / "demo") as (_, of_demonstration):
        verdicts["demonstration"] = take_for_no_music(of_demonstration, each=each, seed=seed)
    threshold = wiring.open_model().calibration.naming.threshold
    found = list(guesses(home / "catalogue.db", music, home, seed=seed, takes=takes))
    return {
        "verdicts": verdicts,
        "figures": figures(found, threshold),
        "named": named_pairs(found, threshold),
        "curves": curves(found),
        "guesses": [asdict(guess) for guess in found],
    }


def show(measured: dict[str, Any]) -> None:
    for catalogue, kinds in measured["verdicts"].items():
        print(f"\nverdicts on what is no music, asked of the {catalogue}")
        for kind, counts in kinds.items():
            print(f"  {kind:24s}" + "  ".join(f"{verdict} {n}" for verdict, n in sorted(counts.items())))
        n = sum(sum(counts.values()) for counts in kinds.values())
        print(f"  named: {sum(counts.get('match', 0) for counts in kinds.values())} of {n}")
    print()
    for name, (value, n) in measured["figures"].items():
        print(f"{name:60s}{value:8.4f}   n={n}")
    for pair, n in measured["named"]:
        print(f"named {n} times: {pair}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--music", type=Path, required=True, help="folder with manifest.csv")
    parser.add_argument("--home", type=Path, help="keep the catalogue here, for the next time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=24, help="sounds of each kind")
    parser.add_argument("--takes", type=int, default=3, help="per part of each song")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    if not can_speak():
        print(f"no speech: {SPEAKER} is missing (on Debian: apt install {SPEAKER})")
    with ExitStack() as stack:
        home = chosen.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        measured = measure(chosen.music.resolve(), home, seed=chosen.seed, each=chosen.each, takes=chosen.takes)
    show(measured)
    if chosen.json:
        chosen.json.write_text(json.dumps(measured, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
