"""How long does a search take among many titles, and is the right song first after a slip?

    python -m bench.search [--songs 100000] [--json FILE]

Makes a catalogue of invented titles, artists and albums, half Korean, half English (seeded), and prints, for each kind
of query, the median and the 95th percentile in milliseconds; then how often the song that was meant comes first.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import apsw
import numpy as np

from musicrec_desktop.catalogue import hangul
from musicrec_desktop.catalogue.search_index import search_text
from musicrec_desktop.catalogue.store import CatalogueStore

SEED, QUERIES, LIMIT = 5, 60, 60
COLUMNS = """id, track_id, path, size, mtime_ns, content_hash, title, artist, album, duration_s, level_db, source,
fingerprint, summary, sound_print, added_s"""
_KOREAN = """
봄 봄날 여름 가을 겨울 밤 밤편지 새벽 아침 하루 오늘 내일 어제 사랑 사랑해 이별 눈물 눈 비 바람 별 달
하늘 바다 강 산 꽃 나무 길 거리 도시 서울 제주 기차 버스 창문 편지 전화 약속 기억 추억 꿈 노래 춤 소리
마음 가슴 손 얼굴 눈빛 미소 그대 너 나 우리 친구 엄마 아빠 소년 소녀 방탄 나라 시간 순간 영원 처음
마지막 다시 아직 이제 그리움 외로움 고백 위로 안녕 괜찮아 보고싶다 좋은날 첫눈 벚꽃 엔딩 청춘 낙엽 불꽃 그림자
"""
_ENGLISH = """
love night day rain moon star river blue red gold fire ice heart dream dance song summer winter spring autumn
road home city light dark shadow wild young forever never always again tonight tomorrow yesterday angel ghost
king queen black white silver stone glass paper train plane ocean island mountain garden flower bird wolf tiger
electric velvet crystal broken lonely happy crazy sweet bitter slow fast high low deep little big the a of in
to my your me
"""
KOREAN, ENGLISH = _KOREAN.split(), _ENGLISH.split()
SYLLABLES = "가나다라마바사아자차카타파하민지수현우진영호윤서연준성은정태경훈석희주원빈솔봄별결온유단율"
VOWELS = "aeiou"
Names = tuple[str, str, str]
Figures = tuple[float, ...]  # milliseconds: median, 95th percentile, and that of the processor's time


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of query: what to type for a song, or None where it does not suit the song."""

    name: str
    query: Callable[[Names, random.Random], str | None]


def songs(n: int, chance: random.Random) -> list[Names]:
    artists = [(_korean_name(chance), _english_name(chance))[i % 2] for i in range(max(1, n // 12))]
    return [_song(chance.choice(artists), chance) for _ in range(n)]


def _song(artist: str, chance: random.Random) -> Names:
    def words() -> str:
        korean = chance.random() < 0.5
        count = chance.choice((1, 2, 2, 3, 3, 4, 5))
        said = [_word(korean, chance) for _ in range(count)]
        return " ".join(said) if korean else " ".join(said).title()

    return words(), artist, words()


def _word(korean: bool, chance: random.Random) -> str:
    """A word of the language, or, one time in three, an invented one."""
    if chance.random() < 0.67:
        return chance.choice(KOREAN if korean else ENGLISH)
    return _korean_name(chance) if korean else _english_name(chance).lower()


def _korean_name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 5)))


def _english_name(chance: random.Random) -> str:
    letters = (chance.choice("bcdfghklmnprstvw") + chance.choice(VOWELS) for _ in range(chance.randint(2, 4)))
    return "".join(letters).title()


def catalogue(path: Path, named: list[Names]) -> None:
    """A catalogue file with these names and empty sounds."""
    CatalogueStore(path, fingerprint="bench").close()
    connection = apsw.Connection(str(path))
    marks = ",".join("?" * len(COLUMNS.split(",")))
    with connection:
        for i, names in enumerate(named):
            values = (i, f"t{i}", f"/m/{i}", 1, 1, f"c{i}", *names, 200.0, -20.0, "own", "bench", "{}", b"", 0.0)
            connection.execute(f"INSERT INTO track_rows ({COLUMNS}) VALUES ({marks})", values)
            connection.execute("INSERT INTO search VALUES (?, 1, ?)", (i, search_text(*names)))
        connection.execute("UPDATE facts SET value = 1 WHERE key = 'generation'")
    connection.close()


# What is typed


def _hangul(names: Names) -> str | None:
    word = max(names[0].split(), key=len)
    return word if len(word) > 1 and all(hangul.parts(sign) for sign in word) else None


def syllables(n: int) -> Callable[[Names, random.Random], str | None]:
    def query(names: Names, chance: random.Random) -> str | None:
        word = _hangul(names)
        at = chance.randint(0, max(0, len(word or "") - n))
        return word[at : at + n] if word and len(word) >= n else None

    return query


def first_sounds(n: int) -> Callable[[Names, random.Random], str | None]:
    def query(names: Names, chance: random.Random) -> str | None:
        word = _hangul((names[0].replace(" ", ""), "", ""))
        return hangul.initials(word)[:n] if word and len(word) >= n else None

    return query


