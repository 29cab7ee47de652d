"""A component's JavaScript: small modules, joined into the one text that Streamlit takes.

Each module also loads alone, for its tests. Joined, the modules share one scope. So only the few forms that can be
joined line by line are allowed; anything else is refused when the app starts::

    import { small, significant } from "./numbers.js";    imports, of names
    import table from "./table.json" with { type: "json" };   of what stands in a file, that Python reads as well
    export const …   export function …   export class …   one name a declaration
    export default function …                             in the entry module alone

Whether a module is there and exports what is imported, the type checker says.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

_IMPORT: Final = re.compile(r'import \{ \w+(?:, \w+)* \} from "(\.\.?/(?:[\w.]+/)*[\w-]+\.js)";')
_DATA: Final = re.compile(r'import (\w+) from "\./([\w-]+\.json)" with \{ type: "json" \};')
_DECLARED: Final = re.compile(r"(?:export )?(?:const|let|class|(?:async )?function\*?) (\w+)")
_REFUSED: Final = re.compile(r"\s*(?:import(?!\()|export)\b|(?:const|let|var)\b")


def bundled(entry: Path) -> str:
    """Join a module and all that it imports, each one after those that it imports itself.

    Parameters
    ----------
    entry : Path
        The module with the ``export default`` that Streamlit calls. It imports the others.

    Returns
    -------
    str
        One module without imports, and without the lines that are comments only.

    Raises
    ------
    ValueError
        If something cannot be joined; the message says which line of which module, and why.
    """
    return "\n".join(_joined(entry).values()) + "\n"


def styles(entry: Path) -> str:
    """Join the style sheets that lie beside the modules of `bundled`, each with the name of its module."""
    sheets = [path.with_suffix(".css") for path in _joined(entry)]
    return "".join(sheet.read_text("utf-8") for sheet in sheets if sheet.is_file())


def is_entry(path: Path) -> bool:
    """Say whether a module is what Streamlit calls, with a style sheet of its own."""
    return path.with_suffix(".css").is_file() and "\nexport default " in path.read_text("utf-8")


def _joined(entry: Path) -> dict[Path, str]:
    """Give the text of each module in the order in which they are joined."""
    bundle = _Bundle()
    bundle.add(entry.resolve(), (entry.resolve(),))
    if "\nexport default " not in "\n" + bundle.texts[entry.resolve()]:
        msg = f"{entry.name}: there is no `export default` for Streamlit to call"
        raise ValueError(msg)
    return bundle.texts


def as_function(module: str) -> str:
    """Write what `bundled` joined as one expression: its default function. Its other names are not visible outside."""
    head, _, default = module.rpartition("export default function ")
    return f"(() => {{\n{head}const exported = function {default}return exported;\n}})()"


class _Bundle:
    """The modules that are joined so far.

    Attributes
    ----------
    owners : dict
        Every name at top level, and its module.
    texts : dict
        Every module, and what is joined of it.
    """

    def __init__(self) -> None:
        self.owners: dict[str, str] = {}
        self.texts: dict[Path, str] = {}

    def add(self, path: Path, above: tuple[Path, ...]) -> None:
        """Join a module, after those that it imports; ``above`` are those that led to it, itself the last of them."""
        lines: list[str] = []
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            place = f"{path.name}, line {number}: {line.strip()}\n"
            if line.count("`") % 2:
                raise ValueError(place + "a text over several lines cannot be told from code")
            if wanted := _IMPORT.fullmatch(line):
                self._import((path.parent / wanted[1]).resolve(), above, place)
                continue
            if (data := _DATA.fullmatch(line)) and (path.parent / data[2]).is_file():
                line = f"const {data[1]} = {json.dumps(json.loads((path.parent / data[2]).read_text('utf-8')))};"
            if line.lstrip().startswith("//"):
                continue
            if declared := _DECLARED.match(line):
                self._declare(declared[1], path, place)
                line = line.removeprefix("export ")
            elif _REFUSED.match(line) and not (line.startswith("export default ") and len(above) == 1):
                raise ValueError(place + "this form cannot be joined; pages/stage/javascript.py says which can")
            lines.append(line)
        self.texts[path] = "\n".join(lines).strip("\n")

    def _import(self, path: Path, above: tuple[Path, ...], place: str) -> None:
        if path in above:
            raise ValueError(place + f"a circle: {' → '.join(module.name for module in (*above, path))}")
        if path not in self.texts:
            self.add(path, (*above, path))

    def _declare(self, name: str, path: Path, place: str) -> None:
        if name in self.owners:
            raise ValueError(place + f"{name} is declared in {self.owners[name]} as well")
        self.owners[name] = path.name
