"""The command line. Answers go to standard output, everything else to standard error.

Exit status: 0 done (a refusal is an answer), 2 wrong usage, 1 anything else with one sentence. Names and shapes of
the JSON objects are a contract. Each command imports what it needs when it runs, so that none waits for the others'.
"""

import logging
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from musicrec_desktop.core.errors import CatalogueEmpty, ExcerptError, ModelError, MusicRecError, UndecodableFile
from musicrec_desktop.printing import clock, line, shown, shown_path
from musicrec_desktop.wording import describe, undecodable

if TYPE_CHECKING:
    from musicrec_desktop.catalogue.store import CatalogueStore
    from musicrec_desktop.core.types import Answer, Track
    from musicrec_desktop.engine.model import MoodModel
    from musicrec_desktop.intake.importing import ImportProgress
    from musicrec_desktop.sync.pull import PullProgress

log = logging.getLogger(__name__)

LONGEST_S = 60.0
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave the process with its exit status."""
    multiprocessing.freeze_support()  # a frozen program's child would open another window
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # file names need not be valid Unicode
    try:
        app(args=arguments)
    except MusicRecError as error:
        _leave(describe(error))
    except Exception as error:
        _keep_traceback(error)
        _leave(describe(error))


def _finite(seconds: float | None) -> float | None:
    if seconds is not None and not 0 <= seconds < float("inf"):
        raise typer.BadParameter("not a number of seconds")
    return seconds


def _positive(seconds: float | None) -> float | None:
    if seconds is not None and not 0 < seconds <= LONGEST_S:
        raise typer.BadParameter(f"not between 0 and {LONGEST_S:g} seconds")
    return seconds


Json = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
Limit = Annotated[int, typer.Option(min=1, help="How many songs.")]
Start = Annotated[float | None, typer.Option(callback=_finite, help="Where the passage begins, in seconds.")]
Duration = Annotated[float | None, typer.Option(callback=_positive, help="How long the passage is, in seconds.")]


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Tell the version and leave.")] = False,
) -> None:
    """Songs that sound like what you hear. Without a command the window opens."""
    if version:
        from musicrec_desktop import __version__

        typer.echo(f"MusicRec Desktop {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        _open_window()


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Audio files and folders of them.")],
    json: Json = False,
) -> None:
    """Add audio files and folders to the catalogue."""
    from musicrec_desktop.intake.importing import Tally
    from musicrec_desktop.printing import imported_object, summary_object, summary_text
    from musicrec_desktop.wiring import import_files, lost_files, open_catalogue

    tally = Tally()
    with open_catalogue() as store:
        wanted = [*paths, *lost_files()]
        for file in import_files(wanted, store=store, model=_model_in_use(store), on_progress=_show_progress):
            tally.count(file)
            if json:
                _print_objects([imported_object(file)])
            elif file.reason:
                _say(f"{shown_path(file.path)}: {undecodable(file.reason)}")
    summary = tally.summary()
    if json:
        _print_objects([summary_object(summary)])
    else:
        typer.echo(summary_text(summary))
    if not summary.added + summary.unchanged + summary.moved:
        _leave("Nothing could be imported.")


@app.command()
def tracks(json: Json = False) -> None:
    """List the catalogue."""
    from musicrec_desktop.wiring import open_catalogue

    with open_catalogue() as store:
        model = _model_in_use(store)
        _print_tracks(store.tracks(), model, store=store, json=json)


@app.command()
def recommend(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Audio files to ask about.")],
    start: Start = None,
    duration: Duration = None,
    limit: Limit = 5,
    per_artist: Annotated[int, typer.Option(min=0, help="Songs of one artist at most; 0 for any number.")] = 2,
    demo: Annotated[bool, typer.Option("--demo", help="Search the demonstration catalogue.")] = False,
    json: Json = False,
) -> None:
    """Songs that sound like a passage of a file."""
    from musicrec_desktop.wiring import Part, Wanted, open_desk

    failed = False
    with open_desk(demonstration=demo) as desk:
        for file in files:
            try:
                answer = desk.ask_file(Path(file), Part(start, duration), Wanted(limit, per_artist))
            except ExcerptError as error:
                _print_error(file, error, json=json)
                failed = True
            else:
                _print_answer(answer, file=file, json=json)
    raise typer.Exit(1 if failed else 0)


@app.command()
def listen(
    seconds: Annotated[float, typer.Option(callback=_positive, help="How long to record.")] = 6.0,
    device: Annotated[str | None, typer.Option(metavar="NAME", help="As `devices` lists it.")] = None,
    limit: Limit = 5,
    json: Json = False,
) -> None:
    """Record, then recommend."""
    from musicrec_desktop.wiring import Wanted, open_desk, record

    with open_desk() as desk:
        heard = record(seconds, device=device, on_open=lambda name: _say(f"Listening to {name} for {seconds:g} s ..."))
        answer = desk.ask(heard, Wanted(limit))
    _print_answer(answer, file=None, json=json)


@app.command()
def moods(json: Json = False) -> None:
    """List the moods."""
    from musicrec_desktop.printing import mood_object, table, unbroken
    from musicrec_desktop.wiring import open_catalogue, open_model

    with open_catalogue() as store:
        model = open_model(store)
        store.use_model(model.model_id, model.run)
        counts = store.mood_counts(model.model_id)
    if json:
        _print_objects([mood_object(mood, n_tracks=counts.get(mood.id, 0)) for mood in model.moods])
        return
    rows = [
        (mood.id, mood.key, unbroken(mood.name_en), unbroken(mood.name_ko), counts.get(mood.id, 0))
        for mood in model.moods
    ]
    typer.echo(table(("#", "key", "name", "이름", "songs"), rows))


@app.command()
def mood(
    name: Annotated[str, typer.Argument(metavar="NAME_OR_KEY", help="A mood's key, number or name.")],
    limit: Limit = 5,
    json: Json = False,
) -> None:
    """Songs of a mood, those that fit best first."""
    from musicrec_desktop.engine.calibration import fit
    from musicrec_desktop.printing import table, track_object
    from musicrec_desktop.wiring import find_mood, open_catalogue, open_model

    with open_catalogue() as store:
        model = open_model(store)
        found = find_mood(model.moods, name)
        store.use_model(model.model_id, model.run)
        ranked = store.mood_tracks(found.id, limit=limit, model_id=model.model_id)
        if json:
            _print_objects([{**track_object(track), "score": round(fit(share), 1)} for track, share in ranked])
            return
        if not ranked:
            _say_nothing_there(store, "There are no songs in this mood yet.")
            return
    rows = [(track.track_id, track.title, track.artist, f"{fit(share):.0f}") for track, share in ranked]
    typer.echo(table(("track", "title", "artist", "fits"), rows))


@app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words of title, artist or album.")],
    limit: Limit = 5,
    json: Json = False,
) -> None:
    """Find songs of the catalogue by title, artist or album."""
    from musicrec_desktop.wiring import open_catalogue

    with open_catalogue() as store:
        model = _model_in_use(store)
        none = f"Nothing in the catalogue is called \u201c{shown(text)}\u201d."
        _print_tracks(store.search(text, limit), model, store=store, json=json, none=none)


@app.command(short_help="Songs that sound like one of the catalogue, or a passage of it.")
def similar(
    track_id: Annotated[str, typer.Argument(metavar="TRACK_ID", help="As `tracks` and `search` list it.")],
    start: Start = None,
    duration: Duration = None,
    limit: Limit = 5,
    json: Json = False,
) -> None:
    """Songs that sound like a song of the catalogue, or like a passage of it."""
    from musicrec_desktop.core.types import TrackId
    from musicrec_desktop.wiring import Part, Wanted, open_desk

    with open_desk() as desk:
        track = desk.store.track(TrackId(track_id))
        answer = desk.ask_track(track, Part(start, duration), Wanted(limit))
    _print_answer(answer, file=None if track.path is None else str(track.path), json=json)


@app.command(short_help="Bring the songs of a central catalogue here.")
def sync(
    address: Annotated[
        str | None, typer.Option("--from", metavar="mysql://USER@HOST[:PORT]/DB", help="Which one; else as last time.")
    ] = None,
    ca: Annotated[Path | None, typer.Option("--ca", help="PEM file of who vouches for the server.")] = None,
    without_tls: Annotated[bool, typer.Option("--without-tls", help="Let the link go unencrypted.")] = False,
    json: Json = False,
) -> None:
    """Bring the songs of a central catalogue here, or what has changed of them since.

    The password comes from the system's keyring or MUSICREC_PASSWORD, or is asked for.
    """
    from musicrec_desktop.central import chosen, pull_alone, remember
    from musicrec_desktop.core.cancel import CancelToken
    from musicrec_desktop.printing import sync_object, sync_text

    settings = chosen(address, ca, without_tls=without_tls)
    began = time.monotonic()
    found = pull_alone(settings, token=CancelToken(), report=_show_coming, ask=_asking(settings.address))
    remember(settings)
    seconds = time.monotonic() - began
    if json:
        _print_objects([sync_object(found, seconds)])
    else:
        typer.echo(sync_text(found, seconds))


@app.command()
def devices(json: Json = False) -> None:
    """List what can be recorded from."""
    from musicrec_desktop.audio.devices import list_inputs
    from musicrec_desktop.printing import table

    inputs = list_inputs()
    if json:
        _print_objects([{"name": each.name, "kind": each.kind, "default": each.is_default} for each in inputs])
        return
    if not inputs:
        _say("There is nothing to record from: no microphone is known to the system.")
    rows = [(each.name, each.kind, "default" if each.is_default else "") for each in inputs]
    typer.echo(table(("name", "kind", ""), rows))


@app.command(short_help="Check that everything works on this machine.")
def doctor(json: Json = False) -> None:
    """Check the program on this machine: versions, model, catalogue, sound, speed, and how right it is."""
    from musicrec_desktop.doctor.checks import checks
    from musicrec_desktop.doctor.words import told

    marks = {"ok": "ok  ", "attention": "FAIL", "skipped": "skip"}
    for found in checks():
        if json:
            _print_objects([{"check": found.check, "ok": found.outcome != "attention", "detail": told(found)}])
        else:
            typer.echo(f"{marks[found.outcome]}  {found.check}: {told(found)}")


def _open_window() -> None:
    if sys.platform.startswith("linux") and not any(map(os.environ.get, _SCREENS)):
        _leave("There is no screen here for the window; `musicrec --help` lists the commands that need none.")
    try:
        from musicrec_desktop.app import main as open_window
    except ImportError as error:  # one of the system's libraries, most likely
        _leave(f"The window cannot open: {error}.")
    raise typer.Exit(open_window())


# Printing


def _print_objects(objects: Sequence[Mapping[str, Any]]) -> None:
    for each in objects:
        print(line(each), flush=True)


def _print_answer(answer: "Answer", *, file: str | None, json: bool) -> None:
    from musicrec_desktop.printing import answer_object, answer_text

    if json:
        _print_objects([answer_object(answer, file=file)])
        return
    heading = f"{shown(file, most=200)}\n" if file else ""
    typer.echo(f"{heading}{answer_text(answer)}\n")


def _print_error(file: str, error: Exception, *, json: bool) -> None:
    from musicrec_desktop.printing import error_object

    sentence = describe(error)
    if json:
        _print_objects([error_object(file, sentence)])
    if not isinstance(error, UndecodableFile):  # which names its file; with several the others would be riddles
        sentence = f"{shown(file, most=200)}: {sentence[0].lower()}{sentence[1:]}"
    _say(sentence)


def _print_tracks(
    found: Sequence["Track"], model: "MoodModel | None", *, store: "CatalogueStore", json: bool, none: str = ""
) -> None:
    """`none` says that nothing was found, of a catalogue that has songs."""
    from musicrec_desktop.printing import track_object, track_table, unbroken

    if json:
        _print_objects([track_object(track) for track in found])
        return
    if not found:
        _say_nothing_there(store, none)
        return
    names = {mood.id: unbroken(mood.name_en) for mood in model.moods} if model else {}
    typer.echo(track_table(found, names))


def _say_nothing_there(store: "CatalogueStore", none: str) -> None:
    """Why there is no table."""
    _say(none if store.count() else describe(CatalogueEmpty()))


def _show_progress(progress: "ImportProgress") -> None:
    """One moving line, on terminals only."""
    if sys.stderr.isatty():
        left = "" if progress.seconds_left is None else f", {clock(progress.seconds_left)} left"
        end = "\n" if progress.done == progress.total else "\r"
        print(f"\r\033[K{progress.done} of {progress.total}{left}", end=end, file=sys.stderr, flush=True)


def _show_coming(progress: "PullProgress") -> None:
    if sys.stderr.isatty():
        of = "" if progress.total is None else f" of {progress.total:,}"
        print(f"\r\033[K{progress.done:,}{of} songs", end="", file=sys.stderr, flush=True)


def _asking(account: str) -> "Callable[[], str] | None":
    """A question at the keyboard that does not show the answer; None where nobody sits at one."""
    if not sys.stdin.isatty():
        return None
    return lambda: str(typer.prompt(f"Password for {account}", hide_input=True, err=True))


# Parts


def _model_if_usable(store: "CatalogueStore | None" = None) -> "MoodModel | None":
    """Listing and importing go on without a model, and say what is wrong with it."""
    from musicrec_desktop.wiring import open_model

    try:
        return open_model(store)
    except ModelError as error:
        _say(describe(error))
        return None


def _model_in_use(store: "CatalogueStore") -> "MoodModel | None":
    model = _model_if_usable(store)
    if model:
        store.use_model(model.model_id, model.run)
    return model


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _leave(sentence: str) -> NoReturn:
    _say(sentence)
    raise SystemExit(1)


def _keep_traceback(error: Exception) -> None:
    """The whole story of a fault goes to the log; the terminal gets a sentence."""
    from musicrec_desktop.core.paths import log_folder

    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(log_folder() / "musicrec.log", encoding="utf-8")
    except OSError:
        return
    log.addHandler(handler)
    log.error("a fault of the program", exc_info=error)
    log.removeHandler(handler)
    handler.close()
