"""The fingerprint tells any two specs apart."""

from dataclasses import fields, replace

import pytest

from musicrec_desktop.core.feature_spec import FeatureSpec

NAMES = [field.name for field in fields(FeatureSpec)]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_changes_the_fingerprint(name: str) -> None:
    spec = FeatureSpec()
    changed = replace(spec, **{name: getattr(spec, name) + 1})
    assert changed.fingerprint() != spec.fingerprint()


def test_no_two_changes_share_a_fingerprint() -> None:
    spec = FeatureSpec()
    found = {replace(spec, **{name: getattr(spec, name) + 1}).fingerprint() for name in NAMES}
    assert len(found) == len(NAMES)


def test_equal_specs_have_equal_fingerprints_of_twelve_hex_digits() -> None:
    fingerprint = FeatureSpec().fingerprint()
    assert fingerprint == FeatureSpec().fingerprint()
    assert len(fingerprint) == 12
    assert int(fingerprint, 16) >= 0


def test_rates() -> None:
    spec = FeatureSpec()
    assert spec.frame_rate == pytest.approx(22050 / 1024)
    assert spec.sequence_rate == pytest.approx(spec.frame_rate / 2)
