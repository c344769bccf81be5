<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name></name>
    <message id="action.menu">
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message id="action.play">
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message id="action.similar">
        <source>More like this</source>
        <translation>이런 노래 더</translation>
    </message>
    <message id="again">
        <source>Listen again</source>
        <translation>다시 듣기</translation>
    </message>
    <message id="alike">
        <source>Sounds like this</source>
        <translation>비슷한 소리</translation>
    </message>
    <message id="alike.count" numerus="yes">
        <source>%Ln songs, closest first</source>
        <translation>
            <numerusform>%Ln곡, 가까운 순서</numerusform>
        </translation>
    </message>
    <message id="analysing.headline">
        <source>Looking</source>
        <translation>찾고 있어요</translation>
    </message>
    <message id="analysing.hint" numerus="yes">
        <source>Looking through %Ln songs</source>
        <translation>
            <numerusform>%Ln곡을 살펴보고 있어요</numerusform>
        </translation>
    </message>
    <message id="armed.headline">
        <source>Ready when you are</source>
        <translation>들을 준비가 됐어요</translation>
    </message>
    <message id="armed.hint">
        <source>Pressed late? The last 30 s are still here</source>
        <translation>늦게 눌러도 지난 30초가 남아 있어요</translation>
    </message>
    <message id="axis.ago" numerus="yes">
        <source>−%Ln s</source>
        <translation>
            <numerusform>−%Ln초</numerusform>
        </translation>
    </message>
    <message id="axis.now">
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message id="back">
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message id="clipped.cause">
        <source>Too loud</source>
        <translation>소리가 너무 커요</translation>
    </message>
    <message id="clipped.headline">
        <source>The sound was too loud to read</source>
        <translation>소리가 너무 커서 뭉개졌어요</translation>
    </message>
    <message id="clipped.needed">
        <source>Fine below {needed}</source>
        <translation>{needed} 아래면 괜찮아요</translation>
    </message>
    <message id="clipped.sentence">
        <source>It hit the ceiling for {value} of the time. Turn it down or move away.</source>
        <translation>시간의 {value} 동안 한계를 넘었어요. 소리를 줄이거나 조금 떨어져 주세요.</translation>
    </message>
    <message id="clipped.value">
        <source>Clipped {value}</source>
        <translation>넘친 시간 {value}</translation>
    </message>
    <message id="closeness.close">
        <source>Close</source>
        <translation>가까워요</translation>
    </message>
    <message id="closeness.name">
        <source>closeness {score} of 100</source>
        <translation>닮은 정도 100점에 {score}점</translation>
    </message>
    <message id="closeness.same">
        <source>Almost the same</source>
        <translation>거의 같아요</translation>
    </message>
    <message id="closeness.some">
        <source>Some likeness</source>
        <translation>조금 닮았어요</translation>
    </message>
    <message id="closeness.very">
        <source>Very close</source>
        <translation>아주 가까워요</translation>
    </message>
    <message id="crash.close">
        <source>Go on</source>
        <translation>계속하기</translation>
    </message>
    <message id="crash.copy">
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
    <message id="crash.folder">
        <source>Open log folder</source>
        <translation>로그 폴더 열기</translation>
    </message>
    <message id="crash.text">
        <source>Something unexpected happened in MusicRec. Your songs and settings are safe.</source>
        <translation>MusicRec에 예상하지 못한 문제가 생겼어요. 노래와 설정은 안전해요.</translation>
    </message>
    <message id="crash.title">
        <source>MusicRec</source>
        <translation>MusicRec</translation>
    </message>
    <message id="date.format">
        <source>d MMMM yyyy</source>
        <translation>yyyy년 M월 d일</translation>
    </message>
    <message id="date.near">
        <source>d MMMM</source>
        <translation>M월 d일</translation>
    </message>
    <message id="demo.note">
        <source>These songs come with MusicRec. Add music of your own, and it takes their place</source>
        <translation>MusicRec에 들어 있는 예시 노래예요. 내 음악을 더하면 그때부터는 내 음악만 보여요</translation>
    </message>
    <message id="demo.songs" numerus="yes">
        <source>%Ln demonstration songs</source>
        <translation>
            <numerusform>예시 노래 %Ln곡</numerusform>
        </translation>
    </message>
    <message id="device.default">
        <source>Default input</source>
        <translation>기본 입력</translation>
    </message>
    <message id="doctor.again">
        <source>Run again</source>
        <translation>다시 점검</translation>
    </message>
    <message id="doctor.answers" numerus="yes">
        <source>{clean} of %Ln songs recognised from six seconds, {loudspeaker} as through a small loudspeaker in a room.</source>
        <translation>
            <numerusform>%Ln곡 가운데 {clean}곡을 6초만 듣고 알아봤고, 방 안의 작은 스피커를 거친 듯한 소리로는 {loudspeaker}곡을 알아봤어요.</numerusform>
        </translation>
    </message>
    <message id="doctor.answers_mistaken" numerus="yes">
        <source>%Ln were taken for another song.</source>
        <translation>
            <numerusform>다른 노래로 착각한 것은 %Ln번이에요.</numerusform>
        </translation>
    </message>
    <message id="doctor.answers_nothing">
        <source>No song of twelve seconds or more could be read.</source>
        <translation>12초 넘는 노래를 하나도 읽지 못했어요.</translation>
    </message>
    <message id="doctor.answers_unreadable" numerus="yes">
        <source>%Ln files could not be read.</source>
        <translation>
            <numerusform>파일 %Ln개는 읽지 못했어요.</numerusform>
        </translation>
    </message>
    <message id="doctor.attention" numerus="yes">
        <source>%Ln checks need attention: {names}. It took {seconds} s</source>
        <translation>
            <numerusform>살펴볼 것이 %Ln개 있어요: {names}. {seconds}초 걸렸어요</numerusform>
        </translation>
    </message>
    <message id="doctor.back">
        <source>Back to settings</source>
        <translation>설정으로 돌아가기</translation>
    </message>
    <message id="doctor.broke">
        <source>The check broke off; the log says why</source>
        <translation>점검이 도중에 멈췄어요. 이유는 기록에 있어요</translation>
    </message>
    <message id="doctor.catalogue" numerus="yes">
        <source>%Ln songs in {size_mb} MB, changed {generation} times.</source>
        <translation>
            <numerusform>노래 %Ln곡, {size_mb} MB, {generation}번 바뀌었어요.</numerusform>
        </translation>
    </message>
    <message id="doctor.catalogue_empty">
        <source>There are no songs of your own yet.</source>
        <translation>내 음악에 아직 노래가 없어요.</translation>
    </message>
    <message id="doctor.catalogue_gone" numerus="yes">
        <source>%Ln songs&apos; files are not where they were.</source>
        <translation>
            <numerusform>노래 %Ln곡은 파일이 있던 자리에 없어요.</numerusform>
        </translation>
    </message>
    <message id="doctor.catalogue_sound">
        <source>The file was read through and is sound.</source>
        <translation>파일을 끝까지 읽어 봤고 이상이 없어요.</translation>
    </message>
    <message id="doctor.catalogue_stale" numerus="yes">
        <source>%Ln songs of another version of the features wait for an import.</source>
        <translation>
            <numerusform>다른 버전의 특징으로 분석된 노래 %Ln곡은 다시 가져와야 해요.</numerusform>
        </translation>
    </message>
    <message id="doctor.catalogue_unread">
        <source>The file is too large to be read through in the time there is.</source>
        <translation>파일이 커서 시간 안에 끝까지 읽지 못했어요.</translation>
    </message>
    <message id="doctor.catalogue_unwatched" numerus="yes">
        <source>%Ln of them are not there now.</source>
        <translation>
            <numerusform>그중 %Ln개는 지금 없어요.</numerusform>
        </translation>
    </message>
    <message id="doctor.catalogue_watched" numerus="yes">
        <source>%Ln folders are watched.</source>
        <translation>
            <numerusform>폴더 %Ln개를 지켜보고 있어요.</numerusform>
        </translation>
    </message>
    <message id="doctor.copied">
        <source>Copied. No song titles are in it</source>
        <translation>복사했어요. 노래 제목은 들어 있지 않아요</translation>
    </message>
    <message id="doctor.copy">
        <source>Copy diagnostics</source>
        <translation>진단 정보 복사</translation>
    </message>
    <message id="doctor.database">
        <source>SQLite {version}.</source>
        <translation>SQLite {version} 버전이에요.</translation>
    </message>
    <message id="doctor.database_unsafe">
        <source>SQLite {version} can damage a file that two programs write to.</source>
        <translation>SQLite {version} 버전은 두 프로그램이 함께 쓰는 파일을 손상시킬 수 있어요.</translation>
    </message>
    <message id="doctor.demonstration" numerus="yes">
        <source>%Ln songs come with the program.</source>
        <translation>
            <numerusform>프로그램에 노래 %Ln곡이 함께 들어 있어요.</numerusform>
        </translation>
    </message>
    <message id="doctor.features">
        <source>Six seconds of sound in {ms} ms; an A comes out as an A.</source>
        <translation>소리 6초를 {ms} ms 만에 분석했고, 라 음을 라 음으로 들었어요.</translation>
    </message>
    <message id="doctor.features_wrong">
        <source>Six seconds of sound in {ms} ms, and an A does not come out as an A.</source>
        <translation>소리 6초를 {ms} ms 만에 분석했지만, 라 음을 다른 음으로 들었어요.</translation>
    </message>
    <message id="doctor.home">
        <source>{path} can be written to; {free_gb} GB are free.</source>
        <translation>{path} 폴더에 쓸 수 있고, {free_gb} GB 남았어요.</translation>
    </message>
    <message id="doctor.home_full">
        <source>Only {free_mb} MB are free where {path} is.</source>
        <translation>{path} 폴더가 있는 곳에 {free_mb} MB밖에 남지 않았어요.</translation>
    </message>
    <message id="doctor.home_unwritable">
        <source>{path} cannot be written to ({why}).</source>
        <translation>{path} 폴더에 쓸 수 없어요 ({why}).</translation>
    </message>
    <message id="doctor.late">
        <source>Left out: the time for the test was over.</source>
        <translation>점검할 시간이 다 되어 건너뛰었어요.</translation>
    </message>
    <message id="doctor.librosa">
        <source>{families} families of features agree with librosa {version} on {sounds} sounds; the largest difference is {share}% of what is allowed.</source>
        <translation>librosa {version} 기준으로 소리 {sounds}개에서 특징 {families}가지가 일치해요. 가장 큰 차이도 허용치의 {share}%예요.</translation>
    </message>
    <message id="doctor.librosa_apart">
        <source>The features and librosa {version} are apart: {family}, by {times} times what is allowed.</source>
        <translation>librosa {version} 기준으로 특징이 어긋나요. {family}: 허용치의 {times}배.</translation>
    </message>
    <message id="doctor.log">
        <source>Open log folder</source>
        <translation>기록 폴더 열기</translation>
    </message>
    <message id="doctor.mark_attention">
        <source>Needs attention</source>
        <translation>살펴보기</translation>
    </message>
    <message id="doctor.mark_ok">
        <source>In order</source>
        <translation>정상</translation>
    </message>
    <message id="doctor.mark_running">
        <source>Being checked</source>
        <translation>점검 중</translation>
    </message>
    <message id="doctor.mark_skipped">
        <source>Left out</source>
        <translation>건너뜀</translation>
    </message>
    <message id="doctor.model" numerus="yes">
        <source>Model {id} of {date} with %Ln moods.</source>
        <translation>
            <numerusform>모델 {id} ({date}), 기분 %Ln가지.</numerusform>
        </translation>
    </message>
    <message id="doctor.model_data">
        <source>It learnt from {name}.</source>
        <translation>배운 자료: {name}.</translation>
    </message>
    <message id="doctor.model_features">
        <source>It reads features {fingerprint}, which this program makes.</source>
        <translation>이 프로그램이 만드는 특징 {fingerprint} 그대로 읽어요.</translation>
    </message>
    <message id="doctor.model_figures">
        <source>It named the mood of its own songs right in {clean}% of clean takes and {microphone}% of those through a microphone.</source>
        <translation>배운 노래의 기분을 깨끗한 소리에서 {clean}%, 마이크를 거친 소리에서 {microphone}% 맞혔어요.</translation>
    </message>
    <message id="doctor.model_steady" numerus="yes">
        <source>Alone or among %Ln passages it says the same, to {difference}.</source>
        <translation>
            <numerusform>하나씩 넣어도 %Ln개씩 넣어도 같은 값이 나와요. 차이는 {difference} 이하예요.</numerusform>
        </translation>
    </message>
    <message id="doctor.model_unsteady" numerus="yes">
        <source>Alone and among %Ln passages it says different things, by {difference}.</source>
        <translation>
            <numerusform>하나씩 넣을 때와 %Ln개씩 넣을 때 값이 달라요. 차이는 {difference} 정도예요.</numerusform>
        </translation>
    </message>
    <message id="doctor.name_answers">
        <source>Recognition</source>
        <translation>알아보기</translation>
    </message>
    <message id="doctor.name_catalogue">
        <source>Your songs</source>
        <translation>내 음악</translation>
    </message>
    <message id="doctor.name_database">
        <source>Database</source>
        <translation>데이터베이스</translation>
    </message>
    <message id="doctor.name_demonstration">
        <source>Demonstration songs</source>
        <translation>예시 노래</translation>
    </message>
    <message id="doctor.name_features">
        <source>Sound features</source>
        <translation>소리 특징</translation>
    </message>
    <message id="doctor.name_home">
        <source>Data folder</source>
        <translation>데이터 폴더</translation>
    </message>
    <message id="doctor.name_librosa">
        <source>Features beside librosa</source>
        <translation>librosa 기준 특징</translation>
    </message>
    <message id="doctor.name_model">
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message id="doctor.name_program">
        <source>Program</source>
        <translation>프로그램</translation>
    </message>
    <message id="doctor.name_settings">
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message id="doctor.name_sound">
        <source>Sound devices</source>
        <translation>소리 장치</translation>
    </message>
    <message id="doctor.name_speed">
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message id="doctor.name_tslearn">
        <source>DTW beside tslearn</source>
        <translation>tslearn 기준 DTW</translation>
    </message>
    <message id="doctor.needs_model">
        <source>Left out: it needs a model.</source>
        <translation>모델이 필요해서 건너뛰었어요.</translation>
    </message>
    <message id="doctor.needs_songs">
        <source>Left out: there are no songs to ask about.</source>
        <translation>물어볼 노래가 없어서 건너뛰었어요.</translation>
    </message>
    <message id="doctor.program">
        <source>MusicRec {version} with Python {python} and Qt {qt} on {system}.</source>
        <translation>MusicRec {version}, Python {python}, Qt {qt} 조합이고 {system} 위에서 돌아가요.</translation>
    </message>
    <message id="doctor.program_cores" numerus="yes">
        <source>%Ln processor cores.</source>
        <translation>
            <numerusform>프로세서 코어는 %Ln개예요.</numerusform>
        </translation>
    </message>
    <message id="doctor.reference_broke">
        <source>{library} broke off, so nothing was compared.</source>
        <translation>{library} 패키지가 도중에 멈춰서 견주지 못했어요.</translation>
    </message>
    <message id="doctor.reference_late">
        <source>{library} was not ready in time: it compiles a part of itself. Another run may do.</source>
        <translation>{library} 패키지가 시간 안에 준비되지 않았어요. 스스로 컴파일하느라 그래요. 한 번 더 하면 될 수도 있어요.</translation>
    </message>
    <message id="doctor.reference_missing">
        <source>{library} is not installed here, so there is nothing to compare with.</source>
        <translation>{library} 패키지가 설치되어 있지 않아 견줄 수 없어요.</translation>
    </message>
    <message id="doctor.running" numerus="yes">
        <source>Checking %Ln of {total}</source>
        <translation>
            <numerusform>{total}개 중 %Ln번째를 점검하고 있어요</numerusform>
        </translation>
    </message>
    <message id="doctor.settings_none">
        <source>None are stored yet, so the defaults are in use.</source>
        <translation>저장된 설정이 아직 없어서 기본값을 써요.</translation>
    </message>
    <message id="doctor.settings_read">
        <source>Read from {path}.</source>
        <translation>여기에서 읽었어요: {path}</translation>
    </message>
    <message id="doctor.songs_demonstration">
        <source>Asked about the songs that come with the program.</source>
        <translation>함께 들어 있는 노래로 물어봤어요.</translation>
    </message>
    <message id="doctor.sound_inputs" numerus="yes">
        <source>%Ln inputs.</source>
        <translation>
            <numerusform>들을 수 있는 장치는 %Ln개예요.</numerusform>
        </translation>
    </message>
    <message id="doctor.sound_monitors">
        <source>This computer&apos;s own sound can be listened to.</source>
        <translation>이 컴퓨터에서 나는 소리도 들을 수 있어요.</translation>
    </message>
    <message id="doctor.sound_no_monitors">
        <source>This computer&apos;s own sound cannot be listened to.</source>
        <translation>이 컴퓨터에서 나는 소리는 들을 수 없어요.</translation>
    </message>
    <message id="doctor.sound_no_output">
        <source>There is no output to play previews on.</source>
        <translation>미리 듣기를 들려줄 출력 장치가 없어요.</translation>
    </message>
    <message id="doctor.sound_no_usual">
        <source>No microphone is the default.</source>
        <translation>기본 마이크가 정해져 있지 않아요.</translation>
    </message>
    <message id="doctor.sound_output">
        <source>Previews play on {name}.</source>
        <translation>미리 듣기가 나오는 곳: {name}.</translation>
    </message>
    <message id="doctor.sound_usual">
        <source>The microphone is {name}.</source>
        <translation>마이크: {name}.</translation>
    </message>
    <message id="doctor.speed" numerus="yes">
        <source>From six seconds of sound to the answer in {ms} ms, the median of %Ln takes.</source>
        <translation>
            <numerusform>소리 6초에서 답까지 {ms} ms 걸려요. %Ln번 물어본 중앙값이에요.</numerusform>
        </translation>
    </message>
    <message id="doctor.speed_slow">
        <source>That is slow enough to notice.</source>
        <translation>느리다고 느낄 만한 시간이에요.</translation>
    </message>
    <message id="doctor.speed_steps">
        <source>Features take {features} ms, the model {model} ms, DTW with {candidates} candidates {dtw} ms.</source>
        <translation>특징 {features} ms, 모델 {model} ms, 후보 {candidates}곡의 DTW {dtw} ms.</translation>
    </message>
    <message id="doctor.stop">
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message id="doctor.stopped">
        <source>Stopped before the end</source>
        <translation>끝나기 전에 멈췄어요</translation>
    </message>
    <message id="doctor.title">
        <source>Doctor</source>
        <translation>점검</translation>
    </message>
    <message id="doctor.took">
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message id="doctor.tslearn">
        <source>{distances} distances and {paths} paths agree with tslearn {version}; the largest difference is {worst}.</source>
        <translation>tslearn {version} 기준으로 거리 {distances}개, 경로 {paths}개가 일치해요. 가장 큰 차이는 {worst}예요.</translation>
    </message>
    <message id="doctor.tslearn_apart">
        <source>DTW and tslearn {version} are apart: distances by {worst}, {paths} paths.</source>
        <translation>tslearn {version} 기준으로 DTW가 어긋나요. 거리 차이 {worst}, 다른 경로 {paths}개.</translation>
    </message>
    <message id="doctor.well">
        <source>Everything is in order. It took {seconds} s</source>
        <translation>모두 괜찮아요. {seconds}초 걸렸어요</translation>
    </message>
    <message id="drop.file">
        <source>Drop to ask about it</source>
        <translation>놓으면 이 파일로 찾아요</translation>
    </message>
    <message id="drop.folder">
        <source>Drop to add it to the library</source>
        <translation>놓으면 내 음악에 더해요</translation>
    </message>
    <message id="empty_catalogue.cause">
        <source>No music yet</source>
        <translation>아직 음악이 없어요</translation>
    </message>
    <message id="empty_catalogue.headline">
        <source>There is no music to compare with yet</source>
        <translation>아직 비교할 음악이 없어요</translation>
    </message>
    <message id="empty_catalogue.sentence">
        <source>Add a folder of yours. Files stay where they are.</source>
        <translation>내 음악 폴더를 더해 보세요. 파일은 제자리에 그대로 있어요.</translation>
    </message>
    <message id="empty_catalogue.sentence_demo">
        <source>Add a folder of yours, or load the small demonstration catalogue.</source>
        <translation>내 음악 폴더를 더하거나, 작은 예시 목록을 불러오세요.</translation>
    </message>
    <message id="error.address">
        <source>This address cannot be understood. It reads mysql://user@server/database, without a password</source>
        <translation>알아볼 수 없는 주소예요. 비밀번호 없이 mysql://이름@서버/목록 꼴로 적어 주세요</translation>
    </message>
    <message id="error.audio">
        <source>The sound system does not answer. Trying again every 3 s</source>
        <translation>소리 장치가 응답하지 않아요. 3초마다 다시 해 볼게요</translation>
    </message>
    <message id="error.bad_files" numerus="yes">
        <source>%Ln files could not be read. The others are in</source>
        <translation>
            <numerusform>%Ln개 파일을 읽지 못했어요. 나머지는 더했어요</numerusform>
        </translation>
    </message>
    <message id="error.beyond_end">
        <source>The song ends before that moment</source>
        <translation>노래가 그 순간보다 먼저 끝나요</translation>
    </message>
    <message id="error.button.choose">
        <source>Choose microphone</source>
        <translation>마이크 고르기</translation>
    </message>
    <message id="error.button.keep">
        <source>Use what was heard</source>
        <translation>들은 만큼으로 찾기</translation>
    </message>
    <message id="error.button.log">
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message id="error.button.repair">
        <source>Start a new catalogue</source>
        <translation>새 목록 만들기</translation>
    </message>
    <message id="error.button.retry">
        <source>Try again</source>
        <translation>다시 해 보기</translation>
    </message>
    <message id="error.catalogue_busy">
        <source>Another program is writing to the catalogue. Trying again in a moment</source>
        <translation>다른 프로그램이 노래 목록을 쓰고 있어요. 잠시 뒤에 다시 해 볼게요</translation>
    </message>
    <message id="error.catalogue_damaged">
        <source>The catalogue is damaged. Your music files are safe; start a new catalogue and import them again</source>
        <translation>노래 목록이 손상됐어요. 음악 파일은 안전해요. 새 목록을 만들고 다시 더해 주세요</translation>
    </message>
    <message id="error.denied">
        <source>The system does not let MusicRec use the microphone. Open its privacy settings</source>
        <translation>시스템에서 마이크 사용을 막고 있어요. 개인정보 설정을 열어 주세요</translation>
    </message>
    <message id="error.disk_full">
        <source>The disk is full, so new songs were not added. Everything else works</source>
        <translation>디스크가 가득 차서 새 노래를 더하지 못했어요. 나머지는 그대로 돼요</translation>
    </message>
    <message id="error.file_crashed">
        <source>Reading this file failed. It may be damaged</source>
        <translation>파일을 읽다가 실패했어요. 손상된 파일일 수 있어요</translation>
    </message>
    <message id="error.file_damaged">
        <source>This file is damaged</source>
        <translation>파일이 손상됐어요</translation>
    </message>
    <message id="error.file_denied">
        <source>The system does not let MusicRec read this file</source>
        <translation>시스템에서 이 파일을 읽지 못하게 막고 있어요</translation>
    </message>
    <message id="error.file_empty">
        <source>There is no sound in this file</source>
        <translation>파일에 소리가 없어요</translation>
    </message>
    <message id="error.file_missing">
        <source>This file is no longer there</source>
        <translation>파일이 그 자리에 없어요</translation>
    </message>
    <message id="error.file_no_decoder">
        <source>This computer lacks what m4a needs: Qt Multimedia does not start here</source>
        <translation>m4a를 읽는 데 필요한 Qt Multimedia가 이 컴퓨터에서 시작되지 않아요</translation>
    </message>
    <message id="error.file_not_a_file">
        <source>This is not a file</source>
        <translation>파일이 아니에요</translation>
    </message>
    <message id="error.file_not_audio">
        <source>This is not an audio file MusicRec can read. It reads wav, flac, ogg, opus, mp3 and m4a (AAC)</source>
        <translation>MusicRec이 읽을 수 있는 소리 파일이 아니에요. wav, flac, ogg, opus, mp3, m4a(AAC)를 읽어요</translation>
    </message>
    <message id="error.file_protected">
        <source>Its seller has locked this file (DRM), so MusicRec cannot read it</source>
        <translation>판매처가 잠근 파일(DRM)이라 MusicRec이 읽을 수 없어요</translation>
    </message>
    <message id="error.file_timeout">
        <source>This file took too long to read</source>
        <translation>파일을 읽는 데 너무 오래 걸렸어요</translation>
    </message>
    <message id="error.file_too_long">
        <source>This file claims to be longer than it can be</source>
        <translation>파일이 담을 수 있는 것보다 길다고 적혀 있어요</translation>
    </message>
    <message id="error.file_too_short">
        <source>This file is shorter than three seconds</source>
        <translation>3초보다 짧은 파일이에요</translation>
    </message>
    <message id="error.incomplete">
        <source>Release {release} is not here as a whole, so the songs stay as they are</source>
        <translation>{release}번째 판이 다 오지 않아서 노래는 그대로 두었어요</translation>
    </message>
    <message id="error.model_invalid">
        <source>The sound model is damaged, so songs cannot be found. Install MusicRec again to bring it back</source>
        <translation>소리 모델이 손상되어 노래를 찾을 수 없어요. MusicRec을 다시 설치해 주세요</translation>
    </message>
    <message id="error.model_mismatch">
        <source>The sound model belongs to another version of MusicRec. Install MusicRec again</source>
        <translation>소리 모델이 다른 버전의 것이에요. MusicRec을 다시 설치해 주세요</translation>
    </message>
    <message id="error.model_missing">
        <source>The sound model is missing, so songs cannot be found. Install MusicRec again to bring it back</source>
        <translation>소리 모델이 없어서 노래를 찾을 수 없어요. MusicRec을 다시 설치하면 돌아와요</translation>
    </message>
    <message id="error.no_demonstration">
        <source>The demonstration songs cannot be used</source>
        <translation>예시 노래를 쓸 수 없어요</translation>
    </message>
    <message id="error.no_device">
        <source>No microphone found. Plug one in, or use this computer&apos;s sound</source>
        <translation>마이크를 찾지 못했어요. 마이크를 연결하거나 이 컴퓨터 소리로 들어 보세요</translation>
    </message>
    <message id="error.no_password">
        <source>{server} wants a password. Type it in the settings</source>
        <translation>비밀번호가 필요해요: {server}. 설정에 적어 주세요</translation>
    </message>
    <message id="error.no_preview">
        <source>No preview for this song here</source>
        <translation>이 노래는 미리 들을 수 없어요</translation>
    </message>
    <message id="error.no_speaker">
        <source>No loudspeaker found. The song runs, but cannot be heard</source>
        <translation>스피커를 찾지 못했어요. 노래는 나오지만 소리는 들리지 않아요</translation>
    </message>
    <message id="error.nothing_published">
        <source>Nothing has been published at {server} yet</source>
        <translation>아직 나온 노래가 없어요: {server}</translation>
    </message>
    <message id="error.other_schema">
        <source>What {server} has is no central catalogue this version knows</source>
        <translation>이 판이 아는 중앙 목록이 아니에요: {server}</translation>
    </message>
    <message id="error.previews_unwritable">
        <source>Previews cannot be kept: their folder cannot be written</source>
        <translation>미리 듣기를 둘 수 없어요. 폴더에 쓸 수 없어요</translation>
    </message>
    <message id="error.refused">
        <source>The central catalogue at {server} does not let this account in. Is the password right?</source>
        <translation>중앙 목록이 이 계정을 받아 주지 않아요: {server}. 비밀번호가 맞나요?</translation>
    </message>
    <message id="error.release_too_new">
        <source>Release {release} needs a newer version of MusicRec. The songs here stay in use</source>
        <translation>{release}번째 판을 쓰려면 MusicRec 새 판이 필요해요. 여기 있는 노래는 계속 쓸 수 있어요</translation>
    </message>
    <message id="error.remote_damaged">
        <source>What {server} sent was damaged, so it was not used</source>
        <translation>손상된 것이 와서 쓰지 않았어요: {server}</translation>
    </message>
    <message id="error.schema_too_new">
        <source>The catalogue was written by a newer MusicRec. Update MusicRec to read it</source>
        <translation>더 새로운 MusicRec이 만든 목록이에요. MusicRec을 업데이트해 주세요</translation>
    </message>
    <message id="error.settings">
        <source>The settings could not be read, so the usual ones are in use</source>
        <translation>설정을 읽지 못해서 기본 설정을 쓰고 있어요</translation>
    </message>
    <message id="error.sync">
        <source>The central catalogue could not be read. The songs here stay as they are</source>
        <translation>중앙 목록을 읽지 못했어요. 여기 있는 노래는 그대로예요</translation>
    </message>
    <message id="error.unexpected">
        <source>Something in MusicRec failed. Nothing was lost</source>
        <translation>MusicRec에 문제가 생겼어요. 잃은 것은 없어요</translation>
    </message>
    <message id="error.unknown_mood">
        <source>There is no such mood</source>
        <translation>그런 기분은 없어요</translation>
    </message>
    <message id="error.unknown_track">
        <source>This song is no longer in the catalogue</source>
        <translation>이 노래는 이제 목록에 없어요</translation>
    </message>
    <message id="error.unplugged">
        <source>The microphone went away. The first {kept_s} s are kept</source>
        <translation>마이크 연결이 끊겼어요. 앞의 {kept_s}초는 남겨 뒀어요</translation>
    </message>
    <message id="error.unplugged_idle">
        <source>The microphone went away</source>
        <translation>마이크 연결이 끊겼어요</translation>
    </message>
    <message id="error.unreachable">
        <source>Cannot reach the central catalogue at {server}. The songs here stay as they are</source>
        <translation>중앙 목록에 연결하지 못했어요: {server}. 여기 있는 노래는 그대로예요</translation>
    </message>
    <message id="error.untrusted">
        <source>The central catalogue at {server} could not prove who it is, so nothing was taken from it</source>
        <translation>중앙 목록의 신원을 확인할 수 없어서 아무것도 받지 않았어요: {server}</translation>
    </message>
    <message id="error.unwritable">
        <source>The catalogue&apos;s folder cannot be written to. Music cannot be added until it can</source>
        <translation>노래 목록 폴더에 쓸 수 없어서 음악을 더할 수 없어요</translation>
    </message>
    <message id="first.account">
        <source>There is no account.</source>
        <translation>계정이 없어요.</translation>
    </message>
    <message id="first.account_text">
        <source>No sign-in, no tracking, no network needed.</source>
        <translation>로그인도 추적도 없고, 인터넷이 없어도 돼요.</translation>
    </message>
    <message id="first.headline">
        <source>Hear a song you love. Find more like it.</source>
        <translation>좋은 노래를 들으면, 닮은 노래를 찾아 드려요</translation>
    </message>
    <message id="first.kept">
        <source>Only what you keep is stored.</source>
        <translation>남기기로 한 것만 저장해요.</translation>
    </message>
    <message id="first.kept_text">
        <source>The songs you add, and your settings. What was heard is forgotten.</source>
        <translation>더한 노래와 설정뿐이에요. 들은 소리는 남기지 않아요.</translation>
    </message>
    <message id="first.level">
        <source>The level shows once listening has begun</source>
        <translation>듣기를 시작하면 소리 크기가 보여요</translation>
    </message>
    <message id="first.no_device">
        <source>Everything else works</source>
        <translation>없어도 나머지는 다 돼요</translation>
    </message>
    <message id="first.sample">
        <source>Try it with a sample recording</source>
        <translation>예시 녹음으로 해 보기</translation>
    </message>
    <message id="first.start">
        <source>Start listening</source>
        <translation>듣기 시작하기</translation>
    </message>
    <message id="first.stays">
        <source>Your sound stays here.</source>
        <translation>소리는 이 컴퓨터를 떠나지 않아요.</translation>
    </message>
    <message id="first.stays_text">
        <source>Listening, searching and learning all run on this computer.</source>
        <translation>듣기도, 찾기도, 배우기도 모두 이 컴퓨터에서 해요.</translation>
    </message>
    <message id="fit.name">
        <source>fit {score} of 100</source>
        <translation>어울림 100점에 {score}점</translation>
    </message>
    <message id="folder.away">
        <source>Not there right now. Its songs stay</source>
        <translation>지금은 없어요. 노래는 그대로 있어요</translation>
    </message>
    <message id="folder.keep">
        <source>Keep</source>
        <translation>그대로 두기</translation>
    </message>
    <message id="folder.remove">
        <source>Remove with its songs</source>
        <translation>노래와 함께 빼기</translation>
    </message>
    <message id="folder.remove_ask" numerus="yes">
        <source>Remove %Ln songs from the library?</source>
        <translation>
            <numerusform>%Ln곡을 내 음악에서 뺄까요?</numerusform>
        </translation>
    </message>
    <message id="folder.remove_files">
        <source>The files stay where they are</source>
        <translation>파일은 제자리에 그대로 있어요</translation>
    </message>
    <message id="folder.remove_yes">
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message id="folder.songs_came" numerus="yes">
        <source>%Ln new songs from your folders</source>
        <translation>
            <numerusform>폴더에서 %Ln곡이 새로 들어왔어요</numerusform>
        </translation>
    </message>
    <message id="folder.songs_went" numerus="yes">
        <source>%Ln songs left the library</source>
        <translation>
            <numerusform>%Ln곡이 내 음악에서 빠졌어요</numerusform>
        </translation>
    </message>
    <message id="folder.stop">
        <source>Stop watching</source>
        <translation>그만 지켜보기</translation>
    </message>
    <message id="folder.stopped">
        <source>No longer watched. The songs stay</source>
        <translation>이제 지켜보지 않아요. 노래는 그대로 있어요</translation>
    </message>
    <message id="from">
        <source>From {time}</source>
        <translation>{time}부터</translation>
    </message>
    <message id="keys.cancels">
        <source>cancels</source>
        <translation>취소</translation>
    </message>
    <message id="keys.listens">
        <source>listens</source>
        <translation>듣기 시작</translation>
    </message>
    <message id="keys.stops">
        <source>stops</source>
        <translation>멈추기</translation>
    </message>
    <message id="level.high">
        <source>Too loud. Move away a little</source>
        <translation>소리가 너무 커요. 조금 떨어져 주세요</translation>
    </message>
    <message id="level.low">
        <source>A little quiet. Move closer</source>
        <translation>소리가 작아요. 조금 더 가까이 가 주세요</translation>
    </message>
    <message id="level.name">
        <source>Level</source>
        <translation>소리 크기</translation>
    </message>
    <message id="level.none">
        <source>Nothing is coming in. Is the microphone muted?</source>
        <translation>소리가 들어오지 않아요. 마이크가 꺼져 있나요?</translation>
    </message>
    <message id="level.none_monitor">
        <source>Nothing is playing on this computer</source>
        <translation>이 컴퓨터에서 나는 소리가 없어요</translation>
    </message>
    <message id="level.ok">
        <source>The level is good</source>
        <translation>소리 크기가 좋아요</translation>
    </message>
    <message id="level.too_loud">
        <source>Too loud</source>
        <translation>너무 커요</translation>
    </message>
    <message id="library.add_files">
        <source>Add files</source>
        <translation>파일 추가</translation>
    </message>
    <message id="library.add_folder">
        <source>Add folder</source>
        <translation>폴더 추가</translation>
    </message>
    <message id="library.added" numerus="yes">
        <source>%Ln songs added</source>
        <translation>
            <numerusform>%Ln곡을 더했어요</numerusform>
        </translation>
    </message>
    <message id="library.album">
        <source>Album</source>
        <translation>앨범</translation>
    </message>
    <message id="library.artist">
        <source>Artist</source>
        <translation>가수</translation>
    </message>
    <message id="library.away" numerus="yes">
        <source>%Ln not at hand</source>
        <translation>
            <numerusform>지금 없는 폴더 %Ln개</numerusform>
        </translation>
    </message>
    <message id="library.cancel">
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message id="library.cancelled" numerus="yes">
        <source>Stopped. %Ln songs are in</source>
        <translation>
            <numerusform>멈췄어요. %Ln곡은 더했어요</numerusform>
        </translation>
    </message>
    <message id="library.choose">
        <source>Choose a music folder</source>
        <translation>음악 폴더 고르기</translation>
    </message>
    <message id="library.choose_files">
        <source>Choose songs</source>
        <translation>노래 고르기</translation>
    </message>
    <message id="library.close">
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message id="library.done" numerus="yes">
        <source>%Ln songs added, {unchanged} unchanged</source>
        <translation>
            <numerusform>%Ln곡을 더했어요. {unchanged}곡은 그대로예요</numerusform>
        </translation>
    </message>
    <message id="library.drop">
        <source>Drop a music folder here. Files stay where they are</source>
        <translation>음악 폴더를 여기에 놓아 주세요. 파일은 제자리에 그대로 있어요</translation>
    </message>
    <message id="library.folders" numerus="yes">
        <source>%Ln folders</source>
        <translation>
            <numerusform>폴더 %Ln개</numerusform>
        </translation>
    </message>
    <message id="library.following">
        <source>New in your folders</source>
        <translation>폴더에 새로 들어온 노래</translation>
    </message>
    <message id="library.importing">
        <source>Importing</source>
        <translation>더하는 중</translation>
    </message>
    <message id="library.left">
        <source>about {time} left</source>
        <translation>약 {time} 남음</translation>
    </message>
    <message id="library.length">
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message id="library.looking">
        <source>Looking for music</source>
        <translation>음악을 찾는 중</translation>
    </message>
    <message id="library.mood">
        <source>Mood</source>
        <translation>기분</translation>
    </message>
    <message id="library.name">
        <source>Songs of the library</source>
        <translation>내 음악 목록</translation>
    </message>
    <message id="library.progress" numerus="yes">
        <source>{done} of %Ln</source>
        <translation>
            <numerusform>%Ln곡 중 {done}곡</numerusform>
        </translation>
    </message>
    <message id="library.sub" numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln곡</numerusform>
        </translation>
    </message>
    <message id="library.title">
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message id="mood.empty">
        <source>No songs in this mood yet</source>
        <translation>아직 이 기분의 노래가 없어요</translation>
    </message>
    <message id="mood.play">
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message id="mood.ranked" numerus="yes">
        <source>%Ln songs, best fit first</source>
        <translation>
            <numerusform>%Ln곡, 잘 어울리는 순서</numerusform>
        </translation>
    </message>
    <message id="mood.shuffle">
        <source>Shuffle</source>
        <translation>섞어 듣기</translation>
    </message>
    <message id="moods.count" numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln곡</numerusform>
        </translation>
    </message>
    <message id="moods.import">
        <source>Import music to fill them</source>
        <translation>음악을 더하면 여기가 채워져요</translation>
    </message>
    <message id="moods.sub">
        <source>Grouped by sound, not by clicks</source>
        <translation>클릭이 아니라 소리로 묶었어요</translation>
    </message>
    <message id="moods.today">
        <source>Today&apos;s mood</source>
        <translation>오늘의 기분</translation>
    </message>
    <message id="nav.library">
        <source>Library</source>
        <translation>내 음악</translation>
    </message>
    <message id="nav.listen">
        <source>Listen</source>
        <translation>듣기</translation>
    </message>
    <message id="nav.moods">
        <source>Moods</source>
        <translation>기분</translation>
    </message>
    <message id="nav.name">
        <source>Pages</source>
        <translation>화면 고르기</translation>
    </message>
    <message id="nav.search">
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message id="nav.settings">
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message id="not_music.cause">
        <source>Not music</source>
        <translation>음악이 아닌 것 같아요</translation>
    </message>
    <message id="not_music.headline">
        <source>That did not sound like music</source>
        <translation>음악처럼 들리지 않았어요</translation>
    </message>
    <message id="not_music.needed">
        <source>Music from {needed}</source>
        <translation>{needed}부터 음악이에요</translation>
    </message>
    <message id="not_music.sentence">
        <source>I mostly heard speech or noise. Try while the song is alone.</source>
        <translation>말소리나 소음이 더 많았어요. 노래만 나올 때 다시 해 보세요.</translation>
    </message>
    <message id="not_music.value">
        <source>Heard {value}</source>
        <translation>들린 정도 {value}</translation>
    </message>
    <message id="nothing_close.cause">
        <source>Nothing close</source>
        <translation>닮은 노래가 없어요</translation>
    </message>
    <message id="nothing_close.headline">
        <source>Nothing here sounds like that</source>
        <translation>아직 닮은 노래가 없어요</translation>
    </message>
    <message id="nothing_close.needed">
        <source>Close from {needed}</source>
        <translation>{needed}점부터 가까워요</translation>
    </message>
    <message id="nothing_close.sentence">
        <source>I heard it well, but the closest song is only {value} of 100. More music would help.</source>
        <translation>소리는 잘 들렸는데, 가장 가까운 노래도 100점 만점에 {value}점이에요. 음악이 더 있으면 좋아요.</translation>
    </message>
    <message id="nothing_close.sentence_plain">
        <source>I heard it well, but no song comes close. More music would help.</source>
        <translation>소리는 잘 들렸는데, 가까운 노래가 없어요. 음악이 더 있으면 좋아요.</translation>
    </message>
    <message id="nothing_close.value">
        <source>Closest {value}</source>
        <translation>가장 가까운 노래 {value}점</translation>
    </message>
    <message id="off">
        <source>Off</source>
        <translation>끄기</translation>
    </message>
    <message id="on">
        <source>On</source>
        <translation>켜기</translation>
    </message>
    <message id="open.choose">
        <source>Open an audio file</source>
        <translation>소리 파일 열기</translation>
    </message>
    <message id="open.filter">
        <source>Audio files</source>
        <translation>소리 파일</translation>
    </message>
    <message id="passage.length">
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message id="passage.now">
        <source>This passage {seconds} s</source>
        <translation>지금 구간 {seconds}초</translation>
    </message>
    <message id="passage_mood">
        <source>Mood of this passage</source>
        <translation>이 구간의 기분</translation>
    </message>
    <message id="percent">
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message id="player.empty">
        <source>Nothing playing</source>
        <translation>재생 중인 노래가 없어요</translation>
    </message>
    <message id="player.empty_hint">
        <source>Press Enter on any song</source>
        <translation>노래에서 Enter를 누르면 재생해요</translation>
    </message>
    <message id="player.fetching">
        <source>Fetching the preview</source>
        <translation>미리 듣기를 받는 중</translation>
    </message>
    <message id="player.next">
        <source>Next</source>
        <translation>다음 곡</translation>
    </message>
    <message id="player.pause">
        <source>Pause</source>
        <translation>멈춤</translation>
    </message>
    <message id="player.paused">
        <source>Paused while listening</source>
        <translation>듣는 동안 멈췄어요</translation>
    </message>
    <message id="player.play">
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message id="player.previous">
        <source>Previous</source>
        <translation>이전 곡</translation>
    </message>
    <message id="player.seek">
        <source>Position</source>
        <translation>위치</translation>
    </message>
    <message id="player.volume">
        <source>Volume</source>
        <translation>음량</translation>
    </message>
    <message id="preparing.hint">
        <source>Getting the catalogue ready</source>
        <translation>노래 목록을 준비하고 있어요</translation>
    </message>
    <message id="ready.headline">
        <source>Ready when you are</source>
        <translation>들을 준비가 됐어요</translation>
    </message>
    <message id="ready.hint">
        <source>The microphone opens when you press</source>
        <translation>누르면 그때 마이크가 켜져요</translation>
    </message>
    <message id="ready.hint_monitor">
        <source>Listening opens when you press</source>
        <translation>누르면 그때 듣기가 시작돼요</translation>
    </message>
    <message id="reason.brightness">
        <source>brightness</source>
        <translation>밝기</translation>
    </message>
    <message id="reason.harmony">
        <source>harmony</source>
        <translation>화음</translation>
    </message>
    <message id="reason.mood">
        <source>mood</source>
        <translation>기분</translation>
    </message>
    <message id="reason.movement">
        <source>movement</source>
        <translation>흐름</translation>
    </message>
    <message id="reason.rhythm">
        <source>rhythm</source>
        <translation>리듬</translation>
    </message>
    <message id="reason.tempo">
        <source>tempo</source>
        <translation>빠르기</translation>
    </message>
    <message id="reason.timbre">
        <source>timbre</source>
        <translation>음색</translation>
    </message>
    <message id="record.analysing">
        <source>Looking for songs</source>
        <translation>노래를 찾는 중</translation>
    </message>
    <message id="record.listen">
        <source>Listen</source>
        <translation>듣기 시작</translation>
    </message>
    <message id="record.stop" numerus="yes">
        <source>Stop listening, %Ln seconds left</source>
        <translation>
            <numerusform>듣기 멈추기, %Ln초 남음</numerusform>
        </translation>
    </message>
    <message id="record.unavailable">
        <source>Listen, not available</source>
        <translation>듣기, 지금은 쓸 수 없음</translation>
    </message>
    <message id="recording.headline">
        <source>Listening</source>
        <translation>듣고 있어요</translation>
    </message>
    <message id="recording.held">
        <source>until you let go</source>
        <translation>뗄 때까지</translation>
    </message>
    <message id="recording.seconds" numerus="yes">
        <source>seconds</source>
        <translation>
            <numerusform>초 남음</numerusform>
        </translation>
    </message>
    <message id="refusal.computer">
        <source>Use this computer&apos;s sound</source>
        <translation>이 컴퓨터 소리로 듣기</translation>
    </message>
    <message id="refusal.demo">
        <source>Load the demonstration</source>
        <translation>예시 목록 불러오기</translation>
    </message>
    <message id="refusal.folder">
        <source>Add a folder</source>
        <translation>폴더 추가</translation>
    </message>
    <message id="refusal.last">
        <source>Use the last 6 s</source>
        <translation>지난 6초로 찾기</translation>
    </message>
    <message id="refusal.louder">
        <source>Ask about the louder part</source>
        <translation>더 큰 부분으로 찾기</translation>
    </message>
    <message id="refusal.or_mood">
        <source>Or pick a mood</source>
        <translation>아니면 기분으로 골라 보세요</translation>
    </message>
    <message id="refusal.passage">
        <source>Choose another passage</source>
        <translation>다른 구간 고르기</translation>
    </message>
    <message id="refusal.sound_settings">
        <source>Open sound settings</source>
        <translation>소리 설정 열기</translation>
    </message>
    <message id="row.central">
        <source>from the central catalogue</source>
        <translation>중앙 목록의 노래</translation>
    </message>
    <message id="row.fetching">
        <source>Fetching the preview</source>
        <translation>미리 듣기를 받는 중</translation>
    </message>
    <message id="search.empty">
        <source>Type a title, an artist, or just the first consonants, like ㅂㅌㅅㄴㄷ</source>
        <translation>제목, 가수, 아니면 ㅂㅌㅅㄴㄷ처럼 첫소리만 적어 보세요</translation>
    </message>
    <message id="search.field">
        <source>Title, artist or album</source>
        <translation>제목, 가수, 앨범</translation>
    </message>
    <message id="search.from_for">
        <source>From {time}, {seconds} s</source>
        <translation>{time}부터 {seconds}초</translation>
    </message>
    <message id="search.hits" numerus="yes">
        <source>%Ln hits in {ms} ms</source>
        <translation>
            <numerusform>%Ln곡, {ms}밀리초</numerusform>
        </translation>
    </message>
    <message id="search.meant">
        <source>Did you mean “{title}”?</source>
        <translation>혹시 “{title}”?</translation>
    </message>
    <message id="search.none">
        <source>No title like “{text}”</source>
        <translation>“{text}” 같은 제목이 없어요</translation>
    </message>
    <message id="search.passage">
        <source>Drag the frame to another moment of the song</source>
        <translation>틀을 끌면 노래의 다른 순간을 골라요</translation>
    </message>
    <message id="search.similar">
        <source>Similar</source>
        <translation>닮은 노래</translation>
    </message>
    <message id="search.similar_passage">
        <source>Similar to this passage</source>
        <translation>이 구간과 닮은 노래</translation>
    </message>
    <message id="settings.armed">
        <source>Keep the microphone open</source>
        <translation>마이크를 켜 두기</translation>
    </message>
    <message id="settings.armed_help">
        <source>The last 30 s stay in memory, so that pressing late still works. Nothing is stored</source>
        <translation>지난 30초가 메모리에 남아서 늦게 눌러도 괜찮아요. 저장하지는 않아요</translation>
    </message>
    <message id="settings.catalogue">
        <source>Catalogue</source>
        <translation>음악 목록</translation>
    </message>
    <message id="settings.central">
        <source>Central catalogue</source>
        <translation>중앙 목록</translation>
    </message>
    <message id="settings.central_about">
        <source>Brings the songs of a catalogue that somebody keeps on a server, and follows it while the window is open. Nothing of yours is sent there</source>
        <translation>누군가 서버에 모아 둔 노래 목록을 받아 오고, 창이 열려 있는 동안 따라가요. 내 것은 아무것도 보내지 않아요</translation>
    </message>
    <message id="settings.central_address">
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message id="settings.central_address_example">
        <source>mysql://user@server/database</source>
        <translation>mysql://이름@서버/목록</translation>
    </message>
    <message id="settings.central_address_help">
        <source>Whoever keeps the catalogue tells it</source>
        <translation>목록을 돌보는 사람이 알려 줘요</translation>
    </message>
    <message id="settings.central_both">
        <source>Both</source>
        <translation>모두</translation>
    </message>
    <message id="settings.central_ca">
        <source>Certificates</source>
        <translation>인증서</translation>
    </message>
    <message id="settings.central_ca_choose">
        <source>Choose a file of certificates</source>
        <translation>인증서 파일 고르기</translation>
    </message>
    <message id="settings.central_ca_help">
        <source>A PEM file of who vouches for the server. Without one, whom this system trusts</source>
        <translation>서버를 보증하는 곳의 PEM 파일. 없으면 이 시스템이 믿는 곳을 따라요</translation>
    </message>
    <message id="settings.central_ca_none">
        <source>Whom the system trusts</source>
        <translation>시스템이 믿는 곳</translation>
    </message>
    <message id="settings.central_connect">
        <source>Connect</source>
        <translation>연결하기</translation>
    </message>
    <message id="settings.central_disconnect">
        <source>Disconnect</source>
        <translation>연결 끊기</translation>
    </message>
    <message id="settings.central_look">
        <source>Look now</source>
        <translation>지금 확인</translation>
    </message>
    <message id="settings.central_own">
        <source>My songs</source>
        <translation>내 노래</translation>
    </message>
    <message id="settings.central_password">
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message id="settings.central_password_help">
        <source>Goes into this system&apos;s keyring, never into a file</source>
        <translation>이 시스템의 열쇠고리에만 넣고, 파일에는 쓰지 않아요</translation>
    </message>
    <message id="settings.central_password_kept">
        <source>It is in this system&apos;s keyring</source>
        <translation>이 시스템의 열쇠고리에 있어요</translation>
    </message>
    <message id="settings.central_password_memory">
        <source>This system has no keyring, so it is known until the window closes</source>
        <translation>이 시스템에는 열쇠고리가 없어서 창을 닫을 때까지만 기억해요</translation>
    </message>
    <message id="settings.central_password_new">
        <source>Type to change it</source>
        <translation>바꾸려면 적어 주세요</translation>
    </message>
    <message id="settings.central_plain">
        <source>Unencrypted link</source>
        <translation>암호화하지 않은 연결</translation>
    </message>
    <message id="settings.central_plain_help">
        <source>Only in a network you trust: others in it could read along, and answer in the server&apos;s place</source>
        <translation>믿는 네트워크에서만 켜 주세요. 같은 네트워크의 누군가가 엿보거나 서버인 척할 수 있어요</translation>
    </message>
    <message id="settings.central_search">
        <source>Search in</source>
        <translation>찾을 곳</translation>
    </message>
    <message id="settings.central_search_help">
        <source>Whose songs are found, listed and played</source>
        <translation>어떤 노래를 찾고, 보여 주고, 들을지</translation>
    </message>
    <message id="settings.central_theirs">
        <source>Central</source>
        <translation>중앙 목록</translation>
    </message>
    <message id="settings.covers">
        <source>Show covers</source>
        <translation>앨범 그림 보기</translation>
    </message>
    <message id="settings.covers_help">
        <source>Pictures from your files in place of the pictures of sound</source>
        <translation>소리로 그린 그림 대신 파일에 든 그림을 보여요</translation>
    </message>
    <message id="settings.dark">
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message id="settings.device">
        <source>Input device</source>
        <translation>입력 장치</translation>
    </message>
    <message id="settings.device_help">
        <source>What MusicRec listens to</source>
        <translation>MusicRec이 듣는 장치예요</translation>
    </message>
    <message id="settings.doctor">
        <source>Check this computer</source>
        <translation>이 컴퓨터 점검</translation>
    </message>
    <message id="settings.doctor_help">
        <source>Whether everything works, how fast and how right, in half a minute</source>
        <translation>모두 잘 되는지, 얼마나 빠르고 정확한지 30초 안에 살펴봐요</translation>
    </message>
    <message id="settings.doctor_show">
        <source>Check</source>
        <translation>점검하기</translation>
    </message>
    <message id="settings.first">
        <source>The first page</source>
        <translation>첫 화면</translation>
    </message>
    <message id="settings.first_help">
        <source>What stays on this computer, and how to begin</source>
        <translation>무엇이 이 컴퓨터에 남는지, 어떻게 시작하는지</translation>
    </message>
    <message id="settings.first_show">
        <source>Show it again</source>
        <translation>다시 보기</translation>
    </message>
    <message id="settings.folders_help">
        <source>New, moved and deleted files in these folders are followed while the window is open</source>
        <translation>창이 열려 있는 동안 이 폴더에 새로 생기거나 옮기거나 지운 파일을 따라가요</translation>
    </message>
    <message id="settings.folders_none">
        <source>Add a folder, and its files are followed while the window is open</source>
        <translation>폴더를 더하면 창이 열려 있는 동안 그 안의 파일을 따라가요</translation>
    </message>
    <message id="settings.language">
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message id="settings.language_help">
        <source>Changes at once</source>
        <translation>바로 바뀌어요</translation>
    </message>
    <message id="settings.light">
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message id="settings.look">
        <source>Look</source>
        <translation>모양</translation>
    </message>
    <message id="settings.previews">
        <source>Previews for offline</source>
        <translation>오프라인 미리 듣기</translation>
    </message>
    <message id="settings.previews_ask" numerus="yes">
        <source>%Ln previews, about {size} to get</source>
        <translation>
            <numerusform>미리 듣기 %Ln개, 받을 크기 약 {size}</numerusform>
        </translation>
    </message>
    <message id="settings.previews_cancel">
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message id="settings.previews_clear">
        <source>Delete</source>
        <translation>지우기</translation>
    </message>
    <message id="settings.previews_counting">
        <source>Counting</source>
        <translation>세는 중이에요</translation>
    </message>
    <message id="settings.previews_held" numerus="yes">
        <source>%Ln previews kept, {size}</source>
        <translation>
            <numerusform>미리 듣기 %Ln개를 받아 두었어요, {size}</numerusform>
        </translation>
    </message>
    <message id="settings.previews_help">
        <source>Central songs play without a network once their previews are kept</source>
        <translation>미리 듣기를 받아 두면 인터넷이 없어도 중앙 목록의 노래를 들을 수 있어요</translation>
    </message>
    <message id="settings.previews_keep">
        <source>Keep all</source>
        <translation>모두 받기</translation>
    </message>
    <message id="settings.previews_name">
        <source>Getting previews</source>
        <translation>미리 듣기 받는 중</translation>
    </message>
    <message id="settings.previews_no">
        <source>Not now</source>
        <translation>나중에</translation>
    </message>
    <message id="settings.previews_none">
        <source>None of the songs here has a preview</source>
        <translation>미리 듣기가 있는 노래가 없어요</translation>
    </message>
    <message id="settings.previews_progress" numerus="yes">
        <source>{done} of %Ln previews, {got} of {size}</source>
        <translation>
            <numerusform>미리 듣기 %Ln개 가운데 {done}개, {size} 가운데 {got}</numerusform>
        </translation>
    </message>
    <message id="settings.previews_yes">
        <source>Get them</source>
        <translation>받기</translation>
    </message>
    <message id="settings.privacy">
        <source>Privacy</source>
        <translation>개인정보</translation>
    </message>
    <message id="settings.privacy_text">
        <source>Listening, searching and learning all run on this computer. No account, no tracking, no network needed</source>
        <translation>듣기도, 찾기도, 배우기도 모두 이 컴퓨터에서 해요. 계정도 추적도 없고, 인터넷이 없어도 돼요</translation>
    </message>
    <message id="settings.sound">
        <source>Sound</source>
        <translation>소리</translation>
    </message>
    <message id="settings.system">
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message id="settings.theme">
        <source>Theme</source>
        <translation>밝기</translation>
    </message>
    <message id="settings.theme_help">
        <source>Light, dark, or as the system has it</source>
        <translation>밝게, 어둡게, 또는 시스템을 따라서</translation>
    </message>
    <message id="sofar.hint">
        <source>still listening</source>
        <translation>아직 듣는 중</translation>
    </message>
    <message id="sofar.title">
        <source>So far</source>
        <translation>지금까지는</translation>
    </message>
    <message id="source.microphone">
        <source>Microphone</source>
        <translation>마이크</translation>
    </message>
    <message id="source.monitor">
        <source>This computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message id="source.name">
        <source>Listen with</source>
        <translation>들을 장치</translation>
    </message>
    <message id="source.no_monitor">
        <source>This system offers no way to hear what it plays. On Linux, PulseAudio or PipeWire with pactl adds one; on macOS, a virtual audio device</source>
        <translation>이 시스템에서는 재생 중인 소리를 들을 수 없어요. 리눅스는 pactl이 있는 PulseAudio나 PipeWire, macOS는 가상 오디오 장치가 필요해요</translation>
    </message>
    <message id="spectrogram.name">
        <source>Spectrogram of the last 30 seconds</source>
        <translation>지난 30초의 스펙트로그램</translation>
    </message>
    <message id="status.closed">
        <source>{name} · closed</source>
        <translation>{name} · 꺼져 있음</translation>
    </message>
    <message id="status.device">
        <source>{name} · {rate} kHz</source>
        <translation>{name} · {rate} kHz</translation>
    </message>
    <message id="status.no_device">
        <source>No microphone</source>
        <translation>마이크 없음</translation>
    </message>
    <message id="status.private">
        <source>Sound stays on this computer</source>
        <translation>소리는 이 컴퓨터를 떠나지 않아요</translation>
    </message>
    <message id="status.songs" numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln곡</numerusform>
        </translation>
    </message>
    <message id="strip.file">
        <source>The file stays where it is</source>
        <translation>파일은 제자리에 그대로 있어요</translation>
    </message>
    <message id="strip.hint">
        <source>Drag the frame to ask about another moment</source>
        <translation>틀을 끌면 다른 순간으로 다시 찾아요</translation>
    </message>
    <message id="strip.louder">
        <source>Louder here</source>
        <translation>여기가 더 커요</translation>
    </message>
    <message id="strip.memory">
        <source>Kept for 30 s, in memory only</source>
        <translation>30초만, 메모리에만 남아요</translation>
    </message>
    <message id="sure">
        <source>{percent}% sure</source>
        <translation>{percent}% 확실해요</translation>
    </message>
    <message id="sync.cancel">
        <source>Stop getting songs</source>
        <translation>노래 받기 멈추기</translation>
    </message>
    <message id="sync.current" numerus="yes">
        <source>Release {release} of {date} · %Ln songs</source>
        <translation>
            <numerusform>{date} {release}번째 판 · %Ln곡</numerusform>
        </translation>
    </message>
    <message id="sync.fetching" numerus="yes">
        <source>%Ln songs</source>
        <translation>
            <numerusform>%Ln곡 받음</numerusform>
        </translation>
    </message>
    <message id="sync.fetching_of" numerus="yes">
        <source>{done} of %Ln songs</source>
        <translation>
            <numerusform>%Ln곡 가운데 {done}곡</numerusform>
        </translation>
    </message>
    <message id="sync.looking">
        <source>Looking for new songs</source>
        <translation>새 노래가 있는지 보고 있어요</translation>
    </message>
    <message id="sync.name_current">
        <source>Central catalogue: {state}. Up to date</source>
        <translation>중앙 목록: {state}. 최신 상태예요</translation>
    </message>
    <message id="sync.name_fetching">
        <source>Central catalogue: getting songs, {progress}</source>
        <translation>중앙 목록: 노래를 받는 중, {progress}</translation>
    </message>
    <message id="sync.name_looking">
        <source>Central catalogue: looking for new songs</source>
        <translation>중앙 목록: 새 노래가 있는지 보고 있어요</translation>
    </message>
    <message id="sync.name_offline">
        <source>Central catalogue: {state}. Press to try again</source>
        <translation>중앙 목록: {state}. 눌러서 다시 해 보기</translation>
    </message>
    <message id="sync.no_release">
        <source>No songs of it are here yet</source>
        <translation>아직 받은 노래가 없어요</translation>
    </message>
    <message id="sync.off">
        <source>Not connected. The songs stay</source>
        <translation>연결하지 않았어요. 노래는 그대로 있어요</translation>
    </message>
    <message id="sync.offline">
        <source>Offline since {since}</source>
        <translation>{since}부터 오프라인</translation>
    </message>
    <message id="sync.offline_songs">
        <source>Offline since {since} · songs of {date}</source>
        <translation>{since}부터 오프라인 · {date} 노래</translation>
    </message>
    <message id="sync.tip_current">
        <source>Up to date. Looked at {time}</source>
        <translation>최신 상태예요. 확인한 시각 {time}</translation>
    </message>
    <message id="sync.tip_offline">
        <source>{reason}. Click to try again</source>
        <translation>{reason}. 눌러서 다시 해 보기</translation>
    </message>
    <message id="sync.waiting">
        <source>Not looked at yet</source>
        <translation>아직 확인하지 않았어요</translation>
    </message>
    <message id="take.at">
        <source>Take at {time}</source>
        <translation>{time}에 들은 소리</translation>
    </message>
    <message id="take.file">
        <source>A passage of {name}</source>
        <translation>파일: {name}</translation>
    </message>
    <message id="take.monitor_at">
        <source>Heard on this computer at {time}</source>
        <translation>{time}에 이 컴퓨터에서 들은 소리</translation>
    </message>
    <message id="take.sample">
        <source>Sample recording</source>
        <translation>예시 녹음</translation>
    </message>
    <message id="take.track">
        <source>Like {name}</source>
        <translation>닮은 노래 찾기: {name}</translation>
    </message>
    <message id="this_is">
        <source>This is</source>
        <translation>바로 이 노래예요</translation>
    </message>
    <message id="too_quiet.cause">
        <source>Too quiet</source>
        <translation>소리가 작아요</translation>
    </message>
    <message id="too_quiet.headline">
        <source>I could not hear the song well enough</source>
        <translation>노래가 잘 들리지 않았어요</translation>
    </message>
    <message id="too_quiet.needed">
        <source>Enough from {needed}</source>
        <translation>{needed}부터 괜찮아요</translation>
    </message>
    <message id="too_quiet.sentence">
        <source>Move closer to the speaker or turn the song up. Nothing was searched, and nothing was sent anywhere.</source>
        <translation>스피커에 조금 더 가까이 가거나 노래 소리를 키워 주세요. 이번에는 찾지 않았고, 어디에도 보내지 않았어요.</translation>
    </message>
    <message id="too_quiet.value">
        <source>Heard {value}</source>
        <translation>들린 크기 {value}</translation>
    </message>
    <message id="too_short.cause">
        <source>Too short</source>
        <translation>너무 짧아요</translation>
    </message>
    <message id="too_short.headline">
        <source>I need a little longer</source>
        <translation>조금만 더 들려주세요</translation>
    </message>
    <message id="too_short.needed">
        <source>Enough from {needed}</source>
        <translation>{needed}부터 괜찮아요</translation>
    </message>
    <message id="too_short.sentence">
        <source>That was {value}; three seconds are enough, six are best.</source>
        <translation>{value}였어요. 3초면 되고, 6초면 가장 좋아요.</translation>
    </message>
    <message id="too_short.value">
        <source>Heard {value}</source>
        <translation>들은 길이 {value}</translation>
    </message>
    <message id="trouble.engine">
        <source>I cannot search right now</source>
        <translation>지금은 찾을 수 없어요</translation>
    </message>
    <message id="trouble.sound">
        <source>I cannot hear anything</source>
        <translation>지금은 들을 수 없어요</translation>
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
        <translation>{value}초</translation>
    </message>
    <message id="ways.file">
        <source>Open a file</source>
        <translation>파일 열기</translation>
    </message>
    <message id="ways.file_hint">
        <source>or drop one anywhere</source>
        <translation>아무 데나 끌어다 놓아도 돼요</translation>
    </message>
    <message id="ways.mood">
        <source>Pick a mood</source>
        <translation>기분으로 고르기</translation>
    </message>
    <message id="ways.mood_hint">
        <source>ten, made from sound</source>
        <translation>소리로 만든 열 가지</translation>
    </message>
    <message id="ways.sample">
        <source>Try a sample recording</source>
        <translation>예시 녹음으로 해 보기</translation>
    </message>
    <message id="ways.sample_hint">
        <source>heard as if from the room</source>
        <translation>방에서 들리는 것처럼 들어요</translation>
    </message>
    <message id="ways.title">
        <source>Other ways in</source>
        <translation>다른 길로 찾기</translation>
    </message>
    <message id="ways.title_hint">
        <source>then hear what is like it</source>
        <translation>닮은 노래로 이어져요</translation>
    </message>
    <message id="ways.title_search">
        <source>Type a title</source>
        <translation>제목으로 찾기</translation>
    </message>
    <message id="weaker">
        <source>Show weaker matches</source>
        <translation>덜 닮은 노래도 보기</translation>
    </message>
</context>
</TS>
