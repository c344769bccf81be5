"""Drums from sines and noise. They are voices too: the pitch is ignored or tunes the skin."""

from functools import partial

import numpy as np

from tools.compose.exact import Sound, closing, decay, high_pass, low_pass, n_samples, seconds, sine, turns
from tools.compose.voices import Tone, Voice


def _hit(n: int) -> Sound:
    """Keeps the first and the last moment at rest."""
    return closing(n, 0.0008, 0.011)


def skin(tone: Tone, *, hz: float, drop: float, half_life_s: float, click: float) -> Sound:
    """A skin whose pitch falls from (1 + drop) times to its own, and the beater."""
    n = n_samples(half_life_s * 6)
    body = sine(turns(hz, n, bend=1.0 + drop * decay(0.012, n))) * decay(half_life_s, n)
    beater = high_pass(low_pass(tone.dice(21).noise(n), 4500), 400) * decay(0.003, n)
    return np.asarray((body + click * (0.5 + tone.velocity) * beater) * _hit(n))


club_kick: Voice = partial(skin, hz=50, drop=4.5, half_life_s=0.085, click=0.45)
soft_kick: Voice = partial(skin, hz=56, drop=1.6, half_life_s=0.07, click=0.10)
deep_kick: Voice = partial(skin, hz=43, drop=2.0, half_life_s=0.14, click=0.08)
chip_kick: Voice = partial(skin, hz=70, drop=5.0, half_life_s=0.04, click=0.2)
war_drum: Voice = partial(skin, hz=68, drop=0.6, half_life_s=0.16, click=0.7)
low_tom: Voice = partial(skin, hz=95, drop=0.5, half_life_s=0.1, click=0.3)
high_tom: Voice = partial(skin, hz=145, drop=0.5, half_life_s=0.08, click=0.3)
timpani: Voice = partial(skin, hz=82, drop=0.12, half_life_s=0.3, click=0.25)
hand_drum: Voice = partial(skin, hz=190, drop=0.35, half_life_s=0.05, click=0.35)


def snare(tone: Tone, *, wires: float = 1.0, hz: float = 185, half_life_s: float = 0.055) -> Sound:
    """A skin and the wires below it."""
    n = n_samples(half_life_s * 8)
    body = sine(turns(hz, n, bend=1.0 + 0.4 * decay(0.01, n))) * decay(0.035, n)
    rattle = high_pass(low_pass(tone.dice(22).noise(n), 7000), 1100) * decay(half_life_s, n)
    return np.asarray((0.8 * body + 1.3 * wires * rattle) * _hit(n))


field_snare: Voice = partial(snare, wires=1.5, hz=230, half_life_s=0.045)
soft_snare: Voice = partial(snare, wires=0.6, hz=165, half_life_s=0.06)


def clap(tone: Tone) -> Sound:
    """Three pairs of hands, not quite together."""
    n = n_samples(0.3)
    sound = np.zeros(n)
    for number, at_s in enumerate((0.0, 0.011, 0.021)):
        at = n_samples(at_s)
        hand = tone.dice(30 + number).noise(n - at)
        sound[at:] = sound[at:] + hand * decay(0.006 if number < 2 else 0.045, n - at)
    return np.asarray(high_pass(low_pass(sound, 4200), 800) * _hit(n))


def metal(tone: Tone, *, half_life_s: float, low_hz: float, high_hz: float = 11000) -> Sound:
    """Noise without lows: hats, shakers, cymbals."""
    n = n_samples(half_life_s * 8)
    hiss = high_pass(high_pass(low_pass(tone.dice(23).noise(n), high_hz), low_hz), low_hz)
    return np.asarray(hiss * decay(half_life_s, n) * _hit(n))


hat: Voice = partial(metal, half_life_s=0.016, low_hz=6000)
open_hat: Voice = partial(metal, half_life_s=0.09, low_hz=5200)
soft_hat: Voice = partial(metal, half_life_s=0.014, low_hz=3200, high_hz=6500)
ride: Voice = partial(metal, half_life_s=0.2, low_hz=4200, high_hz=9000)
crash: Voice = partial(metal, half_life_s=0.45, low_hz=2600, high_hz=9500)


def shaker(tone: Tone) -> Sound:
    n = n_samples(0.11)
    grain = high_pass(low_pass(tone.dice(24).noise(n), 8500), 3500)
    return np.asarray(grain * closing(n, 0.03, 0.07))


def rim(tone: Tone) -> Sound:
    n = n_samples(0.09)
    wood = sine(turns(820, n)) + 0.6 * sine(turns(1730, n))
    return np.asarray(wood * decay(0.010, n) * _hit(n))


def tambourine(tone: Tone) -> Sound:
    n = n_samples(0.22)
    jingles = sine(turns(6100, n)) + sine(turns(7300, n)) + sine(turns(8700, n))
    hiss = high_pass(tone.dice(26).noise(n), 5500)
    return np.asarray((0.12 * jingles + hiss) * decay(0.035, n) * _hit(n))


def chip_noise(tone: Tone, *, half_life_s: float, held: int) -> Sound:
    """Noise that stays on each value for some samples, as in an old game console."""
    n = n_samples(half_life_s * 7)
    steps = tone.dice(27).noise(n // held + 1)
    return np.asarray(low_pass(np.repeat(steps, held)[:n], 7000) * decay(half_life_s, n) * _hit(n))


chip_hat: Voice = partial(chip_noise, half_life_s=0.012, held=3)
chip_snare: Voice = partial(chip_noise, half_life_s=0.05, held=8)


def crackle(tone: Tone) -> Sound:
    """The dust of an old record, for as long as the tone is held."""
    n, dice = n_samples(tone.held_s), tone.dice(28)
    dust, size = dice.noise(n), dice.noise(n)
    specks = np.where(np.abs(dust) > 0.9997, size * size * size, 0.0) + 0.003 * dice.noise(n)
    sound = high_pass(low_pass(low_pass(specks, 2600), 2600), 300)
    return np.asarray(sound * (0.8 + 0.2 * sine(seconds(n) * 0.55)) * closing(n, 0.5, 0.5))
