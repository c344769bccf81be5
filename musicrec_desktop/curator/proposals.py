"""The ten moods as first proposed: names in both languages, and how a group of that name would sound.

A profile says by how many standard deviations a cluster of that mood differs from the average cluster. The key of a
mood and its place in the table (the slot of its colour and mark) never change; the words may.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from musicrec_desktop.core.types import Mood

# In the order of the profiles below.
TRAITS = ("tempo", "brightness", "percussive", "onsets", "flatness", "dynamics", "harmony_spread", "loudness")


@dataclass(frozen=True, slots=True)
class Proposal:
    mood: Mood
    profile: Mapping[str, float]


def _proposal(
    slot: int, key: str, english: tuple[str, str, str], korean: tuple[str, str, str], *profile: float
) -> Proposal:
    """Each language gives short name, title, description; `profile` follows TRAITS."""
    mood = Mood(
        id=slot,
        key=key,
        name_ko=korean[1],
        name_en=english[1],
        short_ko=korean[0],
        short_en=english[0],
        description_ko=korean[2],
        description_en=english[2],
    )
    return Proposal(mood, dict(zip(TRAITS, profile, strict=True)))


PROPOSALS: tuple[Proposal, ...] = (
    _proposal(
        0,
        "bounce",
        ("Bounce", "Your hips knew | before you did", "Up-tempo, bright, kick on every beat"),
        ("들썩", "엉덩이가 먼저 | 눈치챈 노래 모음", "빠르고 밝아요. 킥이 박자마자 와요"),
        *(1.2, 1.0, 1.2, 1.0, 0.5, -0.5, 0.0, 0.8),
    ),
    _proposal(
        1,
        "drive",
        ("Drive", "Windows down, | sea on the right", "Wide chords, steady mid-tempo"),
        ("드라이브", "창문 다 내리고 | 달리는 해안도로", "넓은 화음, 꾸준한 중간 빠르기"),
        *(0.2, 0.2, 0.3, 0.2, 0.0, -0.8, 0.8, 0.5),
    ),
    _proposal(
        2,
        "arcade",
        ("Arcade", "Saved the world | for one coin", "Square waves, quick arpeggios"),
        ("오락실", "동전 하나로 | 세상을 구하던 오락실", "네모난 소리, 재빠른 아르페지오"),
        *(1.0, 1.5, 0.2, 1.2, 0.3, -0.5, -0.5, 0.3),
    ),
    _proposal(
        3,
        "boss",
        ("Boss", "One deep breath | at the last door", "Loud brass, drums that push"),
        ("결전", "마지막 문 앞에서 | 심호흡 한 번", "우렁찬 금관, 등을 미는 북소리"),
        *(0.4, 0.5, 0.8, 0.5, 0.8, 0.0, 0.5, 1.2),
    ),
    _proposal(
        4,
        "sunday",
        ("Sunday", "Sunday, as slow | as coffee cools", "Plucked strings, warm and unhurried"),
        ("일요일", "커피 식는 속도로 | 흐르는 일요일", "줄 뜯는 소리, 따뜻하고 느긋해요"),
        *(-0.4, -0.2, 0.0, 0.3, -0.5, 0.3, -0.4, -0.3),
    ),
    _proposal(
        5,
        "rain",
        ("Rain", "Back seat of the bus, | wet window", "Soft keys, few highs, gentle swing"),
        ("빗소리", "비 오는 날 | 버스 맨 뒷자리", "부드러운 건반, 낮은 소리가 많아요"),
        *(-0.2, -0.8, -0.4, -0.2, -0.6, 0.0, 0.0, -0.2),
    ),
    _proposal(
        6,
        "night",
        ("Night walk", "Missed the last train, | walking home", "Slow and deep, lots of empty space"),
        ("밤길", "막차 놓치고 | 걷는 밤길의 노래", "느리고 깊고, 빈자리가 많아요"),
        *(-1.0, -1.0, -0.2, -0.5, -0.3, 1.0, -0.5, -0.5),
    ),
    _proposal(
        7,
        "hush",
        ("Hush", "Lights off, blanket up, | volume low", "Hardly any beat, breathing pads"),
        ("이불 속", "불 끄고 이불 속에서 | 혼자 듣는 노래", "박자가 거의 없고 숨결만 있어요"),
        *(-0.5, -0.5, -1.2, -1.3, -0.8, -0.3, -0.2, -0.8),
    ),
    _proposal(
        8,
        "waltz",
        ("Waltz", "Last waltz in | an empty ballroom", "Strings in three, big swells"),
        ("왈츠", "아무도 없는 무도회의 | 마지막 왈츠", "세 박자 현악, 크게 부풀어 올라요"),
        *(-0.1, 0.1, -0.8, -0.5, -0.2, 1.0, 0.3, 0.0),
    ),
    _proposal(
        9,
        "fog",
        ("Fog", "Happily lost | in a foggy forest", "Dark drones, far-off bells"),
        ("안개", "안개 낀 숲에서 | 기꺼이 길 잃기", "어두운 울림, 멀리서 들리는 종소리"),
        *(-0.8, -1.0, -0.6, -1.0, 0.0, 0.4, 1.0, -1.0),
    ),
)
