"""Digests of tracks and of whole contents."""

from dataclasses import fields, replace

from musicrec_desktop.core.central import CentralTrack, content_digest
from musicrec_desktop.core.types import TrackId

BLOBS = ("starts", "vectors", "scales", "probabilities", "sequence_scale", "sequence_steps", "sound_print")
TRACK = CentralTrack(
    track_id=TrackId("a" * 32),
    title="밤",
    artist="Minji",
    album="",
    duration_s=180.25,
    level_db=-18.0,
    fingerprint="f" * 12,
    model_id="m" * 64,
    summary="{}",
    x=0.1,
    y=-3.0,
    preview="",
    preview_start_s=0.0,
    sequence_rate=10.766,
    **dict.fromkeys(BLOBS, b"\0\1"),  # type: ignore[arg-type]  # the seven blobs
)


def test_every_field_counts() -> None:
    for field in fields(CentralTrack):
        value = getattr(TRACK, field.name)
        other = value + {str: "x", bytes: b"x", float: 1.0}[type(value) if type(value) in (bytes, float) else str]
        assert replace(TRACK, **{field.name: other}).digest() != TRACK.digest(), field.name


def test_where_one_field_ends_and_the_next_begins_counts() -> None:
    assert replace(TRACK, title="ab", artist="c").digest() != replace(TRACK, title="a", artist="bc").digest()


def test_a_content_is_the_same_in_any_order() -> None:
    pairs = [("a", "1"), ("b", "2")]
    assert content_digest(pairs) == content_digest(reversed(pairs)) != content_digest([("a", "2"), ("b", "1")])
