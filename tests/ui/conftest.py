"""Widgets are tested without a screen."""

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: object) -> object:
    from musicrec_desktop.ui.theme import Theme

    return Theme.named(request.param)
