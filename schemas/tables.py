"""The published tables: one Arrow schema each, every field with its meaning and unit.

The contract with analysts: adding a column raises the minor version, anything else the major one.
`null` means "could not be computed", 0 or an empty list "looked and found none".
"""

from collections.abc import Mapping

import pyarrow as pa

SCHEMA_VERSION = "1.5"

TIMESTAMP = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.string())


def described(name: str, kind: pa.DataType, description: str, unit: str | None = None) -> pa.Field:
    """A nullable field that carries its description, and its unit where it has one."""
    metadata = {"description": description} | ({"unit": unit} if unit else {})
    return pa.field(name, kind, metadata=metadata)


def share(name: str, counted: str, of: str) -> list[pa.Field]:
    """The five columns of a share: k of n, its rate and the Wilson 95 % interval."""
    return [
        described(f"{name}_k", pa.int64(), f"{counted}", "articles"),
        described(f"{name}_n", pa.int64(), f"{of}", "articles"),
        described(f"{name}_rate", pa.float64(), f"{name}_k / {name}_n; null below min_n"),
        described(f"{name}_lo", pa.float64(), "lower end of the Wilson 95 % interval"),
        described(f"{name}_hi", pa.float64(), "upper end of the Wilson 95 % interval"),
    ]


SNIPPET = pa.struct(
    [
        ("kind", pa.string()),
        ("value", pa.string()),
        ("snippet", pa.string()),
        ("place", pa.string()),
    ]
)
POLICY_LINK = pa.struct([("kind", pa.string()), ("url", pa.string()), ("how", pa.string())])

ARTICLES = pa.schema(
    [
        described("article_id", pa.string(), "from the normalised address and the text as read"),
        described("url", pa.string(), "address as the input gave it, less user and password"),
        described("canonical_url", pa.string(), "normalised address: no www, fragment, tracking"),
        described("other_urls", STRINGS, "other addresses at which the input has this article"),
        described("declared_url", pa.string(), "what the page names as its canonical address"),
        described("host", pa.string(), "lower case, without www"),
        described("source_id", pa.string(), "the outlet: a row of sources"),
        described("outlet", pa.string(), "the outlet's name as the page or the input says"),
        described("title", pa.string(), "headline, at most 500 characters"),
        described("title_source", pa.string(), "json-ld, og, h1, title, trafilatura, input, ..."),
        described("authors", STRINGS, "names in the byline"),
        described("author_source", pa.string(), "where the authors were found"),
        described("published_at", TIMESTAMP, "claimed by the page; null where implausible", "UTC"),
        described("published_zone", pa.string(), "offset as written; null: none, UTC was assumed"),
        described("modified_at", TIMESTAMP, "claimed by the page", "UTC"),
        described("date_source", pa.string(), "where published_at was found"),
        described(
            "fetched_at", TIMESTAMP, "when the crawl fetched it, or a service captured it", "UTC"
        ),
        described("captured_by", pa.string(), "archive, cache or proxy that served it; null: none"),
        described("language", pa.string(), "ISO 639-1"),
        described("language_source", pa.string(), "where the language was found"),
        described("section", pa.string(), "the outlet's own section"),
        described(
            "standfirst",
            pa.string(),
            "what the page sets below the headline as introduction; text holds it too",
        ),
        described("text", pa.string(), "paragraphs separated by line feeds, without boilerplate"),
        described("word_count", pa.int64(), "words of text", "words"),
        described("cluster_id", pa.string(), "a row of clusters; null where no copy was found"),
        described("role", pa.string(), "its role in the cluster, as in cluster_timeline"),
        described("dateline", pa.string(), "the place a story begins with, `CANBERRA`"),
        described("wire_credits", STRINGS, "agencies the text is credited to"),
        described("outlet_credits", STRINGS, "other outlets the text is credited to"),
        described("photo_credits", STRINGS, "who is credited for pictures; no credit for the text"),
        described("captions", STRINGS, "picture captions taken out of the text"),
        described("corrections", STRINGS, "correction and update notices"),
        described("announced_hosts", STRINGS, "hosts the page calls its other addresses"),
        described(
            "policy_links",
            pa.list_(POLICY_LINK),
            "pages on how the outlet works that the page links to; how: json-ld, link",
        ),
        described(
            "snippets", pa.list_(SNIPPET), "the passages these facts were read from, with places"
        ),
        described(
            "page_kind",
            pa.string(),
            "article, live_blog, gallery, video, front, section, ... (concepts.md); null: no page",
        ),
        described(
            "page_kind_source",
            pa.string(),
            "what says so: teasers leave it out of matching and measures; null: nothing",
        ),
        described("flags", STRINGS, "what is odd about the page, as codes"),
        described("input", pa.string(), "the file it was read from"),
        described("position", pa.int64(), "byte offset of the record, or line or row number"),
        described("payload_digest", pa.string(), "WARC-Payload-Digest of what it was read from"),
    ]
)

