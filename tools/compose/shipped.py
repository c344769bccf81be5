"""The folder of the demonstration: songs, their list with digests, the sample recording."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from musicrec_desktop.core.types import Tags
from tools.compose.encode import decoded, encoded
from tools.compose.songs import ALBUM, Song, songs

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "demo"
SONGS, LIST = "songs", "songs.json"
ENDING = ".opus"
CLOSE = 0.02  # of full scale: how far two encoders may be apart, RMS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What rendering a song again has shown."""

    name: str
    same_samples: bool
    same_bytes: bool
    difference: float  # RMS between the shipped file and a fresh one, decoded


def song_path(folder: Path, song: Song) -> Path:
    return folder / SONGS / f"{song.name}{ENDING}"


def tags_of(song: Song) -> Tags:
    return Tags(song.title, song.artist, ALBUM)


def digest(pcm: NDArray[np.int16]) -> str:
    """SHA-256 of the samples as little-endian 16-bit numbers, channel by channel within each moment."""
    return hashlib.sha256(pcm.astype("<i2").tobytes()).hexdigest()


def write_song(folder: Path, song: Song) -> dict[str, Any]:
    """Render and encode one song; what the list says of it."""
    pcm = song.pcm()
    data = encoded(pcm, tags_of(song))
    path = song_path(folder, song)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return _entry(song, pcm, data)


def _entry(song: Song, pcm: NDArray[np.int16], data: bytes) -> dict[str, Any]:
    return {
        "file": f"{SONGS}/{song.name}{ENDING}",
        "style": song.style,
        "title": song.title,
        "artist": song.artist,
        "album": ALBUM,
        "seed": song.seed,
        "samples": len(pcm),
        "pcm_sha256": digest(pcm),
        "file_sha256": hashlib.sha256(data).hexdigest(),
    }


def write_list(folder: Path, entries: Sequence[dict[str, Any]]) -> None:
    about = {
        "made_by": "python -m tools.compose",
        "encoder": soundfile.__libsndfile_version__,
        "songs": sorted(entries, key=lambda entry: entry["seed"]),
    }
    text = json.dumps(about, ensure_ascii=False, indent=1)
    (folder / LIST).write_text(text + "\n", encoding="utf-8")


def read_list(folder: Path) -> dict[str, dict[str, Any]]:
    """What the list says, by the name of the song."""
    found = json.loads((folder / LIST).read_text(encoding="utf-8"))
    return {Path(entry["file"]).stem: entry for entry in found["songs"]}


def chosen(names: Sequence[str]) -> list[Song]:
    """The songs of these names, or of these styles; all without any. Raises ValueError for an unknown one."""
    everything = songs()
    unknown = set(names) - {song.name for song in everything} - {song.style for song in everything}
    if unknown:
        raise ValueError(f"no such song: {', '.join(sorted(unknown))}")
    return [song for song in everything if not names or song.name in names or song.style in names]


def checked(folder: Path, picked: Sequence[Song]) -> Iterator[Verdict]:
    """Render songs again and compare them with what is shipped."""
    listed = read_list(folder)
    for song in picked:
        pcm = song.pcm()
        fresh, shipped = encoded(pcm, tags_of(song)), song_path(folder, song).read_bytes()
        same = fresh == shipped
        difference = 0.0 if same else _apart(decoded(fresh), decoded(shipped))
        yield Verdict(song.name, digest(pcm) == listed[song.name]["pcm_sha256"], same, difference)


def _apart(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    if one.shape != other.shape:
        return 1.0
    return float(np.sqrt(np.mean((one - other) ** 2)))
