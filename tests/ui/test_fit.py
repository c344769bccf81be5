"""No text of the window is cut, covered, too small or left in the wrong language, on any page, in any state.

English, Korean, and a pseudo-language: English with every vowel accented and 40 % more letters, as a test of words
that are yet to be written.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from musicrec_desktop.core.checkup import Finding, said
from musicrec_desktop.core.errors import (
    CatalogueDamaged,
    DeviceLost,
    ModelMissing,
    NoInputDevice,
    PreviewUnavailable,
    RemoteUnreachable,
)
from musicrec_desktop.core.settings import AudioSettings, CentralSettings, LookSettings
from musicrec_desktop.intake.results import ImportedFile, ImportProgress, Summary
from musicrec_desktop.ui import strings
from musicrec_desktop.workers.keeping import Kept
from musicrec_desktop.workers.sync import SyncStatus
from tests.ui import drawn
from tests.ui.central import ADDRESS, CENTRAL, NOW, RELEASE, SERVER, CentralDesk
from tests.ui.desk import MICROPHONE, MONITOR, Desk
from tests.ui.fakes import full_answer, moods, refusal, songs
from tools import translations
from tools.translations import Message

SIZES = ((1280, 800), (900, 600))
LONGER = 1.4
WORD = re.compile(r"[^\W\d_]{2,}")
ACCENTED = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
# Words that are the same in every language.
NAMES = {"MusicRec", "Space", "Enter", "Shift", "Ctrl", "Esc", "kHz", "Hz", "dB", "ms", "pactl", "PulseAudio"}
NAMES |= {
    "SQLite",
    "librosa",
    "PipeWire",
    "macOS",
    "wav",
    "flac",
    "ogg",
    "opus",
    "mp3",
    "m4a",
    "English",
    "한국어",
    "MB",
    "GB",
    "ㅂㅌㅅㄴㄷ",
}


def longer(text: str) -> str:
    """English with accents and each vowel doubled until it is 40 % longer; {facts} stay."""
    parts = re.split(r"(%Ln|\{\w+\})", text)
    wanted = round((LONGER - 1) * sum(len(part) for part in parts[::2]) + 0.5)

    def stretched(part: str) -> str:
        nonlocal wanted
        made = ""
        for letter in part.translate(ACCENTED):
            extra = letter.lower() if letter in "áéíóúý" and wanted > 0 else ""
            wanted -= len(extra)
            made += letter + extra
        vowelless = "ö" * max(0, round((LONGER - 1) * len(part))) if made == part and part.strip() else ""
        return made + vowelless

    return "".join(part if number % 2 else stretched(part) for number, part in enumerate(parts))


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pseudo-language, compiled by Qt as the others are."""
    folder = tmp_path_factory.mktemp("translations")
    english = translations.read(translations.file_of("en"))
    words = {key: Message(tuple(longer(form) for form in one.forms), one.numerus) for key, one in english.items()}
    translations.write(folder / "musicrec_en.ts", "en", words, english)
    translations.compile_words(folder / "musicrec_en.ts", folder / "musicrec_en.qm")
    return folder


@pytest.fixture
def speak(pseudo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Desk, str], None]]:
    """Let a window speak another language from now on; the pseudo-language takes the place of English."""
    monkeypatch.setattr(strings, "_voice", [])

    def speaking(desk: Desk, language: str) -> None:
        if language == "pseudo":
            monkeypatch.setattr(strings, "_words_of", lambda wanted: strings._loaded("musicrec_en", pseudo))
        desk.window.set_look(LookSettings(language="ko" if language == "ko" else "en", theme="dark"))
        desk.settle()

    yield speaking
    monkeypatch.undo()
    strings.use_language("en")


def prepared(desk: Desk) -> None:
    desk.make_ready()
    desk.connections.on_inputs([MICROPHONE, MONITOR])
    desk.hear(8.0, step_s=0.8)


def wait_for(desk: Desk, topic: str) -> None:
    """Until the window has asked the catalogue about it, which it does once typing has paused."""
    until = time.monotonic() + 5.0
    while not any(asked == topic for asked, _, _ in desk.answers):
        assert time.monotonic() < until
        QApplication.processEvents()


# the states


def starting(desk: Desk) -> None:
    desk.settle()


def armed(desk: Desk) -> None:
    prepared(desk)


def closed(desk: Desk) -> None:
    prepared(desk)
    desk.session.choose_audio(AudioSettings(armed=False))


def recording(desk: Desk) -> None:
    prepared(desk)
    desk.session.click()
    desk.hear(2.0)


def so_far(desk: Desk) -> None:
    recording(desk)
    desk.hear(1.3)
    desk.session.on_result(desk.worker.last_id, full_answer())


def analysing(desk: Desk) -> None:
    recording(desk)
    desk.hear(4.5)


def named(desk: Desk) -> None:
    prepared(desk)
    desk.show_answer(replace(full_answer(), start_s=0.0))


def unnamed(desk: Desk) -> None:
    prepared(desk)
    desk.show_answer(replace(full_answer(named=False), start_s=0.0))


