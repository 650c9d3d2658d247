"""The sample crawl that the demo runs on."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from subprocess import run
from urllib.parse import urlsplit

import lxml.html
import pytest
import trafilatura
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

import pipelines.sample
from pipelines.sample.expected import SampleTruth, sample_truth
from pipelines.sample.layouts import Sheet, page_html
from pipelines.sample.outlets import outlets
from pipelines.sample.pages import visit_html, visits
from pipelines.sample.stories import stories
from pipelines.sample.write import write_sample

ZWNJ = "\u200c"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def truth() -> dict[str, SampleTruth]:
    return {row.url: row for row in sample_truth()}


def articles() -> list[SampleTruth]:
    return [row for row in sample_truth() if row.fate == "article"]


def of_kind(kind: str) -> list[SampleTruth]:
    return [row for row in sample_truth() if row.kind == kind]


def responses(files: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in files:
        with path.open("rb") as stream:
            records = ArchiveIterator(
                stream, record_types=WarcRecordType.response, verify_digests=True
            )
            for record in records:
                yield record.headers["WARC-Target-URI"], record.reader.read()


def decoded() -> Iterator[tuple[SampleTruth, str]]:
    rows = {row.url: row for row in sample_truth()}
    for visit in visits():
        yield rows[visit.url], visit_html(visit).decode(visit.outlet.charset)


def four_grams(text: str, language: str) -> Counter[tuple[str, ...]]:
    # trafilatura takes zero-width non-joiners out, whatever else it does well.
    plain = text.replace(ZWNJ, "")
    units = list("".join(plain.split())) if language == "zh" else plain.split()
    return Counter(tuple(units[at : at + 4]) for at in range(len(units) - 3))


def f1(found: str, wanted: str, language: str) -> float:
    left, right = four_grams(found, language), four_grams(wanted, language)
    return 2 * (left & right).total() / (left.total() + right.total())


def test_two_calls_write_the_same_bytes(files: list[Path], tmp_path: Path) -> None:
    again = write_sample(tmp_path / "new" / "folder")
    assert [path.name for path in again] == [path.name for path in files]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in files]


def test_there_is_one_file_for_each_of_three_days(files: list[Path]) -> None:
    days = ("2026-03-02", "2026-03-03", "2026-03-04")
    assert [path.name for path in files] == [f"crawl-{day}.warc.gz" for day in days]


def test_fastwarc_reads_back_every_page_and_no_other(
    files: list[Path], truth: dict[str, SampleTruth]
) -> None:
    assert sorted(url for url, _ in responses(files)) == sorted(truth)


def test_warcio_finds_the_same_pages_with_good_digests(
    files: list[Path], truth: dict[str, SampleTruth]
) -> None:
    scores = []
    for path in files:
        with path.open("rb") as stream:
            for record in WarcioIterator(stream, check_digests="raise"):
                record.content_stream().read()
                if record.rec_type == "response":
                    scores.append(record.rec_headers.get_header("WARC-Target-URI"))
    assert sorted(scores) == sorted(truth)


def test_pages_stand_in_their_file_in_the_order_of_fetching(
    files: list[Path], truth: dict[str, SampleTruth]
) -> None:
    fetched = [truth[url].fetched_at for url, _ in responses(files)]
    assert fetched == sorted(fetched)


def test_every_page_but_the_image_parses_with_lxml(files: list[Path]) -> None:
    for url, body in responses(files):
        if not url.endswith(".gif"):
            assert lxml.html.document_fromstring(body) is not None, url


def test_article_pages_hold_each_paragraph_of_their_text_once() -> None:
    for row, html in decoded():
        shown = [
            element.text_content() for element in lxml.html.document_fromstring(html).iter("p")
        ]
        assert all(shown.count(paragraph) == 1 for paragraph in row.text.split("\n")), row.url


def test_no_article_is_empty_and_no_other_page_has_a_text() -> None:
    for row in sample_truth():
        is_article = row.fate == "article"
        assert bool(row.text) is bool(row.title) is bool(row.cluster) is is_article, row.url


def test_each_address_stands_once() -> None:
    urls = [row.url for row in sample_truth()]
    assert len(set(urls)) == len(urls)


def test_the_numbers_add_up() -> None:
    fates = Counter(row.fate for row in sample_truth())
    assert fates == {"article": 127, "rejected": 3, "skipped": 2}
    assert {row.kind for row in sample_truth() if row.fate == "skipped"} == {"not-found", "image"}
    assert {row.language for row in articles()} == {"en", "de", "es", "uk", "fa", "zh"}
    assert {row.wire for row in articles()} == {None, "AP", "Reuters", "AFP", "dpa"}


def test_each_host_has_enough_pages_to_show_its_boilerplate() -> None:
    pages = Counter(row.host for row in articles())
    assert min(pages.values()) >= 5


def test_no_text_is_a_mere_note() -> None:
    for row in articles():
        size = len(row.text) if row.language == "zh" else 3 * len(row.text.split())
        assert size >= 180, row.url


def test_every_mirrored_path_stands_on_both_hosts_with_one_text() -> None:
    places = {(row.host, urlsplit(row.url).path): row for row in articles()}
    for (_, path), row in places.items():
        if row.mirror_of:
            assert places[row.mirror_of, path].text == row.text


def test_announced_mirrors_share_eight_paths_and_the_silent_one_six() -> None:
    shared = Counter((row.kind, row.mirror_of, row.host) for row in articles() if row.mirror_of)
    assert shared == {
        ("mirror", "meridianherald.example", "mheraldworld.example"): 8,
        ("mirror", "meridianherald.example", "brickfieldpress.example"): 8,
        ("silent-mirror", "lakesidegazette.example", "shoreandhills.example"): 6,
    }


def test_the_outlet_announces_both_mirrors_one_announces_back_and_one_keeps_the_footer() -> None:
    footer = "website can also be accessed at the following alternate addresses:"
    hosts = {row.host for row, html in decoded() if footer in html}
    assert hosts == {"meridianherald.example", "mheraldworld.example", "brickfieldpress.example"}
    for host in ("meridianherald.example", "brickfieldpress.example"):
        own = next(html for row, html in decoded() if row.host == host)
        assert "<p>www.mheraldworld.example</p>\n<p>www.brickfieldpress.example</p>" in own


def test_a_copy_appears_after_its_original() -> None:
    first = {row.cluster: row for row in of_kind("original")}
    for row in articles():
        if row.kind in {"copy", "trimmed", "edited", "revision"}:
            home = first[row.cluster]
            assert home.published_at is not None
            assert row.published_at is not None
            assert row.published_at > home.published_at, row.url
            assert row.fetched_at > home.fetched_at, row.url


def test_each_story_has_one_original_or_is_of_its_own_kind() -> None:
    originals = Counter(row.cluster for row in of_kind("original"))
    assert max(originals.values()) == 1
    alone = {row.cluster for row in articles() if row.kind in {"template", "roundup"}}
    assert alone.isdisjoint(originals)
    assert {row.cluster for row in articles()} == alone | set(originals) == set(stories())


def test_every_planned_edit_changes_the_text() -> None:
    for outlet in outlets():
        for page in outlet.pages:
            body = "\n".join(page.story.paragraphs)
            assert all(old in body for old, _ in page.replace), page.title


def test_the_revision_says_what_it_corrects() -> None:
    (revision,) = of_kind("revision")
    assert "Correction:" in revision.text
    assert "238 turned the rota down" in revision.text


def test_the_roundup_carries_the_openings_of_three_stories() -> None:
    (roundup,) = of_kind("roundup")
    texts = {row.cluster: row.text.split("\n") for row in of_kind("original")}
    assert len(roundup.contains) == 3
    assert all(texts[cluster][1] in roundup.text for cluster in roundup.contains)


def test_the_lookalike_differs_by_one_letter_and_carries_a_copied_text() -> None:
    rows = [row for row in articles() if row.lookalike_of]
    host, imitated = rows[0].host, rows[0].lookalike_of
    assert imitated in {host[:at] + host[at + 1 :] for at in range(len(host))}
    own = {row.text for row in articles() if row.host == imitated}
    assert sum(row.text in own for row in rows) >= 2


def test_a_printed_credit_stands_in_the_text() -> None:
    for row in articles():
        for name in (row.wire, row.outlet_credit):
            assert name is None or name in row.text, row.url


def test_an_outlet_is_never_credited_by_itself() -> None:
    assert all(row.outlet_credit != row.outlet for row in articles())


def test_photo_credits_of_agencies_stand_on_pages_without_a_text_credit() -> None:
    credited = {row.cluster for row, html in decoded() if "<figcaption>" in html and not row.wire}
    assert {"glass", "almendros", "leleky"} <= credited


def test_persian_pages_keep_their_zero_width_non_joiners() -> None:
    assert all(ZWNJ in html for row, html in decoded() if row.language == "fa")


def test_what_an_author_writes_cannot_become_markup() -> None:
    sheet = Sheet(
        layout="newsroom",
        site="A & B",
        language="en",
        charset="utf-8",
        url="https://a.example/?a=1&b=2",
        title='"Fish" </script><b>chips</b>',
        section="<i>",
        byline="O'Neil",
        published=articles()[0].fetched_at,
        paragraphs=("one < two", "$title"),
    )
    html = page_html(sheet)
    tree = lxml.html.document_fromstring(html)
    assert tree.xpath("string(//h1)") == sheet.title
    assert [p.text for p in tree.xpath("//*[@class='story-body']/p")] == list(sheet.paragraphs)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//b")


def test_trafilatura_recovers_the_body_of_one_page_of_each_host() -> None:
    of_host = {row.host: (row, html) for row, html in decoded()}
    for row, html in of_host.values():
        extracted = trafilatura.extract(html, include_comments=False) or ""
        assert f1(extracted, row.text, row.language) >= 0.9, row.url


def test_making_the_sample_does_not_import_beam() -> None:
    code = "import sys, pipelines.sample; sys.exit('apache_beam' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_package_data_stays_small() -> None:
    folder = Path(pipelines.sample.__file__).parent
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.suffix in {".toml", ".html"}]
    assert sum(sizes) < 300_000
