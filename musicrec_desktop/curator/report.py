"""The curator's report: one HTML page with the evidence for the moods and for what tells them.

It holds its pictures and styles itself, runs nothing and asks nothing of any other place; it can be printed.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from musicrec_desktop.curator import report_measures, report_moods
from musicrec_desktop.curator.files import write_text
from musicrec_desktop.curator.report_evidence import Evidence, gathered
from musicrec_desktop.curator.report_page import page, paragraph
from musicrec_desktop.curator.store import CentralStore

REPORT_FILE = "evaluation.html"


def write_report(store: CentralStore, work: Path, figures: Mapping[str, Any]) -> Path:
    """Write the page beside the other figures; the same state gives the same bytes. Raises StepMissing."""
    path = work / REPORT_FILE
    write_text(path, report(gathered(store, figures)))
    return path


def report(evidence: Evidence) -> str:
    """The page as text."""
    sections = [
        paragraph(
            f"{len(evidence.placed)} songs, {len(evidence.moods)} moods, {evidence.training['n_passages']} passages of "
            "six seconds. Everything below was measured by the steps of musicrec-curator and can be made again."
        ),
        report_measures.summary(evidence),
        report_moods.how_many(evidence),
        report_moods.song_map(evidence),
        report_moods.stability(evidence),
        report_moods.sounds(evidence),
        report_moods.each_mood(evidence),
        report_measures.new_songs(evidence),
        report_measures.classifiers(evidence),
        report_measures.confusions(evidence),
    ]
    return page("Moods made from sound: the evidence", sections)