DUPLICATE_PAIRS = pa.schema(
    [
        described("left_id", pa.string(), "the smaller article_id of the two"),
        described("right_id", pa.string(), "the other article_id"),
        described(
            "relation",
            pa.string(),
            "exact, near, excerpt, quotation (both of mirrors once), revision, mirror",
        ),
        described("jaccard", pa.float64(), "shared shingles / all shingles of both; exact"),
        described("containment_left", pa.float64(), "shared shingles / shingles of the left"),
        described("containment_right", pa.float64(), "shared shingles / shingles of the right"),
        described("shared_shingles", pa.int64(), "how many they share", "shingles"),
        described("is_cut", pa.bool_(), "a copy that was not let join two clusters (chaining)"),
    ]
)

CLUSTERS = pa.schema(
    [
        described("cluster_id", pa.string(), "from its oldest member's article_id"),
        described("n_articles", pa.int64(), "members", "articles"),
        described("n_sources", pa.int64(), "outlets, mirrors counted as one", "sources"),
        described(
            "n_independent",
            pa.int64(),
            "different texts; of candidates of one outlet one",
        ),
        described("earliest_article_id", pa.string(), "first of the timeline; null: undetermined"),
        described("representative_id", pa.string(), "the member most similar to the others"),
        described("first_published_at", TIMESTAMP, "earliest plausible claim", "UTC"),
        described("last_published_at", TIMESTAMP, "latest plausible claim", "UTC"),
        described("wire_credits", STRINGS, "agencies credited by any member"),
        described("languages", STRINGS, "languages of its members"),
    ]
)

CLUSTER_TIMELINE = pa.schema(
    [
        described("cluster_id", pa.string(), "a row of clusters"),
        described("article_id", pa.string(), "a row of articles"),
        described("source_id", pa.string(), "a row of sources"),
        described("mirror_group_id", pa.string(), "a row of mirror_groups; null: no mirrors"),
        described("claimed_at", TIMESTAMP, "published_at of the article", "UTC"),
        described("first_seen_at", TIMESTAMP, "fetched_at of the article", "UTC"),
        described(
            "lag_s",
            pa.int64(),
            "claimed_at less that of the first observed; null: unknown",
            "seconds",
        ),
        described("role", pa.string(), "earliest_observed, copy, revision, mirror, undetermined"),
        described("containment_in_earlier", pa.float64(), "share of its shingles in one earlier"),
        described("credit", pa.string(), "wire:AFP or outlet:Name; null: no text credit found"),
        described("headline_changed", pa.bool_(), "differs from the earliest; null: not known"),
        described("reason", pa.string(), "the evidence that decided the role"),
        described("from_source", pa.string(), "whose text it carries: source_id or wire:AFP"),
        described(
            "day",
            pa.date32(),
            "the day it counts for; before --window: a row of that day's run; null: no window",
            "UTC",
        ),
        described(
            "claim_kind",
            pa.string(),
            "moment, no-zone, day, weak (cannot be true, or doubtful); null: no claim",
        ),
        described(
            "sighted_at",
            TIMESTAMP,
            "first fetch, of it or of an article of the cluster that credits its source",
            "UTC",
        ),
        described("is_witnessed", pa.bool_(), "it was sighted soon after the moment it claims"),
        described("evidence", pa.string(), "what decided the role, as a code (concepts.md)"),
        described(
            "compared_with", pa.string(), "article_id whose times or text decided; null: nobody's"
        ),
    ]
)

CLUSTER_DISAGREEMENTS = pa.schema(
    [
        described("cluster_id", pa.string(), "a row of clusters"),
        described("fact_id", pa.string(), "rows of one fact, each with another value"),
        described("first_claimed_at", TIMESTAMP, "earliest claim of a version that says so", "UTC"),
        described("kind", pa.string(), "number, date or quote"),
        described("context", pa.string(), "the words around it"),
        described("value", pa.string(), "what these versions say"),
        described("article_ids", STRINGS, "the versions that say so"),
        described("source_ids", STRINGS, "the sources of these versions"),
        described("n_versions", pa.int64(), "how many versions say so", "articles"),
        described(
            "n_independent", pa.int64(), "less copies, one source's and one agency's", "voices"
        ),
        described("last_claimed_at", TIMESTAMP, "latest claim of a version that says so", "UTC"),
        described(
            "time_ordered", pa.bool_(), "no value is claimed after the next one; null: no dates"
        ),
        described("revising_source_ids", STRINGS, "sources that said another value before"),
    ]
)

