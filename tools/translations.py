"""The words of the window, kept in Qt Linguist's files.

    python -m tools.translations add KEY "English" "한국어"      a new message; plural: "{n} song || {n} songs"
    python -m tools.translations set KEY "English" "한국어"      other words for one that is there
    python -m tools.translations remove KEY ...
    python -m tools.translations list [--unused]                 every message, or those no code asks for
    python -m tools.translations release                         compile .ts to .qm; the others do it by themselves

Both files, resources/translations/musicrec_{en,ko}.ts, hold every message, sorted by id, and open in Qt Linguist.
Korean never puts 은/는, 이/가, 을/를, 과/와, 으로/로 straight after a fact, which may be in any script.
"""

import ast
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import PySide6

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
UI = ROOT / "musicrec_desktop" / "ui"
LANGUAGES = ("en", "ko")
FORMS = {"en": 2, "ko": 1}  # how many a plural has
PATIENCE_S = 20.0
PARTED = " || "
COUNT = "%Ln"
PARTICLE = re.compile(r"(%Ln|\})[\"'”’』」》)\]]*(은|는|이|가|을|를|과|와|로|으로|아|야|이랑|랑)(?![가-힣])")
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


@dataclass(frozen=True, slots=True)
class Message:
    """One text in one language: its forms (one, or one for each of the language's plurals), `numerus` if counted."""

    forms: tuple[str, ...]
    numerus: bool


Words = dict[str, Message]


class Wrong(Exception):
    """Words that cannot be taken, said in one sentence."""


def file_of(language: str, folder: Path = FOLDER) -> Path:
    return folder / f"musicrec_{language}.ts"


def read(path: Path) -> Words:
    """Every message of a .ts file; one without a finished translation has no forms."""
    found: Words = {}
    for node in ElementTree.parse(path).iter("message"):
        translation = node.find("translation")
        numerus = node.get("numerus") == "yes"
        if translation is None or translation.get("type"):
            found[node.attrib["id"]] = Message((), numerus)
            continue
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        found[node.attrib["id"]] = Message(tuple(forms), numerus)
    return found


def write(path: Path, language: str, words: Words, english: Words) -> None:
    """The file as Qt Linguist writes it, sorted by id; `english` is what its translators see."""
    lines = [f'<TS version="2.1" language="{language}" sourcelanguage="en">', "<context>", "    <name></name>"]
    for key in sorted(words):
        lines.extend(_lines(key, words[key], english[key].forms[-1]))
    partial = path.with_suffix(".ts-part")
    partial.write_text(HEAD + "\n".join([*lines, "</context>", "</TS>", ""]), encoding="utf-8", newline="\n")
    partial.replace(path)


def _lines(key: str, message: Message, source: str) -> Iterator[str]:
    numerus = ' numerus="yes"' if message.numerus else ""
    yield f'    <message id="{key}"{numerus}>'
    yield f"        <source>{_xml(source)}</source>"
    if message.numerus:
        yield "        <translation>"
        yield from (f"            <numerusform>{_xml(form)}</numerusform>" for form in message.forms)
        yield "        </translation>"
    else:
        yield f"        <translation>{_xml(message.forms[0])}</translation>"
    yield "    </message>"


