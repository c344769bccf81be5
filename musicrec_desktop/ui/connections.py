"""What is joined to what: the pages with the session, the catalogue, the import and the player."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from musicrec_desktop.core.errors import AudioError, MusicRecError
from musicrec_desktop.core.settings import AudioSettings, CentralSettings, FirstSettings, LookSettings, Settings
from musicrec_desktop.core.types import Excerpt, Mood, RequestId, Track
from musicrec_desktop.features.display import Columns
from musicrec_desktop.ui.catalogue_questions import MoodShelf, Overview
from musicrec_desktop.ui.catalogue_reader import CatalogueReader
from musicrec_desktop.ui.first_day import FirstDay
from musicrec_desktop.ui.importer import Importer
from musicrec_desktop.ui.main_window import MainWindow
from musicrec_desktop.ui.messages import describe
from musicrec_desktop.ui.preview_player import PreviewPlayer
from musicrec_desktop.ui.session import SessionController, State
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.track_list import TrackList
from musicrec_desktop.workers.analysis import EngineFacts

if TYPE_CHECKING:
    from musicrec_desktop.audio.devices import InputDevice

AUDIO_PATTERNS = "*.wav *.flac *.ogg *.oga *.opus *.mp3 *.m4a *.mp4 *.aac"


class Connections(QObject):
    """Lives as long as the window. Every signal that may come from a thread ends in a method of a QObject."""

    settings_changed = Signal(object)  # Settings to be saved
    repair_wanted = Signal()  # put the damaged catalogue aside and begin a new one
    log_wanted = Signal()
    imported_by_hand = Signal(object)  # files and folders the listener has just given to the library

    def __init__(
        self,
        *,
        window: MainWindow,
        session: SessionController,
        catalogue: CatalogueReader,
        importer: Importer,
        preview: PreviewPlayer,
        settings: Settings,
        sample: Path | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._catalogue = window, session, catalogue
        self._importer, self._preview, self._settings = importer, preview, settings
        self._moods: dict[int, Mood] = {}
        self._shelf = MoodShelf({}, {})
        self._inputs: Sequence[InputDevice] = ()
        self._looked = False  # for devices
        self._play_mood: int | None = None  # to be played as soon as its songs are here
        self._held = False
        self.first_day = FirstDay(window=window, session=session, catalogue=catalogue, sample=sample)
        self._join_pages()
        self._join_first_day()
        self._join_answers()
        self._join_catalogue()
        self._join_library()
        self._join_player()
        self._show_device()

    # what is joined

    def _join_pages(self) -> None:
        window = self._window
        window.navigation.chosen.connect(window.show_page)
        window.look_changed.connect(self._on_look)
        window.paths_dropped.connect(self._on_dropped)
        window.settings.look_chosen.connect(window.set_look)
        window.settings.audio_chosen.connect(self._session.choose_audio)
        self._session.audio_settings_changed.connect(self._on_audio)
        self._session.microphone_changed.connect(self._show_device)
        self._session.state_changed.connect(self._on_state)
        window.status.device.clicked.connect(window.show_settings)

    def _join_first_day(self) -> None:
        window, first_day = self._window, self.first_day
        window.first.listen_wanted.connect(self._session.click)
        window.first.device_picked.connect(self._on_first_device)
        window.first.sample_wanted.connect(self._on_sample)
        window.listen.live.ways.sample_wanted.connect(self._on_sample)
        window.first_left.connect(self._on_welcomed)
        window.settings.first.wanted.connect(window.show_first)
        window.status.songs.clicked.connect(window.show_library)
        first_day.changed_over.connect(self._on_changed_over)

    def _join_answers(self) -> None:
        window, listen = self._window, self._window.listen
        listen.said.connect(self._say)
        listen.live.settings_wanted.connect(window.show_settings)
        listen.live.repair_wanted.connect(self.repair_wanted)
        listen.live.log_wanted.connect(self.log_wanted)
        listen.live.ways.file_wanted.connect(self.choose_file)
        listen.live.ways.moods_wanted.connect(window.show_moods)
        listen.live.ways.search_wanted.connect(window.show_search)
        answers = listen.answers
        answers.wanted.connect(self._on_wanted)
        answers.results.play_requested.connect(self._on_play_result)
        answers.results.similar_requested.connect(self._on_similar)
        answers.results.mood_wanted.connect(self.open_mood)
        answers.refusal.mood_wanted.connect(self.open_mood)

    def _join_catalogue(self) -> None:
        window, catalogue = self._window, self._catalogue
        catalogue.facts.connect(self.on_facts)
        catalogue.overview.connect(self._on_overview)
        catalogue.shelf.connect(self._on_shelf)
        catalogue.mood_songs.connect(self._on_mood_songs)
        catalogue.hits.connect(window.search.show_hits)
        catalogue.tracks.connect(window.library.set_tracks)
        catalogue.prints.arrived.connect(window.search.hits.viewport().update)
        catalogue.prints.arrived.connect(window.library.table.viewport().update)
        catalogue.prints.arrived.connect(self._on_prints)
        window.search.asked.connect(catalogue.search)
        window.search.similar_requested.connect(self._on_similar)
        window.search.play_requested.connect(self._on_play_hit)
        window.search.passage_requested.connect(self._on_similar_passage)
        catalogue.tracks.connect(window.search.set_songs)
        window.moods.opened.connect(self.open_mood)
        window.moods.play_wanted.connect(self._on_play_mood)
        window.mood.back_wanted.connect(window.show_moods)
        window.mood.similar_requested.connect(self._on_similar)
        window.mood.play_requested.connect(self._on_play_in_mood)
        window.mood.play_all_wanted.connect(self._preview.play_all)
        window.mood.shuffle_wanted.connect(self._preview.play_shuffled)

    def _join_library(self) -> None:
        library, importer = self._window.library, self._importer
        library.folder_wanted.connect(self.choose_folder)
        library.files_wanted.connect(self.choose_files)
        self._window.settings.catalogue.add_wanted.connect(self.choose_folder)
        self._catalogue.prints.show_covers(self._settings.look.covers)
        library.play_requested.connect(self._on_play_in_library)
        library.similar_requested.connect(self._on_similar)
        library.card.cancel_wanted.connect(importer.cancel)
        importer.began.connect(library.card.begin)
        importer.progressed.connect(library.card.show_progress)
        importer.file_done.connect(library.card.add_file)
        importer.ended.connect(library.card.end)
        importer.catalogue_changed.connect(self._catalogue.refresh)

    def _join_player(self) -> None:
        bar, preview = self._window.player, self._preview
        bar.play_toggled.connect(preview.toggle)
        bar.next.connect(preview.next)
        bar.previous.connect(preview.previous)
        bar.seek.connect(preview.seek_share)
        bar.volume_changed.connect(preview.set_volume)
        bar.more_like_requested.connect(self._on_more_like_playing)
        preview.track_changed.connect(self._on_track)
        preview.playing_changed.connect(bar.set_playing)
        preview.moved.connect(self._on_moved)
        preview.held.connect(self._on_held)
        preview.fetching.connect(self._on_fetching)
        preview.unavailable.connect(self._on_unavailable)
        preview.failed.connect(self.on_trouble)
        preview.volume_chosen.connect(self._on_volume)

    # the engine and the catalogue

    @Slot(object)
    def on_ready(self, facts: EngineFacts) -> None:
        if facts.moods == tuple(self._moods.values()):
            self._catalogue.set_facts(facts)  # what the engine has embedded meanwhile is counted now
        else:
            self.on_facts(facts)

    @Slot(object)
    def on_facts(self, facts: EngineFacts) -> None:
        self._moods = {mood.id: mood for mood in facts.moods}
        window = self._window
        for page in (window.listen, window.moods, window.mood, window.library, window.search.hits):
            page.set_moods(facts.moods)
        self._catalogue.set_facts(facts)
        self._on_changed_over()  # a mood that is shown has other songs under another model

    @Slot(object, object, object)
    def on_excerpt(self, request_id: RequestId, excerpt: Excerpt, columns: Columns) -> None:
        self._window.listen.take_columns(columns)
        self._session.on_excerpt(request_id, excerpt)

    @Slot(object)
    def on_inputs(self, inputs: Sequence["InputDevice"]) -> None:
        self._inputs, self._looked = inputs, True
        self._window.settings.set_inputs(inputs)
        self._window.listen.set_inputs(inputs)
        self._window.first.set_inputs(inputs, self._session.audio.device)
        self._show_device()

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        self._window.listen.set_songs(overview.count)
        self._songs = overview.count
        self.first_day.on_overview(overview)
        self._show_songs()

    _songs: int | None = None
    _fetched: Track | None = None  # whose preview is on its way

    def _show_songs(self) -> None:
        if self._songs is not None:
            words = "demo.songs" if self.first_day.demonstration else "status.songs"
            self._window.status.songs.set_text(tr(words, n=self._songs))

    # the first day

    @Slot()
    def _on_changed_over(self) -> None:
        """Other songs are in use: what is shown of those before goes."""
        shown = self._window.mood.mood_id
        if shown is not None:
            self._catalogue.open_mood(shown)

    @Slot()
    def _on_sample(self) -> None:
        self.first_day.play_sample(volume=self._settings.audio.volume)

    @Slot()
    def _on_welcomed(self) -> None:
        if not self._settings.first.welcomed:
            self._remember(replace(self._settings, first=FirstSettings(welcomed=True)))

    @Slot(int)
    def _on_first_device(self, index: int) -> None:
        """A device that is picked on the first page is opened, so that its level shows."""
        device = self._inputs[index - 1] if 0 < index <= len(self._inputs) else None
        source = device.kind if device else "microphone"
        name = device.name if device else ""
        self._session.choose_audio(replace(self._session.audio, device=name, source=source, armed=True))

    @Slot()
    def on_silent(self) -> None:
        self._say(tr("error.no_speaker"))

    @Slot(object)
    def _on_shelf(self, shelf: MoodShelf) -> None:
        self._shelf = shelf
        self._window.moods.set_shelf(shelf)

    # moods

    @Slot(int)
    def open_mood(self, mood_id: int) -> None:
        self._window.mood.open_mood(self._moods[mood_id], self._shelf.prints.get(mood_id))
        self._window.show_page("mood")
        self._catalogue.open_mood(mood_id)

    @Slot(int)
    def _on_play_mood(self, mood_id: int) -> None:
        self._play_mood = mood_id
        self.open_mood(mood_id)

    @Slot(int, object)
    def _on_mood_songs(self, mood_id: int, ranked: Sequence[tuple[Track, float]]) -> None:
        if self._window.mood.mood_id == mood_id:
            self._window.mood.show_songs(ranked)
        if self._play_mood == mood_id:
            self._preview.play_all([track for track, _ in ranked])
        self._play_mood = None

    # playing

    @Slot(object, float)
    def _on_play_result(self, track: Track, at_s: float) -> None:
        self._preview.play(track, at_s, self._window.listen.answers.results.shown_tracks())

    @Slot(object, float)
    def _on_play_in_mood(self, track: Track, at_s: float) -> None:
        self._preview.play(track, at_s, self._window.mood.tracks())

    @Slot(object, float)
    def _on_play_hit(self, track: Track, at_s: float) -> None:
        self._preview.play(track, at_s, self._window.search.hits.tracks.tracks)

    @Slot(object)
    def _on_play_in_library(self, track: Track) -> None:
        self._preview.play(track, 0.0, self._window.library.table.tracks.tracks)

    @Slot(object)
    def _on_track(self, track: Track) -> None:
        self._window.player.set_track(track, self._catalogue.prints.print_of(track.track_id))

    @Slot()
    def _on_prints(self) -> None:
        track = self._window.player.track
        if track is not None:
            self._window.player.set_print(self._catalogue.prints.print_of(track.track_id))

    @Slot(float)
    def _on_moved(self, position_s: float) -> None:
        self._window.player.set_position(position_s)

    @Slot(bool)
    def _on_held(self, held: bool) -> None:
        self._held = held
        self._show_second_line()

    @Slot(object)
    def _on_fetching(self, track: Track | None) -> None:
        """Its preview is on its way; None: no longer."""
        self._fetched = track
        for table in self._tables:
            table.set_fetched(track.track_id if track else None)
        self._show_second_line()

    @Slot(object)
    def _on_unavailable(self, track: Track) -> None:
        for table in self._tables:
            table.mark_unavailable(track.track_id)

    @property
    def _tables(self) -> tuple[TrackList, ...]:
        return self._window.library.table, self._window.search.hits

    def _show_second_line(self) -> None:
        waiting = tr("player.fetching") if self._fetched is not None else ""
        self._window.player.set_second_line(tr("player.paused") if self._held else waiting)

    @Slot(object)
    def _on_state(self, state: State) -> None:
        self._preview.hold(state is State.LISTENING)
        reason = self._session.reason
        self._window.moods.set_trouble(None if isinstance(reason, AudioError) else reason)

    # what sounds like it

    @Slot(object)
    def _on_similar(self, track: Track) -> None:
        self._window.show_page("listen")
        self._session.similar_to(track)

    @Slot(object, float, float)
    def _on_similar_passage(self, track: Track, start_s: float, duration_s: float) -> None:
        self._window.show_page("listen")
        self._session.similar_to(track, start_s=start_s, duration_s=duration_s)

    @Slot()
    def _on_more_like_playing(self) -> None:
        if self._preview.track is not None:
            self._on_similar(self._preview.track)

    @Slot(str)
    def _on_wanted(self, button: str) -> None:
        """The buttons of a refusal."""
        match button:
            case "again":
                self._session.click()
            case "last":
                self._session.press_last()
            case "computer":
                self._window.listen.listen_to_computer()
            case "sound_settings":
                self._window.show_settings()
            case "folder":
                self.choose_folder()
            case "demo":
                self.first_day.load_demonstration()

    # files

    @Slot()
    def choose_file(self) -> None:
        """Open one audio file and ask about it."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, tr("open.choose"), "", self._patterns())
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        self._window.show_page("listen")
        self._session.open_file(path)

    @Slot()
    def choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, tr("library.choose"))
        if chosen:
            self.import_paths([Path(chosen)])

    @Slot()
    def choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self._window, tr("library.choose_files"), "", self._patterns())
        self.import_paths([Path(path) for path in chosen])

    def import_paths(self, paths: Sequence[Path]) -> None:
        if paths:
            self._window.show_page("library")
            self._importer.start(paths)
            self.imported_by_hand.emit(paths)

    @Slot(object, bool)
    def _on_dropped(self, paths: Sequence[Path], for_library: bool) -> None:
        if for_library:
            self.import_paths(paths)
        else:
            self.open_file(paths[0])

    def _patterns(self) -> str:
        return f"{tr('open.filter')} ({AUDIO_PATTERNS})"

    # settings and the status line

    @Slot(object)
    def _on_audio(self, audio: AudioSettings) -> None:
        self._remember(replace(self._settings, audio=replace(audio, volume=self._settings.audio.volume)))
        self._window.settings.set_audio(audio)
        self._window.first.set_inputs(self._inputs, audio.device)
        self._show_device()

    @Slot(object)
    def _on_look(self, look: LookSettings) -> None:
        self._remember(replace(self._settings, look=look))
        self._catalogue.prints.show_covers(look.covers)
        self._show_device()
        self._show_songs()
        self._on_held(self._held)

    @Slot(float)
    def _on_volume(self, volume: float) -> None:
        self._remember(replace(self._settings, audio=replace(self._settings.audio, volume=volume)))

    @Slot(object)
    def on_folders(self, names: tuple[str, ...]) -> None:
        """Other folders are watched from now on."""
        self._remember(replace(self._settings, library=replace(self._settings.library, folders=names)))

    @Slot(object)
    def on_central(self, central: CentralSettings) -> None:
        """Another central catalogue, or none, is followed from now on."""
        self._remember(replace(self._settings, central=central))

    @Slot(str)
    def on_search_chosen(self, search: str) -> None:
        """The listener's songs are searched, the central catalogue's, or both."""
        self._remember(replace(self._settings, library=replace(self._settings.library, search=search)))

    def _remember(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)

    @Slot()
    def _show_device(self) -> None:
        audio, source = self._session.audio, self._session.source
        usual = next((device.name for device in self._inputs if device.is_default), tr("device.default"))
        name = audio.device or usual
        icon = "computer" if audio.source == "monitor" else "mic"
        if source is not None:
            rate = f"{source.ring.sr / 1000:g}"
            shown = tr("take.sample") if self._session.sampling else self._session.source_name or name
            self._window.status.device.set_text(tr("status.device", name=shown, rate=rate), icon)
        elif self._looked and not self._inputs:
            self._window.status.device.set_text(tr("status.no_device"), "mic")
        else:
            self._window.status.device.set_text(tr("status.closed", name=name), icon)

    @Slot(str)
    def _say(self, text: str) -> None:
        self._window.status.say(text, "warning")

    @Slot(object)
    def on_trouble(self, error: MusicRecError) -> None:
        self._say(describe(error).text)
