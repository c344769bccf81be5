"""The curator's command line: a folder of music to a model, step by step; the state is in the work folder.

Exit status: 0 done, 2 wrong usage, 130 interrupted by Ctrl-C, 1 anything else with one sentence. Results go to
standard output, progress to standard error.
"""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musicrec_desktop.core.errors import MusicRecError
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator import central_commands, errors, release_commands
from musicrec_desktop.curator.central import CuratorApp, open_store
from musicrec_desktop.curator.progress import Progress
from musicrec_desktop.wording import UNDECODABLE, describe

if TYPE_CHECKING:
    from musicrec_desktop.curator.analyse import Tally
    from musicrec_desktop.curator.executors import Executor
    from musicrec_desktop.curator.sources import SongSource
    from musicrec_desktop.curator.store import CentralStore

MOOD_FILE = "moods.json"
INTERRUPTED = 130  # the exit status of what Ctrl-C ended

_SENTENCES: dict[type[MusicRecError], str] = {
    errors.StepMissing: "Run `musicrec-curator {step}` first.",
    errors.UnknownSongs: "{count} songs of the list are not there, the first is {first}.",
    errors.TooFewSongs: "There are {got} songs; at least {needed} are needed.",
    errors.TooManyGone: "{count} of {total} songs are not there; is a disk missing? Add --force if that is meant.",
    errors.StoredDamaged: "What is kept as {name} is damaged; run the step that makes it again.",
    **release_commands.SENTENCES,
    **central_commands.SENTENCES,
    errors.MoodFileInvalid: "The moods in {path} cannot be understood: {detail}.",
    errors.ObjectsUnusable: "The object store {place} cannot be used: {detail}.",
    errors.ClusterUnreachable: "The cluster at {scheduler} cannot be reached: {detail}.",
    errors.ClusterLost: "The cluster at {scheduler} went away; the same command goes on where it ended.",
    errors.WorkersUnfit: "{worker} cannot do this work: {detail}.",
}
_REASONS = UNDECODABLE | {"workers_died": "every worker that tried it died", "failed": "it could not be analysed"}
_MAKERS = {"projection": "embed", "head": "train", "trees": "train"}

app = CuratorApp(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)

Work = Annotated[Path, typer.Option("--work", help="The folder that keeps the state of the work.")]
Seed = Annotated[int, typer.Option(min=0, help="Where all random choices of this step come from.")]
SongList = Annotated[Path | None, typer.Option("--songs", exists=True, help="A file of song paths, one per line.")]

TlsFile = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="PEM file for a tls:// scheduler.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a step and leave the process with its exit status."""
    try:
        app(args=arguments, prog_name="musicrec-curator")
    except MusicRecError as error:
        typer.echo(sentence(error), err=True)
        sys.exit(1)


def sentence(error: MusicRecError) -> str:
    """One sentence on an error of the curator, or of a room below."""
    words = _SENTENCES.get(type(error))
    if words is None:
        return describe(error)
    facts = dict(error.facts)
    if "step" in facts:
        facts["step"] = _MAKERS.get(str(facts["step"]), facts["step"])
    return words.format(**facts)


@app.callback()
def steps() -> None:
    """A folder of music to a model: analyse, embed, cluster, moods, train, evaluate, export."""


