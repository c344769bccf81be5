"""Releases from what was staged: contents over time, refusals, rollbacks, and what an interruption leaves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import peewee
import pytest

from musicrec_desktop.catalogue.release_queries import current
from musicrec_desktop.catalogue.release_tables import MemberRow, VersionRow
from musicrec_desktop.core.central import CentralTrack
from musicrec_desktop.core.errors import NothingPublished
from musicrec_desktop.curator.errors import NoSuchRelease, NothingToPublish, StagedGone, TooFewRemain
from musicrec_desktop.curator.publish import Difference, publish, releases, rollback
from musicrec_desktop.curator.staging import stage
from tests.releases import MODEL, agrees, follow, made_up_model, put_out, track_id, tracks_of

# Each content: the version of every song in it. Songs are added, changed, deleted, and come back, as they were or not.
CONTENTS: tuple[Mapping[int, int], ...] = (
    dict.fromkeys(range(20), 0),
    {number: int(number % 3 == 0) for number in range(30)},
    {number: int(number % 3 == 0) for number in range(5, 30)},
    {number: 2 if number == 7 else int(number % 3 == 0) for number in range(3, 30)},
    {number: 2 if number == 7 else 0 for number in range(31)},
)


def expected(wanted: Mapping[int, int]) -> dict[str, CentralTrack]:
    return {track.track_id: track for track in tracks_of(wanted)}


def test_a_client_reaches_every_content_from_every_other(central: peewee.Database) -> None:
    made = []
    for wanted in CONTENTS:
        made.append(put_out(central, tracks_of(wanted)).release)
        assert current(central) == made[-1]
        assert agrees(expected(wanted), made[-1])
    assert [(release.number, release.content) for release in made] == [(n, n) for n in range(1, len(made) + 1)]
    for to, release in enumerate(made):
        for start in range(-1, len(made)):
            held = expected(CONTENTS[start]) if start >= 0 else {}
            follow(central, held, after=start + 1, release=release)
            assert held == expected(CONTENTS[to])
    assert len({release.catalogue_id for release in made}) == 1


def test_what_a_release_changed_is_counted(central: peewee.Database) -> None:
    first, second, third = (put_out(central, tracks_of(wanted)).difference for wanted in CONTENTS[:3])
    assert (first, second, third) == (Difference(added=20), Difference(added=10, changed=7), Difference(removed=5))


def test_publishing_the_same_again_makes_no_release(central: peewee.Database) -> None:
    first = put_out(central, tracks_of(CONTENTS[0]))
    again = put_out(central, tracks_of(dict(reversed(CONTENTS[0].items()))), note="again")
    assert (first.is_new, again.is_new, again.release) == (True, False, first.release)
    moved = put_out(central, tracks_of(CONTENTS[0]), previews_at="https://previews.example/")
    assert (moved.is_new, moved.release.number, moved.release.content) == (True, 2, 1)


def test_a_rollback_is_a_new_release_of_an_earlier_content(central: peewee.Database) -> None:
    first, second, third = (put_out(central, tracks_of(wanted)).release for wanted in CONTENTS[:3])
    back = rollback(central, now=lambda: datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert replace(second, number=4, published_at="2026-01-02T03:04:05+00:00", note="back to release 2") == back
    assert current(central) == back
    assert rollback(central, note="further").content == 1
    assert rollback(central, 3).content == 3
    assert [(one.number, one.content) for one in releases(central)] == [(6, 3), (5, 1), (4, 2), (3, 3), (2, 2), (1, 1)]
    with pytest.raises(NoSuchRelease):
        rollback(central, 3)
    with pytest.raises(NoSuchRelease):
        rollback(central, 99)
    assert (first.number, third.number, current(central).number) == (1, 3, 6)


def test_after_a_rollback_the_next_release_goes_on_from_the_newest_content(central: peewee.Database) -> None:
    for wanted in CONTENTS[:3]:
        put_out(central, tracks_of(wanted))
    rollback(central, 1)
    same = put_out(central, tracks_of(CONTENTS[0]))
    assert (same.is_new, same.release.number) == (False, 4)
    forward = put_out(central, tracks_of(CONTENTS[2]))
    assert (forward.release.number, forward.release.content) == (5, 3), "nothing to write: the content is there"
    rollback(central, 1)
    fresh = put_out(central, tracks_of(CONTENTS[3])).release
    assert (fresh.number, fresh.content) == (7, 4)
    for content, wanted in enumerate(({}, *CONTENTS[:3])):
        held = expected(wanted)
        follow(central, held, after=content, release=fresh)
        assert held == expected(CONTENTS[3])


def test_a_rollback_of_nothing_is_refused(central: peewee.Database) -> None:
    stage(central, [], MODEL)
    with pytest.raises(NothingPublished):
        rollback(central)
    put_out(central, tracks_of(CONTENTS[0]))
    with pytest.raises(NoSuchRelease):
        rollback(central)


def test_most_songs_gone_is_taken_for_a_slip(central: peewee.Database) -> None:
    with pytest.raises(NothingToPublish):
        put_out(central, [], force=True)
    put_out(central, tracks_of(CONTENTS[0]))
    others = dict.fromkeys(range(11, 60), 0)
    with pytest.raises(TooFewRemain) as caught:
        put_out(central, tracks_of(others))
    assert (caught.value.remaining, caught.value.before) == (9, 20)
    assert current(central).number == 1
    assert put_out(central, tracks_of(dict.fromkeys(range(10, 60), 0))).release.number == 2
    assert put_out(central, tracks_of({1: 1}), force=True).release.n_tracks == 1


def test_a_new_model_changes_every_track_in_one_release(central: peewee.Database) -> None:
    other = made_up_model(2)
    put_out(central, tracks_of(CONTENTS[0]))
    moved = put_out(central, tracks_of(CONTENTS[0], model=other), model=other)
    assert (moved.release.model_id, moved.difference) == (other.model_id, Difference(changed=20))
    assert rollback(central).model_id == MODEL.model_id


@pytest.mark.parametrize("steps", [1, 2])
def test_an_interrupted_publication_is_not_seen_and_a_second_try_succeeds(central: peewee.Database, steps: int) -> None:
    before = put_out(central, tracks_of(CONTENTS[0])).release
    staged = stage(central, tracks_of(CONTENTS[4]), MODEL)
    left = steps

    def interrupt(done: int, total: int | None) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(central, staged, report=interrupt)
    assert current(central) == before
    assert MemberRow.select().where(MemberRow.since > 1).count(central) == 0
    assert MemberRow.select().where(MemberRow.until.is_null(False)).count(central) == 0
    assert publish(central, staged).release.content == 2


def test_what_was_staged_and_is_gone_is_not_published(central: peewee.Database) -> None:
    before = put_out(central, tracks_of(CONTENTS[0])).release
    staged = stage(central, tracks_of(CONTENTS[4]), MODEL)
    VersionRow.delete().where(VersionRow.digest == staged.digests[track_id(30)]).execute(central)
    with pytest.raises(StagedGone):
        publish(central, staged)
    assert current(central) == before
