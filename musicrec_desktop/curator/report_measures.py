"""The report's sections on how well moods are told: what was asked, both classifiers, songs never met."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from musicrec_desktop.curator.report_evidence import SITUATIONS, Evidence
from musicrec_desktop.curator.report_page import figure, heat, paragraph, section, table, words
from musicrec_desktop.curator.report_pictures import CLASSIFIERS, quality_picture, reliability_picture

EXPLAINED = {
    "catalogued": "six seconds from anywhere in a song the classifiers were trained on",
    "later": "classifiers trained on the first 60 % of each song, asked about the rest of it",
    "other_part": "classifiers trained without any second part, asked about the second part of a song they know",
    "left_out": "five classifiers, each trained without a fifth of the songs and asked about just those",
}
LEAST_SHARE = 0.05
NEARLY = 0.02  # between how sure and how often right


class Line(NamedTuple):
    """Something that was asked for and what was measured."""

    asked: str
    needed: float
    measured: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        return self.measured <= self.needed if self.at_most else self.measured >= self.needed


def asked(evidence: Evidence) -> list[Line]:
    """Every line that the model has to meet."""
    known, clusters = evidence.figures["situations"]["catalogued"], evidence.clusters
    shared = [one for one in evidence.moods if one.share >= LEAST_SHARE and not one.quality["hidden"]]
    return [
        Line("XGBoost, catalogued songs, clean: accuracy", 0.98, known["clean"]["xgboost"]["accuracy"]),
        Line("network, catalogued songs, clean: accuracy", 0.99, known["clean"]["network"]["accuracy"]),
        Line("network, catalogued songs, clean: log-loss", 0.05, known["clean"]["network"]["log_loss"], at_most=True),
        Line("network, catalogued songs, microphone: accuracy", 0.92, known["mic"]["network"]["accuracy"]),
        Line("XGBoost, catalogued songs, microphone: accuracy", 0.92, known["mic"]["xgboost"]["accuracy"]),
        Line("moods shown that hold 5 % of the songs each", 8, len(shared)),
        Line("agreement of ten seeds (adjusted Rand)", 0.7, clusters["stability"]),
    ]


def summary(evidence: Evidence) -> str:
    """The page's first screen: what was asked for and whether it was reached, and the two cautions."""
    rows = []
    for line in asked(evidence):
        sign, verdict = ("≤" if line.at_most else "≥"), ("met" if line.met else "missed")
        cells = f"<td>{sign} {line.needed:g}</td><td>{line.measured:.4g}</td>"
        rows.append(f'<tr><th scope="row">{words(line.asked)}</th>{cells}<td class="{verdict}">{verdict}</td></tr>')
    head = "".join(f'<th scope="col">{one}</th>' for one in ("line", "needed", "measured", ""))
    found = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    left_out = evidence.figures["situations"]["left_out"]
    new, n = left_out["clean"]["network"], left_out["clean"]["network"]["takes"]
    cautions = (
        f"Read two cautions first. Songs the classifiers never met are harder: there the network is right "
        f"{new['accuracy']:.0%} of the time clean and {left_out['mic']['network']['accuracy']:.0%} through a "
        f"microphone ({n} takes). And the groups depend on where the map starts: {_stability(evidence.clusters)}"
    )
    return f'<div class="together">{found}</div>' + paragraph(cautions)


def _stability(clusters: Mapping[str, Any]) -> str:
    return (
        f"from the songs' principal axes ten seeds agree at {clusters['stability']:.2f}, from random starts only at "
        f"{clusters['stability_random_start']:.2f}."
    )


def classifiers(evidence: Evidence) -> str:
    """Both classifiers side by side in every situation."""
    situations = evidence.figures["situations"]
    rows = [_row(situation, channel, by) for situation, both in situations.items() for channel, by in both.items()]
    head = ("situation", "sound", "takes, n", *(f"{kind}: {what}" for kind in ("DNN", "XGB") for what in _WHAT))
    explained = " ".join(f"{SITUATIONS[name].capitalize()}: {EXPLAINED[name]}." for name in situations)
    explained += " The truth is always the song's group, made once from all songs; a take is six seconds; microphone "
    explained += "takes went through a simulated loudspeaker, room and noise."
    clean, lost = situations["left_out"]["clean"], situations["catalogued"]["clean"]
    better = "the network" if clean["network"]["log_loss"] <= clean["xgboost"]["log_loss"] else "XGBoost"
    reading = (
        f"On songs they know both are nearly perfect ({lost['network']['accuracy']:.3f} and "
        f"{lost['xgboost']['accuracy']:.3f}). On songs they never met {better} gives the truth more weight (log-loss "
        f"{clean['network']['log_loss']:.2f} against {clean['xgboost']['log_loss']:.2f}), with an accuracy of "
        f"{clean['network']['accuracy']:.3f} against {clean['xgboost']['accuracy']:.3f}. The network ships; XGBoost is "
        f"the yardstick."
    )
    return section(
        "Network and XGBoost side by side",
        paragraph(explained),
        paragraph(reading),
        table(head, rows, caption="Accuracy, log-loss and expected calibration error (ECE) of single takes"),
        figure(reliability_picture(situations), _sureness(situations)),
    )


