"""What crosses an exchange between workers: keys, pairs, samples; no text ever does."""

import pyarrow as pa

from schemas.tables import TIMESTAMP

KEYS = pa.schema([("key", pa.uint64()), ("article", pa.uint64())])
"""A band key or a sampled shingle, and an article that has it."""

PAIRS = pa.schema([("left", pa.uint64()), ("right", pa.uint64())])
"""Articles as numbers, left < right."""

COUNTED_PAIRS = PAIRS.append(pa.field("count", pa.int64()))
"""Pairs and how many sampled shingles they share in one part of the key space."""

COMPONENTS = pa.schema([("article", pa.uint64()), ("label", pa.uint64())])
"""Articles that have a candidate, ascending, and the smallest article of their component."""

VERIFIED = pa.schema(
    [
        ("left", pa.uint64()),
        ("right", pa.uint64()),
        ("relation", pa.uint8()),
        ("shared", pa.int64()),
        ("size_left", pa.int64()),
        ("size_right", pa.int64()),
        ("is_cut", pa.bool_()),
    ]
)
"""Exact overlaps of the shingles of a pair, and its relation before mirrors are known."""

OUTLET_TEXTS = pa.schema([("outlet", pa.int64()), ("text", pa.uint64())])
"""Texts by outlet, as hashes; of each outlet's sample, the text with the largest."""

LINE_SAMPLES = pa.schema(
    [("outlet", pa.int64()), ("text", pa.uint64()), ("values", pa.list_(pa.uint64()))]
)
SHINGLE_SAMPLES = pa.schema(
    [("outlet", pa.int64()), ("text", pa.uint64()), ("values", pa.list_(pa.uint32()))]
)
"""Some texts of each outlet with their line or shingle hashes."""

BOILERPLATE = pa.schema([("outlet", pa.int64()), ("value", pa.uint64()), ("carrier", pa.uint64())])
"""Hashes of lines or shingles that are an outlet's boilerplate, and of the text by which each is
looked up among other outlets' stories."""

PATHS = pa.schema(
    [
        ("host", pa.string()),
        ("path", pa.uint64()),
        ("on", pa.date32()),
        ("outlet", pa.string()),
    ]
)
"""Addresses by host, as path keys, with the day that their article claims or was fetched on, and
the name that their page gives its outlet."""

HOSTS_SEEN = pa.schema(
    [
        ("host", pa.string()),
        ("paths", pa.int64()),
        ("first_on", pa.date32()),
        ("last_on", pa.date32()),
        ("usual_since", pa.date32()),
        ("outlet", pa.string()),
    ]
)
"""How many different paths of articles each host has, the first and last day of its pages, and the
day since when nearly all of them are, where few are years before it (sources.outlets.usual_days);
the name that most of its pages give their outlet."""

REJECTED_SEEN = pa.schema(
    [
        ("host", pa.string()),
        ("on", pa.date32()),
        ("pages", pa.int64()),
        ("first_at", TIMESTAMP),
        ("last_at", TIMESTAMP),
    ]
)
"""Rejected pages by host and day of the fetch, with the first and last fetch."""

LIKENESSES = pa.schema(
    [
        ("domain_a", pa.string()),
        ("domain_b", pa.string()),
        ("rule", pa.string()),
        ("distance", pa.int64()),
        ("is_telling", pa.bool_()),
        ("n_texts", pa.int64()),
        ("is_mirror_candidate", pa.bool_()),
    ]
)
"""Pairs of domains whose names resemble each other."""

SHARED_TEXTS = pa.schema(
    [("domain_a", pa.string()), ("domain_b", pa.string()), ("texts", pa.int64())]
)
"""In how many clusters both domains of such a pair have an article."""

EVIDENCE = pa.schema(
    [
        ("host_a", pa.string()),
        ("host_b", pa.string()),
        ("kind", pa.string()),
        ("n_observed", pa.int64()),
        ("n_checked", pa.int64()),
        ("article_id", pa.string()),
        ("snippet", pa.string()),
        ("first_seen_at", TIMESTAMP),
        ("last_seen_at", TIMESTAMP),
        ("outlet", pa.string()),
        ("n_a_first", pa.int64()),
        ("n_b_first", pa.int64()),
    ]
)
"""Observations about two hosts, to be added up."""

ASSIGNMENTS = pa.schema(
    [
        ("article_id", pa.string()),
        ("cluster_id", pa.string()),
        ("role", pa.string()),
        ("lag_s", pa.int64()),
        ("is_copy", pa.int64()),
        ("is_clustered", pa.int64()),
        ("is_repeated", pa.int64()),
        ("is_mirrored", pa.int64()),
        ("is_directed", pa.int64()),
        ("is_claim_directed", pa.int64()),
        ("is_claim_first", pa.int64()),
        ("headline_changed", pa.int64()),
        ("is_compared", pa.int64()),
        ("is_disagreeing", pa.int64()),
        ("is_kept", pa.int64()),
        ("has_new_number", pa.int64()),
        ("is_in_agency_story", pa.int64()),
        ("is_wire_text", pa.int64()),
        ("novel_ppm", pa.int64()),
    ]
)
"""What clustering says of an article (article_roles); of one in no cluster novel_ppm only."""

EDGES = pa.schema(
    [
        ("from_source", pa.string()),
        ("to_source", pa.string()),
        ("kind", pa.string()),
        ("is_credited", pa.int64()),
        ("lag_s", pa.int64()),
        ("example", pa.string()),
    ]
)
"""One article carried from one source to another; kind is copy, excerpt or undetermined."""

EDGE_SUMS = pa.schema(
    [
        ("from_source", pa.string()),
        ("to_source", pa.string()),
        ("n_articles", pa.int64()),
        ("n_credited", pa.int64()),
        ("n_excerpt", pa.int64()),
        ("n_undetermined", pa.int64()),
        ("median_lag_s", pa.float64()),
        ("example_pairs", pa.list_(pa.string())),
        ("n_carried", pa.int64()),
        ("n_shared", pa.int64()),
    ]
)
"""All edges from one source to another; n_carried are distinct articles of the other, n_shared
distinct pairs of articles, whichever way they went."""
