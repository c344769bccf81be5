"""The list of songs: style by style, each with its number, title and artist."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.compose.exact import Dice
from tools.compose.mix import rendered
from tools.compose.sketch import Style, Take
from tools.compose.styles.arcade import arcade
from tools.compose.styles.coast import coast
from tools.compose.styles.dance import dance
from tools.compose.styles.fog import fog
from tools.compose.styles.hush import hush
from tools.compose.styles.march import march
from tools.compose.styles.night import night
from tools.compose.styles.rain import rain
from tools.compose.styles.sunday import sunday
from tools.compose.styles.waltz import waltz

ALBUM = "MusicRec 데모 · Demonstration"
EACH = 7  # songs of a style
STYLES: dict[str, Style] = {
    "dance": dance,
    "coast": coast,
    "arcade": arcade,
    "march": march,
    "sunday": sunday,
    "rain": rain,
    "night": night,
    "hush": hush,
    "waltz": waltz,
    "fog": fog,
}
# Invented, each marked as what it is. One per style would give the styles away, so there are two.
ARTISTS: dict[str, tuple[str, str]] = {
    "dance": ("데모 롤러장", "Demo Mirrorball"),
    "coast": ("데모 해안도로", "Demo Convertible"),
    "arcade": ("데모 오락실", "Demo Joystick"),
    "march": ("데모 취주악단", "Demo Last Door"),
    "sunday": ("데모 늦잠", "Demo Slow Coffee"),
    "rain": ("데모 우산 둘", "Demo Window Seat"),
    "night": ("데모 막차", "Demo Streetlamp"),
    "hush": ("데모 이불 속", "Demo Night Light"),
    "waltz": ("데모 빈 무도회장", "Demo Ballroom"),
    "fog": ("데모 안개숲", "Demo Far Bells"),
}
TITLES: dict[str, tuple[str, ...]] = {
    "dance": (
        "롤러장 금요일",
        "Mirrorball Season",
        "네온 Weekend",
        "Sugar on the Floor",
        "발끝부터 번쩍",
        "Elevator to Summer",
        "한 번만 더 Encore",
    ),
    "coast": (
        "창문 다 내리고",
        "Left Hand to the Sea",
        "갈매기 Radio",
        "Salt on the Dashboard",
        "파도가 보이는 휴게소",
        "Long Way Round",
        "여름 끝 국도",
    ),
    "arcade": (
        "동전 하나",
        "Level Select",
        "보너스 Stage",
        "Pixel Picnic",
        "점프 다음 점프",
        "Coin Slot Parade",
        "최고 점수",
    ),
    "march": (
        "마지막 문",
        "Iron Stair",
        "깃발 아래 March",
        "Dragon on the Bridge",
        "북소리가 오른다",
        "The Door Opens",
        "여명 돌격",
    ),
    "sunday": (
        "커피가 식는 동안",
        "Porch Light Left On",
        "늦은 아침 Sunday",
        "Bread in the Oven",
        "고양이와 햇볕",
        "Slippers All Day",
        "느린 산책",
    ),
    "rain": (
        "젖은 창가 자리",
        "Umbrella for Two",
        "버스 뒷자리 Tape",
        "Puddle Mirror",
        "빗소리 공책",
        "Drizzle at Eleven",
        "장마의 끝",
    ),
    "night": (
        "막차를 놓치고",
        "Empty Crossing",
        "가로등 Counting",
        "Two Streets Home",
        "새벽 두 시의 골목",
        "Keys in the Pocket",
        "밤의 편의점",
    ),
    "hush": (
        "불 끄고 이불 속",
        "Volume Low",
        "숨소리 Pillow",
        "Snow Without Wind",
        "아주 작은 자장가",
        "Blanket Harbor",
        "별이 조는 시간",
    ),
    "waltz": (
        "빈 무도회장",
        "Last Dance, Slow Bow",
        "샹들리에 Waltz",
        "Moth and Candle",
        "세 걸음의 편지",
        "Ballroom in Winter",
        "은빛 구두",
    ),
    "fog": (
        "안개 숲",
        "Bells Across the Lake",
        "잿빛 Harbor",
        "Lanterns Going Out",
        "길이 사라진 곳",
        "Moss Cathedral",
        "먼 종소리",
    ),
}


@dataclass(frozen=True, slots=True)
class Song:
    """One song of the catalogue. `seed` is all that chance in it comes from."""

    style: str
    number: int  # within its style, from 0
    seed: int
    title: str
    artist: str

    @property
    def name(self) -> str:
        """Of its file, without the ending."""
        return f"{self.style}-{self.number + 1}"

    def pcm(self) -> NDArray[np.int16]:
        """Rendered: (n, 2) at 48 kHz."""
        piece = STYLES[self.style](Take(self.number, Dice(self.seed, 1)))
        return rendered(piece, self.seed)


def songs() -> list[Song]:
    """All of them, in the order of the catalogue."""
    return [
        Song(style, number, 1000 * (place + 1) + number, TITLES[style][number], ARTISTS[style][number % 2])
        for place, style in enumerate(STYLES)
        for number in range(EACH)
    ]
