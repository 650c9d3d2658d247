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
    words: Annotated[list[str], typer.Argument(help="Words that all stand in an article.")],
    top: Annotated[int, typer.Option(min=1, max=1000, help="Articles that are shown.")] = 20,
    is_json: AsJson = False,
) -> None:
    """Find articles of all published runs by words of their headlines and texts; needs an index."""
    from pipelines.index.search import search as search_folder
    from pipelines.terminal.lookup import hits_json, show_hits

    hits = search_folder(" ".join(words), output, top)
    if is_json:
        print(hits_json(hits))
    else:
        show_hits(hits, printed)
