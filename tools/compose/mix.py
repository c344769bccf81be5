"""A piece into stereo samples: players, places, echo, room, and the whole brought to its level."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tools.compose.exact import (
    SR,
    Dice,
    Sound,
    exp2,
    from_db,
    high_pass,
    hz_of,
    low_pass,
    n_samples,
    smooth,
    total_of,
)
from tools.compose.score import Note, Part, Piece, Place, Room
from tools.compose.voices import Tone

TAKES = 3  # different sounds of equal tones
VELOCITIES = 6
CEILING = 0.84  # of full scale; codecs overshoot a little
KNEE = 0.55
COMBS = (1557, 1617, 1491, 1422, 1277, 1356)
ALLPASSES = (225, 556)
APART = 23  # samples between the two sides of the room
BLOCK = 2400


def rendered(piece: Piece, seed: int) -> NDArray[np.int16]:
    """The piece as (n, 2) samples of 16 bits at 48 kHz; the same piece and seed, the same bits."""
    n = n_samples(piece.n_beats * 60 / piece.bpm + piece.tail_s)
    dry, sent = np.zeros((2, n)), np.zeros((2, n))
    for number, part in enumerate(piece.parts):
        bus = _played(piece, part, Dice(seed, number), n)
        dry += bus
        sent += bus * part.place.room
    whole = dry + piece.room.level * _room(sent, piece.room)
    return _mastered(whole, piece)


def _played(piece: Piece, part: Part, dice: Dice, n: int) -> Sound:
    """All notes of one part, at its place and level, (2, n)."""
    bus = np.zeros((2, n))
    sides = ((0, -1.0), (1, 1.0)) if part.place.spread else ((0, 0.0),)
    play = lru_cache(maxsize=None)(part.voice)
    for order, note in _in_order(part.notes):
        loose, take = dice.between(-1, 1) * piece.loose_s, dice.below(TAKES)
        velocity = min(1.0, max(0.05, note.velocity * dice.between(0.92, 1.06)))
        start = n_samples(max(0.0, _second(piece, note.beat) + loose + order * part.place.strum_s))
        held_s = n_samples(note.length * 60 / piece.bpm * 20) / SR / 20 if note.length < 64 else n / SR - 1
        level = int(velocity * VELOCITIES + 0.5) / VELOCITIES
        for side, at in sides:
            sound = play(Tone(hz_of(note.midi), held_s, level, 2 * take + side)) * (0.25 + 0.75 * velocity)
            _put(bus, sound, start, part.place.pan * (1 - part.place.spread) + at * part.place.spread)
    return _treated(bus, piece, part.place)


def _in_order(notes: Sequence[Note]) -> list[tuple[int, Note]]:
    """Notes by time, with the place of each among those of its beat, from below."""
    ordered = sorted(notes, key=lambda note: (note.beat, note.midi))
    counted: list[tuple[int, Note]] = []
    for note in ordered:
        again = counted[-1][0] + 1 if counted and counted[-1][1].beat == note.beat else 0
        counted.append((again, note))
    return counted


def _second(piece: Piece, beat: float) -> float:
    unit = piece.swing_unit
    place = beat / unit
    late = piece.swing * unit if int(place + 1e-6) % 2 == 1 and abs(place - int(place + 1e-6)) < 1e-3 else 0.0
    return (beat + late) * 60 / piece.bpm


def _put(bus: Sound, sound: Sound, start: int, pan: float) -> None:
    kept = sound[: max(0, bus.shape[1] - start)]
    left, right = (float(np.sqrt(np.float64((1 + side * pan) / 2))) for side in (-1, 1))
    bus[0, start : start + len(kept)] += left * kept
    bus[1, start : start + len(kept)] += right * kept


def _treated(bus: Sound, piece: Piece, place: Place) -> Sound:
    if place.dull_hz:
        bus = np.stack([low_pass(low_pass(side, place.dull_hz), place.dull_hz) for side in bus])
    if place.echo:
        bus = _echoed(bus, n_samples(place.echo_beats * 60 / piece.bpm), place.echo)
    bus = bus * (from_db(place.level_db) / max(loudness(bus, low_hz=20.0), 1e-9))
    return bus * _ducking(piece, place.pump, bus.shape[1]) if place.pump and piece.kicks else bus


def _echoed(bus: Sound, delay: int, strength: float) -> Sound:
    """Repeats that change sides and lose highs."""
    out, repeat = bus.copy(), bus
    for _ in range(6):
        repeat = np.stack([low_pass(side, 3500) for side in repeat[::-1]]) * strength
        repeat = np.pad(repeat, ((0, 0), (delay, 0)))[:, : bus.shape[1]]
        out = out + repeat
    return out


def _ducking(piece: Piece, depth: float, n: int) -> Sound:
    gain = np.ones(n)
    down, up = n_samples(0.008), n_samples(min(0.30, 45 / piece.bpm))
    shape = 1.0 - depth * np.concatenate([smooth(down), smooth(up)[::-1]])
    for beat in piece.kicks:
        start = n_samples(_second(piece, beat))
        room = gain[start : start + len(shape)]
        room[:] = np.minimum(room, shape[: len(room)])
    return gain


def loudness(bus: Sound, *, low_hz: float = 90.0) -> float:
    """RMS of the blocks where something plays; what is below `low_hz` counts less, as to the ear."""
    heard = [high_pass(side, low_hz) for side in bus]
    power = heard[0] * heard[0] + heard[1] * heard[1]
    sums = np.cumsum(power)[BLOCK - 1 :: BLOCK]
    blocks = np.diff(sums, prepend=0.0) / (2 * BLOCK)
    loud = blocks[blocks > 0.01 * blocks.max()]
    return float(np.sqrt(np.float64(total_of(loud) / max(len(loud), 1))))


def _room(sent: Sound, room: Room) -> Sound:
    """Schroeder's reverb (1962) with damped combs (Moorer, 1979), one for either side."""
    return np.stack([_side_of_room(high_pass(side, 220), room, APART * number) for number, side in enumerate(sent)])


