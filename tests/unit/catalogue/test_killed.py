"""Killed at any moment: the file is sound, what is seen is one whole content, nothing that was done is lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from musicrec_desktop.core.types import TrackId
from tests.unit.catalogue.central import seen, titles
from tests.unit.catalogue.killed import N_CONTENTS, contents, model_of
from tests.unit.catalogue.stores import store_in

ROOT = Path(__file__).parents[3]
OPEN_S = 2.0
LONGEST_S = 0.4  # of life, after it is ready


def life(folder: Path, seed: int, *, protected: bool = True) -> list[list[str]]:
    """Let a child work, and kill it; what it said it had done."""
    how = "protected" if protected else "open"
    command = [sys.executable, "-m", "tests.unit.catalogue.killed", str(folder), str(seed), how]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n", child.communicate()[1]
        time.sleep(random.Random(seed).uniform(0.0, LONGEST_S))
        child.kill()
        said, errors = child.communicate()
    assert not errors, errors
    return [line.split() for line in said.splitlines() if line.strip()]


def examine(folder: Path, said: list[list[str]], own: set[str]) -> None:
    """Raise AssertionError unless the file is as it must be after a life in which all that was said was done."""
    began = time.monotonic()
    store = store_in(folder)
    in_use = store.central.in_use()
    visible = seen(store)
    assert time.monotonic() - began <= OPEN_S
    with store:
        store.check()
        assert visible == (titles(contents()[in_use.release.number % N_CONTENTS]) if in_use else {})
        assert store._database.run("PRAGMA foreign_key_check") == []
        own.update(words[1] for words in said if words[0] == "own")
        assert set(store.tracks_by_id([TrackId(name) for name in own])) == own
        if in_use:
            model_id = in_use.release.model_id
            assert store.model_in_use() == model_id
            store.embed_missing(model_id, model_of(in_use.release.number).run)  # as every program does when it opens
            listed = {each.track_id for each in store.tracks()}
            assert set(store.passages(model_id).track_ids) == listed, "one model, and nobody without it"
        last = next((words for words in reversed(said) if words[0] in ("page", "switched", "back", "dropped")), None)
        staged = store.central.staged()
        if last and last[0] == "page" and staged and staged.release.number == int(last[1]):
            assert staged.reached >= last[2], "a page was lost"


def rounds(folder: Path, seeds: range, *, protected: bool = True) -> None:
    own: set[str] = set()
    for seed in seeds:
        examine(folder, life(folder, seed, protected=protected), own)


def test_a_few_kills(tmp_path: Path) -> None:
    rounds(tmp_path, range(12))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_hundred_kills(tmp_path: Path) -> None:
    rounds(tmp_path, range(100, 300))


def test_rows_that_are_seen_while_they_are_staged_would_be_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        rounds(tmp_path, range(12), protected=False)
