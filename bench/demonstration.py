"""Does the program keep the demonstration's styles apart, and does it know its songs through a microphone?

    python -m bench.demonstration [--folder resources/demo] [--seed 1]

Whole songs are asked for the song that is most like them; takes of six seconds, clean and through `bench.channel`, are
asked what they are, and then for the most similar other song.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from bench.channel import hear
from musicrec_desktop import wiring
from musicrec_desktop.audio.files import blocks
from musicrec_desktop.audio.resample import resample
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core import paths
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, RequestId, Track
from musicrec_desktop.engine.recommender import Recommender

SR = 44100
TAKE_S = 6.0
SNR_DB = (8.0, 20.0)


@contextmanager
def opened(folder: Path) -> Iterator[tuple[CatalogueStore, Recommender]]:
    """The catalogue of a demonstration, and the shipped model over it."""
    catalogue = folder / "catalogue.db"
    with CatalogueStore(catalogue, fingerprint=wiring.SPEC.fingerprint(), read_only=True) as store:
        yield (
            store,
            Recommender(model=wiring.open_model(), candidates=store, spec=wiring.SPEC, resample=resample),
        )


def style_of(track: Track) -> str:
    """The name of its file, without the number."""
    return track.path.stem.split("-")[0] if track.path else ""


def other_style(answer: Answer, track: Track) -> bool:
    """Is the most similar song of another style? A refusal counts as one."""
    rows = answer.recommendations
    return not rows or style_of(rows[0].track) != style_of(track)


def confusions(store: CatalogueStore, recommender: Recommender) -> Counter[str]:
    """How many songs of each style have their nearest neighbour in another one; styles without any are left out."""
    found: Counter[str] = Counter()
    for track in store.tracks():
        answer = recommender.similar(track.track_id, limit=1, per_artist=0, token=CancelToken())
        found[style_of(track)] += other_style(answer, track)
    return +found


def takes(folder: Path, track: Track, rng: np.random.Generator) -> Iterator[tuple[str, Excerpt]]:
    """One passage of a song, clean and as a microphone hears it."""
    samples = np.concatenate([block.samples for block in blocks(folder / str(track.path), sr=SR)])
    start = int(rng.integers(2 * SR, len(samples) - round((TAKE_S + 4) * SR)))
    clean = samples[start : start + round(TAKE_S * SR)]
    yield "clean", Excerpt.from_samples(clean, SR)
    yield "microphone", Excerpt.from_samples(hear(clean, SR, rng, snr_db=SNR_DB), SR)


def asked(recommender: Recommender, excerpt: Excerpt, *, without: Track | None) -> Answer:
    request = AnalysisRequest(
        request_id=RequestId(0), excerpt=excerpt, limit=1, per_artist=0, exclude=without.track_id if without else None
    )
    return recommender.recommend(request, CancelToken())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=paths.resources() / "demo")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    shares: dict[str, list[bool]] = defaultdict(list)
    with opened(wanted.folder) as (store, recommender):
        mistaken, n_songs = confusions(store, recommender), store.count()
        for number, track in enumerate(store.tracks()):
            for channel, excerpt in takes(wanted.folder, track, np.random.default_rng([wanted.seed, number])):
                same = asked(recommender, excerpt, without=None).same_recording
                named_right = same is not None and same.track.track_id == track.track_id
                shares[f"named right, {channel}"].append(named_right)
                shares[f"named wrong, {channel}"].append(same is not None and not named_right)
                other = other_style(asked(recommender, excerpt, without=track), track)
                shares[f"most similar other song is of another style, {channel}"].append(other)
    print(f"whole songs: nearest neighbour in another style {mistaken.total() / n_songs:.3f} of {n_songs} {mistaken}")
    for name, values in sorted(shares.items()):
        print(f"takes: {name} {np.mean(values):.3f} of {len(values)}")


if __name__ == "__main__":
    main()
