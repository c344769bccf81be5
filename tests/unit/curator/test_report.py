"""The report: one page that says what was measured, needs nothing from outside, and believes no title."""

import re
from copy import deepcopy
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from musicrec_desktop.curator.proposals import TRAITS
from musicrec_desktop.curator.report import report, write_report
from musicrec_desktop.curator.report_evidence import Evidence, gathered
from musicrec_desktop.curator.report_page import heat, table, words
from tests.unit.curator.conftest import Evaluated

HOSTILE = '<script>alert("x")</script> & $\\frac{1}{0}$ ${title} \u202eevil\n'
VOID = {"meta", "br", "img", "hr"}


class Page(HTMLParser):
    """What a reader of the page meets; raises AssertionError where tags are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


@pytest.fixture(scope="module")
def evidence(evaluated: Evaluated) -> Evidence:
    return gathered(evaluated.store, evaluated.figures)


@pytest.fixture(scope="module")
def text(evidence: Evidence) -> str:
    return report(evidence)


def test_the_page_needs_nothing_from_outside_and_runs_nothing(text: str) -> None:
    page = Page(text)
    assert not {"script", "link", "iframe", "img", "object", "a"} & set(page.tags)
    assert "://" not in text
    assert set(re.findall(r"url\((.)", text)) <= {"#"}
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    links = {value[0] for _, name, value in page.attributes if name in ("href", "xlink:href", "src")}
    assert links <= {"#"}


def test_every_picture_is_told_in_words_and_follows_the_page_s_colours(text: str) -> None:
    page = Page(text)
    told = [value for tag, name, value in page.attributes if tag == "svg" and name == "aria-label"]
    # curve, map, stability, reliability, quality; and of four moods the profile and the movement
    assert len(told) == page.tags.count("svg") == 5 + 2 * 4
    assert all(len(one) > 30 for one in told)
    assert not re.search(r"#(0[1-9a-f]){2}|#a0000", text.split("<body>")[1]), "a stand-in colour was left"
    assert {f"--m{slot}" for slot in range(10)} <= set(re.findall(r"--m\d", text))
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_every_figure_asked_for_is_on_the_page(evidence: Evidence, text: str) -> None:
    said = Page(text).words
    for situation, n in (
        ("catalogued songs", 72),
        ("later in the same songs", 48),
        ("other parts", 72),
        ("left out", 144),
    ):
        assert re.search(rf"{situation} (clean|mic) {n}\b", said)
    for one in evidence.figures["situations"]["left_out"]["mic"].values():
        assert f"{one['accuracy']:.4f} {one['log_loss']:.4f} {one['calibration_error']:.3f}" in said
    clusters = evidence.clusters
    assert f"elbow suggests {clusters['elbow']} groups, the silhouette {clusters['best_silhouette']}" in said
    assert f"{clusters['stability']:.3f}" in said
    assert f"{clusters['stability_random_start']:.3f}" in said
    assert text.count('class="heat') == 2 + 4 * 4


def test_every_mood_shows_what_named_it_and_its_songs(evidence: Evidence, text: str) -> None:
    said = Page(text).words
    assert len(evidence.moods) == 4
    for one in evidence.moods:
        assert " ".join(one.mood.name_en.replace("|", " ").split()) in said
        assert one.mood.description_ko in said
        assert set(one.profile) == set(TRAITS)
        for reason in one.because:
            assert f"{reason['value']:+.2f}" in said
        assert [round(s.margin, 6) for s in one.ranked] == sorted(
            (round(s.margin, 6) for s in one.ranked), reverse=True
        )
        for standing in (*one.ranked[:3], *one.ranked[-3:]):
            assert f"{evidence.songs[standing.song_id].title} — " in said
    assert said.count("prototype ") >= 12
    assert said.count("borderline ") >= 12


def test_titles_are_words_and_nothing_else(evidence: Evidence) -> None:
    songs = {song: replace(source, title=HOSTILE, artist=HOSTILE) for song, source in evidence.songs.items()}
    bad = replace(evidence.moods[0].mood, name_en=HOSTILE, short_en=HOSTILE, description_ko=HOSTILE)
    moods = [replace(evidence.moods[0], mood=bad), *evidence.moods[1:]]
    names = {c: bad if mood.id == bad.id else mood for c, mood in evidence.mood_of_cluster.items()}
    text = report(replace(evidence, songs=songs, moods=moods, mood_of_cluster=names))
    page = Page(text)
    assert "script" not in page.tags
    assert "\u202e" not in text
    assert '<script>alert("x")</script> & $\\frac{1}{0}$ ${title} evil' in page.words


def test_a_hidden_mood_is_said_to_be_hidden_and_why(evaluated: Evaluated) -> None:
    figures = deepcopy(evaluated.figures)
    key = next(iter(figures["quality"]))
    other = list(figures["quality"])[1]
    figures["quality"][key] |= {"right": 1, "p": 0.61, "hidden": True, "taken_for": other}
    said = Page(report(gathered(evaluated.store, figures))).words
    assert "1 of 6 songs, which chance would bring with p = 0.61; it is hidden" in said
    assert "none is hidden" not in said
    assert "moods shown that hold 5 % of the songs each ≥ 8 3 missed" in said


def test_the_same_state_gives_the_same_bytes(evaluated: Evaluated, text: str) -> None:
    written = write_report(evaluated.store, evaluated.work, evaluated.store.fact("evaluate"))
    assert written == evaluated.work / "evaluation.html"
    assert written.read_text(encoding="utf-8") == text


def test_tables_escape_and_mark_the_chosen_row() -> None:
    assert words("a<b\x07\u2067") == "a&lt;b"
    assert '<tr class="chosen"><th scope="row">2</th>' in table(("k", "x"), [(1, "<"), (2, "&")], chosen=1)
    shaded = heat(["a", "b"], [[1, 1], [0, 0]], caption="n")
    assert shaded.count("0.31") == 2, "half of the darkest shade"
    assert shaded.count("·") == 2
