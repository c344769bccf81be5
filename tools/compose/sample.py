"""The sample recording: a passage of one song as a laptop's microphone hears it in a room.

A small loudspeaker plays it, the walls answer, the fan hums. All of it in the exact arithmetic of the songs, so that
the recording, too, is the same whenever it is made.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Tags
from tools.compose.encode import encoded
from tools.compose.exact import SR, Dice, Sound, closing, from_db, high_pass, low_pass, n_samples, total_of
from tools.compose.songs import ALBUM, Song, songs

NAME = "sample.opus"
ASKED = "coast-2"
FROM_S, LENGTH_S = 13.0, 12.0
COMPRESSION = 0.9  # of 0..1: about 27 kbit/s for one channel
NOISE_DB = -22.0  # below the music
LEVEL_DB = -23.0
SPEED_M_S = 343.0
ROOM_M = (4.6, 3.4, 2.5)
SPEAKER_M, MICROPHONE_M = (1.1, 0.9, 1.0), (2.3, 1.9, 0.8)
WALL = 0.62  # what comes back from one
ORDER = 5  # of the mirror images


def write(folder: Path) -> Path:
    song = asked()
    tags = Tags("MusicRec 데모 녹음 · sample recording", "", ALBUM)
    path = folder / NAME
    path.write_bytes(encoded(recorded(song), tags, compression=COMPRESSION))
    return path


def asked() -> Song:
    """The song that the sample recording is of."""
    return next(song for song in songs() if song.name == ASKED)


def recorded(song: Song) -> NDArray[np.int16]:
    """Twelve seconds of the song at 48 kHz, mono (n, 1), through air and a cheap microphone."""
    pcm = song.pcm().astype(np.float64) / 32768
    start = n_samples(FROM_S)
    played = (pcm[:, 0] + pcm[:, 1])[max(0, start - SR) : start + n_samples(LENGTH_S)] / 2
    heard = _room(_loudspeaker(played))[-n_samples(LENGTH_S) :]
    heard = heard + _noise(len(heard)) * _rms(heard) * from_db(NOISE_DB)
    heard = high_pass(low_pass(heard, 11000), 70)
    heard = heard * (from_db(LEVEL_DB) / _rms(heard)) * closing(len(heard), 0.01, 0.01)
    return np.asarray(np.rint(np.clip(heard, -1, 1) * 32767).astype(np.int16))[:, None]


def _rms(x: Sound) -> float:
    return float(np.sqrt(np.float64(total_of(x * x) / len(x))))


def _loudspeaker(x: Sound) -> Sound:
    """No lows and few highs, and a hump in the middle."""
    x = low_pass(low_pass(high_pass(high_pass(x, 160), 120), 9000), 9000)
    return x + 0.5 * low_pass(high_pass(x, 900), 2000)


def _room(x: Sound) -> Sound:
    """A shoe box by its mirror images (Allen and Berkley, 1979), each as one late and weaker copy."""
    heard = np.zeros(len(x))
    for later, strength in sorted(_images().items()):
        heard[later:] += strength * x[: len(x) - later]
    return heard


def _images() -> dict[int, float]:
    """Delay in samples after the direct sound, and strength."""
    direct = _distance(SPEAKER_M)
    found: dict[int, float] = {}
    span = range(-ORDER, ORDER + 1)
    for at in ((i, j, k) for i in span for j in span for k in span if abs(i) + abs(j) + abs(k) <= ORDER):
        image = [_mirrored(n, size, place) for n, size, place in zip(at, ROOM_M, SPEAKER_M, strict=True)]
        away = _distance(image)
        later = n_samples((away - direct) / SPEED_M_S)
        strength = direct / away
        for _ in range(sum(abs(n) for n in at)):
            strength *= WALL
        found[later] = found.get(later, 0.0) + strength
    return found


def _mirrored(n: int, size: float, place: float) -> float:
    return n * size + (size - place if n % 2 else place)


def _distance(image: "tuple[float, ...] | list[float]") -> float:
    square = sum((a - b) * (a - b) for a, b in zip(image, MICROPHONE_M, strict=True))
    return float(np.sqrt(np.float64(square)))


def _noise(n: int) -> Sound:
    """A fan: noise with more lows than highs, RMS 1."""
    white = Dice(77).noise(n)
    fan = low_pass(white, 500) * 3 + 0.25 * white
    return fan / _rms(fan)
