"""What all public checks find, told from the kernel in which a notebook has run to whoever started that kernel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

MIME = "application/vnd.grader+json"
WITHIN = "GRADER_WITHIN"  # a variable that is set in such a kernel
_UNKNOWN = re.compile(r"name '(\w+)' is not defined")


def tell(folder: str) -> None:
    """Ask the questions of a handout, and publish for each its id, status, text, and the names that were not known."""
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    from grader.notebook.findings import Asker
    from grader.notebook.handout import read_handout

    shell: Any = get_ipython()
    asker = Asker(read_handout(Path(folder)), shell.user_ns, shell.compile._filename_map.get)
    asker.channel.missing = "`{}` is not defined when the notebook has run from top to bottom."
    for answer in asker.all():
        display({MIME: _told(answer), "text/plain": ""}, raw=True)  # type: ignore[no-untyped-call]


def _told(answer: Any) -> dict[str, Any]:
    from grader.notebook.page import as_text, lines
    from grader.records import Status

    shown = list(lines(answer))
    traces = [finding.trace for finding in answer.findings if finding.trace and finding.trace.kind == "NameError"]
    return {
        "id": answer.id,
        "title": answer.title,
        "status": answer.status.value,
        "said": next((finding.message for finding in answer.findings if finding.message), ""),
        "text": as_text(shown[:1] if answer.status is Status.PASSED else shown),
        "held": sum(finding.status is Status.PASSED for finding in answer.findings),
        "checks": len(answer.findings),
        "unknown": [found[1] for trace in traces if (found := _UNKNOWN.search(trace.message))],
    }
