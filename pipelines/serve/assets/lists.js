// Articles that a search found, outlets, and runs, each as a table.

function table(label, caption, columns, rows, id) {
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    el("table", { id }, caption ? el("caption", {}, caption) : null, el("thead", {}, el("tr", {}, columns.map(([name, kind]) => el("th", { scope: "col", class: kind }, name)))), el("tbody", {}, rows)),
  );
}

function searchAnswer(content) {
  if (!content.hits.length) return [heading("No article"), el("p", {}, "No published article is as described."), noteList(content.notes)];
  const shown = content.count > content.hits.length ? `the first ${count(content.hits.length)} of ${count(content.count)}${content.is_cut ? " and more" : ""}; another word makes them fewer` : null;
  const rows = content.hits.map((one) =>
    el(
      "tr",
      {},
      el("td", { class: "n" }, one.published_at ? time(seconds(one.published_at)) : unknown(), one.published_at || !one.fetched_at ? null : el("span", { class: "hosts" }, `fetched ${time(seconds(one.fetched_at))}`)),
      el("th", { scope: "row" }, el("span", { class: "headline" }, one.title ? said(one.title) : unknown("no headline")), el("span", { class: "hosts" }, pageLink(one.url))),
      el("td", {}, outletOf(one)),
      el("td", {}, one.cluster_id ? storyLink(one, "its story") : "no copy found"),
      el("td", {}, el("button", { type: "button", class: "link", onclick: () => askArticle(one.article_id), "aria-label": `look it up: ${one.title ?? one.article_id}` }, "look it up")),
    ));
  return [heading(plural(content.count, "article")), table("Articles", shown, [["published (UTC)", "n"], ["headline"], ["outlet"], ["story"], ["its text"]], rows, "hit-table"), noteList(content.notes)];
}

function outletsAnswer(content) {
  if (!content.outlets.length) return el("p", {}, "No outlet has these letters.");
  const shown = content.count > content.outlets.length ? `the largest ${count(content.outlets.length)} of ${count(content.count)}` : plural(content.count, "outlet");
  const rows = content.outlets.map((one) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, el("a", { href: `#outlet=${encodeURIComponent(one.id)}` }, said(one.name ?? one.id)), one.name && one.name !== one.id ? el("span", { class: "hosts" }, said(one.id)) : null),
      el("td", {}, said(one.hosts.join(", ")), one.n_hosts > one.hosts.length ? ` and ${one.n_hosts - one.hosts.length} more` : null),
      el("td", { class: "n" }, count(one.articles)),
      el("td", { class: "n" }, count(one.runs)),
    ));
  return [table("Outlets", `${shown}; articles are those of the newest run that has it${content.is_cut ? ", of the newest 60 runs" : ""}`, [["outlet"], ["hosts"], ["articles", "n"], ["runs", "n"]], rows, "outlet-list")];
}

function runsAnswer(content) {
  const rows = content.runs.map((one) =>
    el("tr", {}, el("th", { scope: "row" }, said(one.run)), el("td", {}, one.days ?? "no window"), el("td", { class: "n" }, count(one.articles)), el("td", { class: "n" }, count(one.outlets)), el("td", { class: "n" }, count(one.stories)), el("td", {}, one.is_indexed ? "yes" : "no, read whole")));
  const articles = content.runs.reduce((sum, one) => sum + one.articles, 0);
  byId("scope").textContent = `${plural(content.runs.length, "published run")}, ${plural(articles, "article")}`;
  return [table("Runs", null, [["run"], ["days"], ["articles", "n"], ["outlets", "n"], ["stories", "n"], ["in the index"]], rows, "run-table")];
}
