"""A mood's prototype movement: what its songs share in time."""

from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.core.types import MfccSequence
from musicrec_desktop.curator.embed import projection_of
from musicrec_desktop.curator.movement import (
    STEPS,
    VALUES,
    brightness_direction,
    excerpt,
    movements,
    on_one_scale,
    prototype,
)
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.typical import centres, standings


def swell(peak: float, *, width: float = 4.0, height: float = 1.0) -> np.ndarray:
    """One swell of the first coefficient around a step."""
    curve = height * np.exp(-0.5 * ((np.arange(STEPS) - peak) / width) ** 2)
    return np.stack([curve - curve.mean(), np.zeros(STEPS)], axis=1)


def test_a_swell_that_songs_share_a_little_apart_keeps_its_height() -> None:
    songs = [swell(30), swell(26), swell(34), swell(28), swell(33)]
    found = prototype(songs)
    assert found.shape == (STEPS, 2)
    assert abs(int(found[:, 0].argmax()) - 30) <= 2
    assert np.ptp(found[:, 0]) > 0.95 * np.ptp(songs[0][:, 0])
    assert np.ptp(np.mean(songs, axis=0)[:, 0]) < 0.85 * np.ptp(songs[0][:, 0]), "a plain mean blurs it"


def test_a_short_song_is_drawn_out() -> None:
    sequence = MfccSequence(np.arange(20, dtype=np.int8).reshape(10, 2), np.array([1.0, 0.5], np.float32), 10.8)
    taken = excerpt(sequence, 3.0)
    assert taken.shape == (10, 2)
    assert taken.mean(axis=0) == pytest.approx([0.0, 0.0])
    assert prototype([taken]).shape == (STEPS, 2)


def test_an_excerpt_begins_where_asked_and_ends_with_the_song() -> None:
    steps = np.arange(120, dtype=np.int8)[:, None]
    sequence = MfccSequence(steps, np.ones(1, np.float32), 10.0)
    assert excerpt(sequence, 2.0)[:, 0] == pytest.approx(np.arange(STEPS) - (STEPS - 1) / 2)
    assert len(excerpt(sequence, 11.0)) == STEPS


def test_up_is_brighter() -> None:
    rng = np.random.default_rng(0)
    moving = rng.standard_normal((200, 1)) @ np.array([[-3.0, 1.0]]) + 0.1 * rng.standard_normal((200, 2))
    direction = brightness_direction([moving])
    assert direction[0] < 0 < direction[1]
    assert np.linalg.norm(direction) == pytest.approx(1.0)


def test_all_moods_share_one_scale() -> None:
    calm, wide = np.sin(np.linspace(0, 6, STEPS)), 10 * np.sin(np.linspace(0, 6, STEPS))
    found = on_one_scale({0: calm, 1: wide})
    assert {len(values) for values in found.values()} == {VALUES}
    assert all(0.0 <= value <= 1.0 for values in found.values() for value in values)
    assert np.ptp(found[0]) < 0.15 * np.ptp(found[1])
    assert on_one_scale({0: np.zeros(STEPS)}) == {0: [0.5] * VALUES}


def test_every_cluster_of_an_archive_gets_its_movement_always_the_same(clustered: Path) -> None:
    store = CentralStore.in_folder(clustered)
    cluster_of = {song: placed.cluster for song, placed in sorted(store.clusters().items())}
    found = movements(store, projection_of(store), cluster_of)
    assert set(found) == {0, 1, 2, 3}
    assert found == movements(store, projection_of(store), cluster_of)
    assert all(np.ptp(values) > 0.05 for values in found.values())


def test_prototypes_first_borderline_songs_last() -> None:
    angles = {1: 0.0, 2: 0.1, 3: 0.7, 4: 1.5, 5: 1.6, 6: 0.95}
    embeddings = {song: np.array([np.cos(a), np.sin(a)], np.float32) for song, a in angles.items()}
    cluster_of = {1: 0, 2: 0, 3: 0, 4: 1, 5: 1, 6: 1}
    ranked = standings(embeddings, cluster_of)
    assert [one.song_id for one in ranked[0]] == [1, 2, 3]
    assert [one.song_id for one in ranked[1]] == [5, 4, 6]
    assert ranked[0][0].margin > 0.5 > ranked[0][-1].margin
    middle = centres(embeddings, cluster_of)
    assert ranked[0][0].own == pytest.approx(float(embeddings[1] @ middle[0]))
    assert {one.other_cluster for one in ranked[0]} == {1}
    alone = standings(embeddings, dict.fromkeys(embeddings, 0))[0]
    assert all((one.other, one.other_cluster) == (0.0, 0) for one in alone)
