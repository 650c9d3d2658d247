// The answer to a text: one entry an article, in the order of time.

const RELATIONS = {
  exact: "the same text",
  near: "a near copy",
  excerpt: "a part of it",
  revision: "a revision",
  mirror: "a mirror",
  quotation: "both quote it",
  passage: "a passage",
};

function matchAnswer(content, isArticle) {
  const { matches } = content;
  const of = isArticle ? "article" : "text";
  if (!matches.length) return [heading("Nowhere in these runs"), el("p", {}, `No published article shares enough with the ${of}.`), noteList(content.notes)];
  const title = `${plural(content.count, "published article")} ${content.count === 1 ? "shares" : "share"} text with it`;
  const more = content.count > matches.length ? el("p", { class: "note" }, `The first ${count(matches.length)} in time are shown; copytrail match --json gives all.`) : null;
  return [heading(title), el("p", { class: "lead" }, "In the order of time: the first is the earliest observed in these runs, which need not be the original."), el("ol", { class: "matches", id: "matches" }, matches.map((one) => matchEntry(one))), more, noteList(content.notes)];
}

function matchEntry(one) {
  return el(
    "li",
    {},
    whenOf(one),
    el(
      "div",
      { class: "what" },
      el("b", { class: "headline" }, one.title ? said(one.title) : unknown("no headline")),
      el("span", { class: "hosts" }, outletOf(one), creditOf(one.credit)),
      el("span", { class: "hosts" }, pageLink(one.url)),
      el("span", { class: "hosts" }, one.cluster_id ? storyLink(one, ["its story", one.role ? `, there: ${roleText(one.role)}` : ""]) : "in no story"),
    ),
    el("div", { class: "how" }, el("span", { class: "relation" }, RELATIONS[one.relation] ?? spoken(one.relation)), meter("of the text", one.share_of_text), meter("of this article", one.share_of_article)),
    passagePart(one),
  );
}

// wire:AFP or outlet:Name, as cluster_timeline writes it.
function creditOf(credit) {
  if (!credit) return ", no credit found";
  const [kind, name] = credit.split(/:(.*)/s);
  return [kind === "wire" ? ", credits the agency " : ", credits ", said(name)];
}

function whenOf(one) {
  const claimed = seconds(one.published_at);
  const fetched = seconds(one.fetched_at);
  return el("div", { class: "when" }, claimed === null ? unknown("no date claimed") : time(claimed), fetched === null ? null : el("span", { class: "hosts" }, `fetched ${time(fetched)}`));
}

function meter(label, share) {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return el("span", { class: "meter" }, `${Math.round(width)} % ${label}`, svg("svg", { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("rect", { class: "track", width: 100, height: 6, rx: 2 }), svg("rect", { class: "part", width, height: 6, rx: 2 })));
}

function passagePart(one) {
  if (one.shared === null) return null;
  const list = (title, passages) => (passages.length ? [el("h4", {}, title), passages.map((passage) => el("q", { class: "said", dir: "auto" }, passage))] : null);
  return el("details", {}, el("summary", {}, `${plural(one.shared.length, "shared passage")}, ${plural(one.differing.length, "passage")} of its own`), list("In both", one.shared), list("In the article alone", one.differing));
}
