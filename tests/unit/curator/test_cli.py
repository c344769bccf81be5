"""The curator's command line: a folder to a model, and one sentence where it cannot go on."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from musicrec_desktop.curator.cli import main, sentence
from musicrec_desktop.curator.errors import MoodFileInvalid, StepMissing, TooFewSongs, UnknownSongs
from musicrec_desktop.curator.store import CentralStore
from tests.unit.curator.test_analyse import melody, write


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    return int(caught.value.code or 0)


def test_the_steps_of_a_made_up_archive_end_in_a_model(
    clustered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = shutil.copytree(clustered, tmp_path / "work")
    half = [song.path for song in CentralStore.in_folder(work).songs().values()][:16]
    (tmp_path / "half").write_text("\n".join(half), encoding="utf-8")
    assert status("embed", "--work", work, "--songs", tmp_path / "half") == 0
    assert "from 16 songs" in capsys.readouterr().out
    for step in (["cluster", "--k", 4], ["moods"], ["train"]):
        assert status(*step, "--work", work) == 0
    assert "trained on" in capsys.readouterr().out
    # The calibration listens to the files again, which a made-up archive does not have.
    CentralStore.in_folder(work).save_fact("calibrate", {})
    assert status("export", "--work", work, "--out", tmp_path / "models", "--created", "2026-11-22") == 0
    card = json.loads((tmp_path / "models" / "mood.json").read_text(encoding="utf-8"))
    assert card["model_id"][:12] in capsys.readouterr().out
    assert (card["data"]["songs"], card["created"]) == (16, "2026-11-22")


def test_analyse_tells_what_failed_and_resumes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "music" / "a.wav", melody(7, seed=1))
    (tmp_path / "music" / "empty.ogg").touch()
    arguments = ("analyse", tmp_path / "music", "--work", tmp_path / "work", "--twins", 1, "--jobs", 1)
    assert status(*arguments) == 0
    said = capsys.readouterr()
    assert said.out == "1 analysed, 0 unchanged, 1 failed\n"
    assert "empty.ogg: there is no sound in it" in said.err
    assert status(*arguments) == 0
    said = capsys.readouterr()
    assert said.out == "0 analysed, 1 unchanged, 0 failed, 1 failed before (--retry-failed tries them again)\n"
    assert said.err == ""
    assert status(*arguments, "--retry-failed") == 0
    assert capsys.readouterr().out == "0 analysed, 1 unchanged, 1 failed\n"
    assert status("failures", "--work", tmp_path / "work") == 0
    assert capsys.readouterr().out.startswith("empty.ogg: there is no sound in it (")


def test_ctrl_c_writes_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    for number in range(30):
        write(tmp_path / "music" / f"{number:02}.wav", melody(30, seed=number))
    command = [sys.executable, "-m", "musicrec_desktop.curator.cli", "analyse", str(tmp_path / "music")]
    command += ["--work", str(tmp_path / "work"), "--jobs", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            lines = iter(running.stderr.readline, "")
            assert next(line for line in lines if not line.startswith("0 "))  # of the log: a song is done
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=60)
        finally:
            running.kill()
    assert running.returncode == 130
    n_analysed = int(out.split()[0])
    assert 1 <= n_analysed == len(CentralStore.in_folder(tmp_path / "work").songs())
    assert f"Interrupted with {30 - n_analysed} songs to go; the same command goes on" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--scheduler", "localhost:8786"),
        ("--scheduler", "tls://127.0.0.1:8786"),
        ("--scheduler", "tcp://127.0.0.1:8786", "--jobs", 2),
        ("--scheduler", "tcp://127.0.0.1:8786", "--tls-ca", __file__),
        ("--tls-ca", __file__),
    ],
    ids=str,
)
def test_half_of_a_cluster_is_wrong_usage(wrong: tuple[object, ...], tmp_path: Path) -> None:
    assert status("analyse", tmp_path, "--work", tmp_path / "work", *wrong) == 2
    assert not (tmp_path / "work").exists()


def test_nothing_analysed_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    assert status("analyse", tmp_path / "music", "--work", tmp_path / "work") == 1


@pytest.mark.parametrize("step", ["embed", "cluster", "moods", "train", "evaluate", "export"])
def test_a_step_too_early_is_one_sentence(step: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(step, "--work", tmp_path / "work") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert not (tmp_path / "models").exists()


def test_wrong_usage_is_status_two(tmp_path: Path) -> None:
    assert status("cluster", "--work", tmp_path, "--k", 11) == 2
    assert status("embed", "--work", tmp_path, "--songs", tmp_path / "missing") == 2


def test_errors_in_words() -> None:
    assert sentence(StepMissing(step="head")) == "Run `musicrec-curator train` first."
    assert "2 songs of the list" in sentence(UnknownSongs(names=["a", "b"]))
    assert "There are 3 songs; at least 20" in sentence(TooFewSongs(got=3, needed=20))
    assert "moods.json" in sentence(MoodFileInvalid(path=Path("moods.json"), detail="x"))
