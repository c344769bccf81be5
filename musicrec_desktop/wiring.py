"""Builds the parts that the command line, the window and the curator share; the one place that knows the classes."""

import logging
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from musicrec_desktop.core import paths, settings
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import (
    BeyondEnd,
    CatalogueDamaged,
    CatalogueError,
    DeviceLost,
    ModelError,
    ModelMissing,
    SettingsError,
    UnknownMood,
)
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.settings import Settings
from musicrec_desktop.core.types import AnalysisRequest, Answer, Excerpt, Mood, RequestId, Track, TrackId

if TYPE_CHECKING:  # each command loads only the libraries it needs
    from musicrec_desktop.audio.files import FileReader
    from musicrec_desktop.catalogue.store import CatalogueStore
    from musicrec_desktop.core.central import CentralModel
    from musicrec_desktop.demonstration import CatalogueInUse
    from musicrec_desktop.engine.model import MoodModel
    from musicrec_desktop.engine.recommender import Recommender
    from musicrec_desktop.intake.changes import Changes
    from musicrec_desktop.intake.importing import ImportedFile, ImportProgress
    from musicrec_desktop.workers.analysis import Engine, EngineFacts

log = logging.getLogger(__name__)

SPEC = FeatureSpec()
WHOLE_S = 15.0  # a file up to this length is asked about as a whole
ROUGH_S = 0.1  # what a codec may add to a length
TAKE_S = 6.0  # of a longer one, this much
HEARD_S = 300.0  # where its most typical part is looked for
POLL_S = 0.05
SPARE_S = 2.0
REMEMBERED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a recording is asked about. None: the program chooses."""

    start_s: float | None = None
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many songs, and how many of one artist (0: any number)."""

    limit: int = 5
    per_artist: int = 2


def open_catalogue(*, path: Path | None = None, mend: bool = True) -> "CatalogueStore":
    """The catalogue file, made when there is none. One that is damaged is set aside, and a new one begins.

    Without `mend`, CatalogueDamaged is raised instead.
    """
    from musicrec_desktop.catalogue.mending import open_mended, open_sound

    opened = open_mended if mend else open_sound
    store = opened(path or paths.catalogue_file(), fingerprint=SPEC.fingerprint(), cache=paths.cache_folder())
    try:
        store.central.search_in(current_settings().library.search)
    except BaseException:
        store.close()
        raise
    return store


def lost_files() -> list[Path]:
    """Files that were imported by hand and are in no catalogue since one was lost: to be imported again."""
    from musicrec_desktop.catalogue.mending import rebuild_note
    from musicrec_desktop.listener.store import UserStore

    note = rebuild_note(paths.catalogue_file())
    if not note.exists():
        return []
    with open_catalogue() as store, UserStore(paths.user_file()) as listener:
        known = store.known_files()
        lost = [path for path in listener.files() if path not in known and path.is_file()]
    if not lost:
        note.unlink(missing_ok=True)
    return lost


def set_catalogue_aside() -> None:
    """The listener wants a damaged catalogue out of the way; one that has been mended meanwhile stays.

    Nothing is deleted. Raises CatalogueError.
    """
    from musicrec_desktop.catalogue.database import fault_note
    from musicrec_desktop.catalogue.mending import begin_anew

    file = paths.catalogue_file()
    was_noted = fault_note(file).exists()
    try:
        open_catalogue(mend=False).close()
    except CatalogueDamaged:
        open_catalogue().close()
    else:
        if was_noted:  # it reads well as a whole, and yet something in it could not be answered
            begin_anew(file)


def open_demonstration() -> "CatalogueStore":
    """The songs that come with the program, embedded with the model in use. Raises DemonstrationUnusable."""
    from musicrec_desktop import demonstration

    try:
        model_id = read_facts().model_id
    except ModelError as error:
        log.info("the demonstration without a model: %s", error)
        model_id = None
    return demonstration.open_demonstration(
        paths.demonstration_folder(),
        cache=paths.cache_folder(),
        fingerprint=SPEC.fingerprint(),
        model_id=model_id,
        run=lambda: open_model().run,
    )


def open_catalogue_in_use() -> "CatalogueInUse":
    """The listener's songs or, while there are none, the demonstration's; for one thread."""
    from musicrec_desktop.demonstration import CatalogueInUse

    return CatalogueInUse(open_catalogue(), open_demonstration)


