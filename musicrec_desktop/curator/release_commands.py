"""The curator's commands around releases: publish, releases, rollback, verify, prune."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musicrec_desktop.core.central import PreviewRef
from musicrec_desktop.core.errors import MusicRecError, PreviewUnavailable
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator import errors
from musicrec_desktop.curator.progress import Progress
from musicrec_desktop.wording import UNDECODABLE

if TYPE_CHECKING:
    import peewee

    from musicrec_desktop.curator.publish import Published
    from musicrec_desktop.curator.sources import SongSource
    from musicrec_desktop.curator.store import CentralStore

StoreOf = Callable[[Path], "CentralStore"]  # the central database of a work folder
SAYS_EVERY_S = 5.0
REASONS = UNDECODABLE | {"failed": "it could not be made"}

SENTENCES: dict[type[MusicRecError], str] = {
    errors.PublisherBusy: "Another publisher is at work at {server}; try again when it has ended.",
    errors.NothingToPublish: "There is not one song to publish.",
    errors.TooFewRemain: "Only {remaining} of the {before} songs of the current release would remain; "
    "add --force if that is meant.",
    errors.StagedGone: "{count} staged songs are not there any more; run publish again.",
    errors.CardDiffers: "Model {model_id} was published with other moods or thresholds; train it anew, "
    "so that it becomes a model of its own.",
    errors.NoSuchRelease: "There is no such earlier release; `musicrec-curator releases` lists them.",
}

Work = Annotated[Path, typer.Option("--work", help="The folder that keeps the state of the work.")]
Note = Annotated[str, typer.Option(help="A line for the list of releases.")]


def add_to(app: typer.Typer, store_of: StoreOf) -> None:
    """Make these commands part of the curator's command line."""
    for add in (_add_publish, _add_releases, _add_rollback, _add_verify, _add_prune):
        add(app, store_of)


def _add_publish(app: typer.Typer, store_of: StoreOf) -> None:
    @app.command()
    def publish(
        work: Work,
        models: Annotated[Path, typer.Option(help="The folder of mood.onnx and mood.json.")] = Path("models"),
        note: Note = "",
        previews: Annotated[bool, typer.Option(help="Thirty seconds of each song, to be listened to.")] = True,
        previews_in: Annotated[
            str, typer.Option(metavar="URL", help="An object store for them, in place of the database.")
        ] = "",
        previews_at: Annotated[
            str, typer.Option(metavar="https://HOST/PATH", help="Where clients find what is in it.")
        ] = "",
        force: Annotated[bool, typer.Option("--force", help="Even when most songs would go.")] = False,
    ) -> None:
        """Make all analysed songs and the exported model a release; clients see all of it or nothing.

        Previews that are there are not made again; a song whose preview cannot be made goes without one.
        """
        from musicrec_desktop.curator.publish import publish as make_current
        from musicrec_desktop.curator.published import exported, published_tracks
        from musicrec_desktop.curator.staging import stage

        _check_places(previews, previews_in, previews_at)
        model, store = exported(models, spec=FeatureSpec()), store_of(work)
        listened = _previews(store, previews_in) if previews else {}
        tracks, total = published_tracks(store, model, listened), len(store.songs())
        staged = stage(store.database, tracks, model, progress("staged"), total=total)
        typer.echo(
            _published(
                make_current(
                    store.database,
                    staged,
                    note=note,
                    previews_at=previews_at,
                    force=force,
                    report=progress("published"),
                )
            )
        )


def _add_releases(app: typer.Typer, store_of: StoreOf) -> None:
    @app.command()
    def releases(work: Work) -> None:
        """All releases, the current one first."""
        from musicrec_desktop.curator.publish import releases as known

        found = known(_catalogue(store_of(work)))
        typer.echo("release  content    songs  model         published                  note")
        for i, one in enumerate(found):
            mark = "*" if i == 0 else " "
            typer.echo(
                f"{one.number:6}{mark}  {one.content:7}  {one.n_tracks:7}  {one.model_id[:12]}  "
                f"{one.published_at:25}  {one.note}".rstrip()
            )


