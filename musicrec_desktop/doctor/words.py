"""What the self-test says in the terminal: English, a sentence a fact. The window has words by the same keys.

" || " parts the singular from the plural, chosen by the fact `n`, as in the window.
"""

from musicrec_desktop.core.checkup import Fact, Finding, Said
from musicrec_desktop.wording import describe

PLURAL = " || "

SENTENCES: dict[str, str] = {
    "program": "MusicRec {version} with Python {python} and Qt {qt} on {system}.",
    "program_cores": "{n} processor core. || {n} processor cores.",
    "settings_read": "Read from {path}.",
    "settings_none": "None are stored yet, so the defaults are in use.",
    "home": "{path} can be written to; {free_gb} GB are free.",
    "home_unwritable": "{path} cannot be written to ({why}).",
    "home_full": "Only {free_mb} MB are free where {path} is.",
    "database": "SQLite {version}.",
    "database_unsafe": "SQLite {version} can damage a file that two programs write to.",
    "model": "Model {id} of {date} with {n} mood. || Model {id} of {date} with {n} moods.",
    "model_features": "It reads features {fingerprint}, which this program makes.",
    "model_data": "It learnt from {name}.",
    "model_figures": "It named the mood of its own songs right in {clean}% of clean takes and {microphone}% of those "
    "through a microphone.",
    "model_steady": "Alone or among {n} passages it says the same, to {difference}.",
    "model_unsteady": "Alone and among {n} passages it says different things, by {difference}.",
    "catalogue": "{n} song in {size_mb} MB, changed {generation} times. || "
    "{n} songs in {size_mb} MB, changed {generation} times.",
    "catalogue_empty": "There are no songs of your own yet.",
    "catalogue_sound": "The file was read through and is sound.",
    "catalogue_unread": "The file is too large to be read through in the time there is.",
    "catalogue_stale": "{n} song of another version of the features waits for an import. || "
    "{n} songs of another version of the features wait for an import.",
    "catalogue_gone": "{n} song's file is not where it was. || {n} songs' files are not where they were.",
    "catalogue_watched": "{n} folder is watched. || {n} folders are watched.",
    "catalogue_unwatched": "{n} of them is not there now. || {n} of them are not there now.",
    "demonstration": "{n} song comes with the program. || {n} songs come with the program.",
    "features": "Six seconds of sound in {ms} ms; an A comes out as an A.",
    "features_wrong": "Six seconds of sound in {ms} ms, and an A does not come out as an A.",
    "speed": "From six seconds of sound to the answer in {ms} ms, measured on {n} take. || "
    "From six seconds of sound to the answer in {ms} ms, the median of {n} takes.",
    "speed_steps": "Features take {features} ms, the model {model} ms, DTW with {candidates} candidates {dtw} ms.",
    "speed_slow": "That is slow enough to notice.",
    "songs_demonstration": "Asked about the songs that come with the program.",
    "answers": "{clean} of {n} song recognised from six seconds, {loudspeaker} as through a small loudspeaker in "
    "a room. || {clean} of {n} songs recognised from six seconds, {loudspeaker} as through a small loudspeaker in "
    "a room.",
    "answers_mistaken": "{n} was taken for another song. || {n} were taken for another song.",
    "answers_unreadable": "{n} file could not be read. || {n} files could not be read.",
    "answers_nothing": "No song of twelve seconds or more could be read.",
    "sound_inputs": "{n} input. || {n} inputs.",
    "sound_usual": "The microphone is {name}.",
    "sound_no_usual": "No microphone is the default.",
    "sound_monitors": "This computer's own sound can be listened to.",
    "sound_no_monitors": "This computer's own sound cannot be listened to.",
    "sound_output": "Previews play on {name}.",
    "sound_no_output": "There is no output to play previews on.",
    "librosa": "{families} families of features agree with librosa {version} on {sounds} sounds; the largest "
    "difference is {share}% of what is allowed.",
    "librosa_apart": "The features and librosa {version} are apart: {family}, by {times} times what is allowed.",
    "tslearn": "{distances} distances and {paths} paths agree with tslearn {version}; "
    "the largest difference is {worst}.",
    "tslearn_apart": "DTW and tslearn {version} are apart: distances by {worst}, {paths} paths.",
    "reference_missing": "{library} is not installed here, so there is nothing to compare with.",
    "reference_late": "{library} was not ready in time: it compiles a part of itself. Another run may do.",
    "reference_broke": "{library} broke off, so nothing was compared.",
    "late": "Left out: the time for the test was over.",
    "needs_model": "Left out: it needs a model.",
    "needs_songs": "Left out: there are no songs to ask about.",
}


def told(finding: Finding) -> str:
    """What was found, as sentences in one line."""
    sentences = [sentence(each) for each in finding.said]
    if finding.error is not None and not sentences:
        sentences.append(describe(finding.error))
    return " ".join(sentences)


def sentence(said: Said) -> str:
    singular, parted, plural = SENTENCES[said.key].partition(PLURAL)
    text = plural if parted and said.facts.get("n") != 1 else singular
    return text.format(**{name: _shown(value) for name, value in said.facts.items()})


def _shown(value: Fact) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.1f}" if isinstance(value, float) else value
