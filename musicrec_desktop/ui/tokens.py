"""The look in numbers: every colour, length and duration the window may use. No Qt here."""

from typing import Final

WHITE: Final = "#FFFFFF"  # only on the record colour and over covers

DARK: Final = {
    "base": "#0D0D10",
    "sheet": "#151519",
    "raised": "#1E1E24",
    "hover": "#24242B",
    "line": "#2B2B33",
    "line2": "#3C3C47",
    "text": "#F3F2EF",
    "text2": "#B1B0B8",
    "text3": "#8E8D97",
    "record": "#F84C45",
    "record_fill": "#DB2527",
    "ok": "#63D18F",
    "warn": "#F9B64F",
    "danger": "#FD7468",
    "focus": "#6AB3FD",
    "scrim": "#0D0D10",
    "control": "#6E6E7B",
}
LIGHT: Final = {
    "base": "#EFEDE8",
    "sheet": "#FCFBF9",
    "raised": "#FFFFFF",
    "hover": "#F3F1EC",
    "line": "#E4E1DA",
    "line2": "#CBC7BE",
    "text": "#1A191C",
    "text2": "#57555C",
    "text3": "#6C6A71",
    "record": "#D61D22",
    "record_fill": "#D61D22",
    "ok": "#156F41",
    "warn": "#895709",
    "danger": "#B7191C",
    "focus": "#1570D1",
    "scrim": "#FCFBF9",
    "control": "#847F77",
}

# mark, tint, ink, cover, print; one line per slot: bounce drive arcade boss sunday rain night hush waltz fog
DARK_MOODS: Final = (
    ("#FA4A8A", "#34151E", "#F99FB7", "#622539", "#FEA7BD"),  # bounce
    ("#A6DDFF", "#13232C", "#A6DDFF", "#254151", "#B0DCF7"),  # drive
    ("#47C953", "#102711", "#90D191", "#18491C", "#92D993"),  # arcade
    ("#CD7123", "#321A08", "#F5AA78", "#5E2E03", "#FEB07A"),  # boss
    ("#FADD7A", "#272007", "#F7DE87", "#4A3C00", "#F4DE92"),  # sunday
    ("#7294BB", "#19212B", "#9EC1EA", "#2D3F53", "#ABC7E8"),  # rain
    ("#4D65E3", "#181F38", "#A6BBFE", "#2C396C", "#AEC2FF"),  # night
    ("#CFA9FF", "#251B31", "#CDACF7", "#46325D", "#D2B4F9"),  # hush
    ("#B64B77", "#321621", "#F7A0BF", "#60273E", "#FEA6C5"),  # waltz
    ("#93C4B9", "#172321", "#98CABF", "#2A433D", "#A7CEC5"),  # fog
)
LIGHT_MOODS: Final = (
    ("#C348A9", "#FEE6F7", "#742E64", "#C348A9", "#FEE6F7"),  # bounce
    ("#0084D0", "#E1F1FF", "#005182", "#0084D0", "#E1F1FF"),  # drive
    ("#016A38", "#DEF6E4", "#005D31", "#016A38", "#DEF6E4"),  # arcade
    ("#B42F00", "#FFE9E3", "#812E17", "#B42F00", "#FFE9E3"),  # boss
    ("#9F830A", "#F5EED8", "#5E4B00", "#9F830A", "#F5EED8"),  # sunday
    ("#434D65", "#EBEEF6", "#434D64", "#434D65", "#EBEEF6"),  # rain
    ("#2B1CA0", "#EAEEFF", "#3C448D", "#2B1CA0", "#EAEEFF"),  # night
    ("#884096", "#F9E8FD", "#693374", "#884096", "#F9E8FD"),  # hush
    ("#6F0028", "#FFE8EA", "#812A3E", "#6F0028", "#FFE8EA"),  # waltz
    ("#547D71", "#E7F1EE", "#2E564B", "#547D71", "#E7F1EE"),  # fog
)

# Stops of the colour map "Ember", every 16th of 256 entries, silence first.
DARK_EMBER: Final = (
    "#0E0E13",
    "#161631",
    "#241E4F",
    "#38236C",
    "#512883",
    "#712A86",
    "#90287F",
    "#AB2F77",
    "#C53A6A",
    "#DF455A",
    "#F15C4E",
    "#F97945",
    "#FE9545",
    "#FFB14D",
    "#FBCD73",
    "#FBE4A5",
    "#FCF4D6",
)
LIGHT_EMBER: Final = (
    "#F9F6F2",
    "#F8E3C7",
    "#FFCE9C",
    "#FFB47E",
    "#FF9968",
    "#FC7C59",
    "#F45F55",
    "#E14857",
    "#CB3863",
    "#B5286E",
    "#9B2278",
    "#7E2580",
    "#61247C",
    "#46236C",
    "#2D1E59",
    "#1B1740",
    "#121125",
)

SPACES: Final = (2, 4, 8, 12, 16, 24, 32, 48)
PAGE_MARGIN: Final = 24
ROW_GAP: Final = 2
TILE_GAP: Final = 14
ICON_GAP: Final = 10

RADIUS_HANDLE: Final = 4
RADIUS_COVER: Final = 6
RADIUS_BUTTON: Final = 8
RADIUS_ROW: Final = 10
RADIUS_SHEET: Final = 12

FAST_MS: Final = 90
BASE_MS: Final = 160
SLOW_MS: Final = 280

FOCUS_WIDTH: Final = 2
FOCUS_GAP: Final = 2
