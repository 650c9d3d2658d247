// One outlet: its hosts with the evidence that joins them, its measures, partners, look-alikes.

function outletPanel(content, id) {
  const one = content.outlets.rows.find((row) => row.id === id);
  if (!one) return null;
  const { measures } = content.outlets;
  const lists = measures.filter((measure) => measure.kind === "list");
  const figures = measures.filter((measure) => measure.kind !== "list");
  return {
    title: said(one.name ?? one.id),
    body: [
      el("p", { class: "note" }, "Outlet ", said(one.id), `, ${plural(one.hosts.length, "host")}.`),
      hostPart(content, one),
      lookalikePart(one),
      edgePart(content, one.id),
      el("h3", {}, "Measures"),
      el("dl", { class: "measures" }, figures.map((measure) => measureEntry(content, one, measure))),
      lists.map((measure) => listEntry(one, measure, measures)),
    ],
  };
}

function measureEntry(content, one, measure) {
  const place = content.outlets.measures.indexOf(measure);
  const means = measure.of ? `${measure.description}, of ${measure.of}` : measure.description;
  return el("div", {}, el("dt", {}, spoken(measure.name)), el("dd", {}, measureCell(measure, one.values[place], one.absent[place], true), el("span", { class: "tip" }, means)));
}

function listEntry(one, measure, measures) {
  const value = one.values[measures.indexOf(measure)];
  if (value === null || !value.length) return null;
  return el("section", {}, el("h3", {}, spoken(measure.name)), el("p", { class: "note" }, measure.description), el("ul", {}, value.map((entry) => el("li", {}, said(entry)))));
}

function hostPart(content, one) {
  const hosts = new Set(one.hosts);
  const groups = content.mirrors.groups.filter((group) => group.hosts.some((host) => hosts.has(host)));
  const evidence = content.mirrors.evidence.filter(([a, b]) => hosts.has(a) || hosts.has(b));
  return [
    el("h3", {}, "Hosts"),
    el("ul", {}, one.hosts.map((host) => el("li", {}, said(host)))),
    groups.filter((group) => group.class === "declared").map(groupEntry),
    candidatePart(groups.filter((group) => group.class !== "declared")),
    evidence.length ? evidenceTable(evidence) : el("p", { class: "note" }, "Nothing was seen that ties its hosts to others."),
  ];
}

function groupEntry(group) {
  return el("p", {}, el("span", { class: "badge" }, spoken(group.class)), " ", said(group.hosts.join(", ")), el("br"), el("span", { class: "note" }, said(group.rule)));
}

function candidatePart(groups) {
  const clones = groups.filter((group) => group.class === "clone_candidate");
  const others = groups.filter((group) => group.class !== "clone_candidate");
  return [
    others.length ? [
      el("h3", {}, "Hosts that are not joined with it"),
      el("p", { class: "note" }, "They share its texts or name it. An outlet's own mirror looks so, and so does a clone: which of the two it is a person has to find out. copytrail registry suggest prints the entry that confirms a mirror."),
      others.map(groupEntry),
    ] : null,
    clones.length ? [
      el("h3", {}, "Hosts of which one repeats the other"),
      el("p", { class: "note" }, "One has nearly all paths and texts of the other, was seen with them later, and the other does not name it. It may be a clone, an archive or a mirror that was not announced: look before you say so."),
      clones.map(groupEntry),
    ] : null,
  ];
}

function evidenceTable(evidence) {
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Evidence on hosts" },
    el(
      "table",
      { class: "evidence" },
      el("caption", {}, "What was seen of two hosts"),
      el("thead", {}, el("tr", {}, ["host", "other host", "kind", "seen", "passage or path"].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, evidence.map(([a, b, kind, observed, checked, snippet]) => el("tr", {}, el("td", {}, said(a)), el("td", {}, said(b)), el("td", {}, spoken(kind)), el("td", { class: "n" }, `${count(observed)} of ${count(checked)}`), el("td", {}, said(snippet))))),
    ),
  );
}

function lookalikePart(one) {
  if (one.looks === null) return el("p", { class: "note" }, "Whether its name resembles another's is unknown.");
  if (!one.looks.length) return null;
  return [
    el("h3", {}, "Names that resemble this one"),
    el("p", { class: "note" }, "A candidate for a closer look. Most hosts with similar names have nothing to do with each other."),
    el("ul", {}, one.looks.map((other) => el("li", {}, said(other.host), `: rule ${spoken(other.rule)}, distance ${figure(other.distance)}; ${count(other.n_shared_texts)} of ${count(other.n_texts)} texts shared`))),
  ];
}

function edgePart(content, id) {
  const { edges } = content.network;
  return [
    edgeList("Carries texts of", edges.filter((edge) => edge[1] === id && edge[2]), 0),
    edgeList("Is carried by", edges.filter((edge) => edge[0] === id && edge[2]), 1),
    edgeList("Shares texts, direction unknown", edges.filter((edge) => edge[1] === id && edge[5]), 0, true),
  ];
}

function edgeList(title, edges, other, isOpen = false) {
  if (!edges.length) return null;
  return [
    el("h3", {}, title),
    el("ul", {}, edges.slice(0, 12).map((edge) => el("li", {}, outletLink(edge[other]), isOpen ? `: ${plural(edge[5], "article")}` : `: ${plural(edge[2], "article")}, ${count(edge[3])} with a credit${edge[6] === null ? "" : `, median lag ${lag(edge[6])}`}`))),
    edges.length > 12 ? el("p", { class: "note" }, `and ${count(edges.length - 12)} more in the table copy_edges`) : null,
  ];
}

function outletLink(id) {
  return id.startsWith("wire:") ? said(`agency ${id.slice(5)}`) : el("a", { href: `#outlet=${encodeURIComponent(id)}` }, said(id));
}
