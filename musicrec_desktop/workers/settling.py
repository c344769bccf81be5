"""What has changed settles before it is acted upon: a file may still be growing, a deleted one may come back."""

from collections.abc import Mapping


class Settling:
    """Remembers since when each name has been as it is; what was acted upon is not offered again while it stays so."""

    def __init__(self) -> None:
        self._since: dict[str, tuple[object, float]] = {}
        self._done: dict[str, object] = {}
        self.is_waiting = False  # something has changed and is not offered yet

    def settled(
        self, changed: Mapping[str, object], *, now_s: float, still_s: float, patience_s: float
    ) -> dict[str, object]:
        """Those that have been as they are for `still_s`, once all of them have, or one has for `patience_s`."""
        self._done = {name: state for name, state in self._done.items() if name in changed}
        fresh = {name: state for name, state in changed.items() if self._done.get(name) != state}
        since = {}
        for name, state in fresh.items():
            before, at_s = self._since.get(name, (None, now_s))
            since[name] = (state, at_s if before == state else now_s)
        self._since = since
        still = {name: fresh[name] for name, (_, at_s) in since.items() if now_s - at_s >= still_s}
        is_time = len(still) == len(fresh) or any(now_s - since[name][1] >= patience_s for name in still)
        self.is_waiting = len(still) < len(fresh)
        return still if is_time else {}

    def settle(self, names: Mapping[str, object]) -> None:
        """These were acted upon."""
        self._done |= names
