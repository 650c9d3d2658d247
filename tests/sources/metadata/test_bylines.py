"""Who wrote a story, as the markup of many systems shows it."""

import pytest

from sources.metadata.person_names import split_names
from tests.sources.makers import extracted, html

BYLINES = {
    "a vcard, as WordPress writes it": (
        '<span class="byline">by <span class="author vcard"><a class="url fn n" href="/a/ann">'
        "Ann Lee</a></span></span>",
        ("Ann Lee",),
    ),
    "rel=author": ('<p>Text: <a rel="author" href="/ann">Ann Lee</a>, Berlin</p>', ("Ann Lee",)),
    "schema.org microdata": (
        '<div itemprop="author" itemscope><meta itemprop="url" content="x">'
        '<span itemprop="name">Bo Ek</span></div>',
        ("Bo Ek",),
    ),
    "two people before their agency, which is no author": (
        '<div class="c-byline">By Ann Lee and Bo Ek | Harbour Agency</div>',
        ("Ann Lee", "Bo Ek"),
    ),
    "links in a byline with a date beside them": (
        '<div class="ArticleByline"><span>By</span> <a href="/1">Ann Lee</a>, <a href="/2">Bo Ek'
        "</a> <time>Updated 3:04 p.m.</time></div>",
        ("Ann Lee", "Bo Ek"),
    ),
    "German": ('<p class="autor">Von Ines Aldane</p>', ("Ines Aldane",)),
    "French": ('<p class="article__auteur">Par Léa de la Tour</p>', ("Léa de la Tour",)),
    "Spanish": ('<p class="firma">Por Ana Ruiz y Luis Mora</p>', ("Ana Ruiz", "Luis Mora")),
    "Chinese": ('<span class="author">作者：王小明</span>', ("王小明",)),
    "a role behind the name": (
        '<p class="author-name">Ann Lee, Senior Political Correspondent</p>',
        ("Ann Lee",),
    ),
    "a word that is a profile's address": (
        '<p class="byline"><a href="/author/skipper/">Skipper</a></p>',
        ("Skipper",),
    ),
    "a word in hAtom's name": ('<p class="byline">by <b class="fn">Skipper</b></p>', ("Skipper",)),
    "a label whose space is in the style sheet": (
        '<div><span>By</span><span><a href="/x">Ann Lee</a></span></div>',
        ("Ann Lee",),
    ),
    "a name behind a day": ("<p>25.10.2022 - Ann Lee</p>", ("Ann Lee",)),
    "a name behind a day and by": ("<p>Posted on May 21, 2020 by Ann Lee</p>", ("Ann Lee",)),
    "labels in a row": (
        "<p>Datum: 19.11.2021 Autor: Ines Aldane Quelle: Hafenbote</p>",
        ("Ines Aldane",),
    ),
    "a picture's link before the name's": (
        '<div class="author-line"><a href="/people/ann"><img src="a.jpg"></a> By '
        '<a class="author-name" href="/people/ann">Ann Lee</a></div>',
        ("Ann Lee",),
    ),
    "subjects beside the name": (
        '<p class="byline"><a rel="tag" href="/t/1">Harbour Town</a>'
        ' <a href="/author/ann-lee">Ann Lee</a></p>',
        ("Ann Lee",),
    ),
    "in a navigation beside the headline": (
        '<nav class="contentnav"><p class="author">by <a href="/author/ann">Ann Lee</a></p></nav>',
        ("Ann Lee",),
    ),
    "a box that has something to share beside": (
        '<div class="meta has-social-tools"><p class="byline">By Ann Lee</p></div>',
        ("Ann Lee",),
    ),
    "neighbouring bylines": (
        '<ul class="people"><li><span class="author">Ann Lee</span></li>'
        '<li><span class="author">Bo Ek</span></li></ul>',
        ("Ann Lee", "Bo Ek"),
    ),
}


@pytest.mark.parametrize("markup", BYLINES)
def test_a_marked_byline_names_the_authors(markup: str) -> None:
    shown, names = BYLINES[markup]
    article = extracted(html().replace("</h1>", f"</h1>{shown}"))
    assert (article.authors, article.author_source) == (names, "byline")


@pytest.mark.parametrize(
    "shown",
    [
        '<div class="comments"><span class="author">Ann Lee</span></div>',
        '<aside><span class="author">Ann Lee</span></aside>',
        '<div class="author-image">Ann Lee</div>',
        '<p class="byline">Updated on Monday at noon</p>',
        '<p class="byline">By our staff writer</p>',
        '<p class="author"><a href="#comments">留言板</a></p>',
        '<p class="author"><a href="/share">留言</a> <a href="/x">分享 (3)</a></p>',
        '<p class="byline">Leave Comment</p>',
    ],
)
def test_what_is_no_byline_of_the_story_names_nobody(shown: str) -> None:
    assert extracted(html().replace("</h1>", f"</h1>{shown}")).authors == ()


def test_the_author_of_a_teaser_below_is_none_of_the_story() -> None:
    teaser = '<div><div><div><div><span class="author">Bo Ek</span></div></div></div></div>'
    shown = '<div><div><div><div><p class="byline">By Ann Lee</p></div></div></div></div>'
    body = html().replace("</h1>", f"</h1>{shown}").replace("</body>", f"{teaser}</body>")
    assert extracted(body).authors == ("Ann Lee",)


TEASERS = {
    "a heading that is a link": '<div class=k><h3><a href="/x">Ferries</a></h3>{}</div>',
    "a heading in a link": '<a href="/x" class=k><h4>Ferries</h4>{}</a>',
}