def _xml(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&apos;"})


def parsed(text: str, language: str, *, numerus: bool) -> Message:
    """A text as it is typed: `{n}` is the number that counts, " || " parts singular and plural."""
    forms = text.replace("{n}", COUNT).split(PARTED)
    if not numerus:
        return Message(tuple(forms), False)
    if len(forms) == 1:
        forms *= FORMS[language]
    return Message(tuple(forms), True)


def checked(key: str, english: str, korean: str) -> dict[str, Message]:
    """Both texts of a message, fit to be written; raises Wrong."""
    numerus = any("{n}" in text or COUNT in text for text in (english, korean)) or PARTED in english
    both = {"en": parsed(english, "en", numerus=numerus), "ko": parsed(korean, "ko", numerus=numerus)}
    if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*", key):
        raise Wrong(f"{key}: a key is lower case words parted by dots")
    for language, message in both.items():
        if numerus and len(message.forms) != FORMS[language]:
            raise Wrong(f"{key}: {language} has {FORMS[language]} plural forms, not {len(message.forms)}")
        if not all(form.strip() for form in message.forms):
            raise Wrong(f"{key}: nothing is said in {language}")
    if facts(both["en"]) != facts(both["ko"]):
        raise Wrong(f"{key}: the facts differ, {sorted(facts(both['en']))} and {sorted(facts(both['ko']))}")
    if PARTICLE.search(korean.replace("{n}", COUNT)):
        raise Wrong(f"{key}: a Korean particle stands straight after a fact")
    return both


def facts(message: Message) -> set[str]:
    """The names of the {facts} a message is filled with; the counting number may be left out by a language."""
    return {name for form in message.forms for _, name, _, _ in Formatter().parse(form) if name}


def release(folder: Path = FOLDER) -> None:
    """Compile both files with Qt's own compiler, which comes with PySide6."""
    for language in LANGUAGES:
        source = file_of(language, folder)
        compile_words(source, source.with_suffix(".qm"))


def compile_words(source: Path, target: Path) -> None:
    """Make a .qm file of a .ts file, or raise Wrong with what the compiler says."""
    partial = target.with_suffix(".qm-part")
    command = [str(_compiler()), "-fail-on-unfinished", "-silent", str(source), "-qm", str(partial)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Wrong(f"{source.name}: {done.stderr.strip() or done.stdout.strip()}")
    partial.replace(target)


def _compiler() -> Path:
    return Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")


def asked_for(words: Mapping[str, object]) -> set[str]:
    """The keys that the window's code names: as they are, or by the part in front of or behind a {…}."""
    texts, patterns = set[str](), set[str]()
    for path in UI.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                patterns.add(_pattern(node))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    made = [re.compile(pattern) for pattern in patterns if "\\." in pattern]
    return {key for key in words if key in texts or any(pattern.fullmatch(key) for pattern in made)}


def spoken_by_tr() -> Iterator[str]:
    """Every key that stands as it is, or as one of two, in a call of `tr`."""
    for path in sorted(UI.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr" and node.args:
                yield from _keys(node.args[0])


def _keys(said: ast.expr) -> Iterator[str]:
    match said:
        case ast.Constant(value=str(key)):
            yield key
        case ast.IfExp():
            yield from _keys(said.body)
            yield from _keys(said.orelse)


def _pattern(node: ast.JoinedStr) -> str:
    """f"settings.{name}_help" -> settings\\.[a-z0-9_]+_help"""
    return "".join(
        re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else "[a-z0-9_]+"
        for part in node.values
    )


def put(key: str, english: str, korean: str, *, new: bool) -> None:
    words = checked(key, english, korean)
    with _alone():
        both = {language: read(file_of(language)) for language in LANGUAGES}
        if (key in both["en"]) == new:
            raise Wrong(f"{key}: {'is there already; use set' if new else 'is not there; use add'}")
        _write_both({language: both[language] | {key: words[language]} for language in LANGUAGES})


def remove(keys: Sequence[str]) -> None:
    with _alone():
        both = {language: read(file_of(language)) for language in LANGUAGES}
        missing = [key for key in keys if key not in both["en"]]
        if missing:
            raise Wrong(f"{', '.join(missing)}: not there")
        _write_both({language: {k: v for k, v in words.items() if k not in keys} for language, words in both.items()})


@contextmanager
def _alone() -> Iterator[None]:
    """Only one of several runs at a time reads, changes and writes."""
    lock = file_of("en").with_name(".lock")
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            if time.monotonic() > until:
                raise Wrong(f"another run is busy; if none is, delete {lock}") from None
            time.sleep(0.02)
    try:
        yield
    finally:
        lock.rmdir()


def _write_both(both: Mapping[str, Words]) -> None:
    for language in LANGUAGES:
        write(file_of(language), language, both[language], both["en"])
    release()


def show(*, unused: bool) -> None:
    both = {language: read(file_of(language)) for language in LANGUAGES}
    spoken = asked_for(both["en"])
    for key in sorted(both["en"]):
        if not (unused and key in spoken):
            print(f"{key}\t{PARTED.join(both['en'][key].forms)}\t{PARTED.join(both['ko'][key].forms)}")


def main(arguments: Sequence[str]) -> int:
    try:
        match list(arguments):
            case ["add" | "set" as order, key, english, korean]:
                put(key, english, korean, new=order == "add")
            case ["remove", *keys] if keys:
                remove(keys)
            case ["list", *options] if options in ([], ["--unused"]):
                show(unused=bool(options))
            case ["release"]:
                release()
            case _:
                print(__doc__)
                return 2
    except Wrong as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
