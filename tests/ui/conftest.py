"""Widgets are tested without a screen."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def no_earlier_windows(qapp: object) -> Iterator[None]:
    """Closed windows are deleted at once, which no event loop does here: style sheets are put on all that there are."""
    from PySide6.QtCore import QCoreApplication, QEvent

    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: object) -> object:
    from musicrec_desktop.ui.theme import Theme

    return Theme.named(request.param)
