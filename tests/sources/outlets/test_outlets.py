"""Which source a host is, with and without a registry."""

from datetime import date

from sources.mirrors.evidence import ANNOUNCED, REGISTRY, MirrorEvidence, MirrorGroup, merged_hosts
from sources.mirrors.groups import mirror_groups
from sources.mirrors.rules import MirrorRules
from sources.outlets.outlets import (
    HostSeen,
    Source,
    Tenure,
    registry_evidence,
    sources_of_hosts,
    units_of_hosts,
)
from sources.outlets.registry import Domain, Outlet, Registry

EMPTY = Registry()
SPRING = (date(2024, 3, 1), date(2024, 5, 31))
SOLD = date(2024, 6, 30)
QUAY = Outlet(
    "quay",
    "The Quay",
    domains=(Domain("quay.example"), Domain("quaynews.example", until=SOLD)),
)
BUYER = Outlet("buyer", "Buyer", domains=(Domain("quaynews.example", since=date(2024, 7, 1)),))
REGISTRY_OF_TWO = Registry((BUYER, QUAY))


def mutual(a: str, b: str) -> list[MirrorEvidence]:
    return [
        MirrorEvidence(host, other, ANNOUNCED, 9, 9, "1", "", None, None)
        for host, other in ((a, b), (b, a))
    ]


def tenures_of(
    hosts: dict[str, HostSeen],
    evidence: list[MirrorEvidence] | None = None,
    registry: Registry = EMPTY,
) -> dict[str, tuple[Tenure, ...]]:
    units = units_of_hosts(hosts, registry)
    all_evidence = [*(evidence or []), *registry_evidence(hosts, units, registry)]
    groups = merged_hosts(mirror_groups(all_evidence, MirrorRules(), units))
    return sources_of_hosts(hosts, groups, units, registry)


def source(tenures: tuple[Tenure, ...], day: date | None = None) -> Source:
    return next(tenure.source for tenure in tenures if tenure.days.holds(day))


def seen(paths: int = 1, days: tuple[date, date] = SPRING) -> HostSeen:
    return HostSeen(paths, *days)


def test_a_group_is_the_source_of_its_host_with_most_paths() -> None:
    hosts = {"a.example": seen(1), "b.example": seen(9)}
    tenures = tenures_of(hosts, mutual("a.example", "b.example"))
    assert {source(of_host).source_id for of_host in tenures.values()} == {"b.example"}


def test_other_hosts_of_a_merged_domain_come_along() -> None:
    hosts = {"a.example": seen(3), "b.example": seen(2), "sport.b.example": seen(1)}
    tenures = tenures_of(hosts, mutual("a.example", "b.example"))
    assert source(tenures["sport.b.example"]).source_id == "a.example"


def test_a_lookalike_is_a_source_of_its_own() -> None:
    tenures = tenures_of({"brightherald.example": seen(5), "brighthherald.example": seen(5)})
    assert len({source(of_host).source_id for of_host in tenures.values()}) == 2


def test_how_a_source_is_known_is_told() -> None:
    hosts = {"192.0.2.1": seen(), "a.example": seen(), "quay.example": seen()}
    tenures = tenures_of(hosts, registry=REGISTRY_OF_TWO)
    assert {host: source(of_host).basis for host, of_host in tenures.items()} == {
        "192.0.2.1": "host",
        "a.example": "registrable_domain",
        "quay.example": "registry",
    }


def test_domains_of_a_registry_outlet_are_one_source_with_its_id_and_name() -> None:
    hosts = {"quay.example": seen(1), "sport.quaynews.example": seen(9)}
    tenures = tenures_of(hosts, registry=REGISTRY_OF_TWO)
    sources = {source(of_host, SPRING[0]) for of_host in tenures.values()}
    assert {(outlet.source_id, outlet.basis, outlet.name) for outlet in sources} == {
        ("quay", "registry", "The Quay")
    }
    assert len({outlet.mirror_group_id for outlet in sources}) == 1


def test_the_registrys_word_is_evidence() -> None:
    hosts = {"quay.example": seen(9), "quaynews.example": seen(1), "a.example": seen(1)}
    units = units_of_hosts(hosts, REGISTRY_OF_TWO)
    (row,) = registry_evidence(hosts, units, REGISTRY_OF_TWO)
    assert (row.host_a, row.host_b, row.kind) == ("quay.example", "quaynews.example", REGISTRY)
    assert row.snippet == "quay: quay.example, quaynews.example"


def test_what_announces_a_registry_outlet_and_is_announced_by_it_joins_it() -> None:
    hosts = {"quay.example": seen(1), "z.example": seen(9)}
    tenures = tenures_of(hosts, mutual("quay.example", "z.example"), REGISTRY_OF_TWO)
    assert {source(of_host).source_id for of_host in tenures.values()} == {"quay"}


def test_a_domain_is_the_outlets_that_had_it_on_the_articles_day() -> None:
    hosts = {"quaynews.example": seen(2, (date(2024, 6, 1), date(2024, 8, 1)))}
    (tenures,) = tenures_of(hosts, registry=REGISTRY_OF_TWO).values()
    assert source(tenures, SOLD).source_id == "quay"
    assert source(tenures, date(2024, 7, 1)).source_id == "buyer"


def test_a_host_that_changed_hands_takes_no_host_below_it_along() -> None:
    hosts = {
        "quaynews.example": seen(2, (date(2024, 6, 1), date(2024, 8, 1))),
        "sport.quaynews.example": seen(1, SPRING),
        "mail.quaynews.example": HostSeen(1),
    }
    tenures = tenures_of(hosts, mutual("mail.quaynews.example", "a.example"), REGISTRY_OF_TWO)
    assert source(tenures["sport.quaynews.example"], SPRING[0]).source_id == "quay"
    assert source(tenures["mail.quaynews.example"]).basis == "declared_mirrors"


def test_an_undated_article_of_a_host_that_changed_hands_is_neither_outlets() -> None:
    hosts = {"quaynews.example": seen(2, (date(2024, 6, 1), date(2024, 8, 1)))}
    (tenures,) = tenures_of(hosts, registry=REGISTRY_OF_TWO).values()
    assert source(tenures, None) == Source(
        "quaynews.example", "registrable_domain", None, "quaynews.example"
    )


def test_before_its_first_day_a_domain_is_nobodys() -> None:
    registry = Registry((BUYER,))
    tenures = tenures_of({"quaynews.example": seen()}, registry=registry)
    assert source(tenures["quaynews.example"], SPRING[0]).basis == "registrable_domain"


def test_a_host_that_is_named_itself_goes_before_the_domain_above_it() -> None:
    paper = Outlet("paper", "Paper", domains=(Domain("p.example"),))
    blog = Outlet("blog", "Blog", domains=(Domain("blog.p.example"),))
    hosts = {"p.example": seen(), "blog.p.example": seen(), "a.blog.p.example": seen()}
    tenures = tenures_of(hosts, registry=Registry((blog, paper)))
    assert {host: source(of_host).source_id for host, of_host in tenures.items()} == {
        "p.example": "paper",
        "blog.p.example": "blog",
        "a.blog.p.example": "blog",
    }


def test_hosts_of_candidates_keep_their_own_source() -> None:
    group = MirrorGroup("m", ("a.example", "b.example"), "candidate", "")
    assert merged_hosts([group]) == {}