CLUSTER_CHANGES = pa.schema(
    [
        described("former_id", pa.string(), "a cluster as it was before the window"),
        described("cluster_id", pa.string(), "where its articles are now; null: each alone"),
        described("change", pa.string(), "joined: all of it is in another; split: some of it is"),
        described("n_articles", pa.int64(), "how many of its articles are there", "articles"),
    ]
)

LOOKALIKE = pa.struct(
    [
        ("host", pa.string()),
        ("rule", pa.string()),
        ("distance", pa.int64()),
        ("shares_text", pa.bool_()),
        ("n_shared_texts", pa.int64()),
        ("n_texts", pa.int64()),
        ("is_mirror_candidate", pa.bool_()),
    ]
)

RATING = pa.struct(
    [
        ("dataset", pa.string()),
        ("key_matched", pa.string()),
        ("match_level", pa.string()),
        ("value", pa.string()),
        ("scale", pa.string()),
        ("licence", pa.string()),
        ("hosts", STRINGS),
    ]
)
RATING_CONFLICT = pa.struct([("dataset", pa.string()), ("keys", STRINGS), ("values", STRINGS)])

FAMILY = pa.struct(
    [
        ("family", pa.string()),
        ("value", pa.float64()),
        ("lo", pa.float64()),
        ("hi", pa.float64()),
        ("weight", pa.float64()),
        ("at_half_weight", pa.float64()),
        ("at_half_more", pa.float64()),
    ]
)

PARTNER = pa.struct([("source_id", pa.string()), ("n_articles", pa.int64())])

