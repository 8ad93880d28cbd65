"""Draws `docs/course.png`, a picture from each assignment, out of what the reference solutions show.

    python materials/course_pictures.py [NN_topic ...]

Runs the solved notebooks, which takes minutes, and lays what one cell of each shows side by side in Chromium.
"""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from playwright.sync_api import sync_playwright

from grader.course.catalog import Course
from grader.course.notebooks import as_text, solved_notebook

ROOT = Path(__file__).parents[1]
CHOSEN = {  # the function that shows it
    "01_tensors": "four_readings_of_one_storage",
    "02_data": "permuted_and_reshaped",
    "03_training": "three_rates",
    "04_cnn": "what_filters_find",
    "05_gpu": "an_epoch_as_a_line",
}
PAGE = """<style>
body { margin: 14px 14px 0; background: #fff; font: 15px sans-serif; color: #333 }
main { columns: 2; column-gap: 14px }
figure { margin: 0 0 14px; border: 1px solid #ddd; border-radius: 6px; padding: 10px 14px; break-inside: avoid }
figcaption { font-weight: bold; padding-bottom: 8px }
img { max-height: 260px; max-width: 560px }
pre { margin: 0 }
td, th { padding: 3px 7px; text-align: right; font-size: 13px }
</style>"""


def main() -> None:
    course = Course(ROOT)
    figures = [
        f"<figure><figcaption>{html.escape(course.assignment(id).title)}</figcaption>{shown(course, id)}</figure>"
        for id in sys.argv[1:] or CHOSEN
    ]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1268, "height": 100})
        page.set_content(f"<!doctype html>{PAGE}<main>{''.join(figures)}</main>")
        page.screenshot(path=ROOT / "docs" / "course.png", full_page=True)
        browser.close()


def shown(course: Course, id: str) -> str:
    """What the chosen cell of an assignment's solved notebook shows, as HTML."""
    notebook = nbformat.reads(as_text(solved_notebook(course, id)), 4)
    with tempfile.TemporaryDirectory() as folder:
        home = shutil.copytree(course.handout(id), Path(folder) / id)
        NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(home)}}).execute()
    cell = next(cell for cell in notebook.cells if f"def {CHOSEN[id]}(" in cell.source)
    return "".join(map(as_html, cell.outputs))


def as_html(output: Any) -> str:
    """An output as a browser can show it."""
    data: dict[str, str] = output.get("data", {"text/plain": output.get("text", "")})
    if "image/png" in data:
        return f'<img src="data:image/png;base64,{data["image/png"]}">'
    return data["text/html"] if "text/html" in data else f"<pre>{html.escape(data['text/plain'])}</pre>"


if __name__ == "__main__":
    main()