@app.command()
def analyse(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Music, with or without manifest.csv.")],
    work: Work,
    twins: Annotated[int, typer.Option(min=1, help="Random channels per part of a song.")] = 8,
    seed: Seed = 1,
    jobs: Annotated[int | None, typer.Option(min=1, help="Songs at a time; all cores unless given.")] = None,
    songs: SongList = None,
    retry_failed: Annotated[bool, typer.Option(help="Try what failed again, though its files are the same.")] = False,
    scheduler: Annotated[str | None, typer.Option(help="A Dask cluster: tcp://HOST:PORT or tls://HOST:PORT.")] = None,
    tls_ca: TlsFile = None,
    tls_cert: TlsFile = None,
    tls_key: TlsFile = None,
) -> None:
    """Features of every song, clean and through random channels; what was done before is passed over.

    The workers of a cluster need the same program, and the music under the same path.
    """
    from musicrec_desktop.curator.analyse import analyse as analyse_songs
    from musicrec_desktop.curator.interrupt import interruptible
    from musicrec_desktop.curator.renditions import Recipe
    from musicrec_desktop.curator.sources import chosen, read_folder, read_list

    executor = _executor(jobs=jobs, scheduler=scheduler, tls=(tls_ca, tls_cert, tls_key))
    found = read_folder(folder)
    found = found if songs is None else chosen(found, read_list(songs))
    progress = Progress()

    def report(song: "SongSource", outcome: str) -> None:
        if outcome != "analysed":
            progress.say(f"{song.path}: {_reason(outcome)}")

    with interruptible() as token:
        tally = analyse_songs(
            _store(work),
            found,
            recipe=Recipe(twins=twins, seed=seed),
            spec=FeatureSpec(),
            executor=executor,
            retry_failed=retry_failed,
            progress=progress,
            report=report,
            token=token,
        )
    _end_of_analysis(tally)


@app.command()
def failures(work: Work) -> None:
    """Songs that could not be analysed, and why; `analyse --retry-failed` tries them again."""
    for failure in _store(work).failures():
        typer.echo(f"{failure.path}: {_reason(failure.reason)} ({' '.join(failure.detail.split())})")


@app.command()
def forget(
    work: Work,
    songs: Annotated[list[str] | None, typer.Argument(help="Paths as `analyse` and manifest.csv have them.")] = None,
    gone: Annotated[bool, typer.Option("--gone", help="All songs whose files are no longer there.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Even when most songs would go.")] = False,
) -> None:
    """Take songs out of the archive; the next release is without them. No file is touched."""
    from musicrec_desktop.curator.forgetting import forget as leave

    left = leave(_store(work), songs or [], gone=gone, force=force)
    for song in left:
        typer.echo(song.path)
    typer.echo(f"{len(left)} songs forgotten")


@app.command()
def embed(work: Work, songs: SongList = None) -> None:
    """Learn the embedding, from all songs or from those of a list; the later steps keep to the same songs."""
    from musicrec_desktop.curator.embed import chosen_songs
    from musicrec_desktop.curator.embed import embed as learn
    from musicrec_desktop.curator.sources import read_list

    store = _store(work)
    projection = learn(store, names=None if songs is None else read_list(songs))
    typer.echo(f"{projection.matrix.shape[1]} dimensions from {len(chosen_songs(store))} songs")


@app.command()
def cluster(
    work: Work, k: Annotated[int, typer.Option("--k", min=2, max=10, help="How many clusters.")] = 10, seed: Seed = 0
) -> None:
    """Group the songs: t-SNE, K-means, and the evidence for the number of groups."""
    from musicrec_desktop.curator.cluster import cluster as group

    figures = group(_store(work), k=k, seed=seed)
    typer.echo("  k     inertia  silhouette (map, embeddings)")
    for row in figures["curve"]:
        silhouettes = f"{row['silhouette_map']:.3f}  {row['silhouette_embeddings']:.3f}"
        typer.echo(f"{row['k']:3.0f} {row['inertia']:11.1f}  {silhouettes}")
    typer.echo(f"elbow at {figures['elbow']}, best silhouette at {figures['best_silhouette']}, chosen {figures['k']}")
    typer.echo(f"sizes {figures['sizes']}, largest share {figures['largest_share']:.2f}")
    typer.echo(
        f"agreement between seeds (adjusted Rand index): {figures['stability']:.3f} from the same start, "
        f"{figures['stability_random_start']:.3f} from random starts"
    )


@app.command()
def moods(work: Work) -> None:
    """Name the groups; edit the names in moods.json of the work folder and run this again."""
    from musicrec_desktop.curator.moods import moods as name_clusters

    for one in name_clusters(_store(work), work / MOOD_FILE):
        because = ", ".join(f"{reason.trait} {reason.value:+.1f}" for reason in one.because)
        title = one.mood.name_en.replace(" | ", " ")
        typer.echo(f"{one.mood.key:8} {one.group.n_songs:4d} songs  {title:40} {because or 'no songs at present'}")
    typer.echo(f"names: {work / MOOD_FILE}")


