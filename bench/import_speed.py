"""How fast does music of one's own come in, from mp3, beside bliss-audio and librosa as it is usually written?

    python -m bench.import_speed --music FOLDER [--songs 12] [--rounds 3] [--librosa 1] [--hours H ...] [--json FILE]

Songs of three minutes are put together from a folder with manifest.csv, the excerpt and its other part in turns, and
written as mp3. Everything is timed in one run, in turns, on one thread, in seconds of processor time, so that a busy
machine changes little: what is compared is a core's work. "The whole import" adds the file's hash, its tags, the
network and the catalogue. Two processes are compared with one by the clock: that wants a machine at rest.
"""

import argparse
import csv
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import soundfile
from threadpoolctl import threadpool_limits

from musicrec_desktop import wiring
from musicrec_desktop.audio import files
from musicrec_desktop.core.types import Floats
from musicrec_desktop.intake.analyse import analyse_file
from musicrec_desktop.intake.importing import import_paths

SR, SONG_S = 44100, 180.0

Figures = dict[str, float]
Work = Callable[[Path], object]


def written_songs(music: Path, folder: Path, n_songs: int) -> list[Path]:
    """Three-minute mp3s in stereo, as many different ones as the manifest has songs with another part."""
    with (music / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["other_part"]]
    chosen = rows[:: max(1, len(rows) // n_songs)][:n_songs]
    return [_written(music, row, folder / f"song-{number:02d}.mp3") for number, row in enumerate(chosen)]


def _written(music: Path, row: dict[str, str], path: Path) -> Path:
    parts = [_stereo(music / row[column]) for column in ("path", "other_part")]
    turns = round(SONG_S * SR) // sum(map(len, parts)) + 1
    song = np.concatenate(parts * turns)[: round(SONG_S * SR)]
    soundfile.write(path, song, SR, format="MP3", subtype="MPEG_LAYER_III")
    return path


def _stereo(path: Path) -> Floats:
    return np.concatenate(list(files.stereo_blocks(path, sr=SR)))


def ours(path: Path) -> object:
    return next(analyse_file(path, wiring.SPEC))


def by_librosa(path: Path) -> object:
    """What a program writes that has read librosa's tutorial: the same families of features, a call for each."""
    import librosa

    y, sr = librosa.load(path)
    harmonic, percussive = librosa.effects.hpss(y)
    tempo, _ = librosa.beat.beat_track(y=y, sr=sr)
    feature = librosa.feature
    families = (
        feature.mfcc(y=y, sr=sr, n_mfcc=20),
        feature.chroma_stft(y=y, sr=sr),
        feature.spectral_centroid(y=y, sr=sr),
        feature.spectral_rolloff(y=y, sr=sr),
        feature.zero_crossing_rate(y),
    )
    return harmonic.mean(), percussive.mean(), tempo, [(each.mean(axis=1), each.std(axis=1)) for each in families]


def bliss() -> Work | None:
    """Its analysis of a file; None, and why, where it is not installed."""
    try:
        from bliss_audio import Song
    except ImportError as error:
        print(f"bliss-audio is left out: {error}", file=sys.stderr)
        return None
    return lambda path: Song(str(path)).analysis


def processor_s(work: Work, path: Path) -> float:
    began = time.process_time()  # of all threads of this process
    work(path)
    return time.process_time() - began


def in_turns(songs: Sequence[Path], *, rounds: int, n_librosa: int) -> Figures:
    """Medians over all songs and rounds; what each has to load is loaded before."""
    peer = bliss()
    own_s, bliss_s, librosa_s, decoding_s = [], [], [], []
    for work in (ours, peer):
        _ = work and work(songs[0])
    for number in range(rounds):
        for song in songs:
            own_s.append(processor_s(ours, song))
            if peer:
                bliss_s.append(processor_s(peer, song))
            decoding_s.append(processor_s(_decoded, song))
        if number == 0 and n_librosa:
            by_librosa(_short(songs[0]))  # what it compiles does not count
            librosa_s = [processor_s(by_librosa, song) for song in songs[:n_librosa]]
    figures = {"ours, s a song": float(np.median(own_s)), "decoding alone, s": float(np.median(decoding_s))}
    for name, seconds in (("bliss-audio", bliss_s), ("librosa", librosa_s)):
        if seconds:
            figures[f"{name}, s a song"] = float(np.median(seconds))
            figures[f"{name} over ours"] = float(np.median(seconds)) / figures["ours, s a song"]
    return figures


def _decoded(path: Path) -> object:
    return sum(len(block) for block in soundfile.blocks(path, blocksize=32768, dtype="float32"))


def _short(song: Path) -> Path:
    samples, sr = soundfile.read(song, frames=5 * SR)
    short = song.with_suffix(".wav")
    soundfile.write(short, samples, sr)
    return short


def whole_import(songs: Sequence[Path], *, rounds: int) -> Figures:
    """Processor time a song, and songs a second, with one process and with two, in turns."""
    cost_s: dict[int, list[float]] = {1: [], 2: []}
    pace: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for workers in (1, 2):
            start_s, _ = _imported(songs[:workers], workers)  # its process's start is not a song's
            all_s, songs_a_s = _imported(songs, workers)
            cost_s[workers].append((all_s - start_s) / (len(songs) - workers))
            pace[workers].append(songs_a_s)
    one, two = (float(np.median(pace[workers])) for workers in (1, 2))
    return {
        "the whole import, s a song": float(np.median(cost_s[1])),
        "the same with two processes, s": float(np.median(cost_s[2])),
        "one process, songs a second": one,
        "two processes, songs a second": two,
        "two processes over one": two / one,
        "load of the machine before": os.getloadavg()[0],
    }


def _imported(songs: Sequence[Path], workers: int) -> tuple[float, float]:
    """Processor time of an import with its children, and songs a second once every process has brought one."""
    began_s = _spent_s()
    ended = []
    with tempfile.TemporaryDirectory() as home, wiring.open_catalogue(path=Path(home) / "catalogue.db") as store:
        model = wiring.open_model()
        for _ in import_paths(
            songs, store=store, model_id=model.model_id, model_run=model.run, spec=wiring.SPEC, workers=workers
        ):
            ended.append(time.perf_counter())
    later = len(songs) - workers
    return _spent_s() - began_s, later / (ended[-1] - ended[workers - 1]) if later else 0.0


def _spent_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def memory(song: Path, folder: Path, hours: Sequence[float]) -> Figures:
    """Most memory a process holds that analyses recordings of these lengths, in MB (Linux only)."""
    samples = np.concatenate([block.samples for block in files.blocks(song, sr=wiring.SPEC.sr)])
    figures = {}
    for each in hours:
        path = folder / "long.flac"
        with soundfile.SoundFile(path, "w", wiring.SPEC.sr, 1) as file:
            for _ in range(max(1, round(each * 3600 / SONG_S))):
                file.write(samples)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            figures[f"memory for {each:g} h, MB"] = pool.apply(_peak_mb, (path,))
    return figures


def _peak_mb(path: Path) -> float:
    ours(path)
    # Not getrusage: its peak is inherited from the process that started this one.
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--songs", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--librosa", type=int, default=1, help="songs that librosa analyses too, 13 s each")
    parser.add_argument("--hours", type=float, nargs="*", default=[0.05, 0.5, 2.0])
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work, threadpool_limits(1):
        songs = written_songs(chosen.music.resolve(), Path(work), chosen.songs)
        figures = in_turns(songs, rounds=chosen.rounds, n_librosa=chosen.librosa)
        figures |= whole_import(songs, rounds=chosen.rounds)
        figures |= memory(songs[0], Path(work), chosen.hours)
    for name, value in figures.items():
        print(f"{name:44s}{value:10.3f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
