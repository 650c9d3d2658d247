import pytest

from sources.credits.agency_credits import agencies_alone, agencies_at_work
from sources.credits.datelines import dateline
from sources.credits.line_classifier import sifted
from sources.credits.notices import is_correction, is_share_line, is_subscribe_line
from sources.credits.outlet_credits import credited
from sources.credits.picture_credits import picture_credits
from sources.mirrors.announced_hosts import announced_hosts
from tests.cpu_time import within
from tests.sources.makers import PARAGRAPHS


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("GENEVA (AFP) — The council met.", ("AFP",)),
        ("LA CROSSE, Wis. (AP) — After a summer", ("AP",)),
        ("LONDON, March 5 (Reuters) - Shares fell", ("Reuters",)),
        ("Berlin (dpa/lno) - Der Rat", ("dpa",)),
        ("МОСКВА (ТАСС) — Совет", ("TASS",)),
        ("PARIS — The council met.", ()),
        ("UPDATE — AP: The council met.", ()),
        ("Delhi, Mar 2 (PTI) The council met.", ("PTI",)),
        ("Rio de Janeiro (EFE) El consejo se reúne.", ("EFE",)),
        ("(BELGA) Namur. The council met.", ("Belga",)),
        ("OSAKA, KYODO - The council met.", ("Kyodo",)),
        ("OTTAWA — The Canadian Press — The council met.", ("The Canadian Press",)),
        ("IZMIR — Anadolu: The council met.", ("Anadolu",)),
    ],
)
def test_datelines_name_place_and_agency(line: str, agencies: tuple[str, ...]) -> None:
    filed = dateline(line)
    assert filed is not None
    assert filed.agencies == agencies


@pytest.mark.parametrize(
    "line",
    [
        "He said (laughing) - that it was so.",
        "The council told Reuters - and others - that it would meet.",
        "The union (AP) said nothing.",
        "Officers of the police (AP) Said nothing.",
        "(AP) said nothing.",
        "Automobile Association (AA) Members met.",
    ],
)
def test_a_sentence_is_no_dateline(line: str) -> None:
    assert dateline(line) is None


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("(Agence France-Presse)", ("AFP",)),
        ("dpa", ("dpa",)),
        ("AFP/Reuters", ("AFP", "Reuters")),
        ("© dpa-infocom, dpa:260302-99-123456/3", ("dpa",)),
        ("Ap", ()),
        ("The council told Reuters", ()),
    ],
)
def test_a_line_of_nothing_but_agencies_is_a_credit(line: str, agencies: tuple[str, ...]) -> None:
    assert agencies_alone(line) == agencies


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("With reporting by Associated Press writer Lea Holt", ("AP",)),
        ("mit Material von dpa", ("dpa",)),
        ("(With inputs from PTI)", ("PTI",)),
        ("Jo Lind and Associated Press writer Lea Holt contributed to this report.", ("AP",)),
        ("The AP and others reported from the scene.", ()),
    ],
)
def test_lines_about_who_reported_are_credits(line: str, agencies: tuple[str, ...]) -> None:
    assert agencies_at_work(line) == agencies


@pytest.mark.parametrize(
    ("caption", "who"),
    [
        ("The harbour at night. (AFP photo)", "AFP"),
        ("The harbour (AP Photo/Lea Holt)", "AP"),
        ("Der Hafen. Foto: Jan Krüger/dpa", "dpa"),
        ("The harbour. Getty Images", "Getty Images"),
        ("Photo by Lea Holt", "Lea Holt"),
    ],
)
def test_pictures_are_credited(caption: str, who: str) -> None:
    assert who in picture_credits(caption)


def test_announced_hosts_follow_their_announcement() -> None:
    lines = [
        "The site can also be accessed at the following alternate addresses:",
        "www.example.net",
        "www.example.co.uk",
        "A line of the story.",
    ]
    assert announced_hosts(lines) == {0: (), 1: ("example.net",), 2: ("example.co.uk",)}


def test_a_host_in_a_sentence_is_not_announced() -> None:
    assert announced_hosts(["He said that other sites such as example.com were down."]) == {}


@pytest.mark.parametrize(
    "line", ["SHARE THIS ARTICLE", "Artikel teilen", "Read more: The pier", "Advertisement"]
)
def test_share_and_link_lines_are_known(line: str) -> None:
    assert is_share_line(line)


@pytest.mark.parametrize(
    "line", ["Share prices fell.", "Read more books, she said.", "Print is dead."]
)
def test_sentences_that_begin_like_them_are_not(line: str) -> None:
    assert not is_share_line(line)


def test_subscribe_lines_are_known() -> None:
    assert is_subscribe_line("Sign up for our newsletter to get the news by email.")
    assert not is_subscribe_line("Sign up sheets were full by noon.")


def test_corrections_are_known() -> None:
    assert is_correction("Correction: an earlier version misnamed the board.")
    assert is_correction("This story has been updated with a statement.")
    assert is_correction("CORRECTION (March 3): The length was wrong.")
    assert is_correction("In einer früheren Fassung stand ein falscher Name.")
    assert not is_correction("This story was told to me by a sailor.")


HOSTILE = [
    "a" * 600,
    " " * 600,
    "(" * 600,
    "AP " * 200,
    "AFP/" * 150,
    "A, " * 200,
    "www." * 150,
    "Photo: " * 80,
    "with reporting by " * 30,
    "-" * 600,
    "Sign up " * 70,
    "share " * 100,
]


@pytest.mark.parametrize("line", HOSTILE)
def test_no_line_takes_long(line: str) -> None:
    within(1, lambda: read_often(line))


def read_often(line: str) -> None:
    for _ in range(20):
        dateline(line)
        agencies_alone(line)
        agencies_at_work(line)
        list(credited(line, is_at_edge=True))
        picture_credits(line)
        announced_hosts([line])
        is_share_line(line)
        is_subscribe_line(line)
        is_correction(line)


@pytest.mark.parametrize(
    "line",
    [
        "Reuters – the news agency owned by Thomson – said on Monday it would cut jobs.",
        "Interfax - by far the largest agency of its kind - has been bought, people said.",
        "The Automobile Association (AA) – which has many members – warned of queues.",
        "The Associated Press (AP) - one of the oldest agencies - was founded by five papers.",
        "Die Deutsche Presse-Agentur (dpa) – sie hat ihren Sitz in Hamburg – feiert Geburtstag.",
        "AP: that is what the teachers call their advanced courses, and few pupils take them.",
        "SDA: Siebenten-Tags-Adventisten feiern in der Stadt ihr Jubiläum mit einem Gottesdienst.",
        "Mit Informationen zum Täter halte man sich zurück, sagte ein Sprecher der dpa am Abend.",
        "Mit Material aus drei Lagern versorgte man das Dorf, berichtete ein dpa-Reporter vor Ort.",
        "The minister told Reuters on Monday that the bridge would stay open until the spring.",
        "PTI leader Imran Khan was arrested again on Monday, his lawyers said outside the court.",
        "Via Reuters the minister let it be known that he would not stand again in the spring.",
        "По сообщению ТАСС, вчера в городе открыли новый мост через реку, его строили три года.",
        "Sources: Reuters reporter freed after nine days in a cell in the capital, his wife says.",
    ],
)
@pytest.mark.parametrize("is_last", [False, True])
def test_a_sentence_about_an_agency_or_to_one_is_no_credit(line: str, is_last: bool) -> None:
    lines = [*PARAGRAPHS, line] if is_last else [line, *PARAGRAPHS]
    assert sifted(lines, 500).values("wire_credit") == ()
