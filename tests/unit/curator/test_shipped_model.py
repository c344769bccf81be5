"""The model in `models/`: what its card says was measured, held against what is asked of it."""

import json
from typing import Any

import pytest

from musicrec_desktop.core import paths

ASKED = {("clean", "network"): 0.99, ("clean", "xgboost"): 0.98, ("mic", "network"): 0.92, ("mic", "xgboost"): 0.92}


@pytest.fixture(scope="module")
def card() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((paths.program_root() / "models" / "mood.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("channel", "classifier"), list(ASKED))
def test_moods_of_catalogued_songs_are_told(card: dict[str, Any], channel: str, classifier: str) -> None:
    measured = card["figures"]["moods"]["catalogued"][channel][classifier]
    assert measured["takes"] >= 400
    assert measured["accuracy"] >= ASKED[channel, classifier]


def test_the_network_is_sure_where_it_is_right(card: dict[str, Any]) -> None:
    assert card["figures"]["moods"]["catalogued"]["clean"]["network"]["log_loss"] <= 0.05


@pytest.mark.parametrize("situation", ["other_part", "left_out"])
def test_what_a_listener_meets_stands_beside_it(card: dict[str, Any], situation: str) -> None:
    measured = card["figures"]["moods"][situation]
    assert all(measured[channel][classifier]["takes"] > 0 for channel, classifier in ASKED)


def test_eight_moods_hold_a_twentieth_of_the_songs_each(card: dict[str, Any]) -> None:
    sizes = card["figures"]["clusters"]["sizes"]
    assert sum(size >= 0.05 * sum(sizes) for size in sizes) >= 8


def test_another_seed_makes_the_same_moods(card: dict[str, Any]) -> None:
    assert card["figures"]["clusters"]["stability"] >= 0.7


def test_every_name_says_what_made_it(card: dict[str, Any]) -> None:
    assert all(2 <= len(mood["because"]) <= 3 for mood in card["moods"] if not mood["hidden"])
    assert all(abs(reason["value"]) >= 0.3 for mood in card["moods"] for reason in mood["because"])
