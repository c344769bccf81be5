"""What the bench of likeness counts, and the ways it stands the program beside."""

from pathlib import Path

import numpy as np
import pytest

from bench import families, first_publication, likeness, likeness_peers
from bench.quality import Take
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Floats
from musicrec_desktop.engine.calibration import Calibration
from musicrec_desktop.features.statistics import GROUPS, N_STATISTICS
from tests.fakes import FakeClassifier

SPEC = FeatureSpec()
ROWS = [
    {"artist": "Ann", "album": "One"},
    {"artist": "ANN ", "album": "Two"},
    {"artist": "Ann", "album": ""},
    {"artist": "", "album": ""},
    {"artist": "Ben", "album": "One"},
    {"artist": "", "album": "Three"},
]
KIN = likeness.kin_of(ROWS)


def take(song: int, *, own_part: bool, microphone: bool) -> Take:
    silence = Excerpt.from_samples(np.zeros(10), 44100)
    return Take(song, own_part, microphone, (song, own_part, 0), 0.0, silence)


def takes_of(*songs: int) -> list[Take]:
    flags = [(own, mic) for own in (True, False) for mic in (False, True)]
    return [take(song, own_part=own, microphone=mic) for song in songs for own, mic in flags]


def test_kin_share_a_name_however_it_is_written_and_an_empty_name_is_nobodys() -> None:
    assert KIN["artist"] == [{1, 2}, {0, 2}, {0, 1}, set(), set(), set()]
    assert KIN["album"] == [{4}, set(), set(), set(), {0}, set()]


def test_two_lists_agree_in_what_both_have_among_their_first_ten() -> None:
    assert likeness.agreement(list(range(10)), list(range(9, -1, -1))) == 1
    assert likeness.agreement(list(range(20)), list(range(5, 25))) == 0.5
    assert likeness.agreement([1, 2], [1, 2, 3, 4]) == 0.5
    assert likeness.agreement([], []) == 0


def test_kin_count_among_the_first_five_without_the_song_itself() -> None:
    assert likeness.kindred([0, 1, 3, 4, 5, 2], 0, {1, 2}) == pytest.approx(0.4)
    assert likeness.kindred([1, 3, 4, 5, 6, 2], 0, {1, 2}) == pytest.approx(0.2)
    assert likeness.kindred([1, 2], 0, {1, 2}) == pytest.approx(0.4)
    assert likeness.kindred([], 0, {1, 2}) == 0


def test_figures_of_a_known_set_of_answers() -> None:
    takes = takes_of(0, 4)
    orders = [[0, 1, 2, 3, 4, 5], [1, 0, 2, 3, 4, 5], [0, 1], [5, 4, 3, 2, 1, 0]] * 2
    found = likeness.figures(takes, orders, KIN)
    assert found["same recording first, clean"] == (0.5, 2)
    assert found["same recording first, mic"] == (0.0, 2)
    assert found["other part first, clean"] == (0.5, 2)
    assert found["other part in five, mic"] == (0.5, 2)
    assert found["same artist in five, clean"] == (pytest.approx((0.4 + 0.2) / 2), 2)
    assert found["same album in five, clean"][1] == 4
    assert found["ten songs alike, clean and mic"] == (pytest.approx((1 + 2 / 6) / 2), 4)


def test_chance_is_what_songs_in_random_order_reach() -> None:
    takes = takes_of(0, 1, 4)
    expected = likeness.chance(takes, len(ROWS), KIN)
    rng = np.random.default_rng(0)
    drawn = [likeness.figures(takes, [rng.permutation(len(ROWS)).tolist() for _ in takes], KIN) for _ in range(400)]
    assert set(expected) == set(drawn[0])
    for name in drawn[0]:
        assert expected[name][0] == pytest.approx(np.mean([each[name][0] for each in drawn]), abs=0.05), name


def test_what_was_found_is_kept_for_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "ours.json"
    assert likeness.kept(path, lambda: {"ours": [[1, 2]]}) == {"ours": [[1, 2]]}
    assert likeness.kept(path, lambda: {"ours": [[9]]}) == {"ours": [[1, 2]]}