def weaker(desk: Desk) -> None:
    named(desk)
    desk.window.listen.answers.results.weaker.click()


def alike(desk: Desk) -> None:
    named(desk)
    desk.window.listen.answers.results.songs.act("more_like", 7)
    desk.session.on_result(desk.worker.last_id, full_answer(named=False))


def playing(desk: Desk) -> None:
    named(desk)
    desk.window.listen.answers.results.songs.act("play", 7)


def paused(desk: Desk) -> None:
    playing(desk)
    desk.session.press()
    desk.hear(0.5)


def refused(reason: str, value: float, needed: float) -> Callable[[Desk], None]:
    def state(desk: Desk) -> None:
        prepared(desk)
        desk.show_answer(replace(refusal(reason, value, needed), start_s=0.0))

    return state


def no_device(desk: Desk) -> None:
    prepared(desk)
    desk.session.on_ear_error(NoInputDevice())


def lost(desk: Desk) -> None:
    recording(desk)
    desk.hear(1.8)
    desk.session.on_ear_error(DeviceLost(device_name="Desk microphone"))


def model_missing(desk: Desk) -> None:
    prepared(desk)
    desk.session.on_error(None, ModelMissing(path=Path("mood.onnx")))


def damaged(desk: Desk) -> None:
    prepared(desk)
    desk.session.on_error(None, CatalogueDamaged(path=Path("catalogue.db")))


def page(name: str) -> Callable[[Desk], None]:
    def state(desk: Desk) -> None:
        prepared(desk)
        desk.window.show_page(name)

    return state


def mood(desk: Desk) -> None:
    prepared(desk)
    desk.connections.open_mood(3)


def empty(name: str) -> Callable[[Desk], None]:
    def state(desk: Desk) -> None:
        desk.store.__init__([])
        prepared(desk)
        desk.window.show_page(name)

    return state


def searched(text: str) -> Callable[[Desk], None]:
    def state(desk: Desk) -> None:
        prepared(desk)
        desk.window.show_page("search")
        desk.window.search.field.setText(text)
        wait_for(desk, "search")

    return state


def examined(desk: Desk) -> None:
    """The page of the self-test with something good, something slow, an error and something left out."""
    prepared(desk)
    desk.window.show_page("doctor")
    found = (
        Finding("database", "ok", (said("database", version="3.54.1"),), took_s=0.01),
        Finding("speed", "attention", (said("speed", ms=1200, n=5), said("speed_slow")), took_s=2.34),
        Finding("sound", "attention", error=NoInputDevice()),
        Finding("librosa", "skipped", (said("reference_late", library="librosa"),)),
    )
    desk.window.doctor.begin([finding.check for finding in found])
    for finding in found:
        desk.window.doctor.add(finding)
    desk.window.doctor.end(21.5, None)


def importing(desk: Desk) -> None:
    prepared(desk)
    desk.connections.import_paths([Path("/music")])
    desk.importer.on_progress(ImportProgress(3210, 12345, 1234.0))
    desk.importer.on_file(ImportedFile(Path("/music/text.mp3"), "failed", "not_audio"))


def imported(desk: Desk) -> None:
    importing(desk)
    desk.importer.on_done(Summary(2203, 131, 0, 1, 3.0))


COMING = SyncStatus("fetching", 11, 3412, 100_000)
CURRENT = SyncStatus("current", 12, looked_s=NOW.timestamp())
OFFLINE = SyncStatus("offline", 12, offline_since_s=NOW.timestamp(), error=RemoteUnreachable(server=SERVER))


def followed(status: SyncStatus) -> Callable[[CentralDesk], None]:
    """With a central catalogue, of which the status line says how things stand."""

    def state(desk: CentralDesk) -> None:
        prepared(desk)
        desk.section.connect_wanted.emit(CENTRAL, "")
        desk.link.on_status(status, RELEASE)

    return state


def central_settings(status: SyncStatus, order: str = "", kept: Kept | None = None) -> Callable[[CentralDesk], None]:
    """The section of the settings, with previews that are asked about, or that come."""

    def state(desk: CentralDesk) -> None:
        followed(status)(desk)
        desk.window.show_central()
        desk.link.on_password_kept(False)
        row = desk.section.previews
        if order:
            row.first.click()
            row.show_done("count", kept, None)
        if order == "keep":
            row.first.click()
            row.show_progress(kept)

    return state


def wrong_address(desk: CentralDesk) -> None:
    prepared(desk)
    desk.window.show_central()
    desk.section.address.setText("db.example.org")
    desk.section.connect_button.click()


def without_preview(desk: CentralDesk) -> None:
    """Central songs in the library; of one the preview could not be had, another's is on its way."""
    followed(CURRENT)(desk)
    central = [replace(track, path=None, source="central") for track in songs(12)]
    desk.store.__init__(central)
    desk.catalogue.refresh()
    desk.window.show_page("library")
    desk.settle()
    desk.preview._fetch = lambda track_id: None
    desk.preview.play(central[0], 0.0)
    desk.preview.on_preview_failed(central[0].track_id, PreviewUnavailable(track_id=central[0].track_id))
    desk.window.status.clear_message()
    desk.preview.play(central[1], 0.0)


