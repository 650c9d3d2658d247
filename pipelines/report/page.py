"""The page as bytes: template, style, scripts, and a policy that names each of them by its hash."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from pipelines.output.read_run import manifest_of
from pipelines.report.content import Content, content

ASSETS = Path(__file__).parent / "assets"
LIBRARIES = ("d3.min.js", "plot.umd.min.js")
SCRIPTS = (
    "elements.js",
    "format.js",
    "unpack.js",
    "share.js",
    "reading.js",
    "outlets.js",
    "outlet_panel.js",
    "network_filter.js",
    "network.js",
    "stories.js",
    "alignment.js",
    "diff.js",
    "story_panel.js",
    "panel.js",
    "main.js",
)
"""In one scope, each using those before it."""
PLOT_CLASS = "plot"
"""Plot writes a style element with its class name into each drawing; one name is one hash."""
_PLOT_STYLE = re.compile(r"append\(\"style\"\)\.text\(`(:where\(\.\$\{\w+\}\)[^`]*)`")


def report_page(path: str, manifest: Mapping[str, Any] | None = None) -> bytes:
    """report.html of the run at `path`, whose manifest may not have been written yet."""
    written = manifest_of(path) if manifest is None else manifest
    # in the order in which it stands in run.json, so that both give the same bytes
    encoded = json.loads(json.dumps(written, sort_keys=True))
    return page(content(path, encoded), encoded).encode("utf-8", "replace")


def page(shown: Content, manifest: Mapping[str, Any]) -> str:
    """The page with this content."""
    scripts = [vendored(name) for name in LIBRARIES] + [own_script()]
    style = (ASSETS / "page.css").read_text("utf-8")
    return template(ASSETS / "page.html.j2").render(
        policy=policy(scripts, [style, plot_style()]),
        style=inlined(style),
        scripts=[inlined(script) for script in scripts],
        licences=[vendored(f"{name}.LICENSE") for name in ("d3", "plot")],
        libraries=vendored("VERSIONS").splitlines(),
        manifest=manifest,
        shown=shown,
    )


def template(path: Path) -> Template:
    """The template of a page of ours: what is put into it is escaped, what it lacks is an error."""
    environment = Environment(
        loader=FileSystemLoader(path.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(path.name)


def policy(scripts: list[str], styles: list[str], more: Sequence[str] = ()) -> str:
    """A policy under which nothing runs or is fetched but these scripts and styles.

    No text becomes markup either (`trusted-types`), in browsers that know the rule.

    Args:
        scripts: all of the page.
        styles: all of the page.
        more: further rules.
    """
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + (" ".join(_hash(script) for script in scripts) or "'none'"),
            "style-src " + (" ".join(_hash(style) for style in styles) or "'none'"),
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
            *more,
        ]
    )


def own_script() -> str:
    """Our scripts as one, in a scope of their own."""
    return in_scope([ASSETS / "js" / name for name in SCRIPTS])


def in_scope(paths: Iterable[Path]) -> str:
    """These scripts as one, in a scope of their own."""
    parts = [path.read_text("utf-8") for path in paths]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def plot_style() -> str:
    """What Plot writes into the style element of each of its drawings."""
    rules = _PLOT_STYLE.search(vendored("plot.umd.min.js"))
    if rules is None:
        raise ValueError("the vendored Plot writes no style that we know; see page.py")
    return re.sub(r"\$\{\w+\}", PLOT_CLASS, rules[1]).replace("\\n", "\n")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def inlined(text: str) -> Markup:
    """Our own text, which may stand in the page as it is: it ends no element."""
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise ValueError("a script or style holds the end of its element")
    return Markup(text)


def vendored(name: str) -> str:
    """A file of somebody else's that the page carries."""
    return (ASSETS / "vendor" / name).read_text("utf-8")
