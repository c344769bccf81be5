"""What an error tells to whom looks hardest."""

import traceback

from musicrec_desktop.wording import describe


def everything_told(error: BaseException) -> str:
    """What the most talkative of crash reports would say: local variables of every frame, of every cause."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    return f"{''.join(told.format(chain=True))} {error!r} {describe(error)}"