def test_nothing_is_better_than_what_is_possible() -> None:
    takes = takes_of(0, 1, 4)
    ideal = [[t.song, *KIN["artist"][t.song], *KIN["album"][t.song]] for t in takes]
    found, most = likeness.figures(takes, ideal, KIN), likeness.at_most(takes, KIN)
    assert all(found[name][0] == pytest.approx(most[name][0]) for name in found)


def test_peers_put_the_nearest_first_and_keep_equal_ones_as_they_stand() -> None:
    songs = np.array([[3, 0], [1, 1], [0, 2], [1, 1]], dtype=np.float32)
    assert likeness_peers.nearest_first(np.array([1, 1], dtype=np.float32), songs) == [1, 3, 2, 0]
    assert likeness_peers.by_cosine(np.array([9, 0], dtype=np.float32), songs) == [0, 1, 3, 2]
    assert likeness_peers.by_cosine(np.zeros(2, dtype=np.float32), songs) == [0, 1, 2, 3]


def song(seed: int, *, seconds: float = 9.0) -> Excerpt:
    """Tones that follow one another, another tune for every seed."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(0.25 * SPEC.sr)) / SPEC.sr
    notes = [np.sin(2 * np.pi * hz * t) * np.exp(-3 * t) for hz in rng.uniform(150, 3000, round(4 * seconds))]
    return Excerpt.from_samples(0.3 * np.concatenate(notes), SPEC.sr)


def test_the_first_publication_looks_into_one_cluster_alone_and_finds_the_song_there() -> None:
    songs = [song(seed, seconds=7.0) for seed in range(8)]
    pipeline = first_publication.opened(songs, SPEC, seed=1)
    order = pipeline.order(first_publication.heard(songs[5].part(1.0, 6.0), SPEC))
    assert {int(pipeline.clusters[each]) for each in order} == {int(pipeline.clusters[order[0]])}
    assert sorted(order) == np.flatnonzero(pipeline.clusters == pipeline.clusters[order[0]]).tolist()
    inside = pipeline.clusters[5] == pipeline.clusters[order[0]]
    assert order[:1] == [5] if inside else 5 not in order


def test_a_song_shorter_than_a_take_is_compared_all_the_same() -> None:
    short = np.random.default_rng(1).normal(size=(40, 12)).astype(np.float32)
    stretches = first_publication.windows(short, 63)
    assert stretches.shape == (1, 40, 12)
    assert first_publication.nearest(np.concatenate([short, short]), stretches) == pytest.approx(0, abs=1e-3)


def test_told_apart_is_half_by_chance_and_equal_ones_count_by_half() -> None:
    distances = np.array([0.5, 0.1, 0.9, 0.5], dtype=np.float32)
    assert families.told_apart(distances, 1) == 1
    assert families.told_apart(distances, 2) == 0
    assert families.told_apart(distances, 0) == 0.5
    assert [families.place(distances, own) for own in range(4)] == [3, 1, 4, 3]


def test_a_neutralised_model_hears_no_difference_in_that_kind_and_all_others() -> None:
    model = FakeClassifier(n_statistics=N_STATISTICS)
    a = np.random.default_rng(0).normal(size=(2, N_STATISTICS)).astype(np.float32)
    b, c = a.copy(), a.copy()
    b[:, GROUPS["flow"]] += 1
    c[:, GROUPS["timbre"]] += 1
    deaf = families.Neutralised(model, "movement", families.STATISTICS["movement"])
    kept: Floats = a.copy()
    assert np.array_equal(deaf.run(a)[0], deaf.run(b)[0])
    assert not np.allclose(deaf.run(a)[0], deaf.run(c)[0])
    assert np.array_equal(a, kept)
    assert deaf.model_id != model.model_id
    assert isinstance(deaf.calibration, Calibration)


def test_every_group_of_statistics_belongs_to_one_kind() -> None:
    groups = [group for each in families.STATISTICS.values() for group in each]
    assert sorted(groups) == sorted(GROUPS)


def test_the_table_has_a_column_for_every_way_and_gaps_where_nothing_was_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    likeness.show("title", {"ours": {"first": (0.5, 4), "more": (1.0, 2)}, "theirs": {"first": (0.25, 4)}})
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line]
    assert lines == [["title", "ours", "theirs", "takes"], ["first", "0.500", "0.250", "4"], ["more", "1.000", "2"]]
