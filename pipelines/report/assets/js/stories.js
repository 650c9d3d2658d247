// The list of stories: searched, filtered, sorted; each with a line of its publication times.

const STORIES = 40;
const ORDERS = {
  outlets: ["most outlets", (one) => [-one.outlets, -one.articles]],
  articles: ["most articles", (one) => [-one.articles, -one.outlets]],
  newest: ["latest first", (one) => [-(one.first ?? -Infinity)]],
  oldest: ["earliest first", (one) => [one.first ?? Infinity]],
  fastest: ["shortest time between first and last", (one) => [span(one) ?? Infinity]],
  facts: ["most differing facts", (one) => [-one.facts]],
};

function span(story) {
  return story.first === null || story.last === null ? null : story.last - story.first;
}

function showStories(content) {
  const { stories } = content;
  const state = { search: "", order: "outlets", wire: "", language: "", isDiffering: false, shown: STORIES };
  const table = el("table", { id: "story-table", class: "cards" });
  const more = el("div", { class: "more" });

  function update() {
    const found = inOrder(stories.filter((one) => isStoryFound(one, state)), ORDERS[state.order][1]);
    table.replaceChildren(storyCaption(content, found), storyHead(), el("tbody", {}, found.slice(0, state.shown).map(storyRow)));
    more.replaceChildren(...(found.length > state.shown ? [el("button", { type: "button", onclick: () => { state.shown += 3 * STORIES; update(); } }, `Show more of ${count(found.length)}`)] : []));
  }

  byId("stories-body").append(storyTools(stories, state, update), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Stories" }, table), more);
  update();
}

function isStoryFound(one, state) {
  return (!state.search || `${one.title ?? ""} ${one.earliest ?? ""} ${one.id}`.toLowerCase().includes(state.search))
    && (!state.wire || one.wires.includes(state.wire))
    && (!state.language || one.languages.includes(state.language))
    && (!state.isDiffering || one.facts > 0);
}

function inOrder(found, key) {
  const keyed = found.map((one) => [key(one), one]);
  keyed.sort(([a], [b]) => a.reduce((order, value, n) => order || d3.ascending(value, b[n]), 0));
  return keyed.map(([, one]) => one);
}

function storyTools(stories, state, update) {
  const distinct = (name) => [...new Set(stories.flatMap((one) => one[name]))].sort();
  const change = (name, value) => { state[name] = value; state.shown = STORIES; update(); };
  return el(
    "div",
    { class: "tools" },
    labelled("Search headlines", el("input", { type: "search", id: "story-search", autocomplete: "off", oninput: (event) => change("search", event.target.value.trim().toLowerCase()) })),
    labelled("Order", el("select", { id: "story-order", onchange: (event) => change("order", event.target.value) }, Object.entries(ORDERS).map(([name, [text]]) => option(name, text, name === state.order)))),
    labelled("Agency credited", el("select", { id: "story-wire", onchange: (event) => change("wire", event.target.value) }, option("", "any or none", true), distinct("wires").map((name) => option(name, name)))),
    labelled("Language", el("select", { id: "story-language", onchange: (event) => change("language", event.target.value) }, option("", "all", true), distinct("languages").map((code) => option(code, language(code))))),
    labelled("versions differ on a fact", el("input", { type: "checkbox", id: "story-facts", onchange: (event) => change("isDiffering", event.target.checked) }), "check"),
  );
}

function storyCaption(content, found) {
  const left = content.tables.clusters - content.stories.length;
  return el("caption", {}, `${plural(found.length, "story", "stories")}${left > 0 ? `; ${count(left)} smaller ones are in the table clusters` : ""}`);
}

function storyHead() {
  return el("thead", {}, el("tr", {}, ["story", "outlets", "articles", "published", "credits", "differing facts"].map((name, n) => el("th", { scope: "col", class: n === 1 || n === 2 || n === 5 ? "n" : null }, name))));
}

function storyRow(one) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("a", { href: `#story=${one.id}`, class: "story-title headline" }, said(one.title)), el("span", { class: "hosts" }, one.earliest ? ["earliest observed at ", said(one.earliest)] : "nobody was clearly first")),
    el("td", { class: "n", "data-label": "outlets" }, count(one.outlets)),
    el("td", { class: "n", "data-label": "articles" }, count(one.articles)),
    el("td", { "data-label": "published" }, sparkline(one), el("span", { class: "hosts" }, one.first === null ? unknown("no page gives a date") : `${time(one.first)}, over ${lag(span(one))}`)),
    el("td", { "data-label": "credits" }, one.wires.length ? said(one.wires.join(", ")) : "none found"),
    el("td", { class: "n", "data-label": "differing facts" }, count(one.facts)),
  );
}

// How many copies there were by when: a step for each, from the first claim to the last.
function sparkline(one) {
  const { times } = one;
  if (!times.length) return null;
  const x = (at) => 3 + (138 * at) / Math.max(1, times.at(-1));
  const y = (n) => 22 - (18 * n) / Math.max(1, times.length - 1);
  const path = times.map((at, n) => `${n ? "H" : "M"}${x(at).toFixed(1)}${n ? "V" : ","}${y(n).toFixed(1)}`).join("");
  return svg(
    "svg",
    { class: "spark", viewBox: "0 0 144 26", role: "img", "aria-label": `${plural(times.length, "dated copy", "dated copies")} over ${lag(times.at(-1))}` },
    svg("path", { d: path }),
    times.map((at, n) => svg("circle", { cx: x(at).toFixed(1), cy: y(n).toFixed(1), r: n ? 1.7 : 2.6, class: n ? null : "first" })),
  );
}