def read_facts() -> "EngineFacts":
    """What the model in use says of itself, which takes a moment less than loading it. Raises ModelError."""
    from musicrec_desktop.engine.model import read_card, understood_card
    from musicrec_desktop.workers.analysis import EngineFacts

    central = _central_model(None)
    if central:
        with suppress(ModelError):
            card = understood_card(central.card, paths.catalogue_file(), fingerprint=SPEC.fingerprint())
            return EngineFacts(model_id=card.model_id, moods=card.moods)
    card = read_card(paths.model_folder(), fingerprint=SPEC.fingerprint())
    return EngineFacts(model_id=card.model_id, moods=card.moods)


def card_in_use() -> bytes:
    """The card of the model in use as it was written. Raises OSError."""
    central = _central_model(None)
    return central.card if central else (paths.model_folder() / "mood.json").read_bytes()


def open_model(store: "CatalogueStore | None" = None) -> "MoodModel":
    """The model in use: that of the central content, else the program's own, or the one that `MUSICREC_MODEL` names.

    Raises ModelMissing, ModelMismatch or ModelInvalid.
    """
    from musicrec_desktop.engine.model import MoodModel

    central = _central_model(store)
    if central:
        try:
            return MoodModel.from_bytes(central.network, central.card, fingerprint=SPEC.fingerprint())
        except ModelError as error:
            log.warning("the central content's model cannot be used, so the program's own is: %s", error)
    return MoodModel(paths.model_folder(), fingerprint=SPEC.fingerprint())


def use_content(store: "CatalogueStore", local: int, *, token: CancelToken | None = None) -> None:
    """Try the model of a staged content out, then use both. Raises ModelError, ContentIncomplete."""
    from musicrec_desktop.engine.model import MoodModel, try_out

    staged = store.central.staged()
    model_id = staged.release.model_id if staged else ""
    kept = store.central.model(model_id)
    if kept is None:
        raise ModelMissing(path=store.path)
    model = MoodModel.from_bytes(kept.network, kept.card, fingerprint=SPEC.fingerprint())
    try_out(model)
    store.central.switch(local, model.run, token=token)


def _central_model(store: "CatalogueStore | None") -> "CentralModel | None":
    """The model of the content in use; None without one, when another is chosen, and while it is damaged."""
    if paths.model_is_chosen() or (store is None and not paths.catalogue_file().is_file()):
        return None
    with ExitStack() as stack:
        try:
            found = store or stack.enter_context(open_catalogue())
            held = found.central.in_use()
            kept = found.central.model(held.release.model_id) if held else None
        except CatalogueError as error:  # said by whoever needs the catalogue itself
            log.warning("no model from the catalogue: %s", error)
            return None
    if held and kept is None:
        log.warning("the model of content %d is damaged, so the program's own is used", held.local)
    return kept


def open_recommender(store: "CatalogueStore", model: "MoodModel") -> "Recommender":
    """A recommender over all of the catalogue: what the model has not seen yet is embedded first."""
    from musicrec_desktop.audio.resample import resample
    from musicrec_desktop.engine.recommender import Recommender

    store.use_model(model.model_id, model.run)
    return Recommender(model=model, candidates=store, spec=SPEC, resample=resample)


def open_reader() -> "FileReader":
    """Decodes in a child process, which begins to start at once."""
    from musicrec_desktop.audio.files import FileReader
    from musicrec_desktop.audio.sandbox import Sandbox

    sandbox = Sandbox()
    sandbox.start()
    return FileReader(sandbox)


def import_files(
    files: Iterable[Path],
    *,
    store: "CatalogueStore",
    model: "MoodModel | None",
    token: CancelToken | None = None,
    on_progress: "Callable[[ImportProgress], None] | None" = None,
) -> "Iterator[ImportedFile]":
    """Files and folders into the catalogue, one result per file; without a model, moods wait for one.

    Those outside watched folders are remembered apart from the catalogue, in case it is lost.
    """
    from musicrec_desktop.intake.importing import import_paths

    imported = import_paths(
        files,
        store=store,
        model_id=model.model_id if model else None,
        model_run=model.run if model else None,
        spec=SPEC,
        token=token,
        on_progress=on_progress,
    )
    by_hand: list[Path] = []
    watched = [Path(folder) for folder in current_settings().library.folders]
    try:
        for file in imported:
            if file.status != "failed" and not any(file.path.is_relative_to(folder) for folder in watched):
                by_hand.append(file.path)
            if len(by_hand) >= REMEMBERED_AT_ONCE:
                _remember(by_hand)
            yield file
    finally:
        _remember(by_hand)
    if model and store.model_in_use() not in (None, model.model_id) and not paths.model_is_chosen():
        newer = open_model(store)  # it came into use while this went on
        store.embed_missing(newer.model_id, newer.run, token=token)


