"""Instruments: a tone in, its sound (n,) out. Every sound begins and ends at rest, so nothing clicks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from tools.compose.exact import (
    SR,
    Dice,
    Sound,
    closing,
    decay,
    envelope,
    exp2,
    high_pass,
    low_pass,
    n_samples,
    seconds,
    sine,
    sine_of,
    smooth,
    turns,
    wave,
    wave_table,
)

HIGHEST_HZ = 14000.0  # of a harmonic
Partials = tuple[tuple[float, float, float], ...]  # ratio, strength, half-life in seconds


@dataclass(frozen=True, slots=True)
class Tone:
    """What a player is asked for. `take` numbers otherwise equal tones: two of them never sound quite the same."""

    hz: float
    held_s: float
    velocity: float  # 0..1
    take: int = 0

    def dice(self, salt: int) -> Dice:
        return Dice(salt, int(self.hz * 100), self.take)


Voice = Callable[[Tone], Sound]


def n_harmonics(hz: float, most: int, highest_hz: float = HIGHEST_HZ) -> int:
    return max(1, min(most, int(highest_hz / hz)))


def slope(n: int, power_2: int, *, odd: bool = False) -> tuple[float, ...]:
    """n strengths falling with the (power_2 / 2)-th power of the harmonic's number."""
    strengths = []
    for k in range(1, n + 1):
        value = 1.0
        for _ in range(power_2 // 2):
            value /= k
        if power_2 % 2:
            value /= float(np.sqrt(np.float64(k)))
        strengths.append(0.0 if odd and k % 2 == 0 else value)
    return tuple(strengths)


def vibrato(n: int, *, rate_hz: float, cents: float, delay_s: float, phase: float = 0.0) -> Sound:
    """Frequency factors that begin to swing after a while."""
    rise = np.minimum(1.0, np.maximum(0.0, (seconds(n) - delay_s) / 0.4))
    return np.asarray(1.0 + (cents * 0.00057779) * rise * sine(seconds(n) * rate_hz + phase))


def detuned(tone: Tone, cents: float) -> float:
    return tone.hz * exp2(cents / 1200)


# strings that are plucked


def plucked(tone: Tone, *, damping: float, half_life_s: float, hardness: float, position: float = 0.2) -> Sound:
    """Karplus and Strong (1983): a loop of noise that loses its highs with every turn.

    `damping` 0..0.5 of each turn, `hardness` 0..1 of the finger, `position` of the string where it is plucked.
    """
    period = int(SR / tone.hz - damping)
    loop = tone.dice(11).noise(period)
    for _ in range(4 + int((1.0 - hardness * tone.velocity) * (1.0 - hardness * tone.velocity) * 60)):
        loop = 0.5 * (loop + np.roll(loop, 1))
    loop = loop - np.roll(loop, max(1, int(period * position)))
    loop = loop / np.abs(loop).max()
    n = n_samples(tone.held_s + 0.25)
    ratio = tone.hz * (period + damping) / SR
    rows = np.empty((int(n * ratio) // period + 2, period))
    gain = exp2(-period / (half_life_s * SR))
    for row in rows:
        row[:] = loop
        loop = gain * ((1.0 - damping) * loop + damping * np.roll(loop, 1))
    place = np.arange(n) * ratio
    before = place.astype(np.int64)
    string = rows.reshape(-1)
    sound = string[before] + (place - before) * (string[before + 1] - string[before])
    return np.asarray(sound * closing(n, 0.004, 0.25))


nylon: Voice = partial(plucked, damping=0.42, half_life_s=0.8, hardness=0.35, position=0.3)
steel: Voice = partial(plucked, damping=0.22, half_life_s=1.1, hardness=0.8, position=0.17)
muted: Voice = partial(plucked, damping=0.48, half_life_s=0.09, hardness=0.5, position=0.25)
harp: Voice = partial(plucked, damping=0.36, half_life_s=1.3, hardness=0.45, position=0.45)
bass_guitar: Voice = partial(plucked, damping=0.5, half_life_s=0.9, hardness=0.25, position=0.35)


# what is struck


def struck(tone: Tone, *, partials: Partials, attack_s: float = 0.002, tremolo: float = 0.0) -> Sound:
    """Partials that die away each at its own pace; higher tones die sooner."""
    n = n_samples(max(tone.held_s, 0.3) + 1.2)
    shorter = float(np.sqrt(np.float64(440.0 / tone.hz))) if tone.hz > 440 else 1.0
    sound = np.zeros(n)
    for ratio, strength, half_life_s in partials:
        if ratio * tone.hz < HIGHEST_HZ:
            bright = strength if ratio < 1.5 else strength * (0.35 + 0.65 * tone.velocity)
            sound = sound + bright * decay(half_life_s * shorter, n) * sine(turns(tone.hz * ratio, n))
    if tremolo:
        sound = sound * (1.0 - tremolo * (0.5 + 0.5 * sine(seconds(n) * 4.6)))
    return np.asarray(sound * closing(n, attack_s, 0.6))


marimba: Voice = partial(struck, partials=((1, 1, 0.16), (3.93, 0.25, 0.05), (9.2, 0.06, 0.02)))
vibraphone: Voice = partial(struck, partials=((1, 1, 0.8), (3.98, 0.18, 0.25), (10.1, 0.03, 0.06)), tremolo=0.45)
music_box: Voice = partial(struck, partials=((1, 1, 0.35), (2.0, 0.12, 0.2), (5.4, 0.14, 0.07), (8.9, 0.05, 0.03)))
celesta: Voice = partial(struck, partials=((1, 1, 0.45), (3.0, 0.12, 0.18), (4.0, 0.16, 0.12), (6.0, 0.03, 0.08)))
bell: Voice = partial(
    struck,
    partials=(
        (0.5, 0.5, 1.6),
        (1, 1, 1.2),
        (1.19, 0.35, 0.9),
        (1.5, 0.22, 0.7),
        (2.0, 0.45, 0.6),
        (2.51, 0.2, 0.4),
        (3.01, 0.13, 0.25),
    ),
    attack_s=0.006,
)
glass: Voice = partial(struck, partials=((1, 1, 1.4), (2.01, 0.25, 0.8), (4.1, 0.06, 0.3)), attack_s=0.03)
tubular: Voice = partial(
    struck, partials=((1, 0.6, 1.4), (2, 1, 1.1), (3.0, 0.5, 0.8), (4.2, 0.25, 0.4), (5.4, 0.1, 0.2))
)


def piano(tone: Tone, *, softness: float = 0.5) -> Sound:
    """Three strings a hair apart whose highs leave first, and the felt."""
    n = n_samples(tone.held_s + 0.35)
    long_s = 1.5 * float(np.sqrt(np.float64(220.0 / tone.hz)))
    dull = wave_table(slope(n_harmonics(tone.hz, 8, 5000), 4))
    bright = wave_table(slope(n_harmonics(tone.hz, 18, 9000), 2))
    body, edge = np.zeros(n), np.zeros(n)
    for cents in (-0.9, 0.0, 0.8):
        body = body + wave(dull, turns(detuned(tone, cents), n))
        edge = edge + wave(bright, turns(detuned(tone, cents), n))
    felt = low_pass(tone.dice(12).noise(n), 900) * decay(0.012, n)
    mixed = body * decay(long_s, n) + (1 - softness) * tone.velocity * edge * decay(long_s / 5, n) + 0.5 * felt
    return np.asarray(mixed * closing(n, 0.003, 0.35))


soft_piano: Voice = partial(piano, softness=0.85)


def electric_piano(tone: Tone, *, drive: float = 1.0, tremolo_hz: float = 0.0) -> Sound:
    """Frequency modulation (Chowning, 1973): a round body and a short tine."""
    n = n_samples(tone.held_s + 0.3)
    turn = turns(tone.hz, n)
    index = drive * (0.10 + 0.18 * tone.velocity) * decay(0.3, n)
    body = sine(turn + index * sine(turn)) * decay(1.1 * exp2(-(tone.hz - 220) / 900), n)
    if tone.hz * 14 < HIGHEST_HZ:
        body = body + 0.10 * tone.velocity * sine(turn + 0.08 * sine(14 * turn)) * sine(7 * turn) * decay(0.06, n)
    if tremolo_hz:
        body = body * (0.82 + 0.18 * sine(seconds(n) * tremolo_hz))
    return np.asarray(body * closing(n, 0.004, 0.3))


# what goes on sounding


def choir_of(
    tone: Tone,
    *,
    strengths: Callable[[float], tuple[float, ...]],
    spread_cents: tuple[float, ...],
    attack_s: float,
    release_s: float,
    wobble_cents: float = 4.0,
    rate_hz: float = 4.8,
    delay_s: float = 0.2,
) -> Sound:
    """Several players of one wave, each a little apart and with a vibrato of its own."""
    dice = tone.dice(13)
    shape = envelope(attack_s, tone.held_s, release_s)
    table, sound = wave_table(strengths(tone.hz)), np.zeros(len(shape))
    for cents in spread_cents:
        rate = rate_hz * dice.between(0.88, 1.12)
        bend = vibrato(len(shape), rate_hz=rate, cents=wobble_cents, delay_s=delay_s, phase=dice.unit())
        sound = sound + wave(table, turns(detuned(tone, cents), len(shape), bend=bend) + dice.unit())
    return np.asarray(sound * shape / len(spread_cents))


def _warm(hz: float) -> tuple[float, ...]:
    return slope(n_harmonics(hz, 12, 3500), 4)


def _breathing(hz: float) -> tuple[float, ...]:
    return slope(n_harmonics(hz, 6, 1800), 5)


def _saw(hz: float) -> tuple[float, ...]:
    return slope(n_harmonics(hz, 40, 9000), 2)


def _bowed(hz: float) -> tuple[float, ...]:
    """A saw with the resonances of a wooden body."""
    strengths = slope(n_harmonics(hz, 30, 8000), 2)
    return tuple(value * _body(hz * k) for k, value in enumerate(strengths, start=1))


def _body(hz: float) -> float:
    peaks = ((280.0, 0.8), (460.0, 1.0), (1000.0, 0.7), (2600.0, 0.45))
    return 0.25 + sum(height / (1.0 + ((hz - at) / (0.3 * at)) * ((hz - at) / (0.3 * at))) for at, height in peaks)


def _organ(hz: float) -> tuple[float, ...]:
    return (1.0, 0.7, 0.4, 0.35, 0.0, 0.2, 0.0, 0.15)[: n_harmonics(hz, 8, 7000)]


def _voices(hz: float) -> tuple[float, ...]:
    """An "ah"."""
    strengths = slope(n_harmonics(hz, 24, 4500), 2)
    formants = ((650.0, 1.0), (1080.0, 0.6), (2650.0, 0.2))
    return tuple(
        value * (0.06 + sum(h / (1.0 + ((hz * k - at) / 130) * ((hz * k - at) / 130)) for at, h in formants))
        for k, value in enumerate(strengths, start=1)
    )


_THREE, _FIVE = (-5.0, 0.0, 6.0), (-13.0, -6.0, 0.0, 7.0, 12.0)
warm_pad: Voice = partial(choir_of, strengths=_warm, spread_cents=_THREE, attack_s=0.5, release_s=0.9)
hush_pad: Voice = partial(
    choir_of, strengths=_breathing, spread_cents=(-4.0, 4.0), attack_s=1.4, release_s=2.0, rate_hz=0.4, wobble_cents=5
)
super_saw: Voice = partial(
    choir_of, strengths=_saw, spread_cents=_FIVE, attack_s=0.006, release_s=0.14, wobble_cents=0.0
)
strings: Voice = partial(
    choir_of, strengths=_bowed, spread_cents=_THREE, attack_s=0.16, release_s=0.3, wobble_cents=9, rate_hz=5.4
)
violin: Voice = partial(
    choir_of, strengths=_bowed, spread_cents=(0.0, 3.0), attack_s=0.09, release_s=0.16, wobble_cents=15, rate_hz=5.6
)
pizzicato: Voice = partial(plucked, damping=0.46, half_life_s=0.12, hardness=0.4, position=0.4)
organ: Voice = partial(
    choir_of, strengths=_organ, spread_cents=(0.0, 2.0), attack_s=0.02, release_s=0.1, rate_hz=6.1, wobble_cents=5
)
choir: Voice = partial(
    choir_of, strengths=_voices, spread_cents=_THREE, attack_s=0.6, release_s=0.9, wobble_cents=10, rate_hz=5.0
)
accordion: Voice = partial(
    choir_of,
    strengths=lambda hz: slope(n_harmonics(hz, 20, 6500), 2, odd=False),
    spread_cents=(-7.0, 7.0),
    attack_s=0.05,
    release_s=0.08,
    wobble_cents=2,
)


def brass(tone: Tone, *, edge: float = 1.0) -> Sound:
    """Brightness follows loudness; the pitch comes from a little below."""
    shape = envelope(0.045, tone.held_s, 0.14)
    n = len(shape)
    bend = vibrato(n, rate_hz=5.0, cents=7, delay_s=0.35) * (1.0 - 0.012 * decay(0.03, n))
    dull = wave_table(slope(n_harmonics(tone.hz, 8, 3500), 4))
    bright = wave_table(slope(n_harmonics(tone.hz, 30, 7500), 2))
    opened = 1.3 * edge * tone.velocity * (0.35 + 0.65 * decay(0.25, n)) * np.minimum(1.0, seconds(n) / 0.08)
    sound = np.zeros(n)
    for cents in (-4.0, 5.0):
        turn = turns(detuned(tone, cents), n, bend=bend)
        sound = sound + wave(dull, turn) + opened * wave(bright, turn)
    return np.asarray(sound * shape)


horn: Voice = partial(brass, edge=0.35)


def flute(tone: Tone, *, breath: float = 0.10) -> Sound:
    """Few harmonics, a slow vibrato, air."""
    shape = envelope(0.07, tone.held_s, 0.12)
    n = len(shape)
    bend = vibrato(n, rate_hz=4.9, cents=11, delay_s=0.25)
    tube = wave(wave_table((1.0, 0.32, 0.13, 0.04)), turns(tone.hz, n, bend=bend))
    air = high_pass(low_pass(tone.dice(14).noise(n), 3200), 700)
    return np.asarray(
        (tube * (1.0 - 0.12 * sine(seconds(n) * 4.9)) + breath * air * (1.0 + 3 * decay(0.04, n))) * shape
    )


# small machines


def pulse(tone: Tone, *, duty: float, highest_hz: float = 10000.0, ring_s: float = 9.0) -> Sound:
    """A pulse of this width, as an old game console plays it, without its highest harmonics."""
    strengths = tuple(sine_of(k * duty / 2) / k for k in range(1, 1 + n_harmonics(tone.hz, 60, highest_hz)))
    shape = envelope(0.003, tone.held_s, 0.03)
    bend = vibrato(len(shape), rate_hz=6.2, cents=12, delay_s=0.22)
    table = wave_table(strengths)
    return np.asarray(wave(table, turns(tone.hz, len(shape), bend=bend)) * shape * decay(ring_s, len(shape)))


square: Voice = partial(pulse, duty=0.5)
thin_pulse: Voice = partial(pulse, duty=0.25)
blip: Voice = partial(pulse, duty=0.125, highest_hz=8000.0, ring_s=0.09)


def triangle(tone: Tone) -> Sound:
    strengths = tuple(
        (1.0 if k % 4 == 1 else -1.0) / (k * k) if k % 2 else 0.0 for k in range(1, n_harmonics(tone.hz, 31) + 1)
    )
    shape = envelope(0.003, tone.held_s, 0.025)
    return np.asarray(wave(wave_table(strengths), turns(tone.hz, len(shape))) * shape)


# below


def sub_bass(tone: Tone) -> Sound:
    """A sine with a trace of its octave, so that small loudspeakers have something to play."""
    shape = envelope(0.012, tone.held_s, 0.08)
    turn = turns(tone.hz, len(shape))
    return np.asarray((sine(turn) + 0.35 * sine(2 * turn) + 0.14 * sine(3 * turn)) * shape)


def synth_bass(tone: Tone) -> Sound:
    """A saw that closes soon after it has opened."""
    shape = envelope(0.004, tone.held_s, 0.05)
    n = len(shape)
    dull = wave_table(slope(n_harmonics(tone.hz, 6, 900), 4))
    bright = wave_table(slope(n_harmonics(tone.hz, 24, 4000), 2))
    turn = turns(tone.hz, n)
    return np.asarray((wave(dull, turn) + 0.8 * tone.velocity * decay(0.07, n) * wave(bright, turn)) * shape)


def upright(tone: Tone) -> Sound:
    """A double bass, plucked."""
    n = n_samples(tone.held_s + 0.15)
    table = wave_table(slope(n_harmonics(tone.hz, 12, 1800), 3))
    body = wave(table, turns(tone.hz, n)) * decay(0.5, n)
    finger = low_pass(tone.dice(15).noise(n), 600) * decay(0.01, n)
    return np.asarray((body + 0.6 * finger) * closing(n, 0.006, 0.15))


def drone(tone: Tone) -> Sound:
    """Low harmonics that come and go, each in its own time."""
    shape = envelope(2.5, tone.held_s, 3.0)
    n, dice, sound = len(shape), tone.dice(16), np.zeros(len(shape))
    for k in range(1, n_harmonics(tone.hz, 9, 1400) + 1):
        swell = 0.55 + 0.45 * sine(seconds(n) * dice.between(0.05, 0.23) + dice.unit())
        hz = tone.hz * k * exp2(dice.between(-3, 3) / 1200)
        sound = sound + swell * sine(turns(hz, n) + dice.unit()) / k
    return np.asarray(sound * shape)


def wind(tone: Tone) -> Sound:
    """Air around a pitch, rising and falling."""
    shape = envelope(2.0, tone.held_s, 3.0)
    n, dice = len(shape), tone.dice(17)
    air = dice.noise(n)
    for _ in range(3):
        air = high_pass(low_pass(air, tone.hz * 1.6), tone.hz * 0.6)
    swell = 0.6 + 0.4 * sine(seconds(n) * dice.between(0.06, 0.14) + dice.unit())
    return np.asarray(6 * air * swell * shape)


def swelling(tone: Tone) -> Sound:
    """Noise that opens into the next section."""
    n = n_samples(tone.held_s)
    rise = smooth(n)
    return np.asarray(high_pass(low_pass(tone.dice(18).noise(n), 6000), 500) * rise * rise * closing(n, 0.01, 0.03))
