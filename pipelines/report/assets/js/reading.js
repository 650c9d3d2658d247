// What was read, and the run at a glance.

const SHOWN_LANGUAGES = 12;

function showReading(content) {
  const { reading } = content;
  drawDays(reading.days);
  drawLanguages(reading.languages);
}

function drawDays(told) {
  const rows = told.days.map(([day, n]) => ({ day: new Date(day), n }));
  const place = byId("days");
  if (rows.length) {
    place.append(
      Plot.plot({
        className: "plot",
        ariaLabel: "Articles by day",
        width: 560,
        height: 220,
        marginLeft: 44,
        x: { type: "utc", label: null },
        y: { label: "articles", grid: true, nice: true },
        marks: [
          Plot.rectY(rows, { x: "day", y: "n", interval: "day", fill: "var(--bar)", title: (d) => `${d.day.toISOString().slice(0, 10)}: ${d.n}` }),
          Plot.ruleY([0]),
        ],
      }),
    );
  }
  const rest = [];
  if (told.earlier) rest.push(`${count(told.earlier)} claim earlier days`);
  if (told.unknown) rest.push(`of ${count(told.unknown)} the day is unknown`);
  if (rest.length) place.append(el("p", { class: "note" }, `${rest.join("; ")}.`));
}

function drawLanguages(told) {
  const shown = told.slice(0, SHOWN_LANGUAGES).map(([code, n]) => ({ name: language(code), n }));
  const rest = told.slice(SHOWN_LANGUAGES);
  if (rest.length) shown.push({ name: plural(rest.length, "other"), n: d3.sum(rest, (one) => one[1]) });
  if (!shown.length) return;
  byId("languages").append(
    Plot.plot({
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
    }),
  );
}

function showGlance(content) {
  const { tables, stories, network, mirrors, outlets } = content;
  const [largest] = stories;
  const joined = mirrors.groups.filter((one) => one.class === "declared");
  const resembling = outlets.rows.filter((one) => one.looks?.length);
  const differing = stories.filter((one) => one.facts);
  const facts = [
    [count(tables.clusters), "stories with copies", largest && ["Most outlets: ", openStory(largest), ` (${largest.outlets})`]],
    [count(network.n - network.n_undetermined_only), "pairs of outlets of which one carried the other's text", [`and ${count(network.n_undetermined_only)} that share text without a known direction`]],
    [count(differing.length), "stories whose versions differ on a number, a date or a quotation", differing.length ? ["Most: ", openStory(d3.greatest(differing, (one) => one.facts))] : null],
    [count(joined.length), "outlets with several hosts, joined because both consent or the registry says so", joined.length ? [d3.greatest(joined, (one) => one.hosts.length).hosts.slice(0, 4).join(", ")] : null],
    [count(mirrors.groups.length - joined.length), "groups of hosts that may be one outlet's, or repeat one, and are not joined", ["for a person to look at: the panel of an outlet tells what was seen"]],
    [count(resembling.length), "outlets whose name resembles another's", ["a candidate for a closer look and no more"]],
  ];
  byId("glance-body").append(
    ...facts.map(([n, what, more]) => el("div", { class: "fact" }, el("span", { class: "figure" }, n), what, more ? el("p", {}, ...more) : null)),
  );
}

function openStory(story) {
  return el("a", { href: `#story=${story.id}` }, said(story.title));
}
