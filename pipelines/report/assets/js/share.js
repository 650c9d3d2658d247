// A share or a figure with its interval, drawn on a line from 0 to 1.

function shareCell([k, n, rate, low, high], isFewToo, why) {
  if (k === null || n === null) return unknown(why);
  if (n === 0) return unknown("none to count");
  if (rate === null && !isFewToo) return el("span", { class: "share" }, el("span", { class: "told" }, `${count(k)} of ${count(n)}`));
  if (rate === null) {
    const [from, to] = wilson(k, n);
    return el("span", { class: "share" }, el("span", { class: "told" }, `${count(k)} of ${count(n)} (${from.toFixed(2)}–${to.toFixed(2)})`), intervalLine(k / n, from, to));
  }
  const told = `${rate.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
  return el("span", { class: "share", title: `${count(k)} of ${count(n)}` }, el("span", { class: "told" }, told), intervalLine(rate, low, high));
}

// The ends of the 95 % interval of k of n (Wilson 1927), as sources/intervals.py has it.
function wilson(k, n) {
  const z = 1.959963984540054;
  const middle = (k + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt((k * (n - k)) / n + (z * z) / 4);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

function intervalCell([value, low, high], why) {
  if (value === null || low === null || high === null) return unknown(why);
  const told = `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
  return el("span", { class: "share" }, el("span", { class: "told" }, told), intervalLine(value, low, high));
}

function intervalLine(value, low, high) {
  if (low < 0 || high > 1) return null;
  return svg(
    "svg",
    { viewBox: "0 0 120 12", "aria-hidden": "true" },
    svg("rect", { class: "track", x: 0, y: 5, width: 120, height: 2 }),
    svg("rect", { class: "range", x: 120 * low, y: 2, width: Math.max(1, 120 * (high - low)), height: 8, rx: 2 }),
    svg("rect", { class: "point", x: Math.min(117.5, Math.max(0, 120 * value - 1.25)), y: 0, width: 2.5, height: 12 }),
  );
}

// What a column of the outlets shows, by the kind of its measure; of a null the reason.
function measureCell(measure, value, why = "unknown", isFewToo = false) {
  if (measure.kind === "share") return shareCell(value, isFewToo, why);
  if (measure.kind === "interval") return intervalCell(value, why);
  if (value === null) return unknown(why);
  if (measure.kind === "time") return time(value);
  if (measure.kind === "number") return measure.unit === "seconds" ? lag(value) : figure(value);
  if (measure.kind === "list") return value.length ? said(value.join("; ")) : "none";
  return said(String(value));
}

// By what it is sorted; null goes last whatever the direction.
function measureKey(measure, value) {
  if (value === null) return null;
  if (measure.kind === "share") return value[2];
  if (measure.kind === "interval") return value[0];
  return measure.kind === "list" ? value.length : value;
}
