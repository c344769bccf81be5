"""The last 30 s as spectrogram columns, pulled from the microphone's ring."""

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from musicrec_desktop.core.types import Floats
from musicrec_desktop.features.display import COLUMNS_PER_S, N_BINS, Columns, DisplaySpectrum
from musicrec_desktop.ui.recording import KEPT_S

if TYPE_CHECKING:
    from musicrec_desktop.audio.capture import MicSource

_KEPT_COLUMNS = round(KEPT_S * COLUMNS_PER_S)
_LONGEST_PULL_S = 1.0  # after a pause only the newest second is drawn: a late picture is skipped, never queued


class LiveColumns:
    """Reads what is new of one microphone and keeps 30 s of columns."""

    def __init__(self, source: "MicSource") -> None:
        self._source = source
        self._spectrum = DisplaySpectrum(source.ring.sr)
        self._read = source.ring.written
        self._kept: deque[Columns] = deque()
        self._n_kept = 0

    def pull(self) -> tuple[Floats, Columns]:
        """The samples that came since the last pull and the columns they complete."""
        ring = self._source.ring
        earliest = ring.written - round(_LONGEST_PULL_S * ring.sr)
        samples, self._read = ring.since(max(self._read, earliest))
        columns = self._spectrum.push(samples)
        self._keep(columns)
        return samples, columns

    def newest(self) -> Columns:
        """All that is kept, oldest first, shape (n_bins, n)."""
        if not self._kept:
            return np.zeros((N_BINS, 0), np.uint8)
        return np.concatenate(list(self._kept), axis=1)[:, -_KEPT_COLUMNS:]

    def _keep(self, columns: Columns) -> None:
        if columns.shape[1] == 0:
            return
        self._kept.append(columns)
        self._n_kept += columns.shape[1]
        while self._n_kept - self._kept[0].shape[1] >= _KEPT_COLUMNS:
            self._n_kept -= self._kept.popleft().shape[1]
