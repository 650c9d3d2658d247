"""What pages say of other hosts."""

from dataclasses import replace

from schemas.article import Snippet
from sources.mirrors.announcements import announcements
from sources.mirrors.evidence import CANONICAL, HREFLANG
from tests.sources.makers import PARAGRAPHS, from_text


def test_links_to_other_hosts_announce_them_and_the_rest_of_a_broken_link_nobody() -> None:
    page = from_text("\n".join(PARAGRAPHS), url="https://www.a.example/1")
    links = tuple(Snippet(HREFLANG, host, host) for host in ("de.a.example", "https"))
    pages = [
        replace(page, snippets=links, declared_url="https://b.example/1"),
        replace(page, declared_url="http://https//www.a.example/1"),
    ]
    facts = announcements(pages)
    assert {(fact.host_b, fact.kind) for fact in facts} == {
        ("de.a.example", HREFLANG),
        ("b.example", CANONICAL),
    }
