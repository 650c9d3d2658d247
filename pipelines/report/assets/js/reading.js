// What was read, and the run at a glance.

const SHOWN_LANGUAGES = 12;

function showReading(content) {
  const { reading } = content;
  drawDays(reading.days);
  drawLanguages(reading.languages);
}

function drawDays(told) {
  const rows = told.bins.map(([day, n]) => ({ day: new Date(day), n }));
  const place = byId("days");
  if (rows.length) {
    place.append(
      asPicture(Plot.plot({
        className: "plot",
        ariaLabel: `Articles by ${told.unit}`,
        width: 560,
        height: 220,
        marginLeft: 44,
        x: { type: "utc", label: null },
        y: { label: "articles", grid: true, nice: true },
        marks: [
          Plot.rectY(rows, { x: "day", y: "n", interval: told.unit, fill: "var(--bar)", title: (d) => `${binName(told.unit, d.day)}: ${d.n}` }),
          Plot.ruleY([0]),
        ],
      })),
    );
  }
  const rest = rows.length ? [`By ${told.unit}, ${rows.length > 1 ? `${binName(told.unit, rows[0].day)} to ` : ""}${binName(told.unit, rows.at(-1).day)}`] : [];
  if (told.earlier) rest.push(`${count(told.earlier)} claim an earlier one`);
  if (told.unknown) rest.push(`${count(told.unknown)} give no date that can be read`);
  if (rest.length) place.append(el("p", { class: "note" }, `${rest.join("; ")}.`));
}

// 2026-03-14, 2026-03 or 2026.
function binName(unit, day) {
  return day.toISOString().slice(0, { day: 10, month: 7, year: 4 }[unit]);
}

function drawLanguages(told) {
  const shown = told.slice(0, SHOWN_LANGUAGES).map(([code, n]) => ({ name: language(code), n }));
  const rest = told.slice(SHOWN_LANGUAGES);
  if (rest.length) shown.push({ name: plural(rest.length, "other"), n: d3.sum(rest, (one) => one[1]) });
  if (!shown.length) return;
  byId("languages").append(
    asPicture(Plot.plot({
      className: "plot",
      ariaLabel: "Articles by language",
      width: 560,
      height: 24 * shown.length + 40,
      marginLeft: 110,
      marginRight: 50,
      x: { label: null, grid: true },
      y: { label: null, domain: shown.map((one) => one.name) },
      marks: [
        Plot.barX(shown, { x: "n", y: "name", fill: "var(--bar)" }),
        Plot.text(shown, { x: "n", y: "name", text: (d) => count(d.n), textAnchor: "start", dx: 4 }),
        Plot.ruleX([0]),
      ],
    })),
  );
}

function showGlance(content) {
  const { tables, stories, network, mirrors, outlets } = content;
  const [largest] = stories;
  const ofClass = (name) => mirrors.groups.filter((one) => one.class === name);
  const [joined, candidates, clones] = ["declared", "candidate", "clone_candidate"].map(ofClass);
  const resembling = outlets.rows.filter((one) => one.looks?.length);
  const differing = stories.filter((one) => one.facts);
  const facts = [
    [count(tables.clusters), "stories with copies", largest && ["Most outlets: ", openStory(largest), ` (${largest.outlets})`]],
    [count(network.n - network.n_undetermined_only), "pairs of outlets of which one carried the other's text", [`and ${count(network.n_undetermined_only)} that share text without a known direction`]],
    [count(differing.length), "stories whose versions differ on a number, a date or a quotation", differing.length ? ["Most: ", openStory(d3.greatest(differing, (one) => one.facts))] : null],
    [count(joined.length), "outlets with several hosts, joined because both consent or the registry says so", joined.length ? [d3.greatest(joined, (one) => one.hosts.length).hosts.slice(0, 4).join(", ")] : null],
    [count(candidates.length), "groups of hosts that may be one outlet's and are not joined", candidates.length ? ["for a person to look at: ", ...hostLinks(content, candidates)] : null],
    [count(clones.length), "hosts that repeat nearly all of another that does not name them", clones.length ? ["for a person to look at: ", ...hostLinks(content, clones)] : null],
    [count(resembling.length), "outlets whose name resembles another's", resembling.length ? ["a candidate for a closer look and no more: ", ...hostLinks(content, resembling.map((one) => ({ hosts: [one.id] })))] : null],
  ];
  const [met, missing] = [facts.filter(([n]) => n !== "0"), facts.filter(([n]) => n === "0")];
  if (missing.length) byId("glance-body").after(el("p", { class: "note" }, `None in this run: ${missing.map(([, what]) => what).join("; ")}.`));
  byId("glance-body").append(
    ...met.map(([n, what, more]) => el("div", { class: "fact" }, el("span", { class: "figure" }, n), what, more ? el("p", {}, ...more) : null)),
  );
}

// The outlets of the first groups, each once, as links to what was seen of them.
function hostLinks(content, groups, most = 4) {
  const byHost = new Map(content.outlets.rows.flatMap((row) => [row.id, ...row.hosts].map((host) => [host, row.id])));
  const ids = [...new Set(groups.map((one) => byHost.get(one.hosts[0])).filter(Boolean))];
  return [...ids.slice(0, most).flatMap((id, n) => [n ? ", " : "", outletLink(id)]), ids.length > most ? " …" : ""];
}

function openStory(story) {
  return el("a", { href: `#story=${story.id}` }, said(story.title));
}
