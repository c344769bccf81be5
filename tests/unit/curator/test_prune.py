"""Room is made, and no client is led astray."""

import peewee

from musicrec_desktop.catalogue.release_queries import current
from musicrec_desktop.catalogue.release_tables import MemberRow, VersionRow
from musicrec_desktop.curator.prune import needed, prune
from musicrec_desktop.curator.publish import releases, rollback
from musicrec_desktop.curator.staging import stage
from musicrec_desktop.curator.verify import verify
from tests.releases import MODEL, agrees, follow, put_out, tracks_of
from tests.unit.curator.test_publish import CONTENTS, expected


def test_kept_contents_are_whole_and_reached_from_any_content(central: peewee.Database) -> None:
    contents = (dict.fromkeys(range(20), 9), *CONTENTS)
    for wanted in contents:
        put_out(central, tracks_of(wanted))
    rollback(central, 4)
    stage(central, tracks_of({99: 0}), MODEL)
    before = VersionRow.select().count(central)
    done = prune(central, keep=2)
    kept = releases(central)
    assert [(release.number, release.content) for release in kept] == [(7, 4), (6, 6), (4, 4)]
    assert (done.releases, done.versions) == (4, before - VersionRow.select().count(central))
    assert done.versions > 20, "the first content's, and what was never published"
    for release in kept:
        for start in range(len(contents) + 1):
            held = expected(contents[start - 1]) if start else {}
            follow(central, held, after=start, release=release)
            assert held == expected(contents[release.content - 1])
    assert verify(central) == []


def test_the_next_release_after_pruning_is_right(central: peewee.Database) -> None:
    for wanted in CONTENTS[:4]:
        put_out(central, tracks_of(wanted))
    assert prune(central, keep=1).releases == 3
    release = put_out(central, tracks_of(CONTENTS[4])).release
    assert (release.number, release.content) == (5, 5)
    for start in range(5):
        held = expected(CONTENTS[start - 1]) if start else {}
        follow(central, held, after=start, release=release)
        assert agrees(held, release)


def test_pruning_again_or_with_nothing_published_deletes_nothing(central: peewee.Database) -> None:
    stage(central, [], MODEL)
    assert (prune(central, keep=1).releases, MemberRow.select().count(central)) == (0, 0)
    put_out(central, tracks_of(CONTENTS[0]))
    assert prune(central, keep=1).versions == 0
    assert current(central).n_tracks == 20


def test_which_members_of_a_track_are_needed() -> None:
    assert needed([1, 4, 7], [7]) == {7}
    assert needed([1, 4, 7], [3, 5, 6]) == {1, 4}
    assert needed([4], [3]) == set()