def latin(n: int) -> Callable[[Names, random.Random], str | None]:
    def query(names: Names, chance: random.Random) -> str | None:
        return names[0][:n] if names[0].isascii() and len(names[0].split()[0]) >= n else None

    return query


def slip(names: Names, chance: random.Random) -> str | None:
    """One key of the whole title wrong, missing, doubled or exchanged with the next."""
    keys = [key for sign in names[0] for key in hangul.keys(sign)]
    if len(keys) < 6:
        return None
    at = chance.randrange(len(keys) - 1)
    match chance.randrange(4):
        case 0:
            keys[at] = (
                chance.choice("ㄱㄴㅅㅇㅈ") if keys[at] in hangul.INITIALS else "ㅓ" if ord(keys[at]) > 999 else "q"
            )
        case 1:
            del keys[at]
        case 2:
            keys.insert(at, keys[at])
        case 3:
            keys[at], keys[at + 1] = keys[at + 1], keys[at]
    return hangul.composed("".join(keys))


def other_layout(names: Names, chance: random.Random) -> str | None:
    return hangul.other_layout(_hangul(names) or "")


def phrase(names: Names, chance: random.Random) -> str | None:
    return f"{names[0]} {names[1]}" if len(names[0].split()) >= 3 else None


def nothing(names: Names, chance: random.Random) -> str | None:
    return (
        "".join(chance.choice("qxzjkv") for _ in range(9)) + " " + "".join(chance.choice("뷁쀍홻뜷") for _ in range(4))
    )


KINDS = (
    Kind("1 syllable", syllables(1)),
    Kind("2 syllables", syllables(2)),
    Kind("1 initial", first_sounds(1)),
    Kind("2 initials", first_sounds(2)),
    Kind("4 initials", first_sounds(4)),
    Kind("1 Latin letter", latin(1)),
    Kind("2 Latin letters", latin(2)),
    Kind("5 Latin letters", latin(5)),
    Kind("title and artist", phrase),
    Kind("long phrase", lambda names, chance: " ".join((*names, *names)) * 3),
    Kind("one slip", slip),
    Kind("other layout", other_layout),
    Kind("none", nothing),
)


# What comes out


def queries(kind: Kind, named: list[Names], chance: random.Random) -> list[tuple[Names, str]]:
    found: list[tuple[Names, str]] = []
    while len(found) < QUERIES:
        names = chance.choice(named)
        text = kind.query(names, chance)
        if text:
            found.append((names, text))
    return found


def milliseconds(ask: Callable[[str], object], texts: list[str]) -> np.ndarray:
    """Wall time and processor time of each question, (n, 2)."""
    times = np.empty((len(texts), 2))
    for i, text in enumerate(texts):
        began, worked = time.perf_counter(), time.thread_time()
        ask(text)
        times[i] = 1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - worked)
    return times


def spread(times: np.ndarray) -> Figures:
    """Median and 95th percentile, and the latter of the processor's time: what other programs take is left out."""
    return (*(float(np.percentile(times[:, 0], share)) for share in (50, 95)), float(np.percentile(times[:, 1], 95)))


def speed(store: CatalogueStore, named: list[Names]) -> dict[str, Figures]:
    """In milliseconds, for each kind of query."""
    chance = random.Random(SEED)
    figures = {}
    for kind in KINDS:
        texts = [text for _, text in queries(kind, named, chance)]
        times = milliseconds(lambda text: store.search(text, LIMIT), texts)
        figures[kind.name] = spread(times)
        if kind.name == "none":
            figures["did you mean"] = spread(milliseconds(store.nearest, texts))
    return figures


def first_after_a_slip(store: CatalogueStore, named: list[Names]) -> float:
    """How often a song comes first when its title was typed with one slip."""
    asked = queries(Kind("", slip), named, random.Random(SEED + 1))
    found = [store.search(text, 1) for _, text in asked]
    return sum(bool(hits) and hits[0].title == names[0] for hits, (names, _) in zip(found, asked, strict=True)) / len(
        asked
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    wanted = parser.parse_args()
    named = songs(wanted.songs, random.Random(SEED))
    with tempfile.TemporaryDirectory() as folder:
        catalogue(Path(folder) / "catalogue.db", named)
        with CatalogueStore(Path(folder) / "catalogue.db", fingerprint="bench") as store:
            first = milliseconds(lambda text: store.search(text, LIMIT), ["봄", "봄날qq"])[:, 0]
            figures = speed(store, named)
            right = first_after_a_slip(store, named)
    print(f"{wanted.songs} songs; first search {first[0]:.0f} ms, the first with a slip {first[1]:.0f} ms")
    print(f"{'kind':<18}{'median':>8}{'p95':>8}  ms")
    for name, (median, p95, p95_cpu) in figures.items():
        print(f"{name:<18}{median:>8.1f}{p95:>8.1f}{p95_cpu:>9.1f}")
    print(f"the song that was meant comes first after one slip: {right:.2f}")
    if wanted.json:
        wanted.json.write_text(json.dumps({"search_ms": figures, "first_after_a_slip": right}, indent=2))


if __name__ == "__main__":
    main()
