"""Where a pattern occurs on a tape: as it is, or with one slip of the fingers."""

from dataclasses import dataclass

import numpy as np

from musicrec_desktop.catalogue.tape import Codes, Flags, Pattern, Places, Tape


@dataclass(frozen=True, slots=True)
class Found:
    """Matches on one tape, `starts` to before `ends`, ascending by start."""

    starts: Places
    ends: Places

    def __len__(self) -> int:
        return len(self.starts)


NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.int64))


def exact(tape: Tape, pattern: Pattern) -> Found:
    """Every occurrence; one that spans a space begins where a word begins."""
    return _sound(tape, _places(tape.signs, pattern, tape.often(pattern)), len(pattern))


def one_slip(tape: Tape, pattern: Pattern) -> Found:
    """Every occurrence with exactly one letter wrong, missing, too many, or two neighbours exchanged.

    One half of the pattern is always there as it is: first it is looked for, then the other half beside it.
    """
    half, often = len(pattern) // 2, tape.often(pattern)
    starts, ends = _slip_behind(tape.signs, pattern, half, often)
    turned_ends, turned_starts = _slip_behind(
        tape.signs[::-1], pattern.part(slice(None, None, -1)), len(pattern) - half, often[::-1]
    )
    exchanged = np.arange(len(pattern))
    exchanged[[half - 1, half]] = half, half - 1
    across = _places(
        tape.signs, Pattern(pattern.low[exchanged], pattern.width[exchanged], pattern.sign[exchanged]), often[exchanged]
    )
    n = len(tape.signs)
    every = np.concatenate(
        [
            np.stack([starts, ends], axis=1),
            np.stack([n - turned_starts, n - turned_ends], axis=1),
            np.stack([across, across + len(pattern)], axis=1),
        ]
    )
    every = np.unique(every, axis=0)
    found = Found(every[:, 0], every[:, 1])
    found = _kept(found, _unbroken(tape, found))
    return _kept(found, _same_digits(tape, found, pattern))


def _places(signs: Codes, pattern: Pattern, often: Places) -> Places:
    """Where the whole pattern begins. The rarest letter is looked for first."""
    n, order = len(pattern), np.argsort(often, kind="stable")
    rarest = int(order[0])
    if often[rarest] == 0 or n > len(signs):
        return NOTHING.starts
    usable = signs[rarest : len(signs) - n + 1 + rarest]
    at = np.flatnonzero(pattern.fits(usable, rarest))
    for other in order[1:]:
        at = at[pattern.fits(signs[at + other], int(other))]
        if not len(at):
            break
    return at


def _slip_behind(signs: Codes, pattern: Pattern, half: int, often: Places) -> tuple[Places, Places]:
    """Starts and ends of matches whose first half is as it should be and whose second half has one slip."""
    at = _places(signs, pattern.part(slice(None, half)), often[:half])
    rest = pattern.part(slice(half, None))
    n = len(rest)
    window = signs[np.minimum(at[:, None] + half + np.arange(n + 1), len(signs) - 1)]
    same = rest.fit_all(window[:, :n])
    lead = np.minimum(np.logical_and.accumulate(same, axis=1).sum(axis=1), n - 1)  # letters before the slip
    missing = np.ones((len(at), n), np.bool_)
    missing[:, :-1] = _all_behind(rest.part(slice(1, None)).fit_all(window[:, : n - 1]))
    added = _all_behind(rest.fit_all(window[:, 1:]))
    each = np.arange(len(at))
    n_wrong = (~same).sum(axis=1)
    kinds = (
        (n_wrong == 1, n),
        (missing[each, lead] & (n_wrong > 0), n - 1),
        (added[each, lead] & (n_wrong > 0), n + 1),
        (_exchanged(rest, window, lead) & (n_wrong == 2), n),
    )
    starts = np.concatenate([at[flags] for flags, _ in kinds])
    ends = np.concatenate([at[flags] + half + size for flags, size in kinds])
    return starts, ends


def _exchanged(rest: Pattern, window: Codes, lead: Places) -> Flags:
    """Is the first letter that differs exchanged with the next one?"""
    n = len(rest)
    if n < 2:
        return np.zeros(len(window), np.bool_)
    at = np.minimum(lead, n - 2)
    each = np.arange(len(window))
    exchanged: Flags = rest.fit_each(window[each, at], at + 1) & rest.fit_each(window[each, at + 1], at)
    exchanged &= at == lead
    return exchanged


def _all_behind(flags: Flags) -> Flags:
    """For each place: is it and everything after it true?"""
    behind: Flags = np.logical_and.accumulate(flags[:, ::-1], axis=1)[:, ::-1]
    return behind


def _sound(tape: Tape, starts: Places, n: int) -> Found:
    """Without matches that begin inside a word and run into the next one."""
    across = np.zeros(len(starts), np.bool_)
    for step in range(1, n):
        across |= tape.spaced[starts + step]
    starts = starts[~across | tape.begins[starts]]
    return Found(starts, starts + n)


def _unbroken(tape: Tape, found: Found) -> Flags:
    """Within one field, and across a space only from a word's beginning."""
    fields = tape.field_at(found.starts)
    inside: Flags = found.ends < tape.fields[fields + 1]
    across = np.zeros(len(found), np.bool_)
    for step in range(1, int((found.ends - found.starts).max(initial=0))):
        places = np.minimum(found.starts + step, found.ends - 1)
        across |= tape.spaced[places] & (places > found.starts)
    return inside & (~across | tape.begins[found.starts])


def _same_digits(tape: Tape, found: Found, pattern: Pattern) -> Flags:
    """No. 5 is not a slip for No. 6."""
    places = found.starts[:, None] + np.arange(len(pattern) + 1)
    signs = tape.signs[np.minimum(places, len(tape.signs) - 1)]
    same: Flags = _digits(np.where(places < found.ends[:, None], signs, 0)) == _digits(pattern.sign[None, :])
    return same


def _digits(signs: Codes) -> Places:
    """One number for the digits of each row (m, n), whatever is between them."""
    numbers = np.zeros(len(signs), np.int64)
    for column in signs.T:
        digit = (column >= ord("0")) & (column <= ord("9"))
        numbers = np.where(digit, 11 * numbers + column - ord("0") + 1, numbers)
    return numbers


def _kept(found: Found, flags: Flags) -> Found:
    return Found(found.starts[flags], found.ends[flags])
