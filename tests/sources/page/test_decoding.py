import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.page.decoding import decoded

RUSSIAN = "Городской совет решил не закрывать старый мост на время ремонта северной арки. "


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("shift_jis", "町議会は火曜日の夜、古い橋を開けておくことを決めた。"),
        ("gb18030", "镇议会星期二晚间表决通过，老桥将继续对行人开放。"),
        ("big5", "鎮議會星期二晚間表決通過，老橋將繼續對行人開放。"),
        ("cp1256", "أعلن مجلس البلدة أن الجسر القديم سيبقى مفتوحا أمام المارة"),
    ],
)
def test_encodings_are_detected_where_nothing_names_them(encoding: str, text: str) -> None:
    body = f"<html><body><p>{text * 8}</p></body></html>".encode(encoding)
    assert text in decoded(body, None).text


def test_utf_8_bytes_are_utf_8_whatever_the_header_says() -> None:
    assert decoded(RUSSIAN.encode(), "iso-8859-1").text == RUSSIAN


@given(
    text=st.text(st.sampled_from("añéßжмن町🙂 ."), min_size=10, max_size=200),
    bad=st.lists(st.tuples(st.integers(0, 200), st.integers(0xC0, 0xFF)), min_size=1, max_size=5),
    charset=st.sampled_from([None, "utf-8", "iso-8859-1", "windows-1251"]),
)
def test_bad_bytes_never_change_the_encoding_of_a_page_with_as_many_letters_in_utf_8(
    text: str, bad: list[tuple[int, int]], charset: str | None
) -> None:
    letters = [letter.encode() for letter in text]
    for at, byte in bad:
        # a sequence of its own: a lead byte without what follows it
        letters.insert(min(at, len(letters)), bytes([byte]) + b" ")
    if sum(map(ord, text)) and sum(letter > "\x7f" for letter in text) >= len(bad):
        read = decoded(b"".join(letters), charset)
        assert (read.encoding, read.flags) == ("utf-8", ("text-undecodable",))
        assert read.text.count("\ufffd") == len(bad)


def test_a_page_that_says_it_is_in_utf_8_stays_so_with_one_bad_byte_among_ascii() -> None:
    body = b'<meta charset="utf-8"><p>The caf\xe9 at the bridge is open.</p>'
    assert decoded(body, None).encoding == "utf-8"
    assert "café" in decoded(body.replace(b"utf-8", b"latin1"), None).text


@pytest.mark.parametrize(
    ("header", "page", "text"),
    [
        ("iso-8859-1", "windows-1251", RUSSIAN),
        ("iso-8859-1", "gb2312", "镇议会星期二晚间表决通过，老桥将继续对行人开放。"),
        ("windows-1251", "iso-8859-1", RUSSIAN),
    ],
)
def test_the_old_default_of_servers_does_not_beat_what_a_page_says_and_a_flag_tells_of_both(
    header: str, page: str, text: str
) -> None:
    meant = page if header == "iso-8859-1" else header
    body = f'<meta charset="{page}">{text}'.encode(meant)
    read = decoded(body, header)
    assert text in read.text
    assert read.flags == ("encoding-disputed",)


def test_bytes_that_disprove_a_claim_leave_nothing_to_dispute() -> None:
    body = b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251")
    assert decoded(body, "utf-8").flags == ()
    assert decoded(RUSSIAN.encode(), "windows-1251").flags == ()


def test_the_header_is_believed_where_the_bytes_are_not_utf_8() -> None:
    assert decoded("Größe".encode("latin-1"), "iso-8859-1").text == "Größe"


def test_the_page_names_its_encoding_where_the_header_does_not() -> None:
    body = b'<meta charset="windows-1251">' + RUSSIAN.encode("cp1251")
    assert RUSSIAN in decoded(body, None).text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert decoded(RUSSIAN.encode(encoding), "windows-1251").text == RUSSIAN


def test_zero_bytes_inside_text_are_dropped() -> None:
    assert decoded(b"bri\0dge", None).text == "bridge"


def test_random_bytes_are_binary() -> None:
    body = bytes((at * at * 31 + at // 7) % 256 for at in range(20_000))
    assert decoded(body, "utf-8").is_binary


@given(st.binary(max_size=400), st.none() | st.text(max_size=20) | st.just("idna"))
def test_no_bytes_and_no_claim_make_it_raise(body: bytes, charset: str | None) -> None:
    assert "\0" not in decoded(body, charset).text
