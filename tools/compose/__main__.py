"""The demonstration's songs, rendered, checked and catalogued: `python -m tools.compose --help`."""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tools.compose import catalogue, sample
from tools.compose.shipped import FOLDER, checked, chosen, read_list, write_list, write_song
from tools.compose.songs import Song


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.compose", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the demonstration is")
    parser.add_argument("--only", nargs="+", default=[], metavar="N", help="songs or styles: dance-1, waltz")
    parser.add_argument("--jobs", type=int, default=2, help="processes that render")
    parser.add_argument("--check", action="store_true", help="render again and compare with what is there")
    parser.add_argument("--catalogue", action="store_true", help="only the catalogue and the sample recording")
    return parser


def render(folder: Path, picked: Sequence[Song], jobs: int) -> None:
    """Songs into files, and into the list beside those that are there already."""
    listed = read_list(folder) if (folder / "songs.json").is_file() else {}
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for song, entry in zip(picked, pool.map(partial(write_song, folder), picked), strict=True):
            listed[song.name] = entry
            print(f"{song.name:12} {song.artist} - {song.title}", flush=True)
    write_list(folder, list(listed.values()))


def check(folder: Path, picked: Sequence[Song]) -> bool:
    """Compare, one line a song. Other bytes of equal samples are a matter of the encoder, and no fault."""
    sound = True
    for verdict in checked(folder, picked):
        sound = sound and verdict.same_samples
        samples = "equal samples" if verdict.same_samples else "OTHER SAMPLES"
        data = "equal bytes" if verdict.same_bytes else f"other bytes (apart by {verdict.difference:.4f})"
        print(f"{verdict.name:12} {samples}, {data}", flush=True)
    return sound


def main(arguments: Sequence[str] | None = None) -> int:
    wanted = parser().parse_args(arguments)
    try:
        picked = chosen(wanted.only)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if wanted.check:
        return 0 if check(wanted.folder, picked) else 1
    if not wanted.catalogue:
        render(wanted.folder, picked, wanted.jobs)
    built = catalogue.build(wanted.folder)
    taken = sample.write(wanted.folder)
    print(f"{built.name}: {built.stat().st_size // 1000} kB, {taken.name}: {taken.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
