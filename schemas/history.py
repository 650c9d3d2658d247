"""What is kept of the history in a form that later runs need not make again; all of it is derived.

Nothing here is ever believed unless what it was made of is named beside it and is still the same.
"""

import pyarrow as pa

from schemas.exchange import EVIDENCE
from schemas.tables import STRINGS

PREPARED = pa.schema(
    [
        ("article", pa.uint64()),
        ("text", pa.uint64()),
        ("outlet", pa.int64()),
        ("host", pa.string()),
        ("path_key", pa.uint64()),
        ("on", pa.date32()),
        ("outlet_name", pa.string()),
        ("is_announcing", pa.bool_()),
        ("frame", pa.uint64()),
        ("text_key", pa.uint64()),
        ("content", pa.uint64()),
        ("bands", pa.list_(pa.uint64())),
        ("samples", pa.list_(pa.uint32())),
    ]
)
"""An article of a day as matching finds it: hash of its text as extracted, key of its outlet, the
day by which its host is looked up, its outlet's name, whether it tells of other hosts; and, hanging
on the boilerplate (`frame`) of its outlet: hash of its own words, digest of all that its matching
hangs on, its band keys and sampled shingles."""

SAMPLED = pa.schema(
    [
        ("row", pa.int32()),
        ("lines", pa.list_(pa.uint64())),
        ("shingles", pa.list_(pa.uint32())),
    ]
)
"""A text of a part of the history, by its row, with its distinct lines and shingles, ascending."""

CONTENTS = pa.schema([("article", pa.uint64()), ("content", pa.uint64()), ("is_new", pa.bool_())])
"""Digest of all that an article's matching hangs on, and whether it is of the run's window."""

_LABEL = pa.field("label", pa.uint64())

SIGNATURES = pa.schema([_LABEL, ("low", pa.uint64()), ("high", pa.uint64())])
"""The digest of all contents of a component, which is named by its smallest article."""

SETTLED = pa.schema(
    [_LABEL, ("cluster", pa.uint64()), ("host", pa.string()), ("wire_credits", STRINGS)]
)
"""An article in a cluster of two or more, of a component that was verified."""

SETTLED_EVIDENCE = pa.schema([_LABEL, *EVIDENCE])
"""What the articles of a component say of two hosts."""
