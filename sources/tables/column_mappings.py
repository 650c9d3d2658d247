"""Which column of an input holds which field, for the tools whose output people already have.

The columns of other tools were checked against records that these versions wrote: news-please
1.6.16, fundus 0.5.7, dolma 1.2.1, datatrove 0.10.1. Media Cloud's were read where it writes them:
mcmetadata 0.9.5 (`extract`), story-indexer's index, mc-providers 3.1.3 (rows of the search API and
of the site's CSV), the types of its client 5.2, and the specification of its API 2.0.

A mapping names, for each of our fields, the input's column; dots lead into nested objects, and `|`
separates names of which the first that is there counts.
"""

from collections.abc import Mapping
from types import MappingProxyType

FIELDS = (
    "text",
    "url",
    "outlet",
    "title",
    "authors",
    "published_at",
    "modified_at",
    "fetched_at",
    "language",
    "section",
)

Columns = Mapping[str, str]

DEFAULT: Columns = MappingProxyType(
    {
        "text": "text|body|content|article_text|full_text|maintext|plain_text",
        "url": "url|link|uri|canonical_url|source_url",
        "outlet": "outlet|source|publisher|site_name|media_name|source_name|sitename",
        "title": "title|headline",
        "authors": "authors|author|byline",
        "published_at": "published_at|date_publish|publish_date|publishing_date|published|date"
        "|pub_date|timestamp",
        "modified_at": "modified_at|date_modify|modified|updated_at|date_modified",
        "fetched_at": "fetched_at|date_download|crawl_date|retrieved_at|fetched|warc_date",
        "language": "language|lang",
        "section": "section|category|categories",
    }
)

# news-please: NewsArticle.get_serializable_dict, whose dates are str(): those it lacks are "None"
NEWS_PLEASE: Columns = MappingProxyType(
    {
        "text": "maintext",
        "url": "url",
        "outlet": "source_domain",
        "title": "title",
        "authors": "authors",
        "published_at": "date_publish",
        "modified_at": "date_modify",
        "fetched_at": "date_download",
        "language": "language",
    }
)

# fundus: Article.to_json, with or without arguments, has no address: who writes the file adds it.
FUNDUS: Columns = MappingProxyType(
    {
        "text": "plaintext|body",
        "url": "url|html.responded_url|html.requested_url",
        "outlet": "publisher",
        "title": "title",
        "authors": "authors",
        "published_at": "publishing_date",
        "fetched_at": "crawl_date|html.crawl_date",
        "language": "lang",
        "section": "topics",
    }
)

# Media Cloud: rows of the search API (`text` where it was asked to expand them), documents of its
# index (`text_content`), stories of its API 2.0 (`story_text`). `url` is where redirects ended, and
# `original_url` the feed's link, which may be a shortener's. Its CSV of stories has no text.
MEDIA_CLOUD: Columns = MappingProxyType(
    {
        "text": "text_content|text|story_text",
        "url": "url|original_url",
        "outlet": "media_name|canonical_domain",
        "title": "article_title|title",
        "authors": "other.authors",
        "published_at": "publication_date|publish_date",
        "fetched_at": "indexed_date|collect_date",
        "language": "language",
    }
)

# dolma: what its WARC processor writes. `created` is there when the page was fetched, never when it
# was published; `metadata.url` is normalised and may lack its scheme, `metadata.warc_url` does not.
DOLMA: Columns = MappingProxyType(
    {
        "text": "text",
        "url": "metadata.warc_url|metadata.url|url",
        "outlet": "metadata.domain",
        "title": "metadata.title",
        "authors": "metadata.author|metadata.authors",
        "published_at": "metadata.published|metadata.date",
        "fetched_at": "created|metadata.warc_date|added",
        "language": "metadata.language|lang",
    }
)

# datatrove: JsonlWriter and ParquetWriter; `expand_metadata` puts its entries beside the text.
# `date` is WarcReader's, the WARC-Date.
DATATROVE: Columns = MappingProxyType(
    {
        "text": "text",
        "url": "metadata.url|url",
        "outlet": "metadata.domain|domain",
        "title": "metadata.title|title",
        "authors": "metadata.author|author",
        "published_at": "metadata.published|published",
        "fetched_at": "metadata.date|date",
        "language": "metadata.language|language",
    }
)

MAPPINGS: Mapping[str, Columns] = MappingProxyType(
    {
        "default": DEFAULT,
        "news-please": NEWS_PLEASE,
        "fundus": FUNDUS,
        "mediacloud": MEDIA_CLOUD,
        "dolma": DOLMA,
        "datatrove": DATATROVE,
    }
)
