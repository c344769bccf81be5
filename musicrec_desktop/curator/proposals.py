"""The ten moods as proposed: scenes in both languages, and how a group of songs of that scene would sound.

A profile says by how many standard deviations a cluster of that mood differs from the average cluster. The key of a
mood and its place in the table (the slot of its colour and mark) never change; the words may. Where a slot has more
than one scene, the one that the measured sound bears out is taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# In the order of the profiles below.
TRAITS = ("tempo", "brightness", "percussive", "onsets", "flatness", "dynamics", "harmony_spread", "loudness")


@dataclass(frozen=True, slots=True)
class Scene:
    """A short name and a title; `profile` is how its songs would sound, `rests_on` the signs it cannot do without."""

    short_en: str
    name_en: str
    short_ko: str
    name_ko: str
    profile: Mapping[str, float]
    rests_on: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One of the ten moods; its first scene is the one it has without any songs."""

    slot: int
    key: str
    scenes: tuple[Scene, ...]


def _scene(english: tuple[str, str], korean: tuple[str, str], profile: tuple[float, ...], rests_on: str) -> Scene:
    """Each language gives short name and title; `profile` follows TRAITS; `rests_on` names traits with their signs."""
    signs = {word[1:]: 1 if word[0] == "+" else -1 for word in rests_on.split()}
    return Scene(*english, *korean, dict(zip(TRAITS, profile, strict=True)), signs)


PROPOSALS: tuple[Proposal, ...] = (
    Proposal(
        0,
        "bounce",
        (
            _scene(
                ("Bounce", "Your hips knew | before you did"),
                ("들썩", "엉덩이가 먼저 | 눈치챈 노래 모음"),
                (1.2, 1.0, 1.2, 1.0, 0.5, -0.5, 0.0, 0.8),
                "+loudness +brightness +onsets",
            ),
        ),
    ),
    Proposal(
        1,
        "drive",
        (
            _scene(
                ("Drive", "Windows down, | sea on the right"),
                ("드라이브", "창문 다 내리고 | 달리는 해안도로"),
                (0.2, 0.2, 0.3, 0.2, 0.0, -0.8, 0.8, 0.5),
                "+harmony_spread +percussive +brightness",
            ),
        ),
    ),
    Proposal(
        2,
        "arcade",
        (
            _scene(
                ("Arcade", "Saved the world | for one coin"),
                ("오락실", "동전 하나로 | 세상을 구하던 오락실"),
                (1.0, 1.5, 0.2, 1.2, 0.3, -0.5, -0.5, 0.3),
                "+tempo +brightness +onsets",
            ),
        ),
    ),
    Proposal(
        3,
        "boss",
        (
            _scene(
                ("Boss", "One deep breath | at the last door"),
                ("결전", "마지막 문 앞에서 | 심호흡 한 번"),
                (0.4, 0.5, 0.8, 0.5, 0.8, 0.0, 0.5, 1.2),
                "+loudness +onsets",
            ),
        ),
    ),
    Proposal(
        4,
        "sunday",
        (
            _scene(
                ("Sunday", "Sunday, as slow | as coffee cools"),
                ("일요일", "커피 식는 속도로 | 흐르는 일요일"),
                (-0.4, -0.2, 0.0, 0.3, -0.5, 0.3, -0.4, -0.3),
                "-tempo -harmony_spread",
            ),
            _scene(
                ("Sunday", "Sunday morning, | every window open"),
                ("일요일", "창문 활짝 열고 | 맞는 일요일 아침"),
                (0.0, 0.4, 0.0, 0.5, -0.2, 0.0, -0.6, -0.2),
                "+brightness +onsets -harmony_spread",
            ),
        ),
    ),
    Proposal(
        5,
        "rain",
        (
            _scene(
                ("Rain", "Back seat of the bus, | wet window"),
                ("빗소리", "비 오는 날 | 버스 맨 뒷자리"),
                (-0.2, -0.8, -0.4, -0.2, -0.6, 0.0, 0.0, -0.2),
                "-brightness -flatness -onsets",
            ),
        ),
    ),
    Proposal(
        6,
        "night",
        (
            _scene(
                ("Night walk", "Missed the last train, | walking home"),
                ("밤길", "막차 놓치고 | 걷는 밤길의 노래"),
                (-1.0, -1.0, -0.2, -0.5, -0.3, 1.0, -0.5, -0.5),
                "-tempo -brightness",
            ),
            _scene(
                ("Night walk", "Quick steps home, | the street asleep"),
                ("밤길", "잠든 골목을 | 잰걸음으로 걷는 밤"),
                (0.8, -0.6, 0.6, 0.2, 0.2, 0.6, -0.4, -1.0),
                "+tempo -loudness +percussive",
            ),
        ),
    ),
    Proposal(
        7,
        "hush",
        (
            _scene(
                ("Hush", "Lights off, blanket up, | volume low"),
                ("이불 속", "불 끄고 이불 속에서 | 혼자 듣는 노래"),
                (-0.5, -0.5, -1.2, -1.3, -0.8, -0.3, -0.2, -0.8),
                "-percussive -onsets -loudness",
            ),
        ),
    ),
    Proposal(
        8,
        "waltz",
        (
            _scene(
                ("Waltz", "Last waltz in | an empty ballroom"),
                ("왈츠", "아무도 없는 무도회의 | 마지막 왈츠"),
                (-0.1, 0.1, -0.8, -0.5, -0.2, 1.0, 0.3, 0.0),
                "+dynamics -percussive",
            ),
            _scene(
                ("Ballroom", "The whole ballroom | on its feet"),
                ("무도회", "온 무도회장이 | 발을 구르는 밤"),
                (0.0, 0.4, 0.4, 0.0, 0.3, 1.2, 0.8, 0.2),
                "+dynamics +harmony_spread +percussive",
            ),
        ),
    ),
    Proposal(
        9,
        "fog",
        (
            _scene(
                ("Fog", "Happily lost | in a foggy forest"),
                ("안개", "안개 낀 숲에서 | 기꺼이 길 잃기"),
                (-0.8, -1.0, -0.6, -1.0, 0.0, 0.4, 1.0, -1.0),
                "-onsets -brightness -loudness",
            ),
        ),
    ),
)