SOURCES = pa.schema(
    [
        described("source_id", pa.string(), "registry id, else the registrable domain"),
        described(
            "source_name",
            pa.string(),
            "the registry's name, else the one its pages give most often",
        ),
        described("identity_basis", pa.string(), "registry, declared_mirrors, ... (concepts.md)"),
        described("hosts", STRINGS, "hosts of the outlet in this run"),
        described("mirror_group_id", pa.string(), "a row of mirror_groups; null: no mirrors"),
        described(
            "window_start", TIMESTAMP, "first fetch in the run; null: no input says when", "UTC"
        ),
        described(
            "window_end", TIMESTAMP, "last fetch in the run; null: no input says when", "UTC"
        ),
        described(
            "n_pages", pa.int64(), "articles, pages without a story, rejected pages", "pages"
        ),
        described("n_articles", pa.int64(), "articles", "articles"),
        described(
            "n_no_articles",
            pa.int64(),
            "rows of articles that hold no story (page_kind_source: teasers); not measured",
            "pages",
        ),
        described(
            "n_stubs",
            pa.int64(),
            "articles of which the page shows the beginning alone; what hangs on a whole text "
            "leaves them out",
            "articles",
        ),
        described("n_distinct_articles", pa.int64(), "less what its mirrors repeat", "articles"),
        described("n_words", pa.int64(), "words of all articles", "words"),
        described("languages", pa.map_(pa.string(), pa.int64()), "articles by language"),
        *share("date_present", "articles whose page gives a plausible date", "distinct pages"),
        *share("zone_present", "of them those whose date has a time zone", "dated pages"),
        *share("name_present", "articles whose page names its outlet", "distinct pages"),
        *share(
            "byline_present", "articles whose byline names a person", "pages with a text of its own"
        ),
        *share("dateline", "articles that begin with a place", "distinct articles"),
        *share("correction_notice", "articles with a correction notice", "distinct whole articles"),
        described(
            "policy_links",
            pa.list_(POLICY_LINK),
            "pages on how it works that its pages link to; presence only. null: no page was seen",
        ),
        *share("clustered", "articles that share text with another source", "distinct articles"),
        *share("duplicated_within", "articles whose text it published again", "distinct articles"),
        *share(
            "earliest_observed",
            "first of their cluster by the timeline",
            "its first articles in clusters of which the timeline names the first",
        ),
        *share(
            "earliest_claimed",
            "first of their cluster by its claims",
            "its first claims in clusters without a tie",
        ),
        *share(
            "credited",
            "copies that credit an agency or an outlet",
            "copies of other sources' texts",
        ),
        *share("credited_wire", "copies that credit an agency", "copies"),
        *share("credited_outlet", "copies whose text credits another outlet", "copies"),
        *share(
            "uncredited_in_agency_story",
            "copies that credit nobody where others credit an agency: perhaps the agency's text",
            "copies that credit nobody",
        ),
        *share(
            "wire_text",
            "articles that credit an agency or copy a text that an agency's own site had before",
            "distinct articles",
        ),
        *share("photo_credit_wire", "articles with an agency's photo credit", "distinct pages"),
        *share(
            "near_copy_of_wire_uncredited",
            "copies of them that credit nobody; null: no agency's own page is in the run",
            "copies of a text that an agency's own site had before",
        ),
        described(
            "novel_share_mean",
            pa.float64(),
            "mean share of a text that no earlier article holds; null below min_n",
        ),
        described("novel_share_n", pa.int64(), "distinct articles it is the mean of", "articles"),
        *share("headline_changed", "copies under another headline", "verbatim copies"),
        described(
            "lag_p25_s",
            pa.float64(),
            "lag of its copies, lower quartile; null: no copy has one",
            "seconds",
        ),
        described(
            "lag_p50_s", pa.float64(), "lag of its copies, median; null: no copy has one", "seconds"
        ),
        described(
            "lag_p90_s",
            pa.float64(),
            "lag of its copies, ninth decile; null: no copy has one",
            "seconds",
        ),
        described(
            "attributed_statements",
            pa.int64(),
            "sentences of its own texts that say who says so; null: no rules for its language",
            "sentences",
        ),
        described(
            "attributed_words",
            pa.int64(),
            "words of the texts they stand in; null: no rules for its language",
            "words",
        ),
        described(
            "attributed_statements_per_1000_words", pa.float64(), "their ratio; null below min_n"
        ),
        *share(
            "attributed",
            "texts with such a statement; null: no rules for its language",
            "texts of its own, by rules",
        ),
        *share(
            "unnamed_source",
            "texts with one whose speaker has no name; null: no rules for its language",
            "attributed texts",
        ),
        described("rules_version", pa.string(), "of the rules for statements; null: none applied"),
        *share(
            "disagreeing_number",
            "articles that state a number otherwise than another source at the same time",
            "articles in clusters whose text was compared",
        ),
        *share(
            "number_changed",
            "copies of them that state a number otherwise than that text at the same time",
            "copies of the text of the outlet observed first, both compared; none of an agency",
        ),
        *share(
            "caption_without_entity_overlap",
            "a caption shares no name with the text; null: names of its languages cannot be told",
            "captioned, in languages whose names can be told",
        ),
        described("n_partners", pa.int64(), "other sources in its clusters", "sources"),
        described("top_partners", pa.list_(PARTNER), "up to five of them, by shared articles"),
        described(
            "lookalike_of", pa.list_(LOOKALIKE), "hosts whose name this resembles; a candidate only"
        ),
        described(
            "ext_ratings",
            pa.list_(RATING),
            "others' ratings of its hosts (external); null: none were given to the run",
        ),
        described(
            "rating_conflicts",
            pa.list_(RATING_CONFLICT),
            "data sets whose ratings of its keys differ; `values` in the order of `keys`; "
            "null: no ratings were given to the run",
        ),
        described(
            "practice_index",
            pa.float64(),
            "weighted mean of the families of practice, 0 to 1; read it with its interval only; "
            "null: see practice_absence",
        ),
        described("practice_lo", pa.float64(), "lower end of the index's 95 % interval"),
        described("practice_hi", pa.float64(), "upper end of the index's 95 % interval"),
        described(
            "practice_disclosure",
            pa.float64(),
            "pages say when, in which zone, by whom; null: not seen, or no index",
        ),
        described(
            "practice_credit",
            pa.float64(),
            "copies of others' texts name where from; null: not seen, or no index",
        ),
        described(
            "practice_sourcing",
            pa.float64(),
            "texts say who says so, by name; null: not seen, or no index",
        ),
        described(
            "practice_identity",
            pa.float64(),
            "pages name their outlet; null: not seen, or no index",
        ),
        described(
            "practice_consistency",
            pa.float64(),
            "copies keep the numbers they carry; null: not seen, or no index",
        ),
        described(
            "practice_families",
            pa.list_(FAMILY),
            "those seen: value, interval, weight, and the index with half, and half more of it; "
            "null: no index",
        ),
        described(
            "practice_sensitivity",
            pa.float64(),
            "largest change of the index by such a weight; null: no index",
        ),
        described(
            "practice_language",
            pa.string(),
            "the index compares sources of this language; null: no index",
        ),
        described(
            "practice_n_compared",
            pa.int64(),
            "sources of it that show some; null: no index",
            "sources",
        ),
        described("practice_weights_version", pa.string(), "of the weights; null: no index"),
        described("practice_absence", pa.string(), "why there is no index; null: there is one"),
        described("coverage_sources", pa.int64(), "sources in the run", "sources"),
        described("coverage_articles", pa.int64(), "articles in the run", "articles"),
        described("run_id", pa.string(), "the run that made this row"),
    ]
)

