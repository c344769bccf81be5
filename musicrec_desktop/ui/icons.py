"""Icons: strokes on a 24-unit grid, drawn once per size, colour and screen."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_STROKE = 1.7

# Bodies of 24 × 24 drawings. Strokes take the colour; "F" stands for a fill in the colour without stroke.
_F = 'fill="currentColor" stroke="none"'
_BODIES = {
    "account-off": '<circle cx="11" cy="8" r="4"/><path d="M4 20.5c0-4 3-6.5 7-6.5 1 0 1.9.1 2.7.4"/>'
    '<path d="M16 16.5l4.5 4.5M20.5 16.5L16 21"/>',
    "back": '<path d="M14.5 5.5L8 12l6.5 6.5"/>',
    "block": '<circle cx="12" cy="12" r="8.5"/><path d="M6 6l12 12"/>',
    "check": '<path d="M5 12.5l4.7 4.7L19 7.5"/>',
    "chevron": '<path d="M9.5 5.5L16 12l-6.5 6.5"/>',
    "chevron-down": '<path d="M5.5 9.5L12 16l6.5-6.5"/>',
    "clear": '<path d="M9 5.5h11.5v13H9L3 12zM12 9.5l5 5M17 9.5l-5 5"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "computer": '<rect x="3.5" y="4" width="17" height="12" rx="2"/><path d="M12 16v4M8 20h8"/>'
    '<path d="M9 10h.01M12 8v4M15 10h.01"/>',
    "dots": f'<g {_F}><circle cx="5.5" cy="12" r="1.5"/><circle cx="12" cy="12" r="1.5"/>'
    '<circle cx="18.5" cy="12" r="1.5"/></g>',
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5v5h5"/>',
    "folder": '<path d="M3 7a2 2 0 0 1 2-2h4.2l2.6 3H19a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"/>',
    "heart": '<path d="M12 20C6 15.8 3 12.6 3 9a4.7 4.7 0 0 1 9-2 4.7 4.7 0 0 1 9 2c0 3.6-3 6.8-9 11z"/>',
    "heart-full": '<path fill="currentColor" d="M12 20C6 15.8 3 12.6 3 9a4.7 4.7 0 0 1 9-2 4.7 4.7 0 0 1 '
    '9 2c0 3.6-3 6.8-9 11z"/>',
    "history": '<path d="M3.5 4.5v4.7h4.7M3.8 9A8.7 8.7 0 1 1 3.3 13.5M12 7.5V12l3.5 2.5"/>',
    "listen": '<path d="M2.5 12h1.2M7 7.5v9M12 3v18M17 7.5v9M20.3 12h1.2"/>',
    "map": f'<g {_F}><circle cx="4.5" cy="6.5" r="1.4"/><circle cx="9.5" cy="4" r="1.3"/>'
    '<circle cx="9" cy="9.5" r="1.5"/><circle cx="17.5" cy="7.5" r="1.5"/>'
    '<circle cx="21" cy="12" r="1.3"/><circle cx="17.5" cy="14.5" r="1.2"/>'
    '<circle cx="12.8" cy="16.5" r="1.5"/><circle cx="5.5" cy="18" r="1.3"/>'
    '<circle cx="16.5" cy="20" r="1.5"/></g>',
    "mic": '<rect x="8.7" y="2.5" width="6.6" height="12" rx="3.3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3.5"/>',
    "moods": '<circle cx="7" cy="7" r="4"/><rect x="13.7" y="3.2" width="7.6" height="7.6" rx="1"/>'
    '<path d="M7 13.2l4.2 7.6H2.8zM17.5 13l4.2 4.2-4.2 4.2-4.2-4.2z"/>',
    "more-like": '<circle cx="12" cy="12" r="1.3" fill="currentColor"/>'
    '<path d="M8.3 15.8a5.3 5.3 0 0 1 0-7.6M15.7 8.2a5.3 5.3 0 0 1 0 7.6"/>'
    '<path d="M5.2 18.8a9.6 9.6 0 0 1 0-13.6M18.8 5.2a9.6 9.6 0 0 1 0 13.6"/>',
    "next": f'<path {_F} d="M4.5 5.2v13.6L15 12z"/><path d="M18.2 5.5v13"/>',
    "offline": '<path d="M9 6.7A6 6 0 0 1 17.7 11 4 4 0 0 1 20 17.6M16.5 18.5H7.5a5 5 0 0 1-1.3-9.8M3.5 3.5l17 17"/>',
    "online": '<path d="M7.5 18.5a5 5 0 0 1-.8-9.9A6 6 0 0 1 18 10.7a4 4 0 0 1-.7 7.8z"/>',
    "pause": f'<g {_F}><rect x="6.5" y="4.5" width="3.6" height="15" rx="1.2"/>'
    '<rect x="13.9" y="4.5" width="3.6" height="15" rx="1.2"/></g>',
    "play": f'<path {_F} d="M6.5 4.3c0-.8.9-1.3 1.6-.9l12 7.4c.7.4.7 1.4 0 1.8l-12 7.4c-.7.5-1.6 0-1.6-.9z"/>',
    "playlists": '<path d="M3.5 5.5h13M3.5 10.5h9M3.5 15.5h6.5"/><circle cx="14" cy="17.5" r="2.4"/>'
    '<path d="M16.4 17.5V9.8l4.6-1"/>',
    "plus": '<path d="M12 4.5v15M4.5 12h15"/>',
    "prev": f'<path {_F} d="M19.5 5.2v13.6L9 12z"/><path d="M5.8 5.5v13"/>',
    "queue": '<path d="M3.5 6.5h17M3.5 12h17M3.5 17.5h10.5"/>',
    "quiet": '<path d="M3.5 9.5v5h3.7l5.3 4.3V5.2L7.2 9.5zM17 12h.01M20.7 12h.01"/>',
    "search": '<circle cx="10.5" cy="10.5" r="7"/><path d="M15.8 15.8l5.2 5.2"/>',
    "settings": '<path d="M2.5 7.5h11M18.5 7.5h3M2.5 16.5h3M10.5 16.5h11"/><circle cx="16" cy="7.5" r="2.4"/>'
    '<circle cx="8" cy="16.5" r="2.4"/>',
    "shield": '<path d="M12 3l7.5 2.5v5.7c0 4.7-3 8-7.5 9.8-4.5-1.8-7.5-5.1-7.5-9.8V5.5z"/>',
    "shuffle": '<path d="M3 17.5h3.2L16 6.5h4.5M3 6.5h3.2l2.8 3.2M13 14.3l3 3.2h4.5M17.8 3.5l3 3-3 3'
    'M17.8 14.5l3 3-3 3"/>',
    "stop": f'<rect {_F} x="6" y="6" width="12" height="12" rx="2"/>',
    "volume": '<path d="M3.5 9.5v5h3.7l5 4.3V5.2l-5 4.3zM15.5 9a4.3 4.3 0 0 1 0 6M18.3 6.3a8 8 0 0 1 0 11.4"/>',
    "warning": '<path d="M12 3.5l9.3 16.5H2.7zM12 10v4.5M12 17.3v.01"/>',
}
NAMES = tuple(sorted(_BODIES))
_CACHE_SIZE = 512


def icon_pixmap(name: str, size: int, colour: QColor, dpr: float = 1.0) -> QPixmap:
    """The icon at a logical size in one colour, sharp at the device pixel ratio; KeyError for an unknown name."""
    return _drawn(name, size, colour.rgba(), float(dpr))


def draw_icon(painter: QPainter, name: str, x: float, y: float, size: int, colour: QColor) -> None:
    """Draw the icon centred on (x, y)."""
    pixmap = icon_pixmap(name, size, colour, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(round(x - size / 2), round(y - size / 2)), pixmap)


@lru_cache(maxsize=_CACHE_SIZE)
def _drawn(name: str, size: int, rgba: int, dpr: float) -> QPixmap:
    # Before the painter: an unknown name must not leave a painter on a pixmap that is gone.
    renderer = _renderer(name, QColor.fromRgba(rgba).name())
    pixmap = QPixmap(round(size * dpr), round(size * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(QColor.fromRgba(rgba).alphaF())
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _renderer(name: str, colour: str) -> QSvgRenderer:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="{_STROKE}" stroke-linecap="round" stroke-linejoin="round">{_BODIES[name]}</svg>'
    ).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(svg.encode()))
