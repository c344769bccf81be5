"""The report's sections on the groups themselves: how many, how stable, how they sound and what named them."""

from collections.abc import Mapping, Sequence
from typing import Any

from musicrec_desktop.curator.naming import NOTICEABLE
from musicrec_desktop.curator.proposals import TRAITS
from musicrec_desktop.curator.report_evidence import UNITS, Evidence, MoodEvidence
from musicrec_desktop.curator.report_page import figure, heat, paragraph, section, table, words
from musicrec_desktop.curator.report_pictures import (
    TRAIT_NAMES,
    curve_picture,
    map_picture,
    movement_picture,
    profile_picture,
    stability_picture,
)
from musicrec_desktop.curator.typical import Standing

SHOWN = 3  # prototypes, and as many borderline songs


def how_many(evidence: Evidence) -> str:
    """The evidence for k, and why the one chosen."""
    clusters = evidence.clusters
    rows = clusters["curve"]
    at = {int(row["k"]): row for row in rows}
    chosen, best = at[clusters["k"]], at[clusters["best_silhouette"]]
    why = (
        f"The elbow suggests {clusters['elbow']} groups, the silhouette {clusters['best_silhouette']}. Neither is "
        f"sharp: the silhouette on the map is {chosen['silhouette_map']:.3f} at {clusters['k']} and "
        f"{best['silhouette_map']:.3f} at its best. {clusters['k']} was chosen: between the two, as many as the window "
        f"has colours and marks for, and small enough that every group holds at least "
        f"{chosen['smallest_share']:.0%} of the songs (at {clusters['best_silhouette']} the smallest would hold "
        f"{best['smallest_share']:.0%})."
    )
    numbers = [
        (
            f"{row['k']:.0f}",
            f"{row['inertia']:.0f}",
            f"{row['silhouette_map']:.3f}",
            f"{row['silhouette_embeddings']:.3f}",
            f"{row['smallest_share']:.1%}",
        )
        for row in rows
    ]
    head = ("k", "inertia", "silhouette, map", "silhouette, embeddings", "smallest group")
    reading = (
        "Left: the spread left over within groups always falls; the elbow is where more groups stop paying. Right: a "
        "silhouette says how much nearer songs are to their own group than to the next one, from −1 to 1. The groups "
        "are made on the map, so its silhouette flatters; that of the embeddings is the stricter judge."
    )
    place = next(i for i, row in enumerate(rows) if row["k"] == clusters["k"])
    return section(
        "How many moods?",
        paragraph(why),
        figure(curve_picture(clusters), reading),
        table(head, numbers, chosen=place, caption="Every k that was tried; the chosen one stands out"),
    )


def song_map(evidence: Evidence) -> str:
    """The t-SNE map."""
    reading = (
        "One mark per song. Near songs sound alike; distances across the map mean little, for t-SNE keeps "
        "neighbourhoods, not lengths. Marks that lie in another group's region are the borderline songs below."
    )
    clusters = evidence.clusters
    about = (
        f"{len(evidence.placed)} songs, placed by t-SNE on the cosine distance of their embeddings (perplexity "
        f"{clusters['perplexity']:g}, the most stable of those tried), then grouped by K-means. The largest group "
        f"holds {clusters['largest_share']:.0%} of the songs."
    )
    return section("The map", paragraph(about), figure(map_picture(evidence), reading))


def stability(evidence: Evidence) -> str:
    """Whether another seed would have made other groups."""
    clusters = evidence.clusters
    fixed, scattered = clusters["agreements"], clusters["agreements_random_start"]
    verdict = (
        f"Grouped ten times from the songs' principal axes, songs fall together in the same way: adjusted Rand "
        f"{clusters['stability']:.3f} (1 is the same grouping, 0 is chance). That start is what the model uses. From "
        f"random starts it is {clusters['stability_random_start']:.3f}: t-SNE then settles in other arrangements, and "
        f"groups at its borders are cut differently. So the moods are reproducible, but they are one good way to "
        f"divide these songs, not the only one. What was done: the fixed start, the perplexity whose groups change "
        f"least, and of ten seeds the grouping that agrees best with the others."
    )
    names = [str(seed) for seed in clusters["seeds"]]
    tried = ", ".join(f"{value:.3f} at {name}" for name, value in _by_number(clusters["stability_by_perplexity"]))
    both = heat(names, fixed, caption="Every pair of seeds, principal axes", decimals=2)
    both += heat(names, scattered, caption="Every pair of seeds, random starts", decimals=2)
    return section(
        "Would another seed make other moods?",
        paragraph(verdict),
        figure(
            stability_picture(clusters), "Each mark: how far one seed agrees with the other nine; dashed: the mean."
        ),
        f'<div class="pair wide">{both}</div>',
        paragraph(f"Mean agreement by perplexity, principal axes: {tried}.", kind="quiet"),
    )


