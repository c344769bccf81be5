<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message id="action.menu">
        <source>More</source>
        <translation>More</translation>
    </message>
    <message id="action.play">
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message id="action.similar">
        <source>More like this</source>
        <translation>More like this</translation>
    </message>
    <message id="again">
        <source>Listen again</source>
        <translation>Listen again</translation>
    </message>
    <message id="alike">
        <source>Sounds like this</source>
        <translation>Sounds like this</translation>
    </message>
    <message id="alike.count" numerus="yes">
        <source>%Ln songs, closest first</source>
        <translation>
            <numerusform>%Ln song, closest first</numerusform>
            <numerusform>%Ln songs, closest first</numerusform>
        </translation>
    </message>
    <message id="analysing.headline">
        <source>Looking</source>
        <translation>Looking</translation>
    </message>
    <message id="analysing.hint" numerus="yes">
        <source>Looking through %Ln songs</source>
        <translation>
            <numerusform>Looking through %Ln song</numerusform>
            <numerusform>Looking through %Ln songs</numerusform>
        </translation>
    </message>
    <message id="armed.headline">
        <source>Ready when you are</source>
        <translation>Ready when you are</translation>
    </message>
    <message id="armed.hint">
        <source>Pressed late? The last 30 s are still here</source>
        <translation>Pressed late? The last 30 s are still here</translation>
    </message>
    <message id="axis.ago" numerus="yes">
        <source>−%Ln s</source>
        <translation>
            <numerusform>−%Ln s</numerusform>
            <numerusform>−%Ln s</numerusform>
        </translation>
    </message>
    <message id="axis.now">
        <source>now</source>
        <translation>now</translation>
    </message>
    <message id="back">
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message id="clipped.cause">
        <source>Too loud</source>
        <translation>Too loud</translation>
    </message>
    <message id="clipped.headline">
        <source>The sound was too loud to read</source>
        <translation>The sound was too loud to read</translation>
    </message>
    <message id="clipped.needed">
        <source>Fine below {needed}</source>
        <translation>Fine below {needed}</translation>
    </message>
    <message id="clipped.sentence">
        <source>It hit the ceiling for {value} of the time. Turn it down or move away.</source>
        <translation>It hit the ceiling for {value} of the time. Turn it down or move away.</translation>
    </message>
    <message id="clipped.value">
        <source>Clipped {value}</source>
        <translation>Clipped {value}</translation>
    </message>
    <message id="closeness.close">
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message id="closeness.name">
        <source>closeness {score} of 100</source>
        <translation>closeness {score} of 100</translation>
    </message>
    <message id="closeness.same">
        <source>Almost the same</source>
        <translation>Almost the same</translation>
    </message>
    <message id="closeness.some">
        <source>Some likeness</source>
        <translation>Some likeness</translation>
    </message>
    <message id="closeness.very">
        <source>Very close</source>
        <translation>Very close</translation>
    </message>
    <message id="crash.close">
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message id="crash.copy">
        <source>Copy details</source>
        <translation>Copy details</translation>
    </message>
    <message id="crash.folder">
        <source>Open log folder</source>
        <translation>Open log folder</translation>
    </message>
    <message id="crash.text">
        <source>Something unexpected happened in MusicRec. Your songs and settings are safe.</source>
        <translation>Something unexpected happened in MusicRec. Your songs and settings are safe.</translation>
    </message>
    <message id="crash.title">
        <source>MusicRec</source>
        <translation>MusicRec</translation>
    </message>
    <message id="date.format">
        <source>d MMMM yyyy</source>
        <translation>d MMMM yyyy</translation>
    </message>
    <message id="date.near">
        <source>d MMMM</source>
        <translation>d MMMM</translation>
    </message>
    <message id="demo.note">
        <source>These songs come with MusicRec. Add music of your own, and it takes their place</source>
        <translation>These songs come with MusicRec. Add music of your own, and it takes their place</translation>
    </message>
    <message id="demo.songs" numerus="yes">
        <source>%Ln demonstration songs</source>
        <translation>
            <numerusform>%Ln demonstration song</numerusform>
            <numerusform>%Ln demonstration songs</numerusform>
        </translation>
    </message>
    <message id="device.default">
        <source>Default input</source>
        <translation>Default input</translation>
    </message>
    <message id="doctor.again">
        <source>Run again</source>
        <translation>Run again</translation>
    </message>
    <message id="doctor.answers" numerus="yes">
        <source>{clean} of %Ln songs recognised from six seconds, {loudspeaker} as through a small loudspeaker in a room.</source>
        <translation>
            <numerusform>{clean} of %Ln song recognised from six seconds, {loudspeaker} as through a small loudspeaker in a room.</numerusform>
            <numerusform>{clean} of %Ln songs recognised from six seconds, {loudspeaker} as through a small loudspeaker in a room.</numerusform>
        </translation>
    </message>
    <message id="doctor.answers_mistaken" numerus="yes">
        <source>%Ln were taken for another song.</source>
        <translation>
            <numerusform>%Ln was taken for another song.</numerusform>
            <numerusform>%Ln were taken for another song.</numerusform>
        </translation>
    </message>
    <message id="doctor.answers_nothing">
        <source>No song of twelve seconds or more could be read.</source>
        <translation>No song of twelve seconds or more could be read.</translation>
    </message>
    <message id="doctor.answers_unreadable" numerus="yes">
        <source>%Ln files could not be read.</source>
        <translation>
            <numerusform>%Ln file could not be read.</numerusform>
            <numerusform>%Ln files could not be read.</numerusform>
        </translation>
    </message>
    <message id="doctor.attention" numerus="yes">
        <source>%Ln checks need attention: {names}. It took {seconds} s</source>
        <translation>
            <numerusform>%Ln check needs attention: {names}. It took {seconds} s</numerusform>
            <numerusform>%Ln checks need attention: {names}. It took {seconds} s</numerusform>
        </translation>
    </message>
    <message id="doctor.back">
        <source>Back to settings</source>
        <translation>Back to settings</translation>
    </message>
    <message id="doctor.broke">
        <source>The check broke off; the log says why</source>
        <translation>The check broke off; the log says why</translation>
    </message>
    <message id="doctor.catalogue" numerus="yes">
        <source>%Ln songs in {size_mb} MB, changed {generation} times.</source>
        <translation>
            <numerusform>%Ln song in {size_mb} MB, changed {generation} times.</numerusform>
            <numerusform>%Ln songs in {size_mb} MB, changed {generation} times.</numerusform>
        </translation>
    </message>
    <message id="doctor.catalogue_empty">
        <source>There are no songs of your own yet.</source>
        <translation>There are no songs of your own yet.</translation>
    </message>
    <message id="doctor.catalogue_gone" numerus="yes">
        <source>%Ln songs&apos; files are not where they were.</source>
        <translation>
            <numerusform>%Ln song&apos;s file is not where it was.</numerusform>
            <numerusform>%Ln songs&apos; files are not where they were.</numerusform>
        </translation>
    </message>
    <message id="doctor.catalogue_sound">
        <source>The file was read through and is sound.</source>
        <translation>The file was read through and is sound.</translation>
    </message>
    <message id="doctor.catalogue_stale" numerus="yes">
        <source>%Ln songs of another version of the features wait for an import.</source>
        <translation>
            <numerusform>%Ln song of another version of the features waits for an import.</numerusform>
            <numerusform>%Ln songs of another version of the features wait for an import.</numerusform>
        </translation>
    </message>
    <message id="doctor.catalogue_unread">
        <source>The file is too large to be read through in the time there is.</source>
        <translation>The file is too large to be read through in the time there is.</translation>
    </message>
    <message id="doctor.catalogue_unwatched" numerus="yes">
        <source>%Ln of them are not there now.</source>
        <translation>
            <numerusform>%Ln of them is not there now.</numerusform>
            <numerusform>%Ln of them are not there now.</numerusform>
        </translation>
    </message>
    <message id="doctor.catalogue_watched" numerus="yes">
        <source>%Ln folders are watched.</source>
        <translation>
            <numerusform>%Ln folder is watched.</numerusform>
            <numerusform>%Ln folders are watched.</numerusform>
        </translation>
    </message>
    <message id="doctor.copied">
        <source>Copied. No song titles are in it</source>
        <translation>Copied. No song titles are in it</translation>
    </message>
    <message id="doctor.copy">
        <source>Copy diagnostics</source>
        <translation>Copy diagnostics</translation>
    </message>
    <message id="doctor.database">
        <source>SQLite {version}.</source>
        <translation>SQLite {version}.</translation>
    </message>
    <message id="doctor.database_unsafe">
        <source>SQLite {version} can damage a file that two programs write to.</source>
        <translation>SQLite {version} can damage a file that two programs write to.</translation>
    </message>
    <message id="doctor.demonstration" numerus="yes">
        <source>%Ln songs come with the program.</source>
        <translation>
            <numerusform>%Ln song comes with the program.</numerusform>
            <numerusform>%Ln songs come with the program.</numerusform>
        </translation>
    </message>
    <message id="doctor.features">
        <source>Six seconds of sound in {ms} ms; an A comes out as an A.</source>
        <translation>Six seconds of sound in {ms} ms; an A comes out as an A.</translation>
    </message>
    <message id="doctor.features_wrong">
        <source>Six seconds of sound in {ms} ms, and an A does not come out as an A.</source>
        <translation>Six seconds of sound in {ms} ms, and an A does not come out as an A.</translation>
    </message>
    <message id="doctor.home">
        <source>{path} can be written to; {free_gb} GB are free.</source>
        <translation>{path} can be written to; {free_gb} GB are free.</translation>
    </message>
    <message id="doctor.home_full">
        <source>Only {free_mb} MB are free where {path} is.</source>
        <translation>Only {free_mb} MB are free where {path} is.</translation>
    </message>
    <message id="doctor.home_unwritable">
        <source>{path} cannot be written to ({why}).</source>
        <translation>{path} cannot be written to ({why}).</translation>
    </message>
    <message id="doctor.late">
        <source>Left out: the time for the test was over.</source>
        <translation>Left out: the time for the test was over.</translation>
    </message>
    <message id="doctor.librosa">
        <source>{families} families of features agree with librosa {version} on {sounds} sounds; the largest difference is {share}% of what is allowed.</source>
        <translation>{families} families of features agree with librosa {version} on {sounds} sounds; the largest difference is {share}% of what is allowed.</translation>
    </message>
    <message id="doctor.librosa_apart">
        <source>The features and librosa {version} are apart: {family}, by {times} times what is allowed.</source>
        <translation>The features and librosa {version} are apart: {family}, by {times} times what is allowed.</translation>
    </message>
    <message id="doctor.log">
        <source>Open log folder</source>
        <translation>Open log folder</translation>
    </message>
    <message id="doctor.mark_attention">
        <source>Needs attention</source>
        <translation>Needs attention</translation>
    </message>
    <message id="doctor.mark_ok">
        <source>In order</source>
        <translation>In order</translation>
    </message>
    <message id="doctor.mark_running">
        <source>Being checked</source>
        <translation>Being checked</translation>
    </message>
    <message id="doctor.mark_skipped">
        <source>Left out</source>
        <translation>Left out</translation>
    </message>
    <message id="doctor.model" numerus="yes">
        <source>Model {id} of {date} with %Ln moods.</source>
        <translation>
            <numerusform>Model {id} of {date} with %Ln mood.</numerusform>
            <numerusform>Model {id} of {date} with %Ln moods.</numerusform>
        </translation>
    </message>
    <message id="doctor.model_data">
        <source>It learnt from {name}.</source>
        <translation>It learnt from {name}.</translation>
    </message>
    <message id="doctor.model_features">
        <source>It reads features {fingerprint}, which this program makes.</source>
        <translation>It reads features {fingerprint}, which this program makes.</translation>
    </message>
    <message id="doctor.model_figures">
        <source>It named the mood of its own songs right in {clean}% of clean takes and {microphone}% of those through a microphone.</source>
        <translation>It named the mood of its own songs right in {clean}% of clean takes and {microphone}% of those through a microphone.</translation>
    </message>
    <message id="doctor.model_steady" numerus="yes">
        <source>Alone or among %Ln passages it says the same, to {difference}.</source>
        <translation>
            <numerusform>Alone or among %Ln passages it says the same, to {difference}.</numerusform>
            <numerusform>Alone or among %Ln passages it says the same, to {difference}.</numerusform>
        </translation>
    </message>
    <message id="doctor.model_unsteady" numerus="yes">
        <source>Alone and among %Ln passages it says different things, by {difference}.</source>
        <translation>
            <numerusform>Alone and among %Ln passages it says different things, by {difference}.</numerusform>
            <numerusform>Alone and among %Ln passages it says different things, by {difference}.</numerusform>
        </translation>
    </message>
    <message id="doctor.name_answers">
        <source>Recognition</source>
        <translation>Recognition</translation>
    </message>
    <message id="doctor.name_catalogue">
        <source>Your songs</source>
        <translation>Your songs</translation>
    </message>
    <message id="doctor.name_database">
        <source>Database</source>
        <translation>Database</translation>
    </message>
    <message id="doctor.name_demonstration">
        <source>Demonstration songs</source>
        <translation>Demonstration songs</translation>
    </message>
    <message id="doctor.name_features">
        <source>Sound features</source>
        <translation>Sound features</translation>
    </message>
    <message id="doctor.name_home">
        <source>Data folder</source>
        <translation>Data folder</translation>
    </message>
    <message id="doctor.name_librosa">
        <source>Features beside librosa</source>
        <translation>Features beside librosa</translation>
    </message>
    <message id="doctor.name_model">
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message id="doctor.name_program">
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message id="doctor.name_settings">
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message id="doctor.name_sound">
        <source>Sound devices</source>
        <translation>Sound devices</translation>
    </message>
    <message id="doctor.name_speed">
        <source>Speed</source>
        <translation>Speed</translation>
    </message>
    <message id="doctor.name_tslearn">
        <source>DTW beside tslearn</source>
        <translation>DTW beside tslearn</translation>
    </message>
    <message id="doctor.needs_model">
        <source>Left out: it needs a model.</source>
        <translation>Left out: it needs a model.</translation>
    </message>
    <message id="doctor.needs_songs">
        <source>Left out: there are no songs to ask about.</source>
        <translation>Left out: there are no songs to ask about.</translation>
    </message>
    <message id="doctor.program">
        <source>MusicRec {version} with Python {python} and Qt {qt} on {system}.</source>
        <translation>MusicRec {version} with Python {python} and Qt {qt} on {system}.</translation>
    </message>
    <message id="doctor.program_cores" numerus="yes">
        <source>%Ln processor cores.</source>
        <translation>
            <numerusform>%Ln processor core.</numerusform>
            <numerusform>%Ln processor cores.</numerusform>
        </translation>
    </message>
    <message id="doctor.reference_broke">
        <source>{library} broke off, so nothing was compared.</source>
        <translation>{library} broke off, so nothing was compared.</translation>
    </message>
    <message id="doctor.reference_late">
        <source>{library} was not ready in time: it compiles a part of itself. Another run may do.</source>
        <translation>{library} was not ready in time: it compiles a part of itself. Another run may do.</translation>
    </message>
    <message id="doctor.reference_missing">
        <source>{library} is not installed here, so there is nothing to compare with.</source>
        <translation>{library} is not installed here, so there is nothing to compare with.</translation>
    </message>
    <message id="doctor.running" numerus="yes">
        <source>Checking %Ln of {total}</source>
        <translation>
            <numerusform>Checking %Ln of {total}</numerusform>
            <numerusform>Checking %Ln of {total}</numerusform>
        </translation>
    </message>
    <message id="doctor.settings_none">
        <source>None are stored yet, so the defaults are in use.</source>
        <translation>None are stored yet, so the defaults are in use.</translation>
    </message>
    <message id="doctor.settings_read">
        <source>Read from {path}.</source>
        <translation>Read from {path}.</translation>
    </message>
    <message id="doctor.songs_demonstration">
        <source>Asked about the songs that come with the program.</source>
        <translation>Asked about the songs that come with the program.</translation>
    </message>
    <message id="doctor.sound_inputs" numerus="yes">
        <source>%Ln inputs.</source>
        <translation>
            <numerusform>%Ln input.</numerusform>
            <numerusform>%Ln inputs.</numerusform>
        </translation>
    </message>
    <message id="doctor.sound_monitors">
        <source>This computer&apos;s own sound can be listened to.</source>
        <translation>This computer&apos;s own sound can be listened to.</translation>
    </message>
    <message id="doctor.sound_no_monitors">
        <source>This computer&apos;s own sound cannot be listened to.</source>
        <translation>This computer&apos;s own sound cannot be listened to.</translation>
    </message>
    <message id="doctor.sound_no_output">
        <source>There is no output to play previews on.</source>
        <translation>There is no output to play previews on.</translation>
    </message>
    <message id="doctor.sound_no_usual">
        <source>No microphone is the default.</source>
        <translation>No microphone is the default.</translation>
    </message>
    <message id="doctor.sound_output">
        <source>Previews play on {name}.</source>
        <translation>Previews play on {name}.</translation>
    </message>
    <message id="doctor.sound_usual">
        <source>The microphone is {name}.</source>
        <translation>The microphone is {name}.</translation>
    </message>
    <message id="doctor.speed" numerus="yes">
        <source>From six seconds of sound to the answer in {ms} ms, the median of %Ln takes.</source>
        <translation>
            <numerusform>From six seconds of sound to the answer in {ms} ms, measured on %Ln take.</numerusform>
            <numerusform>From six seconds of sound to the answer in {ms} ms, the median of %Ln takes.</numerusform>
        </translation>
    </message>
    <message id="doctor.speed_slow">
        <source>That is slow enough to notice.</source>
        <translation>That is slow enough to notice.</translation>
    </message>
    <message id="doctor.speed_steps">
        <source>Features take {features} ms, the model {model} ms, DTW with {candidates} candidates {dtw} ms.</source>
        <translation>Features take {features} ms, the model {model} ms, DTW with {candidates} candidates {dtw} ms.</translation>
    </message>
    <message id="doctor.stop">
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message id="doctor.stopped">
        <source>Stopped before the end</source>
        <translation>Stopped before the end</translation>
    </message>
    <message id="doctor.title">
        <source>Doctor</source>
        <translation>Doctor</translation>
    </message>
    <message id="doctor.took">
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message id="doctor.tslearn">
        <source>{distances} distances and {paths} paths agree with tslearn {version}; the largest difference is {worst}.</source>
        <translation>{distances} distances and {paths} paths agree with tslearn {version}; the largest difference is {worst}.</translation>
    </message>
    <message id="doctor.tslearn_apart">
        <source>DTW and tslearn {version} are apart: distances by {worst}, {paths} paths.</source>
        <translation>DTW and tslearn {version} are apart: distances by {worst}, {paths} paths.</translation>
    </message>
    <message id="doctor.well">
        <source>Everything is in order. It took {seconds} s</source>
        <translation>Everything is in order. It took {seconds} s</translation>
    </message>
    <message id="drop.file">
        <source>Drop to ask about it</source>
        <translation>Drop to ask about it</translation>
    </message>
    <message id="drop.folder">
        <source>Drop to add it to the library</source>
        <translation>Drop to add it to the library</translation>
    </message>
    <message id="empty_catalogue.cause">
        <source>No music yet</source>
        <translation>No music yet</translation>
    </message>
    <message id="empty_catalogue.headline">
        <source>There is no music to compare with yet</source>
        <translation>There is no music to compare with yet</translation>
    </message>
    <message id="empty_catalogue.sentence">
        <source>Add a folder of yours. Files stay where they are.</source>
        <translation>Add a folder of yours. Files stay where they are.</translation>
    </message>
    <message id="empty_catalogue.sentence_demo">
        <source>Add a folder of yours, or load the small demonstration catalogue.</source>
        <translation>Add a folder of yours, or load the small demonstration catalogue.</translation>
    </message>
    <message id="error.address">
        <source>This address cannot be understood. It reads mysql://user@server/database, without a password</source>
        <translation>This address cannot be understood. It reads mysql://user@server/database, without a password</translation>
    </message>
    <message id="error.audio">
        <source>The sound system does not answer. Trying again every 3 s</source>
        <translation>The sound system does not answer. Trying again every 3 s</translation>
    </message>
    <message id="error.bad_files" numerus="yes">
        <source>%Ln files could not be read. The others are in</source>
        <translation>
            <numerusform>%Ln file could not be read. The others are in</numerusform>
            <numerusform>%Ln files could not be read. The others are in</numerusform>
        </translation>
    </message>
    <message id="error.beyond_end">
        <source>The song ends before that moment</source>
        <translation>The song ends before that moment</translation>
    </message>
    <message id="error.button.choose">
        <source>Choose microphone</source>
        <translation>Choose microphone</translation>
    </message>
    <message id="error.button.keep">
        <source>Use what was heard</source>
        <translation>Use what was heard</translation>
    </message>
    <message id="error.button.log">
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message id="error.button.repair">
        <source>Start a new catalogue</source>
        <translation>Start a new catalogue</translation>
    </message>
    <message id="error.button.retry">
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message id="error.catalogue_busy">
        <source>Another program is writing to the catalogue. Trying again in a moment</source>
        <translation>Another program is writing to the catalogue. Trying again in a moment</translation>
    </message>
    <message id="error.catalogue_damaged">
        <source>The catalogue is damaged. Your music files are safe; start a new catalogue and import them again</source>
        <translation>The catalogue is damaged. Your music files are safe; start a new catalogue and import them again</translation>
    </message>
    <message id="error.denied">
        <source>The system does not let MusicRec use the microphone. Open its privacy settings</source>
        <translation>The system does not let MusicRec use the microphone. Open its privacy settings</translation>
    </message>
    <message id="error.disk_full">
        <source>The disk is full, so new songs were not added. Everything else works</source>
        <translation>The disk is full, so new songs were not added. Everything else works</translation>
    </message>
    <message id="error.file_crashed">
        <source>Reading this file failed. It may be damaged</source>
        <translation>Reading this file failed. It may be damaged</translation>
    </message>
    <message id="error.file_damaged">
        <source>This file is damaged</source>
        <translation>This file is damaged</translation>
    </message>
    <message id="error.file_denied">
        <source>The system does not let MusicRec read this file</source>
        <translation>The system does not let MusicRec read this file</translation>
    </message>
    <message id="error.file_empty">
        <source>There is no sound in this file</source>
        <translation>There is no sound in this file</translation>
    </message>
    <message id="error.file_missing">
        <source>This file is no longer there</source>
        <translation>This file is no longer there</translation>
    </message>
    <message id="error.file_no_decoder">
        <source>This computer lacks what m4a needs: Qt Multimedia does not start here</source>
        <translation>This computer lacks what m4a needs: Qt Multimedia does not start here</translation>
    </message>
    <message id="error.file_not_a_file">
        <source>This is not a file</source>
        <translation>This is not a file</translation>
    </message>
    <message id="error.file_not_audio">
        <source>This is not an audio file MusicRec can read. It reads wav, flac, ogg, opus, mp3 and m4a (AAC)</source>
        <translation>This is not an audio file MusicRec can read. It reads wav, flac, ogg, opus, mp3 and m4a (AAC)</translation>
    </message>
    <message id="error.file_protected">
        <source>Its seller has locked this file (DRM), so MusicRec cannot read it</source>
        <translation>Its seller has locked this file (DRM), so MusicRec cannot read it</translation>
    </message>
    <message id="error.file_timeout">
        <source>This file took too long to read</source>
        <translation>This file took too long to read</translation>
    </message>
    <message id="error.file_too_long">
        <source>This file claims to be longer than it can be</source>
        <translation>This file claims to be longer than it can be</translation>
    </message>
    <message id="error.file_too_short">
        <source>This file is shorter than three seconds</source>
        <translation>This file is shorter than three seconds</translation>
    </message>
    <message id="error.incomplete">
        <source>Release {release} is not here as a whole, so the songs stay as they are</source>
        <translation>Release {release} is not here as a whole, so the songs stay as they are</translation>
    </message>
    <message id="error.model_invalid">
        <source>The sound model is damaged, so songs cannot be found. Install MusicRec again to bring it back</source>
        <translation>The sound model is damaged, so songs cannot be found. Install MusicRec again to bring it back</translation>
    </message>
    <message id="error.model_mismatch">
        <source>The sound model belongs to another version of MusicRec. Install MusicRec again</source>
        <translation>The sound model belongs to another version of MusicRec. Install MusicRec again</translation>
    </message>
    <message id="error.model_missing">
        <source>The sound model is missing, so songs cannot be found. Install MusicRec again to bring it back</source>
        <translation>The sound model is missing, so songs cannot be found. Install MusicRec again to bring it back</translation>
    </message>
    <message id="error.no_demonstration">
        <source>The demonstration songs cannot be used</source>
        <translation>The demonstration songs cannot be used</translation>
    </message>
    <message id="error.no_device">
        <source>No microphone found. Plug one in, or use this computer&apos;s sound</source>
        <translation>No microphone found. Plug one in, or use this computer&apos;s sound</translation>
    </message>
    <message id="error.no_password">
        <source>{server} wants a password. Type it in the settings</source>
        <translation>{server} wants a password. Type it in the settings</translation>
    </message>
    <message id="error.no_preview">
        <source>No preview for this song here</source>
        <translation>No preview for this song here</translation>
    </message>
    <message id="error.no_speaker">
        <source>No loudspeaker found. The song runs, but cannot be heard</source>
        <translation>No loudspeaker found. The song runs, but cannot be heard</translation>
    </message>
    <message id="error.nothing_published">
        <source>Nothing has been published at {server} yet</source>
        <translation>Nothing has been published at {server} yet</translation>
    </message>
    <message id="error.other_schema">
        <source>What {server} has is no central catalogue this version knows</source>
        <translation>What {server} has is no central catalogue this version knows</translation>
    </message>
    <message id="error.previews_unwritable">
        <source>Previews cannot be kept: their folder cannot be written</source>
        <translation>Previews cannot be kept: their folder cannot be written</translation>
    </message>
    <message id="error.refused">
        <source>The central catalogue at {server} does not let this account in. Is the password right?</source>
        <translation>The central catalogue at {server} does not let this account in. Is the password right?</translation>
    </message>
    <message id="error.release_too_new">
        <source>Release {release} needs a newer version of MusicRec. The songs here stay in use</source>
        <translation>Release {release} needs a newer version of MusicRec. The songs here stay in use</translation>
    </message>
    <message id="error.remote_damaged">
        <source>What {server} sent was damaged, so it was not used</source>
        <translation>What {server} sent was damaged, so it was not used</translation>
    </message>
    <message id="error.schema_too_new">
        <source>The catalogue was written by a newer MusicRec. Update MusicRec to read it</source>
        <translation>The catalogue was written by a newer MusicRec. Update MusicRec to read it</translation>
    </message>
    <message id="error.settings">
        <source>The settings could not be read, so the usual ones are in use</source>
        <translation>The settings could not be read, so the usual ones are in use</translation>
    </message>
    <message id="error.sync">
        <source>The central catalogue could not be read. The songs here stay as they are</source>
        <translation>The central catalogue could not be read. The songs here stay as they are</translation>
    </message>
    <message id="error.unexpected">
        <source>Something in MusicRec failed. Nothing was lost</source>
        <translation>Something in MusicRec failed. Nothing was lost</translation>
    </message>
    <message id="error.unknown_mood">
        <source>There is no such mood</source>
        <translation>There is no such mood</translation>
    </message>
    <message id="error.unknown_track">
        <source>This song is no longer in the catalogue</source>
        <translation>This song is no longer in the catalogue</translation>
    </message>
    <message id="error.unplugged">
        <source>The microphone went away. The first {kept_s} s are kept</source>
        <translation>The microphone went away. The first {kept_s} s are kept</translation>
    </message>
    <message id="error.unplugged_idle">
        <source>The microphone went away</source>
        <translation>The microphone went away</translation>
    </message>
    <message id="error.unreachable">
        <source>Cannot reach the central catalogue at {server}. The songs here stay as they are</source>
        <translation>Cannot reach the central catalogue at {server}. The songs here stay as they are</translation>
    </message>
    <message id="error.untrusted">
        <source>The central catalogue at {server} could not prove who it is, so nothing was taken from it</source>
        <translation>The central catalogue at {server} could not prove who it is, so nothing was taken from it</translation>
    </message>
    <message id="error.unwritable">
        <source>The catalogue&apos;s folder cannot be written to. Music cannot be added until it can</source>
        <translation>The catalogue&apos;s folder cannot be written to. Music cannot be added until it can</translation>
    </message>
    <message id="first.account">
        <source>There is no account.</source>
        <translation>There is no account.</translation>
    </message>
    <message id="first.account_text">
        <source>No sign-in, no tracking, no network needed.</source>
        <translation>No sign-in, no tracking, no network needed.</translation>
    </message>
    <message id="first.headline">
        <source>Hear a song you love. Find more like it.</source>
        <translation>Hear a song you love. Find more like it.</translation>
    </message>
    <message id="first.kept">
        <source>Only what you keep is stored.</source>
        <translation>Only what you keep is stored.</translation>
    </message>
    <message id="first.kept_text">
        <source>The songs you add, and your settings. What was heard is forgotten.</source>
        <translation>The songs you add, and your settings. What was heard is forgotten.</translation>
    </message>
    <message id="first.level">
        <source>The level shows once listening has begun</source>
        <translation>The level shows once listening has begun</translation>
    </message>
    <message id="first.no_device">
        <source>Everything else works</source>
        <translation>Everything else works</translation>
    </message>
    <message id="first.sample">
        <source>Try it with a sample recording</source>
        <translation>Try it with a sample recording</translation>
    </message>
    <message id="first.start">
        <source>Start listening</source>
        <translation>Start listening</translation>
    </message>
    <message id="first.stays">
        <source>Your sound stays here.</source>
        <translation>Your sound stays here.</translation>
    </message>
    <message id="first.stays_text">
        <source>Listening, searching and learning all run on this computer.</source>
        <translation>Listening, searching and learning all run on this computer.</translation>
    </message>
    <message id="fit.name">
        <source>fit {score} of 100</source>
        <translation>fit {score} of 100</translation>
    </message>
    <message id="folder.away">
        <source>Not there right now. Its songs stay</source>
        <translation>Not there right now. Its songs stay</translation>
    </message>
    <message id="folder.keep">
        <source>Keep</source>
        <translation>Keep</translation>
    </message>
    <message id="folder.remove">
        <source>Remove with its songs</source>
        <translation>Remove with its songs</translation>
    </message>
    <message id="folder.remove_ask" numerus="yes">
        <source>Remove %Ln songs from the library?</source>
        <translation>
            <numerusform>Remove %Ln song from the library?</numerusform>
            <numerusform>Remove %Ln songs from the library?</numerusform>
        </translation>
    </message>
    <message id="folder.remove_files">
        <source>The files stay where they are</source>
        <translation>The files stay where they are</translation>
    </message>
    <message id="folder.remove_yes">
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message id="folder.songs_came" numerus="yes">
        <source>%Ln new songs from your folders</source>
        <translation>
            <numerusform>%Ln new song from your folders</numerusform>
            <numerusform>%Ln new songs from your folders</numerusform>
        </translation>
    </message>
    <message id="folder.songs_went" numerus="yes">
        <source>%Ln songs left the library</source>
        <translation>
            <numerusform>%Ln song left the library</numerusform>
            <numerusform>%Ln songs left the library</numerusform>
        </translation>
    </message>
    <message id="folder.stop">
        <source>Stop watching</source>
        <translation>Stop watching</translation>
    </message>
    <message id="folder.stopped">
        <source>No longer watched. The songs stay</source>
        <translation>No longer watched. The songs stay</translation>
    </message>
    <message id="from">
        <source>From {time}</source>
        <translation>From {time}</translation>
    </message>
    <message id="keys.cancels">
        <source>cancels</source>
        <translation>cancels</translation>
    </message>
    <message id="keys.listens">
        <source>listens</source>
        <translation>listens</translation>
    </message>
    <message id="keys.stops">
        <source>stops</source>
        <translation>stops</translation>
    </message>
    <message id="level.high">
        <source>Too loud. Move away a little</source>
        <translation>Too loud. Move away a little</translation>
    </message>
    <message id="level.low">
        <source>A little quiet. Move closer</source>
        <translation>A little quiet. Move closer</translation>
    </message>
    <message id="level.name">
        <source>Level</source>
        <translation>Level</translation>
    </message>
    <message id="level.none">
        <source>Nothing is coming in. Is the microphone muted?</source>
        <translation>Nothing is coming in. Is the microphone muted?</translation>
    </message>
    <message id="level.none_monitor">
        <source>Nothing is playing on this computer</source>
        <translation>Nothing is playing on this computer</translation>
    </message>
    <message id="level.ok">
        <source>The level is good</source>
        <translation>The level is good</translation>
    </message>
    <message id="level.too_loud">
        <source>Too loud</source>
        <translation>Too loud</translation>
    </message>
    <message id="library.add_files">
        <source>Add files</source>
        <translation>Add files</translation>
    </message>
    <message id="library.add_folder">
        <source>Add folder</source>
        <translation>Add folder</translation>
    </message>
    <message id="library.added" numerus="yes">
        <source>%Ln songs added</source>
        <translation>
            <numerusform>%Ln song added</numerusform>
            <numerusform>%Ln songs added</numerusform>
        </translation>
    </message>
    <message id="library.album">
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message id="library.artist">
        <source>Artist</source>
        <translation>Artist</translation>
    </message>
    <message id="library.away" numerus="yes">
        <source>%Ln not at hand</source>
        <translation>
            <numerusform>%Ln not at hand</numerusform>
            <numerusform>%Ln not at hand</numerusform>
        </translation>
    </message>
    <message id="library.cancel">
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message id="library.cancelled" numerus="yes">
        <source>Stopped. %Ln songs are in</source>
        <translation>
            <numerusform>Stopped. %Ln song is in</numerusform>
            <numerusform>Stopped. %Ln songs are in</numerusform>
        </translation>
    </message>
    <message id="library.choose">
        <source>Choose a music folder</source>
        <translation>Choose a music folder</translation>
    </message>
    <message id="library.choose_files">
        <source>Choose songs</source>
        <translation>Choose songs</translation>
    </message>
    <message id="library.close">
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message id="library.done" numerus="yes">
        <source>%Ln songs added, {unchanged} unchanged</source>
        <translation>
            <numerusform>%Ln song added, {unchanged} unchanged</numerusform>
            <numerusform>%Ln songs added, {unchanged} unchanged</numerusform>
        </translation>
    </message>
    <message id="library.drop">
        <source>Drop a music folder here. Files stay where they are</source>
        <translation>Drop a music folder here. Files stay where they are</translation>
    </message>
    <message id="library.folders" numerus="yes">
        <source>%Ln folders</source>
        <translation>
            <numerusform>%Ln folder</numerusform>
            <numerusform>%Ln folders</numerusform>
        </translation>
    </message>
    <message id="library.following">
        <source>New in your folders</source>
        <translation>New in your folders</translation>
    </message>
    <message id="library.importing">
        <source>Importing</source>
        <translation>Importing</translation>
    </message>
    <message id="library.left">
        <source>about {time} left</source>
        <translation>about {time} left</translation>
    </message>
    <message id="library.length">
        <source>Length</source>
        <translation>Length</translation>
    </message>
    <message id="library.looking">
        <source>Looking for music</source>
        <translation>Looking for music</translation>
    </message>
    <message id="library.mood">
        <source>Mood</source>
        <translation>Mood</translation>
    </message>
    <message id="library.name">
        <source>Songs of the library</source>
        <translation>Songs of the library</translation>
    </message>
    <message id="library.progress" numerus="yes">
        <source>{done} of %Ln</source>
        <translation>
            <numerusform>{done} of %Ln</numerusform>
            <numerusform>{done} of %Ln</numerusform>
        </translation>
    </message>
    <message id="library.sub" numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln song</numerusform>
            <numerusform>%Ln songs</numerusform>
        </translation>
    </message>
    <message id="library.title">
        <source>Title</source>
        <translation>Title</translation>
    </message>
    <message id="mood.empty">
        <source>No songs in this mood yet</source>
        <translation>No songs in this mood yet</translation>
    </message>
    <message id="mood.play">
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message id="mood.ranked" numerus="yes">
        <source>%Ln songs, best fit first</source>
        <translation>
            <numerusform>%Ln song, best fit first</numerusform>
            <numerusform>%Ln songs, best fit first</numerusform>
        </translation>
    </message>
    <message id="mood.shuffle">
        <source>Shuffle</source>
        <translation>Shuffle</translation>
    </message>
    <message id="moods.count" numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln song</numerusform>
            <numerusform>%Ln songs</numerusform>
        </translation>
    </message>
    <message id="moods.import">
        <source>Import music to fill them</source>
        <translation>Import music to fill them</translation>
    </message>
    <message id="moods.sub">
        <source>Grouped by sound, not by clicks</source>
        <translation>Grouped by sound, not by clicks</translation>
    </message>
    <message id="moods.today">
        <source>Today&apos;s mood</source>
        <translation>Today&apos;s mood</translation>
    </message>
    <message id="nav.library">
        <source>Library</source>
        <translation>Library</translation>
    </message>
    <message id="nav.listen">
        <source>Listen</source>
        <translation>Listen</translation>
    </message>
    <message id="nav.moods">
        <source>Moods</source>
        <translation>Moods</translation>
    </message>
    <message id="nav.name">
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message id="nav.search">
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message id="nav.settings">
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message id="not_music.cause">
        <source>Not music</source>
        <translation>Not music</translation>
    </message>
    <message id="not_music.headline">
        <source>That did not sound like music</source>
        <translation>That did not sound like music</translation>
    </message>
    <message id="not_music.needed">
        <source>Music from {needed}</source>
        <translation>Music from {needed}</translation>
    </message>
    <message id="not_music.sentence">
        <source>I mostly heard speech or noise. Try while the song is alone.</source>
        <translation>I mostly heard speech or noise. Try while the song is alone.</translation>
    </message>
    <message id="not_music.value">
        <source>Heard {value}</source>
        <translation>Heard {value}</translation>
    </message>
    <message id="nothing_close.cause">
        <source>Nothing close</source>
        <translation>Nothing close</translation>
    </message>
    <message id="nothing_close.headline">
        <source>Nothing here sounds like that</source>
        <translation>Nothing here sounds like that</translation>
    </message>
    <message id="nothing_close.needed">
        <source>Close from {needed}</source>
        <translation>Close from {needed}</translation>
    </message>
    <message id="nothing_close.sentence">
        <source>I heard it well, but the closest song is only {value} of 100. More music would help.</source>
        <translation>I heard it well, but the closest song is only {value} of 100. More music would help.</translation>
    </message>
    <message id="nothing_close.sentence_plain">
        <source>I heard it well, but no song comes close. More music would help.</source>
        <translation>I heard it well, but no song comes close. More music would help.</translation>
    </message>
    <message id="nothing_close.value">
        <source>Closest {value}</source>
        <translation>Closest {value}</translation>
    </message>
    <message id="off">
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message id="on">
        <source>On</source>
        <translation>On</translation>
    </message>
    <message id="open.choose">
        <source>Open an audio file</source>
        <translation>Open an audio file</translation>
    </message>
    <message id="open.filter">
        <source>Audio files</source>
        <translation>Audio files</translation>
    </message>
    <message id="passage.length">
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message id="passage.now">
        <source>This passage {seconds} s</source>
        <translation>This passage {seconds} s</translation>
    </message>
    <message id="passage_mood">
        <source>Mood of this passage</source>
        <translation>Mood of this passage</translation>
    </message>
    <message id="percent">
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message id="player.empty">
        <source>Nothing playing</source>
        <translation>Nothing playing</translation>
    </message>
    <message id="player.empty_hint">
        <source>Press Enter on any song</source>
        <translation>Press Enter on any song</translation>
    </message>
    <message id="player.fetching">
        <source>Fetching the preview</source>
        <translation>Fetching the preview</translation>
    </message>
    <message id="player.next">
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message id="player.pause">
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message id="player.paused">
        <source>Paused while listening</source>
        <translation>Paused while listening</translation>
    </message>
    <message id="player.play">
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message id="player.previous">
        <source>Previous</source>
        <translation>Previous</translation>
    </message>
    <message id="player.seek">
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message id="player.volume">
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message id="preparing.hint">
        <source>Getting the catalogue ready</source>
        <translation>Getting the catalogue ready</translation>
    </message>
    <message id="ready.headline">
        <source>Ready when you are</source>
        <translation>Ready when you are</translation>
    </message>
    <message id="ready.hint">
        <source>The microphone opens when you press</source>
        <translation>The microphone opens when you press</translation>
    </message>
    <message id="ready.hint_monitor">
        <source>Listening opens when you press</source>
        <translation>Listening opens when you press</translation>
    </message>
    <message id="reason.brightness">
        <source>brightness</source>
        <translation>brightness</translation>
    </message>
    <message id="reason.harmony">
        <source>harmony</source>
        <translation>harmony</translation>
    </message>
    <message id="reason.mood">
        <source>mood</source>
        <translation>mood</translation>
    </message>
    <message id="reason.movement">
        <source>movement</source>
        <translation>movement</translation>
    </message>
    <message id="reason.rhythm">
        <source>rhythm</source>
        <translation>rhythm</translation>
    </message>
    <message id="reason.tempo">
        <source>tempo</source>
        <translation>tempo</translation>
    </message>
    <message id="reason.timbre">
        <source>timbre</source>
        <translation>timbre</translation>
    </message>
    <message id="record.analysing">
        <source>Looking for songs</source>
        <translation>Looking for songs</translation>
    </message>
    <message id="record.listen">
        <source>Listen</source>
        <translation>Listen</translation>
    </message>
    <message id="record.stop" numerus="yes">
        <source>Stop listening, %Ln seconds left</source>
        <translation>
            <numerusform>Stop listening, %Ln second left</numerusform>
            <numerusform>Stop listening, %Ln seconds left</numerusform>
        </translation>
    </message>
    <message id="record.unavailable">
        <source>Listen, not available</source>
        <translation>Listen, not available</translation>
    </message>
    <message id="recording.headline">
        <source>Listening</source>
        <translation>Listening</translation>
    </message>
    <message id="recording.held">
        <source>until you let go</source>
        <translation>until you let go</translation>
    </message>
    <message id="recording.seconds" numerus="yes">
        <source>seconds</source>
        <translation>
            <numerusform>second</numerusform>
            <numerusform>seconds</numerusform>
        </translation>
    </message>
    <message id="refusal.computer">
        <source>Use this computer&apos;s sound</source>
        <translation>Use this computer&apos;s sound</translation>
    </message>
    <message id="refusal.demo">
        <source>Load the demonstration</source>
        <translation>Load the demonstration</translation>
    </message>
    <message id="refusal.folder">
        <source>Add a folder</source>
        <translation>Add a folder</translation>
    </message>
    <message id="refusal.last">
        <source>Use the last 6 s</source>
        <translation>Use the last 6 s</translation>
    </message>
    <message id="refusal.louder">
        <source>Ask about the louder part</source>
        <translation>Ask about the louder part</translation>
    </message>
    <message id="refusal.or_mood">
        <source>Or pick a mood</source>
        <translation>Or pick a mood</translation>
    </message>
    <message id="refusal.passage">
        <source>Choose another passage</source>
        <translation>Choose another passage</translation>
    </message>
    <message id="refusal.sound_settings">
        <source>Open sound settings</source>
        <translation>Open sound settings</translation>
    </message>
    <message id="row.central">
        <source>from the central catalogue</source>
        <translation>from the central catalogue</translation>
    </message>
    <message id="row.fetching">
        <source>Fetching the preview</source>
        <translation>Fetching the preview</translation>
    </message>
    <message id="search.empty">
        <source>Type a title, an artist, or just the first consonants, like ㅂㅌㅅㄴㄷ</source>
        <translation>Type a title, an artist, or just the first consonants, like ㅂㅌㅅㄴㄷ</translation>
    </message>
    <message id="search.field">
        <source>Title, artist or album</source>
        <translation>Title, artist or album</translation>
    </message>
    <message id="search.from_for">
        <source>From {time}, {seconds} s</source>
        <translation>From {time}, {seconds} s</translation>
    </message>
    <message id="search.hits" numerus="yes">
        <source>%Ln hits in {ms} ms</source>
        <translation>
            <numerusform>%Ln hit in {ms} ms</numerusform>
            <numerusform>%Ln hits in {ms} ms</numerusform>
        </translation>
    </message>
    <message id="search.meant">
        <source>Did you mean “{title}”?</source>
        <translation>Did you mean “{title}”?</translation>
    </message>
    <message id="search.none">
        <source>No title like “{text}”</source>
        <translation>No title like “{text}”</translation>
    </message>
    <message id="search.passage">
        <source>Drag the frame to another moment of the song</source>
        <translation>Drag the frame to another moment of the song</translation>
    </message>
    <message id="search.similar">
        <source>Similar</source>
        <translation>Similar</translation>
    </message>
    <message id="search.similar_passage">
        <source>Similar to this passage</source>
        <translation>Similar to this passage</translation>
    </message>
    <message id="settings.armed">
        <source>Keep the microphone open</source>
        <translation>Keep the microphone open</translation>
    </message>
    <message id="settings.armed_help">
        <source>The last 30 s stay in memory, so that pressing late still works. Nothing is stored</source>
        <translation>The last 30 s stay in memory, so that pressing late still works. Nothing is stored</translation>
    </message>
    <message id="settings.catalogue">
        <source>Catalogue</source>
        <translation>Catalogue</translation>
    </message>
    <message id="settings.central">
        <source>Central catalogue</source>
        <translation>Central catalogue</translation>
    </message>
    <message id="settings.central_about">
        <source>Brings the songs of a catalogue that somebody keeps on a server, and follows it while the window is open. Nothing of yours is sent there</source>
        <translation>Brings the songs of a catalogue that somebody keeps on a server, and follows it while the window is open. Nothing of yours is sent there</translation>
    </message>
    <message id="settings.central_address">
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message id="settings.central_address_example">
        <source>mysql://user@server/database</source>
        <translation>mysql://user@server/database</translation>
    </message>
    <message id="settings.central_address_help">
        <source>Whoever keeps the catalogue tells it</source>
        <translation>Whoever keeps the catalogue tells it</translation>
    </message>
    <message id="settings.central_both">
        <source>Both</source>
        <translation>Both</translation>
    </message>
    <message id="settings.central_ca">
        <source>Certificates</source>
        <translation>Certificates</translation>
    </message>
    <message id="settings.central_ca_choose">
        <source>Choose a file of certificates</source>
        <translation>Choose a file of certificates</translation>
    </message>
    <message id="settings.central_ca_help">
        <source>A PEM file of who vouches for the server. Without one, whom this system trusts</source>
        <translation>A PEM file of who vouches for the server. Without one, whom this system trusts</translation>
    </message>
    <message id="settings.central_ca_none">
        <source>Whom the system trusts</source>
        <translation>Whom the system trusts</translation>
    </message>
    <message id="settings.central_connect">
        <source>Connect</source>
        <translation>Connect</translation>
    </message>
    <message id="settings.central_disconnect">
        <source>Disconnect</source>
        <translation>Disconnect</translation>
    </message>
    <message id="settings.central_look">
        <source>Look now</source>
        <translation>Look now</translation>
    </message>
    <message id="settings.central_own">
        <source>My songs</source>
        <translation>My songs</translation>
    </message>
    <message id="settings.central_password">
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message id="settings.central_password_help">
        <source>Goes into this system&apos;s keyring, never into a file</source>
        <translation>Goes into this system&apos;s keyring, never into a file</translation>
    </message>
    <message id="settings.central_password_kept">
        <source>It is in this system&apos;s keyring</source>
        <translation>It is in this system&apos;s keyring</translation>
    </message>
    <message id="settings.central_password_memory">
        <source>This system has no keyring, so it is known until the window closes</source>
        <translation>This system has no keyring, so it is known until the window closes</translation>
    </message>
    <message id="settings.central_password_new">
        <source>Type to change it</source>
        <translation>Type to change it</translation>
    </message>
    <message id="settings.central_plain">
        <source>Unencrypted link</source>
        <translation>Unencrypted link</translation>
    </message>
    <message id="settings.central_plain_help">
        <source>Only in a network you trust: others in it could read along, and answer in the server&apos;s place</source>
        <translation>Only in a network you trust: others in it could read along, and answer in the server&apos;s place</translation>
    </message>
    <message id="settings.central_search">
        <source>Search in</source>
        <translation>Search in</translation>
    </message>
    <message id="settings.central_search_help">
        <source>Whose songs are found, listed and played</source>
        <translation>Whose songs are found, listed and played</translation>
    </message>
    <message id="settings.central_theirs">
        <source>Central</source>
        <translation>Central</translation>
    </message>
    <message id="settings.covers">
        <source>Show covers</source>
        <translation>Show covers</translation>
    </message>
    <message id="settings.covers_help">
        <source>Pictures from your files in place of the pictures of sound</source>
        <translation>Pictures from your files in place of the pictures of sound</translation>
    </message>
    <message id="settings.dark">
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message id="settings.device">
        <source>Input device</source>
        <translation>Input device</translation>
    </message>
    <message id="settings.device_help">
        <source>What MusicRec listens to</source>
        <translation>What MusicRec listens to</translation>
    </message>
    <message id="settings.doctor">
        <source>Check this computer</source>
        <translation>Check this computer</translation>
    </message>
    <message id="settings.doctor_help">
        <source>Whether everything works, how fast and how right, in half a minute</source>
        <translation>Whether everything works, how fast and how right, in half a minute</translation>
    </message>
    <message id="settings.doctor_show">
        <source>Check</source>
        <translation>Check</translation>
    </message>
    <message id="settings.first">
        <source>The first page</source>
        <translation>The first page</translation>
    </message>
    <message id="settings.first_help">
        <source>What stays on this computer, and how to begin</source>
        <translation>What stays on this computer, and how to begin</translation>
    </message>
    <message id="settings.first_show">
        <source>Show it again</source>
        <translation>Show it again</translation>
    </message>
    <message id="settings.folders_help">
        <source>New, moved and deleted files in these folders are followed while the window is open</source>
        <translation>New, moved and deleted files in these folders are followed while the window is open</translation>
    </message>
    <message id="settings.folders_none">
        <source>Add a folder, and its files are followed while the window is open</source>
        <translation>Add a folder, and its files are followed while the window is open</translation>
    </message>
    <message id="settings.language">
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message id="settings.language_help">
        <source>Changes at once</source>
        <translation>Changes at once</translation>
    </message>
    <message id="settings.light">
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message id="settings.look">
        <source>Look</source>
        <translation>Look</translation>
    </message>
    <message id="settings.previews">
        <source>Previews for offline</source>
        <translation>Previews for offline</translation>
    </message>
    <message id="settings.previews_ask" numerus="yes">
        <source>%Ln previews, about {size} to get</source>
        <translation>
            <numerusform>%Ln preview, about {size} to get</numerusform>
            <numerusform>%Ln previews, about {size} to get</numerusform>
        </translation>
    </message>
    <message id="settings.previews_cancel">
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message id="settings.previews_clear">
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message id="settings.previews_counting">
        <source>Counting</source>
        <translation>Counting</translation>
    </message>
    <message id="settings.previews_held" numerus="yes">
        <source>%Ln previews kept, {size}</source>
        <translation>
            <numerusform>%Ln preview kept, {size}</numerusform>
            <numerusform>%Ln previews kept, {size}</numerusform>
        </translation>
    </message>
    <message id="settings.previews_help">
        <source>Central songs play without a network once their previews are kept</source>
        <translation>Central songs play without a network once their previews are kept</translation>
    </message>
    <message id="settings.previews_keep">
        <source>Keep all</source>
        <translation>Keep all</translation>
    </message>
    <message id="settings.previews_name">
        <source>Getting previews</source>
        <translation>Getting previews</translation>
    </message>
    <message id="settings.previews_no">
        <source>Not now</source>
        <translation>Not now</translation>
    </message>
    <message id="settings.previews_none">
        <source>None of the songs here has a preview</source>
        <translation>None of the songs here has a preview</translation>
    </message>
    <message id="settings.previews_progress" numerus="yes">
        <source>{done} of %Ln previews, {got} of {size}</source>
        <translation>
            <numerusform>{done} of %Ln preview, {got} of {size}</numerusform>
            <numerusform>{done} of %Ln previews, {got} of {size}</numerusform>
        </translation>
    </message>
    <message id="settings.previews_yes">
        <source>Get them</source>
        <translation>Get them</translation>
    </message>
    <message id="settings.privacy">
        <source>Privacy</source>
        <translation>Privacy</translation>
    </message>
    <message id="settings.privacy_text">
        <source>Listening, searching and learning all run on this computer. No account, no tracking, no network needed</source>
        <translation>Listening, searching and learning all run on this computer. No account, no tracking, no network needed</translation>
    </message>
    <message id="settings.sound">
        <source>Sound</source>
        <translation>Sound</translation>
    </message>
    <message id="settings.system">
        <source>System</source>
        <translation>System</translation>
    </message>
    <message id="settings.theme">
        <source>Theme</source>
        <translation>Theme</translation>
    </message>
    <message id="settings.theme_help">
        <source>Light, dark, or as the system has it</source>
        <translation>Light, dark, or as the system has it</translation>
    </message>
    <message id="sofar.hint">
        <source>still listening</source>
        <translation>still listening</translation>
    </message>
    <message id="sofar.title">
        <source>So far</source>
        <translation>So far</translation>
    </message>
    <message id="source.microphone">
        <source>Microphone</source>
        <translation>Microphone</translation>
    </message>
    <message id="source.monitor">
        <source>This computer</source>
        <translation>This computer</translation>
    </message>
    <message id="source.name">
        <source>Listen with</source>
        <translation>Listen with</translation>
    </message>
    <message id="source.no_monitor">
        <source>This system offers no way to hear what it plays. On Linux, PulseAudio or PipeWire with pactl adds one; on macOS, a virtual audio device</source>
        <translation>This system offers no way to hear what it plays. On Linux, PulseAudio or PipeWire with pactl adds one; on macOS, a virtual audio device</translation>
    </message>
    <message id="spectrogram.name">
        <source>Spectrogram of the last 30 seconds</source>
        <translation>Spectrogram of the last 30 seconds</translation>
    </message>
    <message id="status.closed">
        <source>{name} · closed</source>
        <translation>{name} · closed</translation>
    </message>
    <message id="status.device">
        <source>{name} · {rate} kHz</source>
        <translation>{name} · {rate} kHz</translation>
    </message>
    <message id="status.no_device">
        <source>No microphone</source>
        <translation>No microphone</translation>
    </message>
    <message id="status.private">
        <source>Sound stays on this computer</source>
        <translation>Sound stays on this computer</translation>
    </message>
    <message id="status.songs" numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln song</numerusform>
            <numerusform>%Ln songs</numerusform>
        </translation>
    </message>
    <message id="strip.file">
        <source>The file stays where it is</source>
        <translation>The file stays where it is</translation>
    </message>
    <message id="strip.hint">
        <source>Drag the frame to ask about another moment</source>
        <translation>Drag the frame to ask about another moment</translation>
    </message>
    <message id="strip.louder">
        <source>Louder here</source>
        <translation>Louder here</translation>
    </message>
    <message id="strip.memory">
        <source>Kept for 30 s, in memory only</source>
        <translation>Kept for 30 s, in memory only</translation>
    </message>
    <message id="sure">
        <source>{percent}% sure</source>
        <translation>{percent}% sure</translation>
    </message>
    <message id="sync.cancel">
        <source>Stop getting songs</source>
        <translation>Stop getting songs</translation>
    </message>
    <message id="sync.current" numerus="yes">
        <source>Release {release} of {date} · %Ln songs</source>
        <translation>
            <numerusform>Release {release} of {date} · %Ln song</numerusform>
            <numerusform>Release {release} of {date} · %Ln songs</numerusform>
        </translation>
    </message>
    <message id="sync.fetching" numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln song</numerusform>
            <numerusform>%Ln songs</numerusform>
        </translation>
    </message>
    <message id="sync.fetching_of" numerus="yes">
        <source>{done} of %Ln songs</source>
        <translation>
            <numerusform>{done} of %Ln song</numerusform>
            <numerusform>{done} of %Ln songs</numerusform>
        </translation>
    </message>
    <message id="sync.looking">
        <source>Looking for new songs</source>
        <translation>Looking for new songs</translation>
    </message>
    <message id="sync.name_current">
        <source>Central catalogue: {state}. Up to date</source>
        <translation>Central catalogue: {state}. Up to date</translation>
    </message>
    <message id="sync.name_fetching">
        <source>Central catalogue: getting songs, {progress}</source>
        <translation>Central catalogue: getting songs, {progress}</translation>
    </message>
    <message id="sync.name_looking">
        <source>Central catalogue: looking for new songs</source>
        <translation>Central catalogue: looking for new songs</translation>
    </message>
    <message id="sync.name_offline">
        <source>Central catalogue: {state}. Press to try again</source>
        <translation>Central catalogue: {state}. Press to try again</translation>
    </message>
    <message id="sync.no_release">
        <source>No songs of it are here yet</source>
        <translation>No songs of it are here yet</translation>
    </message>
    <message id="sync.off">
        <source>Not connected. The songs stay</source>
        <translation>Not connected. The songs stay</translation>
    </message>
    <message id="sync.offline">
        <source>Offline since {since}</source>
        <translation>Offline since {since}</translation>
    </message>
    <message id="sync.offline_songs">
        <source>Offline since {since} · songs of {date}</source>
        <translation>Offline since {since} · songs of {date}</translation>
    </message>
    <message id="sync.tip_current">
        <source>Up to date. Looked at {time}</source>
        <translation>Up to date. Looked at {time}</translation>
    </message>
    <message id="sync.tip_offline">
        <source>{reason}. Click to try again</source>
        <translation>{reason}. Click to try again</translation>
    </message>
    <message id="sync.waiting">
        <source>Not looked at yet</source>
        <translation>Not looked at yet</translation>
    </message>
    <message id="take.at">
        <source>Take at {time}</source>
        <translation>Take at {time}</translation>
    </message>
    <message id="take.file">
        <source>A passage of {name}</source>
        <translation>A passage of {name}</translation>
    </message>
    <message id="take.monitor_at">
        <source>Heard on this computer at {time}</source>
        <translation>Heard on this computer at {time}</translation>
    </message>
    <message id="take.sample">
        <source>Sample recording</source>
        <translation>Sample recording</translation>
    </message>
    <message id="take.track">
        <source>Like {name}</source>
        <translation>Like {name}</translation>
    </message>
    <message id="this_is">
        <source>This is</source>
        <translation>This is</translation>
    </message>
    <message id="too_quiet.cause">
        <source>Too quiet</source>
        <translation>Too quiet</translation>
    </message>
    <message id="too_quiet.headline">
        <source>I could not hear the song well enough</source>
        <translation>I could not hear the song well enough</translation>
    </message>
    <message id="too_quiet.needed">
        <source>Enough from {needed}</source>
        <translation>Enough from {needed}</translation>
    </message>
    <message id="too_quiet.sentence">
        <source>Move closer to the speaker or turn the song up. Nothing was searched, and nothing was sent anywhere.</source>
        <translation>Move closer to the speaker or turn the song up. Nothing was searched, and nothing was sent anywhere.</translation>
    </message>
    <message id="too_quiet.value">
        <source>Heard {value}</source>
        <translation>Heard {value}</translation>
    </message>
    <message id="too_short.cause">
        <source>Too short</source>
        <translation>Too short</translation>
    </message>
    <message id="too_short.headline">
        <source>I need a little longer</source>
        <translation>I need a little longer</translation>
    </message>
    <message id="too_short.needed">
        <source>Enough from {needed}</source>
        <translation>Enough from {needed}</translation>
    </message>
    <message id="too_short.sentence">
        <source>That was {value}; three seconds are enough, six are best.</source>
        <translation>That was {value}; three seconds are enough, six are best.</translation>
    </message>
    <message id="too_short.value">
        <source>Heard {value}</source>
        <translation>Heard {value}</translation>
    </message>
    <message id="trouble.engine">
        <source>I cannot search right now</source>
        <translation>I cannot search right now</translation>
    </message>
    <message id="trouble.sound">
        <source>I cannot hear anything</source>
        <translation>I cannot hear anything</translation>
    </message>
    <message id="unit.gigabytes">
        <source>{value} GB</source>
        <translation>{value} GB</translation>
    </message>
    <message id="unit.megabytes">
        <source>{value} MB</source>
        <translation>{value} MB</translation>
    </message>
    <message id="unit.seconds">
        <source>{value} s</source>
        <translation>{value} s</translation>
    </message>
    <message id="ways.file">
        <source>Open a file</source>
        <translation>Open a file</translation>
    </message>
    <message id="ways.file_hint">
        <source>or drop one anywhere</source>
        <translation>or drop one anywhere</translation>
    </message>
    <message id="ways.mood">
        <source>Pick a mood</source>
        <translation>Pick a mood</translation>
    </message>
    <message id="ways.mood_hint">
        <source>ten, made from sound</source>
        <translation>ten, made from sound</translation>
    </message>
    <message id="ways.sample">
        <source>Try a sample recording</source>
        <translation>Try a sample recording</translation>
    </message>
    <message id="ways.sample_hint">
        <source>heard as if from the room</source>
        <translation>heard as if from the room</translation>
    </message>
    <message id="ways.title">
        <source>Other ways in</source>
        <translation>Other ways in</translation>
    </message>
    <message id="ways.title_hint">
        <source>then hear what is like it</source>
        <translation>then hear what is like it</translation>
    </message>
    <message id="ways.title_search">
        <source>Type a title</source>
        <translation>Type a title</translation>
    </message>
    <message id="weaker">
        <source>Show weaker matches</source>
        <translation>Show weaker matches</translation>
    </message>
</context>
</TS>
