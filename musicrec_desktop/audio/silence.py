"""An output that nobody hears: it takes sound at the pace of a sound card, where there is no loudspeaker."""

import threading
import time

import numpy as np

from musicrec_desktop.audio.portaudio import FillBlock, OnFinished, OpenStream

SR = 44100
BLOCK_FRAMES = 1024
LATE_S = 1.0  # after a pause of the whole machine the lost time is not made up for


def open_silence(fill: FillBlock, on_finished: OnFinished) -> OpenStream:
    """Begin to take blocks in stereo, in a thread of its own, until it is closed."""
    closed = threading.Event()

    def run() -> None:
        block = np.zeros((BLOCK_FRAMES, 2), np.float32)
        due = time.monotonic()
        while not closed.wait(max(0.0, due - time.monotonic())):
            fill(block)
            due = max(due, time.monotonic() - LATE_S) + BLOCK_FRAMES / SR
        on_finished()

    threading.Thread(target=run, name="silent output", daemon=True).start()
    return OpenStream(SR, closed.set)