def _add_rollback(app: typer.Typer, store_of: StoreOf) -> None:
    @app.command()
    def rollback(
        work: Work,
        to: Annotated[int | None, typer.Option(min=1, help="A release; else the content before this one.")] = None,
        note: Note = "",
    ) -> None:
        """Make what was published earlier current again, as a new release."""
        from musicrec_desktop.curator.publish import rollback as go_back

        made = go_back(_catalogue(store_of(work)), to, note=note)
        typer.echo(f"release {made.number}: content {made.content} again, {made.n_tracks} songs")


def _add_verify(app: typer.Typer, store_of: StoreOf) -> None:
    @app.command()
    def verify(work: Work) -> None:
        """Compute every digest of the current release anew; status 1 when anything is damaged."""
        from musicrec_desktop.curator.verify import verify as damages

        found = damages(_catalogue(store_of(work)), progress("verified"))
        for one in found:
            typer.echo(f"{one.kind} {one.name}: {one.detail}")
        typer.echo(f"{len(found)} damaged" if found else "all as it was published")
        if found:
            raise typer.Exit(1)


def _add_prune(app: typer.Typer, store_of: StoreOf) -> None:
    @app.command()
    def prune(
        work: Work, keep: Annotated[int, typer.Option(min=1, help="How many contents stay for a rollback.")] = 3
    ) -> None:
        """Delete versions of songs that only older contents have."""
        from musicrec_desktop.curator.prune import prune as make_room

        done = make_room(_catalogue(store_of(work)), keep=keep, report=progress("deleted"))
        typer.echo(f"{done.releases} releases and {done.versions} versions deleted")


def _check_places(previews: bool, previews_in: str, previews_at: str) -> None:
    """An object store and its address go together, and the address must be one that clients accept."""
    if not previews and (previews_in or previews_at):
        raise typer.BadParameter("there are no previews with --no-previews", param_hint="--previews-in, --previews-at")
    if bool(previews_in) != bool(previews_at):
        raise typer.BadParameter("--previews-in and --previews-at go together: clients read by https alone")
    if previews_at:
        from musicrec_desktop.sync.preview_sources import HttpsPreviews

        try:
            HttpsPreviews(previews_at)
        except PreviewUnavailable as error:
            raise typer.BadParameter(str(error.facts["detail"]), param_hint="--previews-at") from error


def _previews(store: "CentralStore", previews_in: str) -> dict[int, PreviewRef]:
    """The preview of every song that can have one, by song id. Raises ObjectsUnusable."""
    from musicrec_desktop.curator.objects import Objects
    from musicrec_desktop.curator.preview_store import DatabaseSink, ObjectSink
    from musicrec_desktop.curator.previews import MADE, previews_for
    from musicrec_desktop.curator.releasing import prepare

    prepare(store.database)
    database = store.database
    sink = ObjectSink(database, Objects.at(previews_in)) if previews_in else DatabaseSink(database)
    steps = Progress(unit="previews")

    def report(song: "SongSource", outcome: str) -> None:
        if outcome != MADE:
            steps.say(f"{song.path}: no preview, {REASONS.get(outcome, outcome)}")

    made = previews_for(store, store.songs(), keep=sink, progress=steps, report=report)
    return {song_id: PreviewRef(one.sha256, one.start_s) for song_id, one in made.items()}


def _catalogue(store: "CentralStore") -> "peewee.Database":
    """The database of a catalogue that has a release; raise NothingPublished."""
    from musicrec_desktop.catalogue.release_queries import current
    from musicrec_desktop.curator.releasing import connected, prepare

    prepare(store.database)
    with connected(store.database):
        current(store.database)
    return store.database


def _published(published: "Published") -> str:
    release, difference = published.release, published.difference
    if not published.is_new:
        return f"nothing has changed since release {release.number}; no new one was made"
    return (
        f"release {release.number}: {release.n_tracks} songs, "
        f"{difference.added} added, {difference.changed} changed, {difference.removed} removed"
    )


def progress(done_word: str, clock: Callable[[], float] = time.monotonic) -> Callable[[int, int | None], None]:
    """Says every few seconds how far a step is, and how long it will take at the pace so far."""
    began = said = clock()

    def report(done: int, total: int | None) -> None:
        nonlocal said
        now = clock()
        if now - said < SAYS_EVERY_S:
            return
        said = now
        left = f", about {(now - began) / done * (total - done):.0f} s left" if total and done else ""
        typer.echo(f"{done}{f' of {total}' if total else ''} {done_word}{left}", err=True)

    return report
