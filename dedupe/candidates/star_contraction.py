"""Candidate components in rounds, for more pairs than one worker holds.

A round makes every component flatter until each is a star around its smallest article (Kiveris,
Lattanzi, Mirrokni, Rastogi and Vassilvitskii, Connected Components in MapReduce and Beyond, SoCC
2014: large-star, then small-star). A call sees the neighbours of some articles, never all pairs.
For pairs that fit, dedupe.candidates.union_find is faster and says the same.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.union_find import Components
from schemas.ragged import places_in, starts_of_runs

Edges = NDArray[np.uint64]
"""Shape (e, 2); of a directed edge the first article is the one whose neighbours it lists."""


def both_ways(edges: Edges) -> Edges:
    """Each edge from either end, so that articles know all their neighbours."""
    return distinct(np.concatenate([edges, edges[:, ::-1]]))


def large_star(edges: Edges) -> Edges:
    """Links the larger neighbours of each article to the smallest of all, itself included.

    Takes all neighbours of some articles; gives edges from the larger article to the smaller.

    >>> large_star(np.array([[5, 3], [5, 9], [9, 5]], np.uint64)).tolist()
    [[9, 3]]
    """
    edges, least = _with_least(edges)
    is_larger = edges[:, 1] > edges[:, 0]
    return distinct(np.stack([edges[is_larger, 1], least[is_larger]], axis=1))


def small_star(edges: Edges) -> Edges:
    """Links each article and its smaller neighbours to the smallest of these.

    Takes all edges that lead from some articles to smaller ones; gives edges as large_star does.

    >>> small_star(np.array([[9, 5], [9, 3]], np.uint64)).tolist()
    [[5, 3], [9, 3]]
    """
    edges, least = _with_least(edges)
    linked = np.concatenate([np.stack([edges[:, place], least], axis=1) for place in (0, 1)])
    return distinct(linked[linked[:, 0] != linked[:, 1]])


@dataclass(frozen=True, slots=True, eq=False)
class ResolvedStars:
    """Articles whose every neighbour is known, each beside one whose component is its own too."""

    articles: NDArray[np.uint64]
    """Ascending, shape (n,)."""
    links: NDArray[np.uint64]
    """The smaller neighbour of an article that has no other; else the article, shape (n,)."""
    open_edges: Edges
    """What is still to be joined: edges of articles that are neither centre nor tip of a star."""

    def components(self, joined: Components) -> Components:
        """The component of each article, when those of all open edges everywhere are known."""
        places = places_in(joined.articles, self.links)
        labels = self.links.copy()
        if len(joined.articles):
            is_open = joined.articles[places] == self.links
            labels[is_open] = joined.labels[places[is_open]]
        return Components(self.articles, labels)


def resolve_stars(edges: Edges) -> ResolvedStars:
    """What so many rounds have made of the articles whose every neighbour is given.

    Edges stay open where there were too few rounds, so that no number of rounds is wrong: a
    union-find joins what is open, and nothing is where all is stars.
    """
    edges = distinct(edges)
    articles, owner = np.unique(edges[:, 0], return_inverse=True)
    is_smaller = edges[:, 1] < edges[:, 0]
    smaller = np.bincount(owner[is_smaller], minlength=len(articles))
    neighbours = np.bincount(owner, minlength=len(articles))
    is_open = (smaller > 1) | ((smaller == 1) & (neighbours > 1))
    links = articles.copy()
    is_tip = is_smaller & (neighbours[owner] == 1)
    links[owner[is_tip]] = edges[is_tip, 1]
    return ResolvedStars(articles, links, edges[is_smaller & is_open[owner]])


def distinct(edges: Edges) -> Edges:
    """The edges in order, each once, and none from an article to itself."""
    edges = edges[edges[:, 0] != edges[:, 1]]
    edges = edges[np.lexsort((edges[:, 1], edges[:, 0]))]
    return edges[starts_of_runs(edges[:, 0], edges[:, 1])]


def _with_least(edges: Edges) -> tuple[Edges, NDArray[np.uint64]]:
    """The edges by their first article, and the smallest of that article and its neighbours."""
    edges = distinct(edges)
    if not len(edges):
        return edges, np.empty(0, np.uint64)
    _, firsts, counts = np.unique(edges[:, 0], return_index=True, return_counts=True)
    least = np.minimum(np.minimum.reduceat(edges[:, 1], firsts), edges[firsts, 0])
    return edges, np.repeat(least, counts)
