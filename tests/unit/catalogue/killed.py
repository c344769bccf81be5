"""A child that stages, switches, goes back, sweeps and imports until it is killed.

`python -m tests.unit.catalogue.killed FOLDER SEED protected`; each line it prints is something it has done for good.
"""

import random
import sys
from functools import lru_cache
from pathlib import Path

from musicrec_desktop.catalogue.store import CatalogueStore
from tests.fakes import FakeClassifier
from tests.unit.catalogue.central import Content, content, pages_of, release_of
from tests.unit.catalogue.stores import add, store_in

MODELS = (FakeClassifier("model-a"), FakeClassifier("model-b", seed=2))
N_CONTENTS, N_SONGS = 6, 12


@lru_cache(maxsize=1)
def contents() -> list[Content]:
    """What releases hold: release n has content n modulo their number; the last two are of another model."""
    chance = random.Random(7)
    made = []
    for number in range(N_CONTENTS):
        songs = sorted(chance.sample(range(20), N_SONGS))
        versions = {song: chance.randrange(3) for song in songs}
        made.append(content(songs, model=model_of(number), versions=versions))
    return made


def model_of(number: int) -> FakeClassifier:
    return MODELS[number % N_CONTENTS >= N_CONTENTS - 2]


def said(*words: object) -> None:
    print(*words, flush=True)


def step(store: CatalogueStore, made: list[Content], chance: random.Random) -> None:
    """One thing that a program does to its catalogue."""
    match chance.randrange(10):
        case 0:
            if store.central.back():
                said("back")
        case 1 | 2:
            store.central.sweep(limit=3)
        case 3:
            said("own", add(store, chance.randrange(40), model=chance.choice(MODELS)))
        case 4:
            store.central.drop_staged()
            said("dropped")
        case _:
            sync(store, made, chance)


def sync(store: CatalogueStore, made: list[Content], chance: random.Random) -> None:
    """Go on to the next release: a few pages, or all that is left and the switch."""
    in_use, staged = store.central.in_use(), store.central.staged()
    at = in_use.release.number if in_use else 0
    number = staged.release.number if staged and chance.random() < 0.8 else at + chance.randint(1, 4)
    tracks, model = made[number % N_CONTENTS], model_of(number)
    held = store.central.begin(release_of(tracks, number, model=model))
    said("begun", held.local)
    before = {} if held.whole else made[held.after % N_CONTENTS]
    pages = [(page, reached) for page, reached in pages_of(tracks, before) if reached > held.reached]
    for page, reached in pages[: chance.randint(1, len(pages) + 2) if pages else 0]:
        store.central.stage(held.local, page, reached=reached)
        said("page", number, reached)
        if chance.random() < 0.2:
            return
    if gone := sorted(set(before) - set(tracks)):
        store.central.stage_gone(held.local, gone, reached=gone[-1])
    left = [reached for _, reached in pages if reached > store.central.staged().reached]  # type: ignore[union-attr]  # it is being staged
    if not left:
        store.central.stage(held.local, [], reached=None)
        store.central.switch(held.local, model.run)
        said("switched", held.local)


def seen_while_staged(store: CatalogueStore) -> None:
    """Take away what keeps staged rows from being seen."""
    stage = store.central.stage

    def unprotected(local: int, *page: object, **place: object) -> None:
        stage(local, *page, **place)  # type: ignore[arg-type]  # as it was called
        store._database.run("UPDATE shown SET high = ?", (local,))

    store.central.stage = unprotected  # type: ignore[method-assign]  # this is the point


def main(folder: Path, seed: int, *, protected: bool) -> None:
    made, chance = contents(), random.Random(seed)
    with store_in(folder) as store:
        if not protected:
            seen_while_staged(store)
        said("ready")
        while True:
            step(store, made, chance)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), protected=sys.argv[3] == "protected")
