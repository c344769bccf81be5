"""The files of Qt Linguist: complete, the same facts in both languages, nothing left over; and Qt reads them."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from musicrec_desktop.core.types import Reason
from musicrec_desktop.ui import strings
from tools import translations
from tools.translations import FORMS, LANGUAGES, Message, Wrong

ENGLISH, KOREAN = (translations.read(translations.file_of(language)) for language in LANGUAGES)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    strings.use_language("en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the files, for the tool to change."""
    for language in LANGUAGES:
        source = translations.file_of(language)
        (tmp_path / source.name).write_bytes(source.read_bytes())
    monkeypatch.setattr(translations.file_of, "__defaults__", (tmp_path,))
    monkeypatch.setattr(translations.release, "__defaults__", (tmp_path,))
    return tmp_path


def said(key: str) -> tuple[str, str]:
    words = [translations.read(translations.file_of(language)) for language in LANGUAGES]
    return words[0][key].forms[-1], words[1][key].forms[-1]


def test_both_languages_have_every_message_and_none_is_unfinished() -> None:
    assert set(ENGLISH) == set(KOREAN)
    for language, words in (("en", ENGLISH), ("ko", KOREAN)):
        for key, message in words.items():
            assert len(message.forms) == (FORMS[language] if message.numerus else 1), key
            assert all(form.strip() for form in message.forms), key


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_a_message_is_fit_for_both_languages(key: str) -> None:
    english, korean = ENGLISH[key], KOREAN[key]
    both = translations.checked(key, translations.PARTED.join(english.forms), korean.forms[0])
    assert both["en"].forms == english.forms
    assert not any(mark in text for text in english.forms + korean.forms for mark in ("!", "...", "…"))
    proper = re.fullmatch(r"(\{\w+\}|%Ln|[·\s\W]|dB|kHz|MB|GB|MusicRec)*", english.forms[0])
    assert proper or re.search("[가-힣]", korean.forms[0])


def test_every_key_that_code_asks_for_exists() -> None:
    assert set(translations.spoken_by_tr()) - set(ENGLISH) == set()


def test_no_message_is_left_over() -> None:
    assert set(ENGLISH) - translations.asked_for(ENGLISH) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_words_are_those_of_the_file(language: str, tmp_path: Path) -> None:
    source = translations.file_of(language)
    translations.compile_words(source, tmp_path / "made.qm")
    made, kept = QTranslator(), QTranslator()
    assert made.load(str(tmp_path / "made.qm")) and kept.load(str(source.with_suffix(".qm")))
    for key, message in translations.read(source).items():
        for n in (0, 1, 2) if message.numerus else (-1,):
            assert kept.translate("", key, "", n) == made.translate("", key, "", n) != "", key


def test_the_files_are_as_the_tool_writes_them(folder: Path) -> None:
    for language, words in (("en", ENGLISH), ("ko", KOREAN)):
        before = translations.file_of(language).read_bytes()
        translations.write(folder / f"musicrec_{language}.ts", language, words, ENGLISH)
        assert translations.file_of(language).read_bytes() == before


@pytest.mark.parametrize(("n", "english"), [(0, "0 songs"), (1, "1 song"), (2, "2 songs"), (2203, "2,203 songs")])
def test_plurals(n: int, english: str) -> None:
    strings.use_language("en")
    assert strings.tr("moods.count", n=n) == english
    strings.use_language("ko")
    assert strings.tr("moods.count", n=n) == f"{n:,}곡"


def test_a_number_may_be_given_to_words_that_do_not_count() -> None:
    assert strings.tr("back", n=5) == "Back"


def test_reasons_have_words() -> None:
    assert all(f"reason.{reason.value}" in ENGLISH for reason in Reason)


def test_words_are_there_fast() -> None:
    """Loading one language and asking for every word, in a process of its own."""
    code = (
        "import time; from musicrec_desktop.ui import strings; began = time.perf_counter();"
        "strings.use_language('ko'); [strings.tr('back') for _ in range(300)];"
        "print(time.perf_counter() - began)"
    )
    took = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout)
        for _ in range(3)
    )
    assert took < 0.05  # 5 ms on a quiet machine


@pytest.mark.parametrize(
    ("tongues", "language"), [(["ko-KR", "en"], "ko"), (["en-GB"], "en"), (["de-DE", "ko"], "en"), ([], "en")]
)
def test_the_systems_language_is_the_usual_one(
    tongues: list[str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strings, "_system_languages", lambda: tongues)
    strings.use_language("")
    assert strings.language() == language


def test_qts_own_widgets_speak_the_language(qapp: QApplication) -> None:
    if not (Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_ko.qm").exists():
        pytest.skip("this Qt came without its translations")

    def cancel() -> str:
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    strings.use_language("ko")
    assert cancel() == "취소"
    assert QLocale().language() == QLocale.Language.Korean
    strings.use_language("en")
    assert cancel() == "Cancel"


# the tool


def test_add_set_and_remove(folder: Path) -> None:
    assert translations.main(["add", "new.key", "{n} cat || {n} cats", "고양이 {n}마리"]) == 0
    assert said("new.key") == ("%Ln cats", "고양이 %Ln마리")
    assert (folder / "musicrec_ko.qm").exists()
    assert translations.main(["add", "new.key", "Cat", "고양이"]) == 1
    assert translations.main(["set", "new.key", 'Cat <a> & "b" {name}', "고양이 <a> & {name}"]) == 0
    assert said("new.key") == ('Cat <a> & "b" {name}', "고양이 <a> & {name}")
    assert translations.main(["remove", "new.key"]) == 0
    assert translations.read(folder / "musicrec_en.ts") == ENGLISH
    assert translations.main(["remove", "new.key"]) == 1


def test_what_is_unused_is_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translations.main(["add", "nobody_asks", "Lonely", "외로움"])
    capsys.readouterr()
    assert translations.main(["list", "--unused"]) == 0
    assert "nobody_asks\tLonely\t외로움\n" in capsys.readouterr().out
    assert translations.main(["nonsense"]) == 2


@pytest.mark.parametrize(
    ("key", "english", "korean"),
    [
        ("Bad Key", "a", "가"),
        ("k", "{name}", "{title}"),
        ("k", "one || two || {n}", "{n}"),
        ("k", "a", " "),
        ("k", "Play {name}", "{name}을 재생"),
        ("k", "Play {name}", "“{name}”을 재생"),
        ("k", "{n} of it", "{n}을 재생"),
    ],
)
def test_words_that_cannot_be_taken(key: str, english: str, korean: str) -> None:
    with pytest.raises(Wrong):
        translations.checked(key, english, korean)


def test_an_unfinished_message_is_not_compiled(folder: Path) -> None:
    path = folder / "musicrec_ko.ts"
    text = path.read_text(encoding="utf-8").replace("<translation>", '<translation type="unfinished">', 1)
    path.write_text(text, encoding="utf-8")
    assert Message((), False) in translations.read(path).values()
    with pytest.raises(Wrong, match="musicrec_ko"):
        translations.release(folder)
