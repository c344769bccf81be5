"""What the doctor sees of a virtual sound card, in a child as in life."""

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.checkup import Finding
from musicrec_desktop.doctor import sound
from musicrec_desktop.doctor.round import Round
from musicrec_desktop.doctor.words import told
from tests.pulse import Pulse


def test_a_card_with_a_microphone_and_a_monitor(pulse: Pulse) -> None:
    with Round(token=CancelToken(), total_s=60.0) as here:
        outcome, _ = result = sound.sound(here)
    words = told(Finding("sound", *result))
    assert outcome == "ok", words
    assert "2 inputs. The microphone is " in words
    assert "own sound can be listened to. Previews play on " in words
