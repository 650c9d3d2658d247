"""Facts of articles, and what they add up to for each source: integers, so that sums are exact."""

import pyarrow as pa

from schemas.tables import STRINGS, TIMESTAMP

COUNTED = (
    *("words", "is_distinct", "is_observed", "has_date", "has_zone", "has_name", "is_own"),
    *("has_byline", "has_dateline", "has_correction", "has_wire_photo", "has_caption"),
    "is_caption_readable",
    *("has_odd_caption", "is_ruled", "ruled_words", "attributed_statements", "is_attributed"),
    *("is_unnamed", "is_clustered", "is_repeated", "is_directed", "is_first"),
    *("is_claim_directed", "is_claim_first", "is_copy", "is_wire_credited", "is_outlet_credited"),
    *("is_credited", "is_uncredited", "is_uncredited_in_agency_story"),
    *("is_headlined", "has_new_headline", "is_compared", "is_disagreeing"),
    *("is_kept", "has_new_number", "is_wire_text", "is_uncredited_wire_text", "is_weighed"),
    "is_agency_copy",
    *("novel_ppm", "is_no_article", "is_stub", "is_whole"),
)
"""What is added up over a source's articles; the is_ and has_ columns are 0 or 1."""

LISTED = ("host", "outlet", "language", "lag_s")
"""Of what it is counted how often each value stands; lag_s is null unless the article is a copy."""

NEW = 1_000_000
"""novel_ppm of a text of which nothing stands elsewhere."""
POLICY_LINKS = "policy_link"
"""The name under which links to policies are listed: `kind how url`, of all an article has."""

FACTS = pa.schema(
    [
        pa.field("source_id", pa.string()),
        pa.field("host", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("language", pa.string()),
        pa.field("fetched_at", TIMESTAMP),
        pa.field("lag_s", pa.int64()),
        pa.field("policy_links", STRINGS),
        *(pa.field(name, pa.int64()) for name in COUNTED),
    ]
)
"""One row an article."""

SUMS = pa.schema(
    [
        pa.field("source_id", pa.string()),
        pa.field("n_articles", pa.int64()),
        pa.field("window_start", TIMESTAMP),
        pa.field("window_end", TIMESTAMP),
        *(pa.field(name, pa.int64()) for name in COUNTED),
    ]
)
"""One row a source."""

VALUES = pa.schema(
    [
        pa.field("source_id", pa.string()),
        pa.field("name", pa.string()),
        pa.field("value", pa.string()),
        pa.field("n", pa.int64()),
    ]
)
"""How often each value of a column of LISTED stands in a source's articles."""
