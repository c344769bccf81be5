"""What songs sound like, a column a figure, for people who ask in SQL. The caller binds the tables."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from musicrec_desktop.catalogue.central_tables import (
    SOUND_FIGURES,
    MoodRow,
    PartRow,
    SongClusterRow,
    SongSoundRow,
)

_SONGS_PER_QUERY = 500


def save_sound(song_id: int, summary: Mapping[str, float], *, duration_s: float, level_db: float) -> None:
    """Put a song's figures in the place of what was known; its cluster and mood stay."""
    values = {"duration_s": duration_s, "level_db": level_db, **_figures(summary)}
    if SongSoundRow.get_or_none(SongSoundRow.song == song_id) is None:
        SongSoundRow.insert(song=song_id, **values).execute()
    else:
        SongSoundRow.update(**values).where(SongSoundRow.song == song_id).execute()


def fill_missing() -> None:
    """Figures for songs that were analysed before there was a place for them, and their clusters and moods."""
    columns = (PartRow.song, PartRow.summary, PartRow.duration_s, PartRow.level_db)
    known = SongSoundRow.select(SongSoundRow.song)
    query: Any = PartRow.select(*columns).where((PartRow.number == 0) & PartRow.song.not_in(known))
    for song_id, summary, duration_s, level_db in list(query.tuples()):
        save_sound(song_id, json.loads(summary), duration_s=duration_s, level_db=level_db)
    placed: Any = SongClusterRow.select(SongClusterRow.song, SongClusterRow.cluster)
    note_clusters(list(placed.tuples()))
    note_moods()


def note_clusters(placed: Sequence[tuple[int, int]]) -> None:
    """Say of each song, by its id, which cluster it is in; the others are in none, and moods are to be noted anew."""
    SongSoundRow.update(cluster=None, mood_key=None).execute()
    songs: dict[int, list[int]] = {}
    for song_id, cluster in placed:
        songs.setdefault(cluster, []).append(song_id)
    for cluster, members in songs.items():
        for start in range(0, len(members), _SONGS_PER_QUERY):
            some = SongSoundRow.song.in_(members[start : start + _SONGS_PER_QUERY])
            SongSoundRow.update(cluster=cluster).where(some).execute()


def note_moods() -> None:
    """Say of each song the mood that its cluster goes by at present."""
    SongSoundRow.update(mood_key=None).execute()
    for mood in MoodRow.select().where(MoodRow.cluster.is_null(False)):
        SongSoundRow.update(mood_key=mood.mood_key).where(SongSoundRow.cluster == mood.cluster).execute()


def _figures(summary: Mapping[str, float]) -> dict[str, float | None]:
    """The summary's figures by column; what harmonic sound leaves is percussive, and varies as much."""
    share, deviation = summary.get("harmonic_share_mean"), summary.get("harmonic_share_std")
    left = {"percussive_share_mean": None if share is None else 1.0 - share, "percussive_share_std": deviation}
    return {name: left.get(name, summary.get(name)) for name in ("tempo_bpm", *SOUND_FIGURES)}
