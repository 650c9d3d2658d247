"""The page: that of report.html where it shows the same thing, and what only a server can do."""

from functools import cache
from pathlib import Path

from pipelines.report import page as report

ASSETS = Path(__file__).parent / "assets"
SHARED = (
    *("elements.js", "format.js", "share.js", "outlet_panel.js", "alignment.js", "diff.js"),
    *("story_panel.js", "panel.js"),
)
"""Scripts of report.html: a story and an outlet open here as they do there."""
SCRIPTS = ("asking.js", "matches.js", "lists.js", "history.js", "main.js")
"""In one scope with the above, each using those before it."""
SERVED = ("connect-src 'self'", "frame-ancestors 'none'")
SHEET_POLICY = "frame-ancestors 'none'"
"""Of an evidence sheet, which has a policy of its own for all else, as a file has it."""
ERROR_POLICY = "default-src 'none'; img-src data:; frame-ancestors 'none'; base-uri 'none'"


@cache
def page() -> str:
    """The page; all that changes it asks for."""
    return report.template(ASSETS / "serve.html.j2").render(
        style=report.inlined(_style()),
        scripts=[report.inlined(script) for script in _scripts()],
        licences=[report.vendored(f"{name}.LICENSE") for name in ("d3", "plot")],
        libraries=report.vendored("VERSIONS").splitlines(),
    )


@cache
def page_policy() -> str:
    """Nothing runs but its own scripts, and nothing is asked for but from this server."""
    return report.policy(_scripts(), [_style(), report.plot_style()], SERVED)


@cache
def _scripts() -> list[str]:
    own = [*(report.ASSETS / "js" / name for name in SHARED), *(ASSETS / name for name in SCRIPTS)]
    return [*(report.vendored(name) for name in report.LIBRARIES), report.in_scope(own)]


@cache
def _style() -> str:
    return (report.ASSETS / "page.css").read_text("utf-8") + (ASSETS / "serve.css").read_text(
        "utf-8"
    )
