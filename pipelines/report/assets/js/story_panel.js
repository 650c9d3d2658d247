// One story: a timeline by outlet, its articles, a comparison of any two versions, disagreements.

const ROLES = {
  earliest_observed: ["earliest observed", "star", "the first of this text in the crawl, by what its page claims and when it was fetched; its author may be somebody else"],
  copy: ["copy", "circle", "holds most of a text that was observed elsewhere before"],
  excerpt: ["excerpt", "triangle", "holds a part of such a text"],
  revision: ["revision", "square", "the same outlet's own text again, changed or not"],
  mirror: ["mirror", "diamond", "the same page on another host of the outlet"],
  undetermined: ["undetermined", "times", "shares the text, and nothing shows who had it before"],
};

function roleMark(role) {
  const type = { star: d3.symbolStar, circle: d3.symbolCircle, triangle: d3.symbolTriangle, square: d3.symbolSquare, diamond: d3.symbolDiamond, times: d3.symbolTimes }[(ROLES[role] ?? ["", "circle"])[1]];
  const paint = type === d3.symbolTimes ? { stroke: "currentColor", "stroke-width": 2, fill: "none" } : { fill: "currentColor" };
  return svg("svg", { viewBox: "-8 -8 16 16", class: `role-${role}`, "aria-hidden": "true" }, svg("path", { d: d3.symbol(type, 70)(), ...paint }));
}

function roleText(role) {
  return (ROLES[role] ?? [spoken(role)])[0];
}

async function storyPanel(content, id) {
  const story = content.stories.find((one) => one.id === id);
  const detail = await storyDetail(content, id);
  if (!story && !detail) return null;
  const head = story ? [el("p", { class: "note" }, `${plural(story.articles, "article")} of ${plural(story.outlets, "outlet")}, ${plural(story.independent, "different text")} once copies are collapsed. `, story.first === null ? "No page gives a date." : `Claimed from ${time(story.first)} to ${time(story.last)} UTC.`)] : [];
  if (!detail) return { title: said(story.title), body: [...head, noRoom(id)] };
  return {
    title: said(story?.title ?? detail.members[0]?.title),
    body: [
      ...head,
      story && story.articles > detail.members.length ? el("p", { class: "note" }, `The first ${detail.members.length} articles are shown; all are in the table cluster_timeline.`) : null,
      firstDifference(detail),
      el("h3", {}, "Timeline by outlet"),
      timeline(detail.members),
      roleLegend(detail.members),
      disagreements(detail),
      comparison(detail, content.beside),
      el("h3", {}, "Articles in time order"),
      memberTable(detail),
    ],
  };
}

function noRoom(id) {
  return el("p", {}, "This page has no room for the texts of this story. ", el("code", {}, `copytrail explain cluster ${id}`), " shows them, and they are in the tables articles and cluster_timeline.");
}

function timeline(members) {
  const dated = members.filter((one) => one.claimed !== null).map((one) => ({ ...one, at: new Date(one.claimed * 1000) }));
  if (!dated.length) return el("p", { class: "note" }, "No page gives a date.");
  const outlets = [...new Set(dated.map((one) => one.outlet))].slice(0, 60);
  const isNarrow = window.innerWidth < 640;
  const short = (id) => (isNarrow && id.length > 17 ? `${id.slice(0, 16)}…` : id);
  return asPicture(Plot.plot({
    className: "plot",
    ariaLabel: "When each outlet claims to have published",
    width: isNarrow ? 380 : 1020,
    height: 20 * outlets.length + 50,
    marginLeft: isNarrow ? 126 : 200,
    marginRight: 24,
    x: { type: "utc", label: null, grid: true, ticks: isNarrow ? 4 : 10, tickFormat: clock },
    y: { domain: outlets, label: null, tickFormat: short },
    symbol: { domain: Object.keys(ROLES), range: Object.values(ROLES).map(([, shape]) => shape) },
    color: { type: "identity" },
    marks: [
      Plot.ruleY(outlets, { stroke: "var(--line)" }),
      Plot.dot(dated, {
        filter: (one) => outlets.includes(one.outlet),
        x: "at", y: "outlet", r: 5.5,
        symbol: (one) => (one.role in ROLES ? one.role : "copy"),
        stroke: (one) => `var(--${one.role === "earliest_observed" ? "earliest" : one.role in ROLES ? one.role : "copy"})`,
        fill: (one) => (one.role === "undetermined" || one.zone === null ? "var(--paper)" : `var(--${one.role === "earliest_observed" ? "earliest" : one.role in ROLES ? one.role : "copy"})`),
        title: (one) => `${one.outlet}, ${time(one.claimed)}: ${roleText(one.role)}`,
      }),
    ],
  }));
}

