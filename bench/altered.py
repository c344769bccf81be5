"""Are copies found that play faster, slower, higher or lower than the catalogued song?

    python -m bench.altered --music FOLDER [--home HOME] [--seed 1] [--every 1] [--json FILE]

Of every song of the real music six seconds are stretched in time (librosa's phase vocoder) to 0.85 to 1.15 times their
speed, or shifted in pitch by one or two semitones, as they are and through `bench.channel`. Each take is asked with its
song in the catalogue, and without it: then no name is right. Shares of takes, by alteration and channel.
"""

import argparse
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import librosa
import numpy as np

from bench.channel import hear
from musicrec_desktop import wiring
from musicrec_desktop.audio import files
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, Floats, RequestId, TrackId
from musicrec_desktop.engine.recommender import Recommender

TAKE_S = 6.0
SR = 22050
MARGIN_S = 1.0  # of the song, at either end
SNR_DB = (8.0, 20.0)
NEAR_S = 1.0

Shares = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Alteration:
    """How a copy differs from the original: times as fast, semitones higher."""

    rate: float = 1.0
    semitones: int = 0

    def __str__(self) -> str:
        return f"{self.semitones:+d} semitones" if self.semitones else f"{self.rate:.2f} times as fast"

    def of(self, part: Floats) -> Floats:
        """The altered samples of a part."""
        if self.rate != 1.0:
            part = librosa.effects.time_stretch(part, rate=self.rate)
        return librosa.effects.pitch_shift(part, sr=SR, n_steps=self.semitones) if self.semitones else part


ALTERATIONS = (
    *(Alteration(rate=rate) for rate in (0.85, 0.9, 1.0, 1.1, 1.15)),
    *(Alteration(semitones=semitones) for semitones in (-2, -1, 1, 2)),
)


@dataclass(frozen=True, slots=True)
class Take:
    song: int
    alteration: Alteration
    microphone: bool
    start_s: float
    excerpt: Excerpt


def cut(rows: Sequence[dict[str, str]], music: Path, *, seed: int, every: int) -> Iterator[Take]:
    """One place of every so many songs, altered in each way, clean and through the microphone."""
    for song in range(0, len(rows), every):
        yield from cut_one(rows, music, song=song, seed=seed)


def cut_one(rows: Sequence[dict[str, str]], music: Path, *, song: int, seed: int) -> Iterator[Take]:
    """One place of a song in every alteration, clean and through the microphone."""
    longest = max(alteration.rate for alteration in ALTERATIONS) * TAKE_S + 0.1
    rng = np.random.default_rng([seed, song])
    samples = np.concatenate([block.samples for block in files.blocks(music / rows[song]["path"], sr=SR)])
    start_s = rng.uniform(MARGIN_S, max(len(samples) / SR - MARGIN_S - longest, MARGIN_S))
    for alteration in ALTERATIONS:
        first = round(start_s * SR)
        part = samples[first : first + round((TAKE_S * alteration.rate + 0.1) * SR)]
        clean = alteration.of(part)[: round(TAKE_S * SR)]
        for microphone in (False, True):
            sound = hear(clean, SR, rng, snr_db=SNR_DB) if microphone else clean
            yield Take(song, alteration, microphone, start_s, Excerpt.from_samples(sound, SR))


def shares(recommender: Recommender, takes: Iterator[Take], ids: Sequence[TrackId]) -> Shares:
    """By alteration and channel: how often the song came first, was named, at the right moment, or another one was."""
    flags: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for take in takes:
        row = flags[f"{take.alteration}, {'mic' if take.microphone else 'clean'}"]
        own, answer = ids[take.song], _asked(recommender, take, None)
        same = answer.same_recording
        named = same is not None and same.track.track_id == own
        row["song first"].append(named or [one.track.track_id for one in answer.recommendations[:1]] == [own])
        row["named"].append(named)
        row["named wrong"].append(same is not None and not named)
        if same is not None and named:
            row["moment within 1 s"].append(abs(same.at_s - take.start_s) <= NEAR_S)
        row["left out, named"].append(_asked(recommender, take, own).same_recording is not None)
    return {name: {what: float(np.mean(all_)) for what, all_ in row.items()} for name, row in flags.items()}


def _asked(recommender: Recommender, take: Take, left_out: TrackId | None) -> Answer:
    request = AnalysisRequest(RequestId(0), take.excerpt, limit=1, per_artist=0, exclude=left_out)
    return recommender.recommend(request, CancelToken())


def measure(music: Path, home: Path, *, seed: int, every: int) -> Shares:
    """Everything, as it goes into the JSON. The home keeps its catalogue for the next time."""
    rows = list(csv.DictReader((music / "manifest.csv").open(encoding="utf-8")))
    with wiring.open_catalogue(path=home / "catalogue.db") as store:
        for _ in wiring.import_files([music / row["path"] for row in rows], store=store, model=wiring.open_model()):
            pass
        tracks = {str(track.path): track.track_id for track in store.tracks()}
        ids = [tracks[str(music / row["path"])] for row in rows]
        recommender = wiring.open_recommender(store, wiring.open_model())
        return shares(recommender, cut(rows, music, seed=seed, every=every), ids)


def show(found: Shares) -> None:
    columns = list(next(iter(found.values())))
    print(f"{'':28s}" + "".join(f"{column:>20s}" for column in columns))
    for name, row in found.items():
        print(f"{name:28s}" + "".join(f"{row.get(column, float('nan')):20.3f}" for column in columns))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--music", type=Path, required=True, help="folder with manifest.csv")
    parser.add_argument("--home", type=Path, help="keep the catalogue here, for the next time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="ask about every so many songs")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with ExitStack() as stack:
        home = chosen.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home.mkdir(parents=True, exist_ok=True)
        found = measure(chosen.music.resolve(), home, seed=chosen.seed, every=chosen.every)
    show(found)
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
