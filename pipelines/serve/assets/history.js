// An outlet's shares run by run: each rate with its interval, drawn, and in a table beside it.

const CHART = { height: 250, left: 40, right: 14, top: 14, bottom: 34 };

function historyPart(history) {
  const { runs, measures } = history;
  if (!measures.length) return [el("h3", {}, "Over the runs"), el("p", { class: "note" }, "No share of it was counted in any run.")];
  const view = el("div", { class: "history", id: "history" });
  const usual = ["clustered", "credited", "byline_present"].find((name) => measures.some((one) => one.name === name)) ?? measures[0].name;
  const choice = el("select", { id: "history-measure", onchange: draw }, measures.map((one) => option(one.name, spoken(one.name), one.name === usual)));
  function draw() {
    const measure = measures.find((one) => one.name === choice.value);
    const points = runs.map((run) => ({ ...run, share: run.shares[measure.name] }));
    view.replaceChildren(historyChart(measure, points), historyTable(measure, points));
  }
  draw();
  return [
    el("h3", {}, "Over the runs"),
    el("p", { class: "note" }, "A line is the Wilson 95 % interval of a run's share. Below the least count of a run no rate is given, and the mark is hollow. Where two intervals overlap widely no change was shown.", history.is_cut ? " The newest 120 runs are shown." : ""),
    el("div", { class: "tools" }, labelled("Share", choice)),
    view,
  ];
}

function historyChart(measure, points) {
  const { height, left, right, top, bottom } = CHART;
  const width = window.innerWidth < 640 ? 350 : 560;
  const x = (n) => left + ((width - left - right) * (n + 0.5)) / points.length;
  const y = (value) => top + (height - top - bottom) * (1 - value);
  const every = Math.ceil(points.length / (width / 90));
  const known = points.filter((one) => one.share[2] !== null);
  const label = known.length ? `${spoken(measure.name)} in ${plural(points.length, "run")}: first ${known[0].share[2].toFixed(2)}, last ${known.at(-1).share[2].toFixed(2)}; all values are in the table` : `${spoken(measure.name)}: no run has enough to give a rate`;
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    [0, 0.25, 0.5, 0.75, 1].map((value) => [svg("line", { class: "grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }), svg("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, value.toFixed(2))]),
    points.map((one, n) => historyMark(one.share, x(n), y)),
    points.map((one, n) => (n % every ? null : svg("text", { x: x(n), y: height - 12, "text-anchor": "middle" }, dayOf(one)))),
  );
}

// Of few articles the mark is hollow: no rate is given, and the interval says how little is known.
function historyMark([k, n, rate, low, high], x, y) {
  if (!n) return null;
  const [from, to] = rate === null ? wilson(k, n) : [low, high];
  return [svg("line", { class: rate === null ? "bar few" : "bar", x1: x, x2: x, y1: y(from), y2: y(to) }), svg("circle", { class: rate === null ? "dot few" : "dot", cx: x, cy: y(rate ?? k / n), r: 3.5 })];
}

function dayOf(run) {
  return (run.days ?? run.run).slice(0, 10);
}

function historyTable(measure, points) {
  const rows = points.map((one) =>
    el("tr", {}, el("th", { scope: "row" }, dayOf(one), one.days && one.run !== one.days ? el("span", { class: "hosts" }, said(one.run)) : null), el("td", { class: "n" }, one.share[1] === null ? unknown() : `${count(one.share[0])} of ${count(one.share[1])}`), el("td", {}, shareCell(one.share, true, "unknown"))));
  return table(`${spoken(measure.name)} by run`, `${measure.description}, of ${measure.of}`, [["run"], ["count", "n"], ["rate and interval"]], rows, "history-table");
}
