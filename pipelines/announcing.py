"""Which articles may say something of another host; only these become records to be asked."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from schemas.article import Article
from schemas.staged import article_records
from sources.mirrors import HREFLANG


def announcing(articles: pa.Table) -> list[Article]:
    """The articles that may say something of another host."""
    return article_records(articles.filter(pa.array(is_announcing(articles))))


def is_announcing(articles: pa.Table) -> NDArray[np.bool_]:
    """Whether each of the articles may."""
    snippets = articles.column("snippets").combine_chunks()
    is_told: NDArray[np.bool_] = pc.is_valid(articles.column("declared_url")).to_numpy().copy()
    is_told |= pc.list_value_length(articles.column("announced_hosts")).to_numpy() > 0
    is_link = pc.equal(snippets.flatten().field("kind"), HREFLANG)
    is_told[pc.list_parent_indices(snippets).filter(is_link).to_numpy()] = True
    return is_told