COPY_EDGES = pa.schema(
    [
        described("from_source", pa.string(), "the source observed first"),
        described("to_source", pa.string(), "the source that carried its text"),
        described("n_articles", pa.int64(), "articles carried", "articles"),
        described("n_credited", pa.int64(), "of them with a text credit", "articles"),
        described("n_excerpt", pa.int64(), "of them excerpts", "articles"),
        described("n_undetermined", pa.int64(), "shared, direction unknown", "articles"),
        described("median_lag_s", pa.float64(), "median lag of the copies", "seconds"),
        *share("share", "articles carried", "distinct articles of to_source"),
        described("example_pairs", STRINGS, "up to five `from_article_id to_article_id`"),
        described(
            "component_id", pa.string(), "outlets tied by shared text, to_source's; no wires"
        ),
    ]
)

MIRROR_GROUPS = pa.schema(
    [
        described("group_id", pa.string(), "from its hosts"),
        described(
            "hosts", STRINGS, "hosts of one outlet if declared; else hosts for a person to look at"
        ),
        described("confidence_class", pa.string(), "declared, candidate or clone_candidate"),
        described("rule", pa.string(), "the rule that decided, with its figures"),
        described(
            "main_host",
            pa.string(),
            "of declared the one that announces the others; of clone_candidate the one repeated",
        ),
    ]
)

MIRROR_EVIDENCE = pa.schema(
    [
        described("host_a", pa.string(), "the host that announces, or the smaller name"),
        described("host_b", pa.string(), "the other host"),
        described(
            "kind",
            pa.string(),
            "registry, announced, names_itself, canonical, hreflang, same_path_same_text",
        ),
        described("n_observed", pa.int64(), "how often it was seen"),
        described("n_checked", pa.int64(), "in how many places it could have been seen"),
        described("article_id", pa.string(), "an example: the smallest article_id; null: registry"),
        described("snippet", pa.string(), "the example's passage or path"),
        described("first_seen_at", TIMESTAMP, "earliest fetch that shows it", "UTC"),
        described("last_seen_at", TIMESTAMP, "latest fetch that shows it", "UTC"),
        described("outlet", pa.string(), "what the example's page calls its outlet"),
        described(
            "n_a_first", pa.int64(), "shared paths whose text the crawl confirms first on host_a"
        ),
        described("n_b_first", pa.int64(), "the same on host_b"),
    ]
)

REJECTED = pa.schema(
    [
        described("input", pa.string(), "the file it was read from"),
        described("position", pa.int64(), "byte offset of the record, or line or row number"),
        described("url", pa.string(), "its address, where one could be read"),
        described("stage", pa.string(), "read, decode, gate, extract or text"),
        described("reason", pa.string(), "a short code"),
        described("message", pa.string(), "what was got and what was wanted"),
        described("fetched_at", TIMESTAMP, "when the crawl fetched the page", "UTC"),
    ]
)

TABLES: Mapping[str, pa.Schema] = {
    "articles": ARTICLES,
    "duplicate_pairs": DUPLICATE_PAIRS,
    "clusters": CLUSTERS,
    "cluster_timeline": CLUSTER_TIMELINE,
    "cluster_disagreements": CLUSTER_DISAGREEMENTS,
    "cluster_changes": CLUSTER_CHANGES,
    "sources": SOURCES,
    "copy_edges": COPY_EDGES,
    "mirror_groups": MIRROR_GROUPS,
    "mirror_evidence": MIRROR_EVIDENCE,
    "rejected": REJECTED,
}

PURPOSE: Mapping[str, str] = {
    "articles": "one text at one address",
    "duplicate_pairs": "one verified pair",
    "clusters": "one story's copies",
    "cluster_timeline": "an article in its cluster, in time order",
    "cluster_disagreements": "one value of a fact on which versions differ",
    "cluster_changes": "a cluster that a window's articles joined or split",
    "sources": "one outlet in the run's window",
    "copy_edges": "one outlet carrying another's text",
    "mirror_groups": "hosts of one outlet",
    "mirror_evidence": "one observed fact about two hosts",
    "rejected": "one input that became no article",
}
