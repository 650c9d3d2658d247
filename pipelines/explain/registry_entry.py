"""The entry of a registry by which a person confirms that hosts are one outlet's."""

import json
import re
from collections.abc import Sequence

from pipelines.errors import UsageError
from pipelines.explain.mirrors import ExplainedHost, explain_mirrors
from sources.mirrors.evidence import CANDIDATE, CLONE_CANDIDATE, DECLARED
from sources.outlets.outlets import domain_of

_NO_ID = re.compile(r"[^a-z0-9_-]+")
_HEAD = (
    "# Suggested by copytrail from shared texts, which a clone has as well. Before you use it make",
    "# sure that these domains are one outlet's: by its own word elsewhere, or by asking it.",
)
_CLONE = "# {host} was seen to repeat {other} later: it is a clone candidate, and not in the entry."


def suggested_entry(folder: str, name: str) -> str:
    """Returns TOML that makes a host and those that may be its outlet's one, ready to paste.

    A host that repeats another is left out, and told of in a comment.

    Args:
        folder: a run, or an output folder.
        name: a host, or an address on it.

    Raises:
        UsageError: there is no run, it saw nothing of the host, or the host has no candidate.
    """
    explained = explain_mirrors(folder, name)
    pairs = {pair.other: pair.confidence_class for pair in explained.pairs}
    others = [host for host, kind in pairs.items() if kind in (CANDIDATE, DECLARED)]
    if CANDIDATE not in pairs.values():
        raise UsageError(
            f"{explained.host} has no candidate that an entry could confirm; "
            f"`copytrail explain mirrors {explained.host}` shows what was seen of it"
        )
    domains = dict.fromkeys(domain_of(host) for host in [explained.host, *sorted(others)])
    clones = [host for host, kind in pairs.items() if kind == CLONE_CANDIDATE]
    return "\n".join([*_HEAD, *_clones(explained, clones), *_entry(explained, list(domains)), ""])


def _clones(explained: ExplainedHost, clones: Sequence[str]) -> list[str]:
    return [_CLONE.format(host=host, other=explained.host) for host in sorted(clones)]


def _entry(explained: ExplainedHost, domains: Sequence[str]) -> list[str]:
    name = (explained.source or {}).get("source_name") or domains[0]
    outlet_id = _NO_ID.sub("-", domains[0].partition(".")[0].lower()).strip("-_") or "outlet"
    lines = ["[[outlet]]", f'id = "{outlet_id}"', f"name = {json.dumps(name, ensure_ascii=False)}"]
    return [*lines, "domains = [" + ", ".join(f'"{domain}"' for domain in domains) + "]"]