// Midnight is its day, everything else a time of day by 24 hours.
function clock(moment) {
  return moment.getUTCHours() || moment.getUTCMinutes() ? d3.utcFormat("%H:%M")(moment) : d3.utcFormat("%-d %b")(moment);
}

function roleLegend(members) {
  const met = Object.keys(ROLES).filter((role) => members.some((one) => one.role === role));
  return el("ul", { class: "legend" }, met.map((role) => el("li", {}, roleMark(role), ` ${roleText(role)}: ${ROLES[role][2]}`)), members.some((one) => one.claimed !== null && one.zone === null) ? el("li", {}, "hollow: the claim names no time zone and may be hours off") : null);
}

// Every mark of this page in plain words.
function showLegend() {
  const others = [
    ["k of n", "counted, of how many; a rate with its 95 % interval is given from enough articles on"],
    ["bar with a line", "a rate (line) and the range in which it may lie (bar), from 0 at the left to 1"],
    ["stepped line", "a story's copies over time: each step is a dated copy, the large dot the first claim"],
    ["hollow mark", "the claim names no time zone, or nobody was clearly first"],
    ["diamond among the dots", "an agency that credits name, which need not be in the crawl"],
    ["dashed line without an arrow", "two outlets share text, and nothing shows who had it before"],
    ["resembles another name", "its host looks like another's by a rule; a candidate for a closer look and no more"],
    ["struck and underlined words", "words that only the first, or only the second of two versions has; framed where they are a number, a date, a name or a quotation"],
  ];
  byId("legend").append(
    ...Object.entries(ROLES).flatMap(([role, [name, , words]]) => [el("dt", {}, el("span", { class: `legend role-${role}` }, roleMark(role)), " ", name), el("dd", {}, words)]),
    ...others.flatMap(([name, words]) => [el("dt", {}, name), el("dd", {}, words)]),
  );
}

function memberTable(detail) {
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Articles of this story" },
    el(
      "table",
      { id: "member-table", class: "cards" },
      el("thead", {}, el("tr", {}, ["claimed (UTC)", "lag", "outlet and headline", "role", "credit", "opening"].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, detail.members.map((one) => memberRow(detail, one))),
    ),
  );
}

// A lag is the claim less that of the first observed, where both claim a time of day.
function noLag(one) {
  if (one.role === "earliest_observed") return "the first";
  if (one.claimed === null) return "no date";
  return one.role === "undetermined" ? "no clear first" : "no time of day";
}

function memberRow(detail, one) {
  const text = one.version === null ? null : detail.texts[one.version];
  return el(
    "tr",
    {},
    el("td", { class: "n", "data-label": "claimed (UTC)" }, time(one.claimed), one.claimed !== null && one.zone === null ? el("span", { class: "hosts" }, "no zone given") : null, one.claimed === null ? el("span", { class: "hosts" }, `fetched ${time(one.seen)}`) : null),
    el("td", { class: "n", "data-label": "lag" }, one.lag === null ? unknown(noLag(one)) : lag(one.lag)),
    el("td", {}, el("b", {}, said(one.outlet)), el("br"), said(one.title), one.renamed ? el("span", { class: "badge" }, "other headline") : null, el("span", { class: "hosts" }, one.authors.length ? ["by ", said(one.authors.join(", "))] : null), el("span", { class: "hosts" }, pageLink(one.url))),
    el("td", { class: "role" }, el("span", { class: `role-${one.role}` }, roleMark(one.role), ` ${roleText(one.role)}`), el("span", { class: "hosts" }, one.reason), one.contained === null ? null : el("span", { class: "hosts" }, `${Math.round(one.contained * 100)} % of its words stand in an earlier one`)),
    el("td", { class: "credit", "data-label": "credit" }, one.credit === null ? "none found" : said(one.credit), one.passages.map((passage) => el("q", { class: "hosts said", dir: "auto" }, passage))),
    el("td", { "data-label": "opening" }, text ? said(detail.sentences[text[0]] ?? "") : unknown("text not shown")),
  );
}