_WHAT = ("accuracy", "log-loss", "ECE")


def _row(situation: str, channel: str, by_classifier: Mapping[str, Any]) -> list[object]:
    cells: list[object] = [SITUATIONS[situation], channel, by_classifier["network"]["takes"]]
    for name in CLASSIFIERS:
        one = by_classifier[name]
        cells += [f"{one['accuracy']:.4f}", f"{one['log_loss']:.4f}", f"{one['calibration_error']:.3f}"]
    return cells


def _sureness(situations: Mapping[str, Any]) -> str:
    new = situations["left_out"]["clean"]["network"]["reliability"]
    top = new[-1]
    side = "about as often as it is sure"
    if abs(top["right"] - top["sure"]) > NEARLY:
        side = "less often than it is sure" if top["right"] < top["sure"] else "more often than it is sure"
    return (
        "Each point is a tenth of the scale of sureness; large points hold many takes. On the dotted diagonal a "
        f"classifier is honest. On songs left out the network's surest answers ({top['sure']:.0%} sure, "
        f"{top['takes']} takes) are right {top['right']:.0%} of the time, {side}."
    )


def confusions(evidence: Evidence) -> str:
    """Who is taken for whom, in every situation."""
    names = [one.mood.short_en for one in evidence.moods]
    slots = [one.mood.id for one in evidence.moods]
    parts: list[str] = [
        paragraph(
            "Rows are the truth, columns the answer; a dark diagonal and an empty rest are what one wants. "
            "A dark cell beside the diagonal names two moods that are taken for one another."
        )
    ]
    for situation, channels in evidence.figures["situations"].items():
        parts.append(f"<h3>{words(SITUATIONS[situation].capitalize())}</h3>")
        parts.append(f'<div class="pair wide">{"".join(_confusions(channels, slots, names))}</div>')
        parts.append(paragraph(_worst(channels["clean"]["network"]["confusion"], slots, names), kind="quiet"))
    return section("Who is taken for whom", *parts)


def _confusions(channels: Mapping[str, Any], slots: list[int], names: list[str]) -> Iterator[str]:
    for channel, by_classifier in channels.items():
        for name, (label, _, _) in CLASSIFIERS.items():
            one = by_classifier[name]
            counts = [[one["confusion"][row][column] for column in slots] for row in slots]
            yield heat(names, counts, caption=f"{label}, {channel}, n = {one['takes']}")


def _worst(confusion: list[list[int]], slots: list[int], names: list[str]) -> str:
    missed = [(confusion[a][b], i, j) for i, a in enumerate(slots) for j, b in enumerate(slots) if a != b]
    count, i, j = max(missed, default=(0, 0, 0))
    if not count:
        return "Clean, the network mistakes no take."
    return f"Clean, the network's most frequent mistake: {names[i]} taken for {names[j]}, {count} takes."


def new_songs(evidence: Evidence) -> str:
    """Whether each mood can be recognised in songs never met, and what follows."""
    hidden = [one for one in evidence.moods if one.quality["hidden"]]
    short = {one.mood.key: one.mood.short_en for one in evidence.moods}
    told = [
        f"{one.mood.short_en} is found in {one.quality['right']} of {one.quality['songs']} songs, which chance would "
        f"bring with p = {one.quality['p']:.2g}; it is hidden in the model's card and never named to a listener. Its "
        f"songs are mostly taken for {short.get(one.quality['taken_for'] or '', 'nothing else')}: to merge the two, "
        f"cluster again with a smaller k."
        for one in hidden
    ]
    verdict = told or [
        "Every mood is found more often than chance explains, so none is hidden and none had to be merged."
    ]
    worst = min(evidence.moods, key=lambda one: one.quality["right"] / one.quality["songs"])
    reading = (
        f"The upright line is chance: how often the classifier names that mood at all, blindly. The weakest is "
        f"{worst.mood.short_en} with {worst.quality['right']} of {worst.quality['songs']} songs."
    )
    return section(
        "Is every mood more than a name?",
        paragraph(
            "Each song was left out of training once and then named by the network from all its clean takes together. "
            "Songs are counted, not takes: takes of one song are alike. The test is the exact binomial one, one-sided; "
            "above p = 0.05 a mood counts as no better than chance and is hidden."
        ),
        figure(quality_picture(evidence.moods), reading),
        *(paragraph(one) for one in verdict),
    )
