"""From a cluster's measured sound to a name that can be traced to it, and to the words that describe it.

A scene's title rests on two or three traits. It is taken for a cluster only where those are measured with the right
sign; the description says nothing but what was measured, and never names an instrument: nobody has listened yet.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from musicrec_desktop.core.types import Mood
from musicrec_desktop.curator.proposals import PROPOSALS, TRAITS, Proposal, Scene

Profile = Mapping[str, float]

NOTICEABLE = 0.3  # standard deviations from the average cluster that a name may rest on
UNTRACED = 6.0  # what a trait that does not bear a scene out adds to the squared difference
MOST_REASONS = 3


class Phrase(NamedTuple):
    """A trait above or below the average, as the ear notices it; Korean in the middle and at the end of a sentence."""

    english: str
    korean_and: str
    korean: str


PHRASES: dict[tuple[str, int], Phrase] = {
    ("tempo", 1): Phrase("fast", "빠르고", "빨라요"),
    ("tempo", -1): Phrase("slow", "느리고", "느려요"),
    ("brightness", 1): Phrase("bright", "밝고", "밝아요"),
    ("brightness", -1): Phrase("dark", "어둡고", "어두워요"),
    ("percussive", 1): Phrase("clear beats", "박자가 또렷하고", "박자가 또렷해요"),
    ("percussive", -1): Phrase("hardly any beat", "박자가 거의 없고", "박자가 거의 없어요"),
    ("onsets", 1): Phrase("lively", "통통 튀고", "통통 튀어요"),
    ("onsets", -1): Phrase("soft-edged", "소리가 천천히 번지고", "소리가 천천히 번져요"),
    ("flatness", 1): Phrase("grainy", "소리가 거칠고", "소리가 거칠어요"),
    ("flatness", -1): Phrase("clear-toned", "소리가 맑고", "소리가 맑아요"),
    ("dynamics", 1): Phrase("big swells", "크게 부풀고", "크게 부풀어 올라요"),
    ("dynamics", -1): Phrase("evenly loud", "크기가 한결같고", "크기가 한결같아요"),
    ("harmony_spread", 1): Phrase("wide chords", "화음이 넓고", "화음이 넓어요"),
    ("harmony_spread", -1): Phrase("few notes", "쓰는 음이 적고", "쓰는 음이 적어요"),
    ("loudness", 1): Phrase("loud", "소리가 크고", "소리가 커요"),
    ("loudness", -1): Phrase("quiet", "조용하고", "조용해요"),
}


class Because(NamedTuple):
    """One value of the profile that made a name or its description."""

    trait: str
    value: float
    in_title: bool  # whether the title itself rests on it

    @property
    def phrase(self) -> Phrase:
        return PHRASES[self.trait, 1 if self.value > 0 else -1]


def untraced(scene: Scene, profile: Profile) -> list[str]:
    """The traits a scene's title rests on that the profile does not bear out; none when it can be traced."""
    return [trait for trait, sign in scene.rests_on.items() if sign * profile[trait] < NOTICEABLE]


def scene_for(proposal: Proposal, profile: Profile) -> Scene:
    """Of a mood's scenes the one that fits the profile best."""
    return min(proposal.scenes, key=lambda scene: _cost(scene, profile))


def assign(profiles: Mapping[int, Profile]) -> dict[str, int]:
    """Mood key -> cluster, the assignment of the smallest total cost; at most ten clusters.

    The cost is the squared difference between expected and measured profile, and more where a title is not borne out.
    """
    clusters = sorted(profiles)
    if len(clusters) > len(PROPOSALS):
        raise ValueError(f"{len(clusters)} clusters, {len(PROPOSALS)} moods")
    cost = [[min(_cost(s, profiles[c]) for s in proposal.scenes) for proposal in PROPOSALS] for c in clusters]
    rows, columns = linear_sum_assignment(np.array(cost))
    return {PROPOSALS[column].key: clusters[row] for row, column in zip(rows, columns, strict=True)}


def reasons(scene: Scene, profile: Profile) -> list[Because]:
    """Two or three values: those the title rests on, the strongest first, then what is most remarkable beside them."""
    kept = [trait for trait in scene.rests_on if trait not in untraced(scene, profile)]
    titled = sorted(kept, key=lambda trait: -abs(profile[trait]))
    others = sorted((t for t in TRAITS if t not in scene.rests_on), key=lambda trait: -abs(profile[trait]))
    chosen = [*titled, *(t for t in others if abs(profile[t]) >= NOTICEABLE)][:MOST_REASONS]
    return [Because(trait, profile[trait], trait in titled) for trait in chosen]


def proposed(proposal: Proposal, profile: Profile | None) -> tuple[Mood, list[Because]]:
    """The words for a mood, and what made them; a mood without songs is described as its scene would sound."""
    scene = proposal.scenes[0] if profile is None else scene_for(proposal, profile)
    because = reasons(scene, scene.profile if profile is None else profile)
    mood = Mood(
        id=proposal.slot,
        key=proposal.key,
        name_ko=scene.name_ko,
        name_en=scene.name_en,
        short_ko=scene.short_ko,
        short_en=scene.short_en,
        description_ko=korean(because),
        description_en=english(because),
    )
    return mood, [] if profile is None else because


def english(because: list[Because]) -> str:
    """One line, single words first, like "Bright, wide chords, clear beats"."""
    phrases = sorted((one.phrase.english for one in because), key=lambda phrase: len(phrase.split()))
    line = ", ".join(phrases)
    return line[:1].upper() + line[1:] or "Nothing stands out"


def korean(because: list[Because]) -> str:
    """Two short sentences, the shortest words first, like "밝고 화음이 넓어요. 박자가 또렷해요"."""
    if not because:
        return "두드러지는 것이 없어요"
    first, *others = sorted((one.phrase for one in because), key=lambda phrase: len(phrase.korean))
    if not others:
        return first.korean
    return ". ".join([f"{first.korean_and} {others[0].korean}", *(phrase.korean for phrase in others[1:])])


def _cost(scene: Scene, profile: Profile) -> float:
    difference = sum((profile[trait] - scene.profile[trait]) ** 2 for trait in TRAITS)
    return float(difference) + UNTRACED * len(untraced(scene, profile))
