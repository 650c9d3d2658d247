"""The files that settings name: opened as a run would open them, and what a run has of them."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipelines.config.ratings_file import load_ratings
from pipelines.config.registry_file import load_registries
from pipelines.config.settings import Settings
from pipelines.output.read_run import find_run, read
from sources.credits.agencies import shipped_registry
from sources.outlets.ratings import Rating, Ratings
from sources.outlets.registry import Registry

_OUTLET = ["source_id", "identity_basis", "hosts"]


def described_files(settings: Settings, folder: str | None) -> list[str]:
    """A line for each kind of file that the settings name: what it holds and, where a published run
    is named, how much of that concerns an outlet of the run.

    Args:
        settings: of which `sources.registries` and `sources.ratings` are opened.
        folder: of a run, or an output folder; None: nothing is matched.

    Raises:
        UsageError: a file cannot be read or says what cannot be, or there is no such run.
    """
    registry = load_registries(settings.sources.registries)
    outlets = None if folder is None else read(find_run(folder), "sources", _OUTLET).to_pylist()
    return [
        *_registries(settings.sources.registries, registry, outlets),
        *_ratings(settings.sources.ratings, registry, outlets),
    ]


def _registries(
    paths: Sequence[str], registry: Registry, outlets: Sequence[dict[str, object]] | None
) -> Iterator[str]:
    if not paths:
        return
    shipped = {outlet.outlet_id for outlet in shipped_registry().outlets}
    ids = {outlet.outlet_id for outlet in registry.outlets} - shipped
    line = f"sources.registries: {_n(len(ids), 'outlet')}"
    if outlets is not None:
        met = len(ids & {outlet["source_id"] for outlet in outlets})
        line += f", {met} of them in the run"
    yield line


def _ratings(
    paths: Sequence[str], registry: Registry, outlets: Sequence[dict[str, object]] | None
) -> Iterator[str]:
    table = load_ratings(paths)
    if table is None:
        return
    ratings = [Rating(**row) for row in table.to_pylist()]
    rated = Ratings(ratings)
    met: Counter[str] = Counter()
    for outlet in outlets or ():
        is_registered = outlet["identity_basis"] == "registry"
        hosts = [str(host) for host in _hosts(outlet)]
        matches = rated.of(str(outlet["source_id"]), is_registered, hosts, registry)
        met.update({match.rating.dataset for match in matches})
    keys = Counter(dataset for dataset, _ in {(rating.dataset, rating.key) for rating in ratings})
    for dataset, n in sorted(keys.items()):
        line = f"sources.ratings: {_n(n, 'key')} of {dataset}"
        yield line if outlets is None else f"{line}, {_n(met[dataset], 'outlet')} of the run rated"


def _hosts(outlet: dict[str, object]) -> Sequence[object]:
    hosts = outlet["hosts"]
    return hosts if isinstance(hosts, list) else []


def _n(n: int, what: str) -> str:
    """
    >>> _n(1, "key"), _n(2, "key")
    ('1 key', '2 keys')
    """
    return f"{n:,} {what}{'' if n == 1 else 's'}"
