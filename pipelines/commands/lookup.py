"""Commands that ask: where has this text been before, which articles hold these words."""

from typing import Annotated

import typer

from pipelines.commands.exit_status import printed
from pipelines.commands.options import OutputFolder

lookup = typer.Typer()
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")]


@lookup.command()
def index(output: OutputFolder) -> None:
    """Make or update the index of all published runs, below OUTPUT/index.

    Only runs that are new or whose files changed are read; `match` and `search` answer from it.
    """
    from pipelines.index.build import update_index
    from pipelines.terminal.lookup import show_update

    show_update(update_index(output), printed)


@lookup.command()
def match(
    file: Annotated[
        str,
        typer.Argument(
            help="A text file, an HTML page, - for standard input, or an address or id of a run."
        ),
    ],
    against: Annotated[str, typer.Option("--against", help="A run, or an output folder.")],
    is_json: AsJson = False,
) -> None:
    """Say where a text has been before: copies, excerpts, quotations, passages, first ones first.

    Of an output folder with an index all runs are searched, else the latest.
    """
    from pipelines.index.answer import answer
    from pipelines.terminal.lookup import answer_json, show_answer

    places = answer(file, against)
    if is_json:
        print(answer_json(places))
    else:
        show_answer(places, printed)


@lookup.command()
def search(
    output: OutputFolder,
    words: Annotated[
        list[str] | None, typer.Argument(help="Words that all stand in an article.")
    ] = None,
    outlet: Annotated[str, typer.Option(help="A source_id or a host.")] = "",
    since: Annotated[
        str, typer.Option(help="Published, or else fetched, on this day or later.")
    ] = "",
    until: Annotated[str, typer.Option(help="The same on this day or earlier.")] = "",
    top: Annotated[int, typer.Option(min=1, max=1000, help="Articles that are shown.")] = 20,
    is_json: AsJson = False,
) -> None:
    """Find articles of all published runs by words, outlet and day; needs an index."""
    from pipelines.index.search import search as search_folder
    from pipelines.index.search import wanted_articles
    from pipelines.terminal.lookup import hits_json, show_hits

    wanted = wanted_articles(outlet, since, until)
    hits = search_folder(" ".join(words or []), output, top, wanted)
    if is_json:
        print(hits_json(hits))
    else:
        show_hits(hits, printed)


@lookup.command()
def serve(
    output: OutputFolder,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port; 0: a free one.")] = 8765,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="A name by which others call this machine; may be given again."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, max=600, help="Seconds that a question may take.")
    ] = 20.0,
    at_once: Annotated[
        int, typer.Option(min=1, max=32, help="Questions that are answered at the same time.")
    ] = 2,
) -> None:
    """Show all published runs in a browser, and answer programs by JSON; needs an index.

    Paste a text, search, open stories and outlets. It reads and writes nothing, on this machine
    alone unless --host says otherwise; /openapi.json describes the API.
    """
    from pipelines.serve.server import serve as serve_folder

    serve_folder(output, host, port, allow_host or [], at_once, timeout)
