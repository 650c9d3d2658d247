"""Credits of other outlets; wordings beyond these are scored by benchmarks/facts.py."""

import pytest

from sources.credits.datelines import dateline
from sources.credits.outlet_credits import credited
from sources.credits.outlet_names import outlet_name_in
from tests.sources.makers import extracted, from_text, html


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("This article was originally published by The Lantern on May 3.", "The Lantern"),
        ("Dieser Text erschien zuerst bei Laterne Online.", "Laterne Online"),
        ("Con información de Almendra Hoy.", "Almendra Hoy"),
        ("Este artículo se publicó originalmente en La Voz del Monte.", "La Voz del Monte"),
        ("Джерело: Вісник Зорянська", "Вісник Зорянська"),
        ("منبع: سپید نیوز", "سپید نیوز"),
        ("来源：兰湾新闻网", "兰湾新闻网"),
        ("この記事は青葉新聞から転載しました。", "青葉新聞"),
        ("출처: 한빛일보", "한빛일보"),
        ("Source : La Lanterne", "La Lanterne"),
        ("Quelle: laterne.example", "laterne.example"),
        ("Imre Talvik reported for Northlight Agency.", "Northlight Agency"),
        ("(Reporting by Lantern News)", "Lantern News"),
    ],
)
def test_a_credit_names_its_outlet(line: str, name: str) -> None:
    assert list(credited(line, is_at_edge=True)) == [name]


@pytest.mark.parametrize(
    "line",
    [
        "The novel was originally published by Quill House in 1961.",
        "The source: a small spring behind the mill.",
        "Image source: Lea Holt",
        "图片来源：兰湾新闻网",
        "사진 출처: 한빛일보",
        "(Reporting by Lea Holt; Editing by Bo Ek)",
        "Avec Lea Holt",
        "Source: Getty Images",
        "Source: Ministry of Health",
        "Quelle: privat",
        "With Post wires",
    ],
)
def test_what_only_looks_like_a_credit_is_none(line: str) -> None:
    assert list(credited(line, is_at_edge=True)) == []


def test_a_labelled_source_within_a_story_is_no_credit_of_it() -> None:
    assert list(credited("Source: The Lantern", is_at_edge=False)) == []


def test_agencies_among_several_sources_are_named_one_by_one() -> None:
    names = list(credited("Quelle: laterne.example, dpa/Talkurier", is_at_edge=True))
    assert names == ["laterne.example", "dpa", "Talkurier"]


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("BRACKWATER, March 2 (Northlight Agency) — The ferries stop.", "Northlight Agency"),
        ("Elmstedt (Nordpresse) - Der Rat stimmte ab.", "Nordpresse"),
        ("ANKARA (Ova Postası) - The council met.", "Ova Postası"),
        ("Elmstedt, 02 mar 2026 (Novum) - O conselho reuniu-se.", "Novum"),
    ],
)
def test_a_dateline_may_name_a_small_agency(line: str, outlet: str) -> None:
    filed = dateline(line)
    assert filed is not None
    assert (filed.outlet, filed.agencies) == (outlet, ())


@pytest.mark.parametrize(
    "line",
    [
        "Lea Holt (Labour) — the member for Elmstedt — spoke first.",
        "Lea Holt (SPD) - seit 2019 im Rat - stimmte dagegen.",
        "SEN. LEA HOLT (D-Elmstedt) — who voted no — left.",
        "Bo Ek (42) - ein Maurer - lachte.",
        "CORRECTION (March 3): The article has been amended.",
    ],
)
def test_a_party_or_an_age_in_brackets_is_no_agency(line: str) -> None:
    filed = dateline(line)
    assert filed is None or filed.outlet is None


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("МОСКВА, 5 мар - РИА Новости. Совет собрался.", "RIA Novosti"),
        ("МОСКВА, 5 марта. /ТАСС/. Совет собрался.", "TASS"),
        ("新华社北京3月5日电 市议会开会。", "Xinhua"),
        ("(서울=연합뉴스) 시의회가 열렸다.", "Yonhap"),
        ("【ロンドン＝共同】市議会が開かれた。", "Kyodo"),
        ("Madrid, 5 mar (EFE).- El concejo votó.", "EFE"),
        ("به گزارش ایرنا، شورا رأی داد.", "IRNA"),
    ],
)
def test_agencies_open_their_copy_in_their_own_ways(line: str, agency: str) -> None:
    filed = dateline(line)
    assert filed is not None
    assert filed.agencies == (agency,)


def test_an_outlet_that_names_itself_credits_nobody() -> None:
    body = html(head='<meta property="og:site_name" content="The Lantern">').replace(
        "</body>", "<p>This article was first published by The Lantern.</p></body>"
    )
    assert extracted(body).outlet_credits == ()
    assert extracted(body.replace("by The Lantern", "by The Beacon")).outlet_credits == (
        "The Beacon",
    )


def test_a_row_of_text_is_read_as_a_page_is() -> None:
    text = "\n".join(["A line of a story that is long enough to be one."] * 5)
    article = from_text(f"{text}\nSource: The Lantern")
    assert (article.outlet_credits, article.wire_credits) == (("The Lantern",), ())


def test_a_name_ends_where_the_sentence_goes_on() -> None:
    assert outlet_name_in("Harbour and Hills under a Creative Commons license.") == (
        "Harbour and Hills"
    )
