"""A component's JavaScript: small modules in its folder, joined into the one text that Streamlit takes.

Each module also loads alone, for its tests. Joined they share one scope, so the few forms that can be joined line by
line are the only ones allowed, and everything else is refused when the app starts::

    import { small, significant } from "./numbers.js";    imports, of names, from the same folder
    export const …   export function …   export class …   one name a declaration
    export default function …                             in the entry module alone
"""

import re
from pathlib import Path
from typing import Final

_IMPORT: Final = re.compile(r'import \{ (\w+(?:, \w+)*) \} from "\./([\w-]+\.js)";')
_DECLARED: Final = re.compile(r"(export )?(?:const|let|class|(?:async )?function\*?) (\w+)")
_REFUSED: Final = re.compile(r"\s*(?:import(?!\()|export)\b|(?:const|let|var)\b")


def joined(entry: Path) -> str:
    """Join a module and all that it imports, each after those that it needs.

    Parameters
    ----------
    entry : Path
        The module with the ``export default`` that Streamlit calls. The others are in its folder.

    Returns
    -------
    str
        One module without imports, and without the lines that are comments only.

    Raises
    ------
    ValueError
        If something cannot be joined; the message says which line of which module, and why.
    """
    owners: dict[str, str] = {}  # every name at top level → its module
    exports: dict[str, set[str]] = {}  # module → names, once it has been joined
    texts: list[str] = []

    def join(path: Path, above: tuple[str, ...]) -> None:
        exported: set[str] = set()
        lines: list[str] = []
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            place = f"{path.name}, line {number}: {line.strip()}\n"
            if line.count("`") % 2:
                raise ValueError(place + "a text over several lines cannot be told from code")
            if wanted := _IMPORT.fullmatch(line):
                names, module = set(wanted[1].split(", ")), wanted[2]
                if module in above:
                    raise ValueError(place + f"a circle: {' → '.join((*above, module))}")
                if not (path.parent / module).is_file():
                    raise ValueError(place + f"there is no {module} in this folder")
                if module not in exports:
                    join(path.parent / module, (*above, module))
                if missing := names - exports[module]:
                    raise ValueError(place + f"{module} does not export {', '.join(sorted(missing))}")
                continue
            if line.lstrip().startswith("//"):
                continue
            if declared := _DECLARED.match(line):
                name = declared[2]
                if name in owners:
                    raise ValueError(place + f"{name} is declared in {owners[name]} as well")
                owners[name] = path.name
                exported |= {name} if declared[1] else set()
                line = line.removeprefix("export ")
            elif line.startswith("export default ") and len(above) == 1:
                exported.add("default")
            elif _REFUSED.match(line):
                raise ValueError(place + "this form cannot be joined; pages/stage/javascript.py says which can")
            lines.append(line)
        exports[path.name] = exported
        texts.append("\n".join(lines).strip("\n"))

    join(entry, (entry.name,))
    if "default" not in exports[entry.name]:
        msg = f"{entry.name}: there is no `export default` for Streamlit to call"
        raise ValueError(msg)
    return "\n".join(texts) + "\n"