def _by_number(values: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(values.items(), key=lambda pair: float(pair[0]))


def sounds(evidence: Evidence) -> str:
    """All moods' sound in one table, in units and in deviations."""
    units = [
        [one.mood.short_en, one.songs, f"{one.share:.0%}"]
        + [f"{one.measured[trait]:.{decimals}f}" for trait, (_, decimals) in UNITS.items()]
        for one in evidence.moods
    ]
    head = ("mood", "songs", "share", *(heading for heading, _ in UNITS.values()))
    deviations = [[one.mood.short_en, *(f"{one.profile[t]:+.2f}" for t in TRAITS)] for one in evidence.moods]
    return section(
        "How the moods sound",
        paragraph(
            "Measured over whole songs, before any name was given. The first table is in units one can check; the "
            "second says by how many standard deviations a mood differs from the average mood: that is what names "
            "are made from. Percussiveness is the share of energy that is not harmonic; harmony spread is how evenly "
            "the twelve pitch classes share the sound (1: all alike)."
        ),
        table(head, units, caption="Means over each mood's songs (tempo: the median)"),
        table(("mood", *TRAIT_NAMES.values()), deviations, caption="Against the average mood, in standard deviations"),
    )


def each_mood(evidence: Evidence) -> str:
    """One card per mood: name, what made it, sound, movement, prototypes and borderline songs."""
    intro = (
        f"A title rests on two or three traits and is only given where each is measured at least {NOTICEABLE} standard "
        "deviations to the side the title claims. The bars of all values that made the words are filled, and the "
        "description says nothing but these. No instrument is named, for none was listened for. Closeness is the "
        "cosine between a song and the middle of a group; a margin near zero marks a song that might as well be "
        "elsewhere. The small line is the mood's movement: six seconds of its most typical songs, brought into step by "
        "time warping and averaged (tslearn), up where the sound turns brighter; all moods on one scale."
    )
    return section("Ten moods, one by one", paragraph(intro), *(_card(one, evidence) for one in evidence.moods))


def _card(one: MoodEvidence, evidence: Evidence) -> str:
    mood, flag = one.mood, " · hidden" if one.quality["hidden"] else ""
    heading = f"{words(_whole(mood.name_en))} · {words(_whole(mood.name_ko))}"
    about = f"{mood.short_en} · {mood.short_ko} · key {mood.key} · {one.songs} songs, {one.share:.0%}{flag}"
    said = f"{mood.description_en} · {mood.description_ko}"
    chips = "".join(_chip(reason) for reason in one.because)
    profile, movement = profile_picture(one), movement_picture(one) if len(one.movement) else ""
    return (
        f'<div class="mood" style="border-left-color:var(--m{mood.id})"><h3 class="title">{heading}</h3>'
        f'<p class="quiet">{words(about)}</p><p>{words(said)}</p><p>Because: {chips or "nothing stands out"}</p>'
        f'<div class="pair"><div>{profile}</div><div>{movement}{_words_of(one)}</div></div>'
        f"{_standings(one.ranked, evidence)}</div>"
    )


def _chip(reason: Mapping[str, Any]) -> str:
    name = words(TRAIT_NAMES.get(str(reason["trait"]), str(reason["trait"])))
    role = "title" if reason.get("title") else "description"
    told = f"{words(reason['en'])} · {words(reason['ko'])}"
    return f'<span class="chip">{name} <b>{float(reason["value"]):+.2f}</b> → {told} ({role})</span>'


def _words_of(one: MoodEvidence) -> str:
    found = f"{one.quality['right']} of {one.quality['songs']} songs found when left out"
    return paragraph(f"Movement over six seconds. {found} (by chance: p = {one.quality['p']:.2g}).", kind="quiet")


def _standings(ranked: Sequence[Standing], evidence: Evidence) -> str:
    """The most typical songs and those nearest to another mood, with the numbers that make them so."""
    kinds = (("prototype", ranked[:SHOWN]), ("borderline", ranked[SHOWN:][-SHOWN:][::-1]))
    rows = [(kind, *_standing(one, evidence)) for kind, several in kinds for one in several]
    return table(("", "song", "to own middle", "to the next", "margin"), rows)


def _standing(one: Standing, evidence: Evidence) -> tuple[str, ...]:
    song, other = evidence.songs[one.song_id], evidence.mood_of_cluster[one.other_cluster].short_en
    whose = f"{song.title} — {song.artist}" if song.artist else song.title
    return whose, f"{one.own:.3f}", f"{one.other:.3f} ({other})", f"{one.margin:+.3f}"


def _whole(title: str) -> str:
    return " ".join(title.replace("|", " ").split())
