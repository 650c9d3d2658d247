// The table of outlets: sorted by any column, searched by name and host, a page of rows at a time.

const ROWS = 60;
const FEW = 5;
const USUAL = ["clustered", "earliest_observed", "credited", "byline_present", "lag_p50_s"];
const USUAL_NARROW = ["clustered", "credited"];

function showOutlets(content) {
  const { measures, rows } = content.outlets;
  const isNarrow = window.innerWidth < 700;
  const state = {
    search: "",
    sort: "n_articles",
    isDown: true,
    shown: ROWS,
    isFewShown: false,
    isFewToo: false,
    measures: new Set(isNarrow ? USUAL_NARROW : USUAL),
  };
  const place = new Map(measures.map((one, n) => [one.name, n]));
  const articles = (one) => one.values[place.get("n_articles")];
  const few = rows.filter((one) => articles(one) < FEW);
  // a crawl of many outlets with a page each would show nothing else; folded only below others
  const isFolded = () => !state.isFewShown && !state.search && few.length > 0 && few.length < rows.length;
  const table = el("table", { id: "outlet-table", class: "cards" });
  const more = el("div", { class: "more" });

  function update() {
    const found = sorted(rows.filter((one) => isFound(one, state.search) && !(isFolded() && articles(one) < FEW)));
    table.replaceChildren(caption(found), head(), el("tbody", {}, found.slice(0, state.shown).map(row)));
    more.replaceChildren(...(found.length > state.shown ? [moreButton(found.length)] : []), ...(isFolded() ? [fewButton()] : []));
  }

  function fewButton() {
    return el("button", { type: "button", id: "outlet-few", onclick: () => { state.isFewShown = true; state.shown += few.length; update(); } }, `Show also ${plural(few.length, "outlet")} with fewer than ${FEW} articles`);
  }

  function isFound(one, words) {
    return !words || `${one.id} ${one.name ?? ""} ${one.hosts.join(" ")}`.toLowerCase().includes(words);
  }

  function sorted(found) {
    const key = state.sort === "outlet" ? (one) => one.id : (one) => measureKey(measures[place.get(state.sort)], one.values[place.get(state.sort)]);
    const order = state.isDown ? d3.descending : d3.ascending;
    const keyed = found.map((one) => [key(one), one]);
    keyed.sort(([a], [b]) => (a === null) - (b === null) || order(a, b));
    return keyed.map(([, one]) => one);
  }

  function caption(found) {
    const left = content.outlets.n - rows.length;
    const rest = left > 0 ? `; ${count(left)} smaller ones are in the table sources` : "";
    const folded = isFolded() ? ` with ${FEW} articles or more` : "";
    return el("caption", {}, `${plural(found.length, "outlet")}${folded}${rest}. Below ${content.min_n} articles no rate is given: k of n says what there is.`);
  }

  function head() {
    const shown = columns();
    return el("thead", {}, el("tr", {}, heading("outlet", "outlet", "The outlet with its hosts"), heading("n_articles", "articles", "Articles in this crawl", "n"), shown.map((one) => heading(one.name, spoken(one.name), one.of ? `${one.description}, of ${one.of}` : one.description))));
  }

  function heading(name, text, tip, kind) {
    const isSorted = state.sort === name;
    const direction = isSorted ? (state.isDown ? "descending" : "ascending") : "none";
    return el("th", { scope: "col", class: kind, "aria-sort": direction }, el("button", { type: "button", title: tip, "data-sort": name, onclick: () => sortBy(name) }, text));
  }

  function sortBy(name) {
    state.isDown = state.sort === name ? !state.isDown : name !== "outlet";
    state.sort = name;
    update();
    table.querySelector(`[data-sort="${name}"]`).focus();
    say(`sorted by ${spoken(name)}, ${state.isDown ? "largest first" : "smallest first"}`);
  }

  function columns() {
    return measures.filter((one) => state.measures.has(one.name));
  }

  function row(one) {
    const others = one.hosts.filter((host) => host !== one.id);
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, el("a", { href: `#outlet=${encodeURIComponent(one.id)}` }, said(one.id)), others.length ? el("span", { class: "hosts" }, said(`${others.slice(0, 3).join(", ")}${others.length > 3 ? ` and ${others.length - 3} more hosts` : ""}`)) : null, one.looks?.length ? el("span", { class: "hosts" }, el("span", { class: "badge" }, "resembles another name")) : null),
      el("td", { class: "n", "data-label": "articles" }, count(articles(one))),
      columns().map((measure) => el("td", { "data-label": spoken(measure.name) }, measureCell(measure, one.values[place.get(measure.name)], one.absent[place.get(measure.name)], state.isFewToo))),
    );
  }

  function moreButton(all) {
    return el("button", { type: "button", onclick: () => { state.shown += 4 * ROWS; update(); } }, `Show more of ${count(all)}`);
  }

  const search = el("input", { type: "search", id: "outlet-search", autocomplete: "off", oninput: (event) => { state.search = event.target.value.trim().toLowerCase(); state.shown = ROWS; update(); } });
  const choices = measures.filter((one) => one.kind !== "list" && one.name !== "n_articles").map((one) =>
    labelled(spoken(one.name), el("input", { type: "checkbox", value: one.name, checked: state.measures.has(one.name), onchange: (event) => { state.measures[event.target.checked ? "add" : "delete"](one.name); update(); } }), "check"));
  byId("outlets-body").append(
    el("div", { class: "tools" }, labelled("Search outlets and hosts", search), labelled(`intervals below ${content.min_n} articles too (they are wide)`, el("input", { type: "checkbox", id: "outlet-intervals", onchange: (event) => { state.isFewToo = event.target.checked; update(); } }), "check")),
    el("details", {}, el("summary", {}, `Choose among ${choices.length} measures`), el("div", { class: "tools" }, choices)),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Outlets" }, table),
    more,
  );
  update();
}
