"""Names that can be traced to what was measured."""

import numpy as np
import pytest

from musicrec_desktop.curator.naming import PHRASES, assign, proposed, reasons, scene_for, untraced
from musicrec_desktop.curator.proposals import PROPOSALS, TRAITS
from tests.unit.curator.test_moods import KEYS

INSTRUMENTS = (
    "guitar",
    "string",
    "brass",
    "key",
    "pad",
    "bell",
    "drum",
    "kick",
    "기타",
    "현악",
    "금관",
    "건반",
    "종소리",
    "북",
)


def profile(**values: float) -> dict[str, float]:
    """A sound with nothing remarkable but what is given."""
    return {trait: values.get(trait, 0.0) for trait in TRAITS}


def test_ten_proposals_in_both_languages() -> None:
    assert [proposal.key for proposal in PROPOSALS] == KEYS
    assert [proposal.slot for proposal in PROPOSALS] == list(range(10))
    for scene in (scene for proposal in PROPOSALS for scene in proposal.scenes):
        assert any("가" <= letter <= "힣" for letter in scene.name_ko)
        assert scene.name_en.count("|") == scene.name_ko.count("|") == 1
        assert 10 <= sum("가" <= letter <= "힣" for letter in scene.name_ko) <= 18
        assert tuple(scene.profile) == TRAITS
        assert 2 <= len(scene.rests_on) <= 3
    assert set(PHRASES) == {(trait, sign) for trait in TRAITS for sign in (-1, 1)}


def test_clusters_that_sound_as_proposed_get_their_names() -> None:
    """Every proposal's own profile, a little blurred and in another order, finds its own key."""
    rng = np.random.default_rng(0)
    order = rng.permutation(10)
    profiles = {
        cluster: {t: value + 0.1 * rng.standard_normal() for t, value in PROPOSALS[slot].scenes[0].profile.items()}
        for cluster, slot in enumerate(order)
    }
    assert assign(profiles) == {PROPOSALS[slot].key: cluster for cluster, slot in enumerate(order)}


@pytest.mark.parametrize("seed", range(20))
def test_every_reason_has_the_sign_of_what_was_measured_and_of_what_the_title_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    profiles = {cluster: dict(zip(TRAITS, rng.normal(size=len(TRAITS)), strict=True)) for cluster in range(10)}
    by_key = {proposal.key: proposal for proposal in PROPOSALS}
    for key, cluster in assign(profiles).items():
        scene = scene_for(by_key[key], profiles[cluster])
        for one in reasons(scene, profiles[cluster]):
            assert one.value == profiles[cluster][one.trait]
            assert PHRASES[one.trait, int(np.sign(one.value))] == one.phrase
            if one.in_title:
                assert np.sign(one.value) == scene.rests_on[one.trait]


def test_a_title_that_is_not_borne_out_gives_way_to_one_that_is() -> None:
    sunday, night = (next(p for p in PROPOSALS if p.key == key) for key in ("sunday", "night"))
    slow, bright = profile(tempo=-1.0, harmony_spread=-0.6), profile(brightness=0.6, onsets=0.9, harmony_spread=-1.0)
    assert proposed(sunday, slow)[0].name_en == "Sunday, as slow | as coffee cools"
    mood, because = proposed(sunday, bright)
    assert mood.name_en == "Sunday morning, | every window open"
    assert {one.trait: one.in_title for one in because} == dict.fromkeys(
        ("brightness", "onsets", "harmony_spread"), True
    )
    assert untraced(scene_for(night, profile(tempo=1.0, loudness=-1.0, percussive=1.0)), profile(tempo=1.0)) == [
        "loudness",
        "percussive",
    ]


def test_a_cluster_nobody_would_call_slow_is_not_given_the_slow_scene() -> None:
    """Nearer by squared difference, but what the title says is not there."""
    fog = dict(next(p for p in PROPOSALS if p.key == "fog").scenes[0].profile)
    assert assign({0: fog})["fog"] == 0
    assert "fog" not in assign({0: fog | {"brightness": 0.4, "loudness": 0.4}})


def test_descriptions_say_what_was_measured_in_both_languages_and_no_instrument() -> None:
    mood, because = proposed(PROPOSALS[3], profile(loudness=1.6, onsets=1.3, harmony_spread=0.8, tempo=0.2))
    assert mood.description_en == "Loud, lively, wide chords"
    assert mood.description_ko == "소리가 크고 통통 튀어요. 화음이 넓어요"
    assert [(one.trait, one.value, one.in_title) for one in because] == [
        ("loudness", 1.6, True),
        ("onsets", 1.3, True),
        ("harmony_spread", 0.8, False),
    ]
    wide, _ = proposed(PROPOSALS[1], profile(harmony_spread=2.0, percussive=1.4, brightness=1.1))
    assert wide.description_en == "Bright, wide chords, clear beats"
    assert wide.description_ko == "밝고 화음이 넓어요. 박자가 또렷해요"
    for proposal in PROPOSALS:
        mood, _ = proposed(proposal, None)
        assert mood.description_ko.endswith("요")
        assert not any(word in mood.description_en.lower() + mood.description_ko for word in INSTRUMENTS)


def test_of_an_average_sound_nothing_is_claimed() -> None:
    mood, because = proposed(PROPOSALS[0], profile())
    assert because == []
    assert (mood.description_en, mood.description_ko) == ("Nothing stands out", "두드러지는 것이 없어요")