def _remember(by_hand: list[Path]) -> None:
    """Note these files, and empty the list; an import does not fail because of it."""
    from musicrec_desktop.listener.store import UserStore

    if by_hand:
        try:
            with UserStore(paths.user_file()) as listener:
                listener.remember_files(path.absolute() for path in by_hand)
        except CatalogueError as error:
            log.warning("what was imported by hand is not remembered: %s", error)
        by_hand.clear()


def import_alone(
    paths: Iterable[Path], *, token: CancelToken, on_progress: "Callable[[ImportProgress], None]"
) -> "Iterator[ImportedFile]":
    """An import with a catalogue and a model of its own, for a thread that shares neither."""
    with open_catalogue() as store:
        try:
            model = open_model(store)
        except ModelError as error:
            log.warning("importing without a model: %s", error)
            model = None
        yield from import_files(paths, store=store, model=model, token=token, on_progress=on_progress)


def forget_alone(changes: "Changes", *, token: CancelToken) -> "Iterator[TrackId]":
    """Songs leave the catalogue, for a thread that shares none; yields them."""
    from musicrec_desktop.intake.following import drop_folders, forget_gone

    with open_catalogue() as store:
        yield from forget_gone(changes.gone, store=store, token=token)
        yield from drop_folders(changes.dropped, changes.kept, store=store, token=token)


def find_mood(moods: Iterable[Mood], name: str) -> Mood:
    """The mood with this key, number, or name in either language. Raises UnknownMood."""
    wanted = _plain(name)
    for mood in moods:
        if wanted in {str(mood.id), *map(_plain, (mood.key, mood.name_ko, mood.name_en, mood.short_ko, mood.short_en))}:
            return mood
    raise UnknownMood(name=name)


def choose_passage(excerpt: Excerpt) -> tuple[float, float]:
    """Start and length in seconds of what to ask about: all of a short excerpt, else its most typical passage."""
    if excerpt.duration_s <= WHOLE_S + ROUGH_S:
        return 0.0, excerpt.duration_s
    return _typical_start(excerpt), TAKE_S


def read_part(reader: "FileReader", path: Path, part: Part) -> tuple[Excerpt, float]:
    """The part of a file to ask about, at the engine's rate, and where it begins. Raises UndecodableFile, BeyondEnd."""
    if part.start_s is None:
        heard = _read_whole(reader, path)
        start_s, duration_s = choose_passage(heard)
        duration_s = part.duration_s or duration_s
        start_s = max(0.0, min(start_s, heard.duration_s - duration_s))
        return heard.part(start_s, duration_s), start_s
    excerpt = reader.excerpt(path, start_s=part.start_s, duration_s=part.duration_s or TAKE_S, sr=SPEC.sr)
    if not len(excerpt.samples):
        raise BeyondEnd(start_s=part.start_s, duration_s=reader.probe(path).duration_s)
    return excerpt, part.start_s


def record(duration_s: float, *, device: str | None = None, on_open: Callable[[str], None]) -> Excerpt:
    """So much sound from the device of that name, or from the default one; `on_open` gets its name when it hears.

    Raises NoInputDevice, MicrophoneDenied or DeviceLost.
    """
    from musicrec_desktop.audio.capture import MicCapture
    from musicrec_desktop.audio.devices import choose

    lost: SimpleQueue[DeviceLost] = SimpleQueue()
    chosen = choose(device)
    microphone = MicCapture(chosen, ring_s=duration_s + SPARE_S, on_lost=lost.put)
    try:
        on_open(chosen.name)
        begin = microphone.position()
        while (excerpt := microphone.excerpt(begin, duration_s)) is None:
            with suppress(Empty):
                raise lost.get(timeout=POLL_S)
        return excerpt
    finally:
        microphone.close(wait_s=SPARE_S)


