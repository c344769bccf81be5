"""Ours against librosa and tslearn, as the doctor compares them; and what is said when they are apart or missing."""

from functools import partial

import pytest

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.checkup import Finding
from musicrec_desktop.doctor import references
from musicrec_desktop.doctor.against_librosa import FeatureComparison, compare_features, trial_sounds
from musicrec_desktop.doctor.against_tslearn import DtwComparison, compare_dtw
from musicrec_desktop.doctor.result import Result
from musicrec_desktop.doctor.round import Round
from musicrec_desktop.doctor.words import told
from tests.unit.doctor.children import give, miss, sleep


def words(result: Result) -> str:
    return told(Finding("", *result))


def test_the_features_are_librosas() -> None:
    (found,) = compare_features(trial_sounds())
    assert len(found.shares) == 10
    assert max(found.shares.values()) <= 1, found
    assert references.features_result(found)[0] == "ok"


def test_the_distances_are_tslearns() -> None:
    (found,) = compare_dtw()
    assert found.worst <= 1e-4
    assert (found.distances, found.paths, found.other_paths) == (36, 4, 0)


def test_what_is_apart_is_named() -> None:
    outcome, _ = result = references.features_result(FeatureComparison("0.11", 3, {"mfcc": 0.5, "chroma": 7.25}))
    assert outcome == "attention"
    assert "chroma, by 7.2 times" in words(result)
    assert references.dtw_result(DtwComparison("0.6", 36, 4, 0.001, 0))[0] == "attention"
    assert references.dtw_result(DtwComparison("0.6", 36, 4, 0.0, 1))[0] == "attention"


def test_a_library_that_is_missing_or_late_is_no_fault() -> None:
    with Round(token=CancelToken(), total_s=2.0) as here:
        here.begin("tslearn", miss)
        here.begin("librosa", sleep)
        assert references.tslearn(here)[0] == "skipped"
        assert "not installed" in words(references.tslearn(here))
        outcome, _ = result = references.librosa(here)
        assert outcome == "skipped"
        assert "not ready in time" in words(result)


def test_a_childs_comparison_arrives() -> None:
    with Round(token=CancelToken(), total_s=30.0) as here:
        here.begin("tslearn", partial(give, DtwComparison("0.6", 36, 4, 0.00002, 0)))
        here.begin("librosa", miss)
        assert "agree with tslearn 0.6; the largest difference is 0.000020." in words(references.tslearn(here))


@pytest.mark.parametrize("name", ["librosa", "tslearn"])
def test_results_are_facts(name: str) -> None:
    comparison = FeatureComparison("1", 3, {"mfcc": 0.1}) if name == "librosa" else DtwComparison("1", 1, 1, 0.0, 0)
    result = references.features_result if name == "librosa" else references.dtw_result
    assert result(comparison)[0] == "ok"  # type: ignore[operator]  # one function for each kind