@app.command()
def train(work: Work, seed: Seed = 0) -> None:
    """Fit both mood classifiers: the network that ships, and XGBoost beside it."""
    from musicrec_desktop.curator.train import train as fit

    facts = fit(_store(work), seed=seed)
    typer.echo(f"trained on {facts['n_passages']} passages of {facts['n_songs']} songs")


@app.command()
def evaluate(work: Work) -> None:
    """Both classifiers on takes, clean and through the microphone, and on songs left out; a report with pictures."""
    from musicrec_desktop.curator.evaluate import evaluate as measure
    from musicrec_desktop.curator.evaluate import page
    from musicrec_desktop.curator.report import write_report

    store = _store(work)
    figures = measure(store, work)
    typer.echo(page(figures), nl=False)
    typer.echo(f"report: {write_report(store, work, figures)}")


@app.command()
def export(
    work: Work,
    out: Annotated[Path, typer.Option(help="The folder that gets mood.onnx and mood.json.")] = Path("models"),
    data_name: Annotated[str, typer.Option(help="What the music is called in the card.")] = "",
    licence_note: Annotated[str, typer.Option(help="What the card says of the music's licences.")] = "",
    created: Annotated[str, typer.Option(help="The date for the card; none unless given.")] = "",
) -> None:
    """Calibrate, then write the model and its card."""
    from musicrec_desktop.curator.export import About, calibrated
    from musicrec_desktop.curator.export import export as write

    store, spec = _store(work), FeatureSpec()
    calibrated(store, spec=spec)
    about = About(data_name=data_name, licence_note=licence_note, created=created)
    card = write(store, out, about=about, spec=spec)
    typer.echo(f"{out / 'mood.onnx'}: model {card['model_id'][:12]}, features {card['fingerprint']}")


def _store(work: Path) -> "CentralStore":
    return open_store(work)


def _executor(*, jobs: int | None, scheduler: str | None, tls: tuple[Path | None, ...]) -> "Executor":
    """Where the songs are analysed; only a cluster needs Dask, which takes a second to load."""
    from musicrec_desktop.curator.executors import on_cores

    if scheduler is None:
        if any(tls):
            raise typer.BadParameter("--tls-ca, --tls-cert and --tls-key go with --scheduler tls://...")
        return partial(on_cores, jobs=jobs)
    if jobs is not None:
        raise typer.BadParameter("--jobs is for this machine; a cluster has the workers it has")
    kind = scheduler.partition("://")[0]
    if kind not in ("tcp", "tls"):
        raise typer.BadParameter("a scheduler is tcp://HOST:PORT or tls://HOST:PORT", param_hint="--scheduler")
    if (kind == "tls") != all(tls) or (kind == "tcp" and any(tls)):
        raise typer.BadParameter("tls:// takes all of --tls-ca, --tls-cert and --tls-key, tcp:// none of them")
    from musicrec_desktop.curator.dask_workers import Cluster, on_cluster

    return partial(on_cluster, cluster=Cluster(scheduler, *tls))


def _end_of_analysis(tally: "Tally") -> None:
    before = f", {tally.passed_over} failed before (--retry-failed tries them again)" if tally.passed_over else ""
    typer.echo(f"{tally.analysed} analysed, {tally.unchanged} unchanged, {tally.failed} failed{before}")
    if tally.left:
        typer.echo(f"Interrupted with {tally.left} songs to go; the same command goes on where it ended.", err=True)
        raise typer.Exit(INTERRUPTED)
    if not tally.analysed + tally.unchanged:
        raise typer.Exit(1)


def _reason(reason: str) -> str:
    return _REASONS.get(reason, reason)


release_commands.add_to(app, lambda work: _store(work))
central_commands.add_to(app)


if __name__ == "__main__":
    main()