// The members whose texts are in this page, and the two that are compared first.
function compared(detail) {
  const members = detail.members.filter((one) => one.version !== null && detail.texts[one.version].length);
  if (members.length < 2) return null;
  const start = members.find((one) => one.role === "earliest_observed") ?? members[0];
  const others = members.filter((one) => one.version !== start.version);
  const other = others.find((one) => one.role !== "undetermined") ?? others[0] ?? members.find((one) => one !== start);
  return { members, start, other };
}

// The first sentence on which the two differ, as it is seen before anything is scrolled.
function firstDifference(detail) {
  const pair = compared(detail);
  if (!pair) return null;
  const { members, start, other } = pair;
  if (members.every((one) => one.version === start.version)) return el("p", { class: "first-difference" }, "All versions shown here have the same text.");
  const rows = alignedVersions(detail, start, other);
  const row = rows.find((one) => one.kind === "changed") ?? rows.find((one) => one.kind === "left" || one.kind === "right");
  if (!row) return null;
  const shown = row.kind === "changed" ? changedRow(detail, row, [start.language, other.language], []) : oneSided(detail, row);
  const heads = [start, other].map((one) => el("div", { class: "cell head" }, said(one.outlet)));
  return el("section", { class: "first-difference", "aria-labelledby": "first-difference-h" }, el("h3", { id: "first-difference-h" }, "First difference"), el("div", { class: "diff" }, el("div", { class: "row" }, heads), shown));
}

// `beside`, where there is one, makes a link of the two that are compared.
function comparison(detail, beside) {
  const pair = compared(detail);
  if (!pair) return null;
  const { members, start, other } = pair;
  const view = el("div", {});
  const name = (one) => `${one.outlet}, ${time(one.claimed)}${one.version === start.version && one !== start ? ` (same text as ${start.outlet})` : ""}`;
  const choose = (id, chosen) => el("select", { id, onchange: compare }, members.map((one, n) => option(n, name(one), one === chosen)));
  const left = choose("diff-left", start);
  const right = choose("diff-right", other);
  function compare() {
    const pair = [members[left.value], members[right.value]];
    const link = beside?.(...pair);
    view.replaceChildren(...(link ? [link] : []), ...diffView(detail, ...pair));
  }
  const swap = el("button", { type: "button", onclick: () => { [left.value, right.value] = [right.value, left.value]; compare(); } }, "Swap");
  compare();
  return [el("h3", {}, "Compare two versions"), el("div", { class: "tools" }, labelled("First", left), labelled("Second", right), swap), view];
}

function disagreements(detail) {
  if (!detail.facts.length) return el("p", { class: "note" }, "No number, date or quotation was found on which its versions differ.");
  const facts = d3.groups(detail.facts, (one) => one.fact);
  return [
    el("h3", {}, "Where versions differ"),
    el("p", { class: "note" }, "Each value with who says so. Copies of one text are one voice. Which value is right is not decided here."),
    facts.map(([, values]) =>
      el(
        "div",
        { class: "scroll fact-table", tabindex: "0", role: "region", "aria-label": `Values of a ${values[0].kind}` },
        el(
          "table",
          {},
          el("caption", {}, el("b", {}, values[0].kind), ": ", said(values[0].context)),
          el("thead", {}, el("tr", {}, ["value", "versions", "independent voices", "first claimed", "outlets"].map((name, n) => el("th", { scope: "col", class: n === 1 || n === 2 ? "n" : null }, name)))),
          el("tbody", {}, values.map((one) => el("tr", {}, el("td", {}, said(one.value)), el("td", { class: "n" }, count(one.versions)), el("td", { class: "n" }, count(one.independent)), el("td", {}, time(one.first)), el("td", {}, said(`${one.outlets.join(", ")}${one.n_outlets > one.outlets.length ? " …" : ""}`), one.revising.length ? el("span", { class: "hosts" }, "said another value before: ", said(one.revising.join(", "))) : null)))),
        ),
      )),
    detail.n_facts > detail.facts.length ? el("p", { class: "note" }, `The first ${detail.facts.length} of ${detail.n_facts} values; all are in the table cluster_disagreements.`) : null,
  ];
}