def _side_of_room(x: Sound, room: Room, apart: int) -> Sound:
    x = np.pad(x, (n_samples(0.018), 0))[: len(x)]
    keep = exp2(-9.06 * room.dark_hz / SR)
    wet = np.zeros(len(x))
    for length in COMBS:
        wet = wet + _comb(x, length + apart, exp2(-9.966 * (length + apart) / (room.length_s * SR)), keep)
    for length in ALLPASSES:
        wet = _allpass(wet, length + apart)
    return wet * (1.0 / len(COMBS)) * 2.0


def _comb(x: Sound, length: int, gain: float, keep: float) -> Sound:
    """y[n] = x[n] + gain * (damped y)[n - length]; two neighbours averaged damp the highs."""
    y = np.zeros(len(x) + length + 1)
    for start in range(length + 1, len(y), length):
        stop = min(start + length, len(y))
        before, earlier = y[start - length : stop - length], y[start - length - 1 : stop - length - 1]
        y[start:stop] = x[start - length - 1 : stop - length - 1] + gain * (
            (1 - keep / 2) * before + keep / 2 * earlier
        )
    return y[length + 1 :]


def _allpass(x: Sound, length: int) -> Sound:
    y = np.zeros(len(x) + length)
    padded = np.concatenate([np.zeros(length), x])
    for start in range(length, len(y), length):
        stop = min(start + length, len(y))
        y[start:stop] = (
            padded[start - length : stop - length] - 0.5 * padded[start:stop] + 0.5 * y[start - length : stop - length]
        )
    return y[length:]


def _mastered(whole: Sound, piece: Piece) -> NDArray[np.int16]:
    whole = np.stack([high_pass(side, 28) for side in whole])
    whole = whole * (from_db(piece.level_db) / max(loudness(whole), 1e-9))
    whole = _limited(whole)
    n = whole.shape[1]
    fade = np.ones(n)
    begin, end = n_samples(0.01), n_samples(min(2.0, piece.tail_s))
    fade[:begin] = smooth(begin)
    fade[n - end :] = smooth(end)[::-1]
    return np.asarray(np.rint(whole * fade * 32767).T.astype(np.int16))


def _limited(whole: Sound) -> Sound:
    """Peaks are bent, not cut: straight up to the knee, from there ever flatter towards the ceiling."""
    size = np.abs(whole)
    over = np.maximum(0.0, size - KNEE) / (CEILING - KNEE)
    bent = KNEE + (CEILING - KNEE) * over / (1.0 + over)
    return np.asarray(np.where(size > KNEE, np.where(whole < 0, -bent, bent), whole))
