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


def test_one_bad_byte_does_not_turn_the_page_into_mojibake() -> None:
    body = (RUSSIAN * 20).encode() + b"\xff" + (RUSSIAN * 20).encode()
    assert decoded(body, None).text.count(RUSSIAN) == 40


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
