"""How things stand with the central catalogue, in words: for the status line, its tool tip and screen readers."""

from datetime import datetime

from musicrec_desktop.core.central import Release
from musicrec_desktop.ui.messages import describe
from musicrec_desktop.ui.strings import day_near, number, time_of_day, tr
from musicrec_desktop.workers.sync import SyncStatus

_MEGABYTE = 1_000_000


def sync_text(status: SyncStatus, release: Release | None, now: datetime) -> str:
    """A few words; empty when there is nothing to say."""
    match status.state:
        case "looking":
            return tr("sync.looking")
        case "fetching":
            return progress_text(status)
        case "current":
            return release_text(release, now) if release else ""
        case "offline":
            since = _since(status.offline_since_s, now)
            if release is None:
                return tr("sync.offline", since=since)
            return tr("sync.offline_songs", since=since, date=published(release, now))
    return ""


def progress_text(status: SyncStatus) -> str:
    """3,412 of 100,000 songs; 3,412 songs where nobody has counted them all."""
    if status.total is None:
        return tr("sync.fetching", n=status.done)
    return tr("sync.fetching_of", done=status.done, n=status.total)


def release_text(release: Release, now: datetime) -> str:
    return tr("sync.current", release=str(release.number), date=published(release, now), n=release.n_tracks)


def sync_tip(status: SyncStatus, now: datetime) -> str:
    """More, for who rests the pointer on it: why it is offline, or when it was looked at."""
    if status.state == "offline" and status.error is not None:
        return tr("sync.tip_offline", reason=describe(status.error).text)
    if status.state == "current" and status.looked_s is not None:
        return tr("sync.tip_current", time=_since(status.looked_s, now))
    return ""


def sync_name(status: SyncStatus, release: Release | None, now: datetime) -> str:
    """The same as a screen reader says it, where nothing is seen beside it."""
    text = sync_text(status, release, now)
    match status.state:
        case "looking":
            return tr("sync.name_looking")
        case "fetching":
            return tr("sync.name_fetching", progress=text)
        case "current":
            return tr("sync.name_current", state=text)
        case "offline":
            return tr("sync.name_offline", state=text)
    return ""


def published(release: Release, now: datetime) -> str:
    """The day on which a release came out, here."""
    try:
        moment = datetime.fromisoformat(release.published_at).astimezone()
    except ValueError:  # whatever a server may write
        return release.published_at
    return day_near(moment, now)


def size_text(n_bytes: int) -> str:
    """940 MB, 1.2 GB."""
    if n_bytes < 1000 * _MEGABYTE:
        return tr("unit.megabytes", value=number(max(n_bytes / _MEGABYTE, 1.0 if n_bytes else 0.0)))
    return tr("unit.gigabytes", value=number(n_bytes / _MEGABYTE / 1000, 1))


def _since(moment_s: float | None, now: datetime) -> str:
    """The time of day; the day where it was another."""
    moment = now if moment_s is None else datetime.fromtimestamp(moment_s)
    return time_of_day(moment) if moment.date() == now.date() else day_near(moment, now)
