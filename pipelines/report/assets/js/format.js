// Numbers, times and lags as people read them. All times are UTC.

const grouped = new Intl.NumberFormat("en-GB");

function count(n) {
  return n === null || n === undefined ? "unknown" : grouped.format(n);
}

function figure(n) {
  if (n === null || n === undefined) return "unknown";
  return Number.isInteger(n) ? count(n) : n.toFixed(Math.abs(n) < 10 ? 2 : 1);
}

function time(seconds) {
  if (seconds === null || seconds === undefined) return "unknown";
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
}

function lag(seconds) {
  if (seconds === null || seconds === undefined) return "unknown";
  const size = Math.abs(seconds);
  if (size < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (size < 48 * 3600) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86400).toFixed(1)} days`;
}

function plural(n, one, many = `${one}s`) {
  return `${count(n)} ${n === 1 ? one : many}`;
}

// credited_wire -> credited wire; a column's name is its label, so that it can be found in the tables.
function spoken(name) {
  return name.replace(/_s$/, "").replaceAll("_", " ");
}

const languageNames = (() => {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" });
  } catch {
    return null;
  }
})();

function language(code) {
  if (!code) return "unknown";
  try {
    return languageNames?.of(code) ?? code;
  } catch {
    return code;
  }
}
