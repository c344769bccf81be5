"""What songs sound like can be asked for in SQL."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import peewee
import pytest

from musicrec_desktop.catalogue.central_tables import SOUND_FIGURES, central_sqlite
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt
from musicrec_desktop.curator.naming import proposed
from musicrec_desktop.curator.proposals import PROPOSALS
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import CentralStore, Placed
from musicrec_desktop.features.extract import analyse_blocks
from tests.mariadb import MariaDB
from tests.unit.curator.catalogue import N_STATISTICS, RECIPE, made_up_part

MOODS = [proposed(proposal, None)[0] for proposal in PROPOSALS]

SLOW_DARK_PERCUSSIVE = """
SELECT s.title, s.artist, f.tempo_bpm, f.centroid_hz_mean, f.percussive_share_mean
FROM song_sounds AS f JOIN songs AS s ON s.song_id = f.song_id
WHERE f.tempo_bpm < 90 AND f.centroid_hz_mean < 1500 AND f.percussive_share_mean > 0.4
ORDER BY f.tempo_bpm
"""


@pytest.fixture(params=["sqlite", "mariadb"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> peewee.Database:
    if request.param == "sqlite":
        return central_sqlite(tmp_path / "central.db")
    server: MariaDB = request.getfixturevalue("mariadb")
    return server.fresh()


def save(store: CentralStore, title: str, summary: Mapping[str, float]) -> None:
    made = made_up_part(0, np.zeros(N_STATISTICS), kind=0, rng=np.random.default_rng(0))
    part = replace(made, analysis=replace(made.analysis, summary=summary))
    store.save_song(SongSource(Path("/m"), f"{title}.ogg", title=title, artist="a"), [part], recipe=RECIPE)


def sound(tempo: float, centroid: float, harmonic: float) -> dict[str, float]:
    return {"tempo_bpm": tempo, "centroid_hz_mean": centroid, "harmonic_share_mean": harmonic, "zcr_std": 0.125}


def asked(database: peewee.Database, sql: str) -> list[tuple[object, ...]]:
    with database.connection_context() if database.is_closed() else database.atomic():
        return list(database.execute_sql(sql).fetchall())


def test_slow_dark_percussive_songs(database: peewee.Database) -> None:
    store = CentralStore(database)
    save(store, "밤의 북", sound(72.0, 900.0, 0.3))
    save(store, "fast", sound(160.0, 900.0, 0.3))
    save(store, "bright", sound(72.0, 4000.0, 0.3))
    save(store, "sung", sound(72.0, 900.0, 0.9))
    save(store, "slower", sound(61.5, 1100.0, 0.5))
    found = asked(database, SLOW_DARK_PERCUSSIVE)
    assert [row[0] for row in found] == ["slower", "밤의 북"]
    assert found[0][2:] == (61.5, 1100.0, 0.5)
    assert asked(database, "SELECT DISTINCT zcr_std FROM song_sounds") == [(0.125,)]


def test_the_tempo_is_found_by_its_index(database: peewee.Database) -> None:
    CentralStore(database)
    query = "SELECT song_id FROM song_sounds WHERE tempo_bpm BETWEEN 60 AND 61"
    plan = asked(database, f"EXPLAIN {'' if isinstance(database, peewee.MySQLDatabase) else 'QUERY PLAN '}{query}")
    assert "songsoundrow_tempo_bpm" in str(plan)


def test_cluster_and_mood_are_those_of_now(database: peewee.Database) -> None:
    store = CentralStore(database)
    for title in ("a", "b", "c"):
        save(store, title, sound(72.0, 900.0, 0.3))

    def moods() -> list[tuple[object, ...]]:
        return asked(database, "SELECT cluster, mood_key FROM song_sounds ORDER BY song_id")

    store.save_clusters([Placed(1, 0, 0.0, 0.0), Placed(2, 1, 0.0, 0.0)])
    assert moods() == [(0, None), (1, None), (None, None)]
    store.save_moods(MOODS, {MOODS[3].key: 0, MOODS[4].key: 1})
    assert moods() == [(0, MOODS[3].key), (1, MOODS[4].key), (None, None)]
    save(store, "a", sound(99.0, 900.0, 0.3))
    assert moods() == [(0, MOODS[3].key), (1, MOODS[4].key), (None, None)]
    assert asked(database, "SELECT song_id FROM song_sounds WHERE tempo_bpm = 99") == [(1,)]
    store.forget_from("moods")
    assert moods() == [(0, None), (1, None), (None, None)]
    store.forget_from("cluster")
    assert moods() == [(None, None)] * 3


def test_every_figure_of_an_analysis_has_its_column() -> None:
    spec = FeatureSpec()
    noise = np.random.default_rng(0).normal(0, 0.1, 8 * spec.sr).astype(np.float32)
    summary = analyse_blocks(iter([Excerpt.from_samples(noise, spec.sr)]), spec).summary
    derived = {"percussive_share_mean", "percussive_share_std"}
    assert set(summary) == {"tempo_bpm", *SOUND_FIGURES} - derived
