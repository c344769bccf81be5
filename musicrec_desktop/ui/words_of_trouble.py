"""The words of refusals and errors, (English, Korean): what happened, what is safe, what to do."""

WORDS_OF_TROUBLE: dict[str, tuple[str, str]] = {
    # refusals: cause, headline, sentence, the two ends of the scale
    "too_quiet.cause": ("Too quiet", "소리가 작아요"),
    "too_quiet.headline": ("I could not hear the song well enough", "노래가 잘 들리지 않았어요"),
    "too_quiet.sentence": (
        "Move closer to the speaker or turn the song up. Nothing was searched, and nothing was sent anywhere.",
        "스피커에 조금 더 가까이 가거나 노래 소리를 키워 주세요. 이번에는 찾지 않았고, 어디에도 보내지 않았어요.",
    ),
    "too_quiet.value": ("Heard {value}", "들린 크기 {value}"),
    "too_quiet.needed": ("Enough from {needed}", "{needed}부터 괜찮아요"),
    "clipped.cause": ("Too loud", "소리가 너무 커요"),
    "clipped.headline": ("The sound was too loud to read", "소리가 너무 커서 뭉개졌어요"),
    "clipped.sentence": (
        "It hit the ceiling for {value} of the time. Turn it down or move away.",
        "시간의 {value} 동안 한계를 넘었어요. 소리를 줄이거나 조금 떨어져 주세요.",
    ),
    "clipped.value": ("Clipped {value}", "넘친 시간 {value}"),
    "clipped.needed": ("Fine below {needed}", "{needed} 아래면 괜찮아요"),
    "too_short.cause": ("Too short", "너무 짧아요"),
    "too_short.headline": ("I need a little longer", "조금만 더 들려주세요"),
    "too_short.sentence": (
        "That was {value}; three seconds are enough, six are best.",
        "{value}였어요. 3초면 되고, 6초면 가장 좋아요.",
    ),
    "too_short.value": ("Heard {value}", "들은 길이 {value}"),
    "too_short.needed": ("Enough from {needed}", "{needed}부터 괜찮아요"),
    "not_music.cause": ("Not music", "음악이 아닌 것 같아요"),
    "not_music.headline": ("That did not sound like music", "음악처럼 들리지 않았어요"),
    "not_music.sentence": (
        "I mostly heard speech or noise. Try while the song is alone.",
        "말소리나 소음이 더 많았어요. 노래만 나올 때 다시 해 보세요.",
    ),
    "not_music.value": ("Heard {value}", "들린 정도 {value}"),
    "not_music.needed": ("Music from {needed}", "{needed}부터 음악이에요"),
    "nothing_close.cause": ("Nothing close", "닮은 노래가 없어요"),
    "nothing_close.headline": ("Nothing here sounds like that", "아직 닮은 노래가 없어요"),
    "nothing_close.sentence": (
        "I heard it well, but the closest song is only {value} of 100. More music would help.",
        "소리는 잘 들렸는데, 가장 가까운 노래도 100점 만점에 {value}점이에요. 음악이 더 있으면 좋아요.",
    ),
    "nothing_close.sentence_plain": (
        "I heard it well, but no song comes close. More music would help.",
        "소리는 잘 들렸는데, 가까운 노래가 없어요. 음악이 더 있으면 좋아요.",
    ),
    "nothing_close.value": ("Closest {value}", "가장 가까운 노래 {value}점"),
    "nothing_close.needed": ("Close from {needed}", "{needed}점부터 가까워요"),
    "empty_catalogue.cause": ("No music yet", "아직 음악이 없어요"),
    "empty_catalogue.headline": ("There is no music to compare with yet", "아직 비교할 음악이 없어요"),
    "empty_catalogue.sentence": (
        "Add a folder of yours. Files stay where they are.",
        "내 음악 폴더를 더해 보세요. 파일은 제자리에 그대로 있어요.",
    ),
    "refusal.or_mood": ("Or pick a mood", "아니면 기분으로 골라 보세요"),
    "refusal.louder": ("Ask about the louder part", "더 큰 부분으로 찾기"),
    "refusal.computer": ("Use this computer's sound", "이 컴퓨터 소리로 듣기"),
    "refusal.sound_settings": ("Open sound settings", "소리 설정 열기"),
    "refusal.last": ("Use the last 6 s", "지난 6초로 찾기"),
    "refusal.passage": ("Choose another passage", "다른 구간 고르기"),
    "refusal.folder": ("Add a folder", "폴더 추가"),
    "unit.seconds": ("{value} s", "{value}초"),
    "trouble.sound": ("I cannot hear anything", "지금은 들을 수 없어요"),
    "trouble.engine": ("I cannot search right now", "지금은 찾을 수 없어요"),
    # errors: sentence
    "error.no_device": (
        "No microphone found. Plug one in, or use this computer's sound",
        "마이크를 찾지 못했어요. 마이크를 연결하거나 이 컴퓨터 소리로 들어 보세요",
    ),
    "error.denied": (
        "The system does not let MusicRec use the microphone. Open its privacy settings",
        "시스템에서 마이크 사용을 막고 있어요. 개인정보 설정을 열어 주세요",
    ),
    "error.unplugged": (
        "The microphone went away. The first {kept_s} s are kept",
        "마이크 연결이 끊겼어요. 앞의 {kept_s}초는 남겨 뒀어요",
    ),
    "error.unplugged_idle": ("The microphone went away", "마이크 연결이 끊겼어요"),
    "error.back": ("The microphone is back", "마이크가 다시 연결됐어요"),
    "error.audio": (
        "The sound system does not answer. Trying again every 3 s",
        "소리 장치가 응답하지 않아요. 3초마다 다시 해 볼게요",
    ),
    "error.file_missing": ("This file is no longer there", "파일이 그 자리에 없어요"),
    "error.file_not_a_file": ("This is not a file", "파일이 아니에요"),
    "error.file_denied": (
        "The system does not let MusicRec read this file",
        "시스템에서 이 파일을 읽지 못하게 막고 있어요",
    ),
    "error.file_empty": ("There is no sound in this file", "파일에 소리가 없어요"),
    "error.file_not_audio": (
        "This is not an audio file MusicRec can read. It reads wav, flac, ogg, opus and mp3",
        "MusicRec이 읽을 수 있는 소리 파일이 아니에요. wav, flac, ogg, opus, mp3를 읽어요",
    ),
    "error.file_damaged": ("This file is damaged", "파일이 손상됐어요"),
    "error.file_too_long": (
        "This file claims to be longer than it can be",
        "파일이 담을 수 있는 것보다 길다고 적혀 있어요",
    ),
    "error.file_too_short": ("This file is shorter than three seconds", "3초보다 짧은 파일이에요"),
    "error.file_timeout": ("This file took too long to read", "파일을 읽는 데 너무 오래 걸렸어요"),
    "error.file_crashed": (
        "Reading this file failed. It may be damaged",
        "파일을 읽다가 실패했어요. 손상된 파일일 수 있어요",
    ),
    "error.model_missing": (
        "The sound model is missing, so songs cannot be found. Install MusicRec again to bring it back",
        "소리 모델이 없어서 노래를 찾을 수 없어요. MusicRec을 다시 설치하면 돌아와요",
    ),
    "error.model_mismatch": (
        "The sound model belongs to another version of MusicRec. Install MusicRec again",
        "소리 모델이 다른 버전의 것이에요. MusicRec을 다시 설치해 주세요",
    ),
    "error.model_invalid": (
        "The sound model is damaged, so songs cannot be found. Install MusicRec again to bring it back",
        "소리 모델이 손상되어 노래를 찾을 수 없어요. MusicRec을 다시 설치해 주세요",
    ),
    "error.catalogue_busy": (
        "Another program is writing to the catalogue. Trying again in a moment",
        "다른 프로그램이 노래 목록을 쓰고 있어요. 잠시 뒤에 다시 해 볼게요",
    ),
    "error.catalogue_damaged": (
        "The catalogue is damaged. Your music files are safe; start a new catalogue and import them again",
        "노래 목록이 손상됐어요. 음악 파일은 안전해요. 새 목록을 만들고 다시 더해 주세요",
    ),
    "error.schema_too_new": (
        "The catalogue was written by a newer MusicRec. Update MusicRec to read it",
        "더 새로운 MusicRec이 만든 목록이에요. MusicRec을 업데이트해 주세요",
    ),
    "error.disk_full": (
        "The disk is full, so new songs were not added. Everything else works",
        "디스크가 가득 차서 새 노래를 더하지 못했어요. 나머지는 그대로 돼요",
    ),
    "error.unwritable": (
        "The catalogue's folder cannot be written to. Music cannot be added until it can",
        "노래 목록 폴더에 쓸 수 없어서 음악을 더할 수 없어요",
    ),
    "error.unknown_track": ("This song is no longer in the catalogue", "이 노래는 이제 목록에 없어요"),
    "error.unknown_mood": ("There is no such mood", "그런 기분은 없어요"),
    "error.beyond_end": ("The song ends before that moment", "노래가 그 순간보다 먼저 끝나요"),
    "error.no_preview": ("No preview for this song here", "이 노래는 미리 들을 수 없어요"),
    "error.settings": (
        "The settings could not be read, so the usual ones are in use",
        "설정을 읽지 못해서 기본 설정을 쓰고 있어요",
    ),
    "error.bad_files": (
        "{n} file could not be read. The others are in || {n} files could not be read. The others are in",
        "{n}개 파일을 읽지 못했어요. 나머지는 더했어요",
    ),
    "error.unexpected": (
        "Something in MusicRec failed. Nothing was lost",
        "MusicRec에 문제가 생겼어요. 잃은 것은 없어요",
    ),
    "error.button.retry": ("Try again", "다시 해 보기"),
    "error.button.keep": ("Use what was heard", "들은 만큼으로 찾기"),
    "error.button.choose": ("Choose microphone", "마이크 고르기"),
    "error.button.repair": ("Start a new catalogue", "새 목록 만들기"),
    "error.button.log": ("Details", "자세히"),
    "crash.title": ("MusicRec", "MusicRec"),
    "crash.text": (
        "Something unexpected happened in MusicRec. Your songs and settings are safe.",
        "MusicRec에 예상하지 못한 문제가 생겼어요. 노래와 설정은 안전해요.",
    ),
    "crash.copy": ("Copy details", "자세한 내용 복사"),
    "crash.folder": ("Open log folder", "로그 폴더 열기"),
    "crash.close": ("Go on", "계속하기"),
}