@pytest.mark.parametrize("teaser", TEASERS)
@pytest.mark.parametrize("place", ["<body>", "</h1>", "</p></body>"])
def test_a_byline_in_a_teaser_is_none_of_the_story_wherever_it_stands(
    teaser: str, place: str
) -> None:
    box = TEASERS[teaser].format('<span class="author">Bo Ek</span>')
    at = place.replace("</p>", "")
    put = f"{box}{at}" if at == "</body>" else f"{at}{box}"
    assert extracted(html().replace(at, put)).authors == ()


def test_the_byline_nearest_to_the_headline_is_the_storys() -> None:
    """One that stands above it in the page is of whatever stands there."""
    above = '<div><ul><li>Ferries <span class="author">Bo Ek</span></li></ul></div>'
    body = html().replace("<h1>", f"{above}<article><header><div><h1>", 1)
    body = body.replace("</h1>", '</h1></div><p class="byline">By Ann Lee</p></header>')
    assert extracted(body.replace("</body>", "</article></body>")).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ann Lee in Washington", ["Ann Lee"]),
        ("Von Jörg Maier und Eva Roth", ["Jörg Maier", "Eva Roth"]),
        ("Par Léa Roux, envoyée spéciale", ["Léa Roux"]),
        ("Written by Ann Lee", ["Ann Lee"]),
        ("Ann Lee (Harbour Post)", ["Ann Lee"]),
        ("Propos recueillis par Léa Roux", ["Léa Roux"]),
        ("Avery Byron", ["Avery Byron"]),
        ("Parker Vondel", ["Parker Vondel"]),
        ("Ann Lee & Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Mac & i", ["Mac & i"]),
        ("本报记者 王小明、李华", ["王小明", "李华"]),
        ("文／王小明", ["王小明"]),
        ("홍길동 기자", ["홍길동"]),
        ("留言", []),
        ("3 条评论", []),
        ("Leave a comment", []),
    ],
)
def test_names_are_read_in_the_wordings_of_bylines(written: str, names: list[str]) -> None:
    assert split_names(written) == names


def test_a_name_set_apart_below_the_story_is_its_author() -> None:
    page = html()
    end = page.rindex("</p>") + len("</p>")
    closing = "<p><b><i>Ann Lee</i></b></p>"
    assert extracted(page[:end] + closing + page[end:]).authors == ("Ann Lee",)
    assert extracted(page[:end] + "<p>Ann Lee</p>" + page[end:]).authors == ()


def test_a_link_to_a_person_amid_a_paragraph_names_no_author() -> None:
    sentence = "Among those who came to see it was <a href='/people/ann-lee'>Ann Lee</a>, " + 9 * (
        "who had waited for it at the harbour all day, "
    )
    page = html()
    end = page.rindex("</p>") + len("</p>")
    assert extracted(f"{page[:end]}<p>{sentence}.</p>{page[end:]}").authors == ()


def _byline_of(head: str, byline: str) -> tuple[str, ...]:
    return extracted(html(head=head).replace("</h1>", f"</h1>{byline}")).authors


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("Harbour Media Inc.", "By Ann Lee"),
        ("Harbour Post Staff", "By Ann Lee"),
        ("annlee", "By Ann Lee"),
        ("Ann Lee, Bo Ek at Harbour Models, Kim Ro for Sea Care", "By Ann Lee"),
        ("Harbour Post - Ann Lee", ""),
        ("Newsroom (harbourpost.example)", "By Ann Lee"),
    ],
)
def test_persons_go_before_companies_logins_and_lists_of_helpers(declared: str, shown: str) -> None:
    head = (
        f'<meta name="author" content="{declared}">'
        '<meta property="og:site_name" content="Harbour Post">'
        '<link rel="canonical" href="https://harbourpost.example/a">'
    )
    page = html(head=head).replace("</h1>", f'</h1><p class="byline">{shown}</p>')
    assert extracted(page, url="https://harbourpost.example/a").authors == ("Ann Lee",)


def test_what_two_sources_name_goes_before_what_the_better_one_names_alone() -> None:
    head = '<meta name="author" content="Kim Ro"><meta name="dc.creator" content="Ann Lee">'
    shown = '<p class="byline">By Ann Lee</p>'
    assert _byline_of(head, shown) == ("Ann Lee",)
    assert _byline_of(head, "") == ("Kim Ro",)


def test_who_wrote_a_work_that_is_cited_wrote_no_story() -> None:
    cited = '<ul><li itemscope><meta itemprop="author" content="Kim Ro">A work</li></ul>'
    end = "</body>"
    assert extracted(html().replace(end, f"{cited}{end}")).authors == ()


@pytest.mark.parametrize(
    "shown",
    [
        "By Ann Lee <span>The Associated Press</span>",
        "By Ann Lee, The Associated Press",
        "Von Ann Lee und dpa",
    ],
)
def test_an_agency_beside_a_person_is_a_credit_and_no_author(shown: str) -> None:
    article = extracted(html().replace("</h1>", f'</h1><p class="byline">{shown}</p>'))
    assert article.authors == ("Ann Lee",)
    assert len(article.wire_credits) == 1


def test_a_person_below_a_story_may_be_whom_it_is_about() -> None:
    about = '<ul><li><a href="/politics/person/ann-lee">Ann Lee</a></li></ul>'
    by = '<p><a href="/author/bo-ek">Bo Ek</a></p>'
    end = "</body>"
    assert extracted(html().replace(end, f"{about}{end}")).authors == ()
    assert extracted(html().replace(end, f"{about}{by}{end}")).authors == ("Bo Ek",)
