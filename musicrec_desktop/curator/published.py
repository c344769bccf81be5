"""What the curator has, as clients get it: every song analysed, through the model that was exported.

The blobs are those that a client's own import of the same analysis would write, so that both answer alike.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from musicrec_desktop.catalogue.codec import FLOAT32, INT8, UINT8, as_stored, quantised, sealed, sealed_steps
from musicrec_desktop.catalogue.values import Embedded, embed
from musicrec_desktop.core.central import CentralModel, CentralTrack, PreviewRef
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import TrackAnalysis, TrackId
from musicrec_desktop.curator.errors import StepMissing, StoredDamaged
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import CentralStore, Placed
from musicrec_desktop.engine.model import MoodModel

_SONGS_AT_ONCE = 200
_NO_PREVIEW, _NOWHERE = PreviewRef(""), Placed(0, 0, 0.0, 0.0)
_LONGEST_TEXT = 1000  # letters of a title; four bytes each are far below what a TEXT column takes


def exported(folder: Path, *, spec: FeatureSpec) -> CentralModel:
    """The model that `export` wrote into the folder; raise StepMissing, ModelInvalid, ModelMismatch."""
    try:
        network, card = ((folder / name).read_bytes() for name in ("mood.onnx", "mood.json"))
    except FileNotFoundError as error:
        raise StepMissing(step="export") from error
    found = MoodModel.from_bytes(network, card, fingerprint=spec.fingerprint())
    return CentralModel(found.model_id, network, card, hashlib.sha256(card).hexdigest())


def published_tracks(
    store: CentralStore, model: CentralModel, previews: Mapping[int, PreviewRef] | None = None
) -> Iterator[CentralTrack]:
    """Every analysed song in order of path, a few in memory at a time; `previews` by song id.

    Raises StepMissing when songs were analysed for other features than the model's.
    """
    fingerprint = str(json.loads(model.card)["fingerprint"])
    network = MoodModel.from_bytes(model.network, model.card, fingerprint=fingerprint)
    songs, places = store.songs(), store.clusters()
    if {found for found, _ in store.made_by(songs)} - {fingerprint}:
        raise StepMissing(step="analyse")
    ids = list(songs)
    for start in range(0, len(ids), _SONGS_AT_ONCE):
        analyses = store.analyses(ids[start : start + _SONGS_AT_ONCE])
        for song_id in ids[start : start + _SONGS_AT_ONCE]:
            if song_id not in analyses:
                raise StoredDamaged(name=songs[song_id].path)
            preview = (previews or {}).get(song_id, _NO_PREVIEW)
            yield _track(songs[song_id], analyses[song_id], network, places.get(song_id, _NOWHERE), preview=preview)


def _track(
    song: SongSource, analysis: TrackAnalysis, network: MoodModel, place: Placed, *, preview: PreviewRef
) -> CentralTrack:
    embedded = embed(network.model_id, network.run, as_stored(analysis.statistics))
    return CentralTrack(
        track_id=TrackId(song.path_key),
        title=_text(song.title),
        artist=_text(song.artist),
        album=_text(song.album),
        duration_s=float(analysis.duration_s),
        level_db=float(analysis.level_db),
        fingerprint=analysis.fingerprint,
        model_id=network.model_id,
        summary=json.dumps(dict(analysis.summary), sort_keys=True),
        x=float(place.x),
        y=float(place.y),
        preview=preview.sha256,
        preview_start_s=float(preview.start_s),
        **_embedding(embedded),
        **_sound(analysis),
        sequence_rate=float(analysis.sequence.rate),
    )


def _embedding(embedded: Embedded) -> dict[str, bytes]:
    steps, scales = quantised(embedded.embeddings)
    return {
        "vectors": sealed(steps, INT8),
        "scales": sealed(scales, FLOAT32),
        "probabilities": sealed(embedded.mood_probabilities, FLOAT32),
    }


def _sound(analysis: TrackAnalysis) -> dict[str, bytes]:
    return {
        "starts": sealed(analysis.passage_starts_s, FLOAT32),
        "sequence_scale": sealed(analysis.sequence.scale, FLOAT32),
        "sequence_steps": sealed_steps(analysis.sequence.values),
        "sound_print": sealed(analysis.sound_print, UINT8),
    }


def _text(text: str) -> str:
    """The text as any database takes it: no halves of letters, and no book for a title."""
    return text.encode(errors="replace").decode()[:_LONGEST_TEXT]
