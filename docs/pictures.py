"""Makes the pictures of README.md: `uv run python docs/pictures.py`. Needs Chromium.

They show the report of the demo, whose outlets are invented.
"""

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # for tests.pipelines.report.browser

from pipelines.config.settings import Settings
from pipelines.run.execute import execute
from pipelines.run.request import Request
from pipelines.sample.write import write_sample
from tests.pipelines.report.browser import Browser, browser

HERE = Path(__file__).parent
STORY = "Brackwater ferries"


def main() -> None:
    """Writes docs/report-story.png and docs/report-network.png."""
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        files = write_sample(Path(folder) / "crawl")
        run = execute(Request(tuple(map(str, files)), folder, Settings())).path
        chromium.size(1080, 700)
        chromium.open(Path(run, "report.html"))
        _network(chromium)
        _story(chromium)


def _network(chromium: Browser) -> None:
    chromium.look("document.querySelector('#network').scrollIntoView({behavior: 'instant'})")
    chromium.wait("document.querySelector('#network-body .net svg')")
    chromium.look("document.querySelector('#network-body .net').scrollIntoView()")
    chromium.look("new Promise(done => setTimeout(done, 500))")
    chromium.picture(HERE / "report-network.png")


def _story(chromium: Browser) -> None:
    found = json.dumps(STORY)
    chromium.look(
        "location.hash = [...document.querySelectorAll('#story-table a')]"
        f".find(one => one.innerText.startsWith({found})).hash"
    )
    chromium.wait("document.querySelector('#diff')")
    chromium.look(
        "(() => { const one = document.querySelector('#diff-right');"
        " const places = [...one.options].map((_, n) => n);"
        " const marks = place => { one.value = place; one.dispatchEvent(new Event('change'));"
        " return document.querySelectorAll('#diff [data-kind]').length };"
        " one.value = places.sort((a, b) => marks(b) - marks(a))[0];"
        " one.dispatchEvent(new Event('change')); })()"
    )
    chromium.look("document.querySelector('#changes').scrollIntoView({behavior: 'instant'})")
    chromium.look("new Promise(done => setTimeout(done, 500))")
    chromium.picture(HERE / "report-story.png")


if __name__ == "__main__":
    main()
