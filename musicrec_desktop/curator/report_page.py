"""The frame of the report: one page that needs nothing from outside, for light and dark windows and for paper."""

import html
from collections.abc import Iterable, Sequence
from string import Template

_PAGE = Template(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title>
<style>
:root { color-scheme: light dark; --paper: #FCFBF9; --text: #1A191C; --quiet: #57555C; --line: #CBC7BE; --soft: #F3F1EC;
 --network: #1570D1; --trees: #B42F00; --ok: #156F41; --bad: #B7191C; --heat: 21,112,209;
 --m0: #C348A9; --m1: #0084D0; --m2: #016A38; --m3: #B42F00; --m4: #9F830A; --m5: #434D65; --m6: #2B1CA0; --m7: #884096;
 --m8: #6F0028; --m9: #547D71; }
@media (prefers-color-scheme: dark) { :root { --paper: #151519; --text: #F3F2EF; --quiet: #B1B0B8; --line: #3C3C47;
 --soft: #1E1E24; --network: #6AB3FD; --trees: #F5AA78; --ok: #63D18F; --bad: #FD7468; --heat: 106,179,253;
 --m0: #FA4A8A; --m1: #A6DDFF; --m2: #47C953; --m3: #CD7123; --m4: #FADD7A; --m5: #7294BB; --m6: #6F83F0; --m7: #CFA9FF;
 --m8: #D0648F; --m9: #93C4B9; } }
body { margin: 0 auto; max-width: 820px; padding: 24px 20px 60px; background: var(--paper); color: var(--text);
 font: 15px/1.5 "Noto Sans", "Noto Sans CJK KR", "Malgun Gothic", "Apple SD Gothic Neo", system-ui, sans-serif; }
h1 { font-size: 27px; line-height: 1.2; margin: 8px 0 4px; }
h2 { font-size: 20px; margin: 44px 0 6px; padding-top: 10px; border-top: 1px solid var(--line); }
h3 { font-size: 16px; margin: 0; }
p { margin: 8px 0; max-width: 74ch; }
.quiet, caption, figcaption { color: var(--quiet); font-size: 13px; }
.met { color: var(--ok); font-weight: 700; } .missed { color: var(--bad); font-weight: 700; }
figure { margin: 14px 0; } figcaption { margin-top: 4px; max-width: 80ch; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { font-family: inherit !important; }
table { border-collapse: collapse; margin: 10px 0; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 2px 0; }
th, td { padding: 3px 9px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 600; } th:first-child, td:first-child, .left { text-align: left; }
tr.chosen { background: var(--soft); font-weight: 700; }
.wide { overflow-x: auto; }
.heat td, .heat th { padding: 2px 5px; font-size: 11.5px; text-align: center; border: 1px solid var(--paper); }
.heat thead th { writing-mode: vertical-rl; transform: rotate(180deg); text-align: left; padding: 4px 0; }
.heat th:first-child { text-align: right; white-space: nowrap; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 24px; } .pair > * { min-width: 0; }
.mood { border: 1px solid var(--line); border-left: 6px solid var(--line); border-radius: 8px; padding: 12px 16px;
 margin: 14px 0; break-inside: avoid; }
.mood table { width: 100%; } .mood td:nth-child(2), .mood th:nth-child(2) { text-align: left; }
.mood .title, .mood td { overflow-wrap: anywhere; } .mood p { margin: 5px 0; }
.chip { display: inline-block; border: 1px solid var(--line); border-radius: 99px; padding: 0 9px;
 margin: 2px 4px 2px 0; font-size: 13px; } .chip b { font-variant-numeric: tabular-nums; }
.swatch { display: inline-block; width: .75em; height: .75em; border-radius: 2px; margin-right: .35em; }
@media (max-width: 640px) { .pair { grid-template-columns: 1fr; } }
@page { size: A4; margin: 14mm; }
@media print { :root { color-scheme: light; --paper: #FFFFFF; --text: #1A191C; --quiet: #57555C; --line: #CBC7BE;
 --soft: #F3F1EC; --network: #1570D1; --trees: #B42F00; --ok: #156F41; --bad: #B7191C; --heat: 21,112,209;
 --m0: #C348A9; --m1: #0084D0; --m2: #016A38; --m3: #B42F00; --m4: #9F830A; --m5: #434D65; --m6: #2B1CA0; --m7: #884096;
 --m8: #6F0028; --m9: #547D71; }
 * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
 body { max-width: none; padding: 0; font-size: 11.5px; } h2, h3 { break-after: avoid; } h2 { margin-top: 22px; }
 table, figcaption, caption, .quiet, .chip { font-size: 10.5px; } th, td { padding: 1.5px 7px; }
 .heat td, .heat th { font-size: 9px; padding: 1px 3px; } .mood { padding: 6px 12px; margin: 8px 0; }
 .mood .pair svg { max-height: 30mm; }
 figure, tr, .together { break-inside: avoid; } .wide { overflow: visible; } }
</style>
</head>
<body>
<h1>$title</h1>
$body
</body>
</html>
"""
)


def page(title: str, sections: Iterable[str]) -> str:
    """The whole page; `sections` are HTML, the title is not."""
    return _PAGE.substitute(title=words(title), body="\n".join(sections))


def words(text: object) -> str:
    """Any text as the page may hold it: escaped, without control and direction signs that could disturb a line."""
    kept = "".join(c for c in str(text) if c.isprintable())
    return html.escape(kept, quote=True)


def section(heading: str, *content: str) -> str:
    return f"<section>\n<h2>{words(heading)}</h2>\n" + "\n".join(content) + "\n</section>"


def paragraph(text: str, *, kind: str = "") -> str:
    """A paragraph of plain text."""
    return f'<p class="{kind}">{words(text)}</p>' if kind else f"<p>{words(text)}</p>"


def figure(picture: str, reading: str) -> str:
    """A picture with what it says in plain language."""
    return f"<figure>{picture}<figcaption>{words(reading)}</figcaption></figure>"


def table(
    head: Sequence[object], rows: Iterable[Sequence[object]], *, caption: str = "", chosen: int | None = None
) -> str:
    """A table of plain values; the row `chosen` stands out."""
    top = "".join(f'<th scope="col">{words(cell)}</th>' for cell in head)
    lines = []
    for number, row in enumerate(rows):
        first, *others = (words(cell) for cell in row)
        kind = ' class="chosen"' if number == chosen else ""
        cells = "".join(f"<td>{cell}</td>" for cell in others)
        lines.append(f'<tr{kind}><th scope="row">{first}</th>{cells}</tr>')
    told = f"<caption>{words(caption)}</caption>" if caption else ""
    body = "\n".join(lines)
    return f'<div class="wide"><table>{told}<thead><tr>{top}</tr></thead><tbody>\n{body}\n</tbody></table></div>'


def heat(names: Sequence[str], counts: Sequence[Sequence[float]], *, caption: str, decimals: int = 0) -> str:
    """A square table whose cells are the darker the larger their share of the row's largest possible."""
    short = "".join(f'<th scope="col">{words(name)}</th>' for name in names)
    lines = []
    for name, row in zip(names, counts, strict=True):
        whole = max(sum(row), 1e-9) if decimals == 0 else 1.0
        cells = "".join(_cell(value, value / whole, decimals) for value in row)
        lines.append(f'<tr><th scope="row">{words(name)}</th>{cells}</tr>')
    body = "\n".join(lines)
    told = f"<caption>{words(caption)}</caption>"
    return (
        f'<table class="heat together">{told}<thead><tr><td></td>{short}</tr></thead><tbody>\n{body}\n</tbody></table>'
    )


def _cell(value: float, share: float, decimals: int) -> str:
    shown = f"{value:.{decimals}f}" if value else "·"
    return f'<td style="background:rgba(var(--heat),{0.62 * min(max(share, 0.0), 1.0):.2f})">{shown}</td>'
