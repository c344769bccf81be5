"""How right: takes of the catalogue's own songs, as they are and as through a small loudspeaker in a room."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from musicrec_desktop import wiring
from musicrec_desktop.core.checkup import said
from musicrec_desktop.core.types import Answer, Excerpt, Track
from musicrec_desktop.doctor.loudspeaker import through_loudspeaker
from musicrec_desktop.doctor.result import Result, judged, skipped
from musicrec_desktop.doctor.round import Round
from musicrec_desktop.doctor.takes import Take

GOOD = 0.9  # of clean takes
AT_MOST_S = 8.0

Ask = Callable[[Excerpt], Answer]


@dataclass
class Tally:
    asked: int = 0
    clean: int = 0
    loudspeaker: int = 0
    mistaken: int = 0

    @property
    def good(self) -> bool:
        return self.clean >= GOOD * self.asked and self.mistaken == 0


def answers(here: Round) -> Result:
    """Raises CatalogueEmpty, ModelError."""
    songs, tally = here.songs(), Tally()
    for take in _while_there_is_time(songs.read(), here):
        count(tally, take, lambda heard: songs.desk.ask(heard, wiring.Wanted()))
    demonstration = (said("songs_demonstration"),) if songs.demonstration else ()
    unreadable = (said("answers_unreadable", n=songs.unreadable),) if songs.unreadable else ()
    if not tally.asked:
        return skipped(said("answers_nothing"), *unreadable)
    about = said("answers", n=tally.asked, clean=tally.clean, loudspeaker=tally.loudspeaker)
    return judged(tally.good, about, said("answers_mistaken", n=tally.mistaken), *unreadable, *demonstration)


def count(tally: Tally, take: Take, ask: Ask) -> None:
    """Ask about a take, clean and through the loudspeaker, and count what was said."""
    tally.asked += 1
    clean, loudspeaker = ask(take.excerpt), ask(through_loudspeaker(take.excerpt, seed=tally.asked))
    tally.clean += _is_right(clean, take.track)
    tally.loudspeaker += _is_right(loudspeaker, take.track)
    tally.mistaken += sum(_is_mistaken(answer, take.track) for answer in (clean, loudspeaker))


def _is_right(answer: Answer, track: Track) -> bool:
    return answer.same_recording is not None and _is_same(answer.same_recording.track, track)


def _is_mistaken(answer: Answer, track: Track) -> bool:
    return answer.same_recording is not None and not _is_same(answer.same_recording.track, track)


def _is_same(one: Track, other: Track) -> bool:
    """The same track, or another file of the same song."""
    return one.track_id == other.track_id or (one.title, one.artist) == (other.title, other.artist)


def _while_there_is_time(takes: Iterator[Take], here: Round) -> Iterator[Take]:
    until_s = max(here.left_s() / 2, here.left_s() - AT_MOST_S)
    for take in takes:
        here.token.check()
        yield take
        if here.left_s() < until_s:
            return