def central_results(desk: CentralDesk) -> None:
    """The answer is of central songs."""
    followed(CURRENT)(desk)
    answer = replace(full_answer(named=False), start_s=0.0)
    rows = [replace(row, track=replace(row.track, path=None, source="central")) for row in answer.recommendations]
    desk.show_answer(replace(answer, recommendations=tuple(rows)))


MANY = Kept(1204, 1_361_200_000, 12, 3_600_000)

STATES: dict[str, Callable[[Desk], None]] = {
    "starting": starting,
    "armed": armed,
    "closed": closed,
    "recording": recording,
    "so far": so_far,
    "analysing": analysing,
    "named": named,
    "unnamed": unnamed,
    "weaker": weaker,
    "alike": alike,
    "playing": playing,
    "paused": paused,
    "too quiet": refused("too_quiet", -58.0, -45.0),
    "clipped": refused("clipped", 0.38, 0.05),
    "too short": refused("too_short", 1.9, 3.0),
    "not music": refused("not_music", 0.2, 0.5),
    "nothing close": refused("nothing_close", 31.0, 45.0),
    "empty catalogue": refused("empty_catalogue", 0.0, 1.0),
    "no device": no_device,
    "lost": lost,
    "model missing": model_missing,
    "damaged": damaged,
    "mood": mood,
    "examined": examined,
    "importing": importing,
    "imported": imported,
    "hits": searched("waltz"),
    "no hits": searched("zzzz"),
    "sync looking": followed(SyncStatus("looking")),
    "sync coming": followed(COMING),
    "sync coming uncounted": followed(replace(COMING, total=None)),
    "sync current": followed(CURRENT),
    "sync offline": followed(OFFLINE),
    "central": central_settings(CURRENT, "count", MANY),
    "central offline": central_settings(OFFLINE, "keep", MANY),
    "central coming": central_settings(COMING),
    "central wrong address": wrong_address,
    "central songs": without_preview,
    "central results": central_results,
    **{f"page {name}": page(name) for name in ("first", "moods", "search", "library", "settings", "doctor")},
    **{f"empty {name}": empty(name) for name in ("listen", "moods", "search", "library")},
}


def data_words() -> set[str]:
    """What is shown as it is: songs, people, moods, devices."""
    texts = [text for track in songs() for text in (track.title, track.artist, track.album)]
    texts += [text for one in moods() for text in (one.name_ko, one.name_en, one.short_ko, one.short_en)]
    texts += [text for one in moods() for text in (one.description_ko, one.description_en)]
    texts += [MICROPHONE.name, MONITOR.name, "text.mp3", "Default input", "zzzz", ADDRESS, SERVER]
    whole = " ".join(texts)
    return set(WORD.findall(whole)) | set(WORD.findall(whole.casefold()))


DATA = data_words() | NAMES


def foreign(texts: set[str], language: str) -> set[str]:
    """Words that are not of this language, nor somebody's name."""
    words = {word for text in texts for word in WORD.findall(re.sub(r"\w+\u2026", "", text))}
    if language == "ko":
        own = set(re.findall(r"[A-Za-z]{2,}", " ".join(form for one in KOREAN.values() for form in one.forms)))
        return {word for word in words - DATA - own if re.fullmatch("[A-Za-z]+", word)}
    if language == "en":
        return {word for word in words - DATA if re.search("[가-힣]", word)}
    return {word for word in words - DATA if re.search("[aeiouy]", word) and not re.search("[áéíóúýö]", word.lower())}


KOREAN = translations.read(translations.file_of("ko"))


@pytest.mark.parametrize("state", STATES)
def test_all_text_can_be_read(state: str, qtbot: QtBot, speak: Callable[[Desk, str], None]) -> None:
    """In each language and size; the second and third language are put on the running window, and are there at once."""
    desk = CentralDesk(qtbot, CentralSettings())
    STATES[state](desk)
    desk.settle()
    found = []
    for language in ("en", "ko", "pseudo"):
        if language != "en":
            speak(desk, language)
        for size in SIZES:
            desk.window.resize(*size)
            desk.settle()
            found += [f"{language} {size[0]} {fault}" for fault in faults(desk, language)]
    desk.window.close()
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def faults(desk: Desk, language: str) -> Iterator[str]:
    lines = drawn.drawn_by(desk.window)
    spoken = {line.wanted for line in lines} | drawn.words_of(desk.window)
    yield from (f"not in this language: {word}" for word in sorted(foreign(spoken, language)))
    yield from drawn.faults(desk.window, lines)


def test_the_pseudo_language_is_longer() -> None:
    assert longer("{n} songs of %Ln, closest first") == "{n} sóóngs óóf %Ln, clóósééést fíírst".replace("ééés", "éés")
