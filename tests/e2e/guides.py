"""The commands of a guide in `docs/`, as one shell script that runs them in their order.

Blocks marked `sh` and `python` are run. What serves, `assay sell` and `assay up`, goes on in the
background until the script ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SERVES = re.compile(r"(assay (?:sell|up)\b.*)")
_HEAD = """set -euo pipefail
trap 'kill $(jobs -p) 2> jobs.log || true; wait' EXIT
served=0
serve() {
  { set +x; } 2> trace.log
  served=$((served + 1))
  "$@" > "serve-$served.out" 2> "serve-$served.err" &
  until [ -s "serve-$served.out" ]; do
    kill -0 $! 2> kill.log || { cat "serve-$served.err" >&2; return 1; }
    sleep 0.1
  done
  set -x
}
set -x
"""


def script_of(guide: Path, instead: Mapping[str, str]) -> str:
    """The script of a guide, with ports and addresses of this run in place of those it names."""
    text = guide.read_text()
    for named, used in instead.items():
        assert named in text, f"{guide.name} does not name {named}"
        text = text.replace(named, used)
    blocks = [
        _python(code) if language == "python" else _shell(code)
        for language, code in _BLOCK.findall(text)
    ]
    assert blocks, f"{guide.name} has nothing to run"
    return _HEAD + "\n".join(blocks)


def _shell(code: str) -> str:
    lines = code.replace("\\\n", " ").splitlines()
    return "\n".join(_SERVES.sub(r"serve \1", line) for line in lines)


def _python(code: str) -> str:
    return f"cat > guide.py <<'PROGRAM'\n{code}PROGRAM\npython guide.py"