@dataclass(frozen=True, slots=True)
class Desk:
    """What answers questions about sound: catalogue, model, recommender and reader, opened together."""

    store: "CatalogueStore"
    model: "MoodModel"
    recommender: "Recommender"
    reader: "FileReader"

    def ask_file(self, path: Path, part: Part, wanted: Wanted) -> Answer:
        """What sounds like this part of a file? Raises UndecodableFile, BeyondEnd."""
        excerpt, start_s = read_part(self.reader, path, part)
        return self.ask(excerpt, wanted, start_s=start_s)

    def ask(self, excerpt: Excerpt, wanted: Wanted, *, start_s: float = 0.0) -> Answer:
        request = AnalysisRequest(
            request_id=RequestId(0),
            excerpt=excerpt,
            start_s=start_s,
            limit=wanted.limit,
            per_artist=wanted.per_artist,
        )
        with self.store.snapshot():
            return self.recommender.recommend(request, CancelToken())

    def ask_track(self, track: Track, part: Part, wanted: Wanted) -> Answer:
        """What sounds like this track, or this part of it? Raises BeyondEnd."""
        if part.start_s is not None and part.start_s >= track.duration_s:
            raise BeyondEnd(start_s=part.start_s, duration_s=track.duration_s)
        with self.store.snapshot():
            return self.recommender.similar(
                track.track_id,
                start_s=part.start_s,
                duration_s=part.duration_s,
                limit=wanted.limit,
                per_artist=wanted.per_artist,
                token=CancelToken(),
            )


@contextmanager
def open_desk(*, demonstration: bool = False) -> Iterator[Desk]:
    """Everything that `recommend`, `listen` and `similar` need; closed in reverse order.

    Raises DemonstrationUnusable when that is asked for.
    """
    with ExitStack() as stack:
        reader = open_reader()
        stack.callback(reader.close)
        store = stack.enter_context(open_demonstration() if demonstration else open_catalogue())
        model = open_model()
        yield Desk(store, model, open_recommender(store, model), reader)


def open_engine() -> "Engine":
    """What the analysis thread works with: to be opened, used and closed in that thread.

    It answers from the catalogue that is in use when it is asked.
    """
    from musicrec_desktop.demonstration import RecommenderInUse
    from musicrec_desktop.workers.analysis import Engine, EngineFacts

    with ExitStack() as opening:
        reader = open_reader()
        opening.callback(reader.close)
        catalogue = open_catalogue_in_use()
        opening.callback(catalogue.close)
        model = open_model(catalogue.own)
        return Engine(
            facts=EngineFacts(model_id=model.model_id, moods=model.moods),
            recommender=RecommenderInUse(catalogue, lambda store: open_recommender(store, model)),
            read=partial(_read_whole, reader),
            choose_passage=choose_passage,
            is_current=_same_model(catalogue.own, model.model_id),
            close=opening.pop_all().close,
        )


def _same_model(store: "CatalogueStore", model_id: str) -> Callable[[], bool]:
    """Says whether the model in use is still the one it was when this was made, for `model_id` was loaded then."""

    def wanted() -> str | None:
        held = None if paths.model_is_chosen() else store.central.in_use()
        return held.release.model_id if held else None

    at_first = wanted()

    def is_current() -> bool:
        now = wanted()
        mended = now not in (None, model_id) and now is not None and store.central.model(now) is not None
        return now == at_first and not mended

    return is_current


def current_settings() -> Settings:
    """The defaults where they cannot be read, which is said elsewhere."""
    try:
        return settings.load(paths.settings_file())
    except SettingsError:
        return Settings()


def _read_whole(reader: "FileReader", path: Path) -> Excerpt:
    return reader.excerpt(path, duration_s=HEARD_S, sr=SPEC.sr)


def _plain(name: str) -> str:
    """Letters as people type them: composed, small, with the preferred line break as one space."""
    return " ".join(unicodedata.normalize("NFC", name).replace("|", " ").casefold().split())


def _typical_start(excerpt: Excerpt) -> float:
    from musicrec_desktop.engine.typical import typical_start
    from musicrec_desktop.features.extract import extract_features

    return typical_start(extract_features(excerpt, SPEC), SPEC)
