"""The encoding of a table is told by its bytes; damage costs its own characters."""

import codecs
import json
from io import BytesIO

import pytest

from schemas.page import TextRow
from sources.tables.column_mappings import DEFAULT
from sources.tables.csv_rows import read_csv
from sources.tables.json_rows import read_json

TEXTS = {
    "cp1252": "Die Brücke über den Fluß – “größer” als je",
    "cp1251": "Совет города снова собрался во вторник вечером",
    "koi8-r": "Совет города снова собрался во вторник вечером",
    "cp1254": "Belediye meclisi salı akşamı yeniden toplandı",
    "cp1256": "اجتمع المجلس مرة أخرى مساء الثلاثاء",
    "cp874": "สภาเทศบาลประชุมอีกครั้ง",
    "cp932": "町議会は火曜日①の夜に再び開かれた。",
    "euc_jp": "町議会は火曜日の夜に再び開かれた。",
    "gb18030": "市议会星期二晚上再次开会。保留旧桥",
    "big5": "市議會星期二晚上再次開會",
    "euc_kr": "시의회가 화요일 저녁에 다시 모였다",
    "utf-8": "Die Brücke über den Fluß, 町議会",
    "utf-8-sig": "Die Brücke über den Fluß, 町議会",
    "utf-16": "Die Brücke über den Fluß, 町議会",
    "utf-16-le": "The bridge over the river, größer",
    "utf-16-be": "The bridge over the river, größer",
    "utf-32": "Die Brücke über den Fluß, 町議会",
}


def csv_texts(data: bytes) -> list[str]:
    rows = list(read_csv(BytesIO(data), "in.csv", DEFAULT))
    return [row.text for row in rows if isinstance(row, TextRow)]


@pytest.mark.parametrize(("encoding", "text"), TEXTS.items())
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_in_the_encoding_it_was_written_in(
    encoding: str, text: str, line_end: str
) -> None:
    lines = ["url,text", *(f'https://a.example/{n},"{n}. {text}"' for n in range(30)), ""]
    data = line_end.join(lines).encode(encoding)
    assert csv_texts(data) == [f"{n}. {text}" for n in range(30)]


def json_rows(data: bytes) -> list[TextRow]:
    rows = list(read_json(BytesIO(data), "in.jsonl", DEFAULT))
    assert all(isinstance(row, TextRow) for row in rows), rows
    return [row for row in rows if isinstance(row, TextRow)]


@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_byte_of_another_encoding_costs_its_own_row(language: str) -> None:
    word = {"de": "Brücke größer", "fr": "école né"}[language]
    lines = [json.dumps({"text": f"{word} {n}"}, ensure_ascii=False) for n in range(40)]
    data = [line.encode("cp1252" if n == 3 else "utf-8") for n, line in enumerate(lines)]
    rows = json_rows(b"\n".join(data))
    assert [row.text for row in rows if not row.flags] == [
        f"{word} {n}" for n in range(40) if n != 3
    ]
    assert rows[3].flags == ("text-undecodable",)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_mark_of_another_encoding_costs_the_first_line(mark: bytes) -> None:
    lines = [json.dumps({"text": f"text {n}"}) for n in range(9)]
    data = mark + "\n".join(lines).encode()
    texts = [
        row.text
        for row in read_json(BytesIO(data), "in.jsonl", DEFAULT)
        if isinstance(row, TextRow)
    ]
    assert texts == [f"text {n}" for n in range(1, 9)]


def test_a_character_at_the_end_of_the_sample_is_not_taken_for_damage() -> None:
    before = b'{"text": "' + b"x" * ((1 << 18) - 11)
    rows = json_rows(before + "é and ü".encode() + b'"}\n')
    assert rows[0].text.endswith("é and ü")
    assert rows[0].flags == ()
