"""What the API answers: the same as the commands, over all runs."""

import json
from datetime import datetime
from typing import Any

from pipelines.index.answer import answer
from pipelines.index.json_forms import answer_content, as_json
from tests.pipelines.serve.conftest import DAYS, Served, rows_of, text


def of_day(served: Served, day: str, **more: Any) -> list[Any]:
    hits: list[Any] = served.get("/api/search", since=day, until=day, **more)["hits"]
    return hits


def test_a_pasted_text_finds_its_copies_in_the_order_of_time(served: Served) -> None:
    status, content = served.post("/api/match", {"text": rows_of(DAYS[1], 100)[0]["text"]})
    assert status == 200
    assert [match["relation"] for match in content["matches"]] == ["exact", "near", "near"]
    times = [datetime.fromisoformat(match["published_at"]) for match in content["matches"]]
    assert times == sorted(times)
    assert {match["run_id"] for match in content["matches"]} == {DAYS[1]}


def test_one_sentence_is_enough(served: Served) -> None:
    sentence = " ".join(text(103).split()[:9])
    assert served.post("/api/match", {"text": sentence})[1]["count"] == 3


def test_a_published_article_is_answered_as_the_command_does(served: Served) -> None:
    address = rows_of(DAYS[0], 0)[0]["url"]
    command = json.loads(as_json(answer_content(answer(address, str(served.output)))))
    status, content = served.post("/api/match", {"article": address})
    assert status == 200
    assert content.pop("count") == len(content["matches"]) == 2
    assert content == command


def test_words_outlet_and_days_are_searched_over_all_runs(served: Served) -> None:
    assert served.get("/api/search", words="headline", top=500)["count"] == 6 * len(DAYS)
    assert served.get("/api/search", outlet="lakeside.example")["count"] == 2 * len(DAYS)
    assert {hit["run_id"] for hit in of_day(served, DAYS[1])} == {DAYS[1]}
    both = of_day(served, DAYS[1], words="headline other", outlet="HTTPS://lakeside.example")
    assert both == []  # an outlet is a name or a host, no address
    both = of_day(served, DAYS[1], words="headline other", outlet="www.Lakeside.example")
    assert [hit["host"] for hit in both] == ["lakeside.example"]
    assert served.get("/api/search", since="2026-03-05")["hits"] == []


def test_a_search_for_nothing_is_an_error_that_says_what_to_give(served: Served) -> None:
    for address in ("/api/search", "/api/search?words=%2B%2B&outlet=lakeside.example"):
        answered, content = served.ask(address)
        assert answered.status == 422
        assert "give letters or digits" in json.loads(content)["error"]["message"]


def test_a_story_has_the_lines_of_the_report_and_its_run(served: Served) -> None:
    hit = of_day(served, DAYS[-1])[0]
    content = served.get("/api/story", id=hit["cluster_id"])
    assert content["run"] == DAYS[-1]
    assert len(content["detail"]["members"]) == content["story"]["articles"] == 3
    assert len(content["detail"]["texts"]) == 3


def test_an_outlet_has_evidence_edges_and_a_history_of_every_run(served: Served) -> None:
    content = served.get("/api/outlet", id="lakeside.example")
    assert content["outlets"]["rows"][0]["hosts"] == ["lakeside.example"]
    assert content["network"]["edges"]
    history = served.get("/api/outlet/history", id="lakeside.example")
    assert [run["run"] for run in history["runs"]] == list(DAYS)
    for run in history["runs"]:
        k, n, rate, low, high = run["shares"]["clustered"]
        assert (k, n, rate) == (2, 2, 1.0)
        assert 0 < low < rate <= high <= 1


def test_a_rate_below_the_least_count_stays_unknown(served: Served) -> None:
    [outlet] = served.get("/api/outlets", name="VALLEY")["outlets"]
    assert (outlet["articles"], outlet["runs"]) == (2, len(DAYS))
    history = served.get("/api/outlet/history", id="valley.example")
    shares = [values for run in history["runs"] for values in run["shares"].values()]
    few = [values for values in shares if values[1] is not None and values[1] < 2]
    assert few
    assert all(values[2:] == [None] * 3 for values in few)


def test_what_is_not_there_is_not_found(served: Served) -> None:
    addresses = ("/api/story?id=x", "/api/outlet?id=x", "/api/outlet/history?id=x", "/api/x")
    for address in (*addresses, "/api/story?id=x&run=../..", "/api/outlet?id=x&run=2020-01-01"):
        assert served.ask(address)[0].status == 404, address
    assert served.post("/api/match", {"article": "https://nobody.example/x"})[0] == 404


def test_runs_are_told_the_newest_first(served: Served) -> None:
    runs = served.get("/api/runs")["runs"]
    assert [run["run"] for run in runs] == list(DAYS[::-1])
    assert all(run["is_indexed"] and run["articles"] == 6 for run in runs)


def test_an_evidence_sheet_is_the_one_of_the_command(served: Served) -> None:
    left, right = (hit["article_id"] for hit in of_day(served, DAYS[0], words="headline zero")[:2])
    answered, content = served.ask(f"/evidence?left={left}&right={right}")
    assert answered.status == 200
    assert answered.headers["content-type"].startswith("text/html")
    assert b"<script" not in content
    assert b"&lt;script&gt;window.hit" in content
