// Two versions side by side, sentence by sentence, with what changed in each marked and told.

function wordRuns(left, right) {
  const [a, b] = [words(left), words(right)];
  const pairs = [...commonPlaces(a, b), [a.length, b.length]];
  const runs = [];
  let [i, j] = [0, 0];
  const starts = (list) => d3.cumsum(list, (word) => word.length);
  const [ends, others] = [starts(a), starts(b)];
  const at = (sums, n) => (n ? sums[n - 1] : 0);
  for (const [k, l] of pairs) {
    if (i < k || j < l) runs.push({ left: [at(ends, i), at(ends, k)], right: [at(others, j), at(others, l)] });
    [i, j] = [k + 1, l + 1];
  }
  return joined(runs, left, right);
}

// Runs with nothing but space between them are one change.
function joined(runs, left, right) {
  const kept = [];
  for (const run of runs) {
    const last = kept.at(-1);
    if (last && !left.slice(last.left[1], run.left[0]).trim() && !right.slice(last.right[1], run.right[0]).trim()) {
      last.left[1] = run.left[1];
      last.right[1] = run.right[1];
    } else kept.push(run);
  }
  return kept.map((run) => ({ left: trimmed(left, run.left), right: trimmed(right, run.right) })).filter((run) => run.left[0] < run.left[1] || run.right[0] < run.right[1]);
}

// The place without the spaces at its ends: a space that came or went is no change of words.
function trimmed(text, [start, end]) {
  const part = text.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  return [from, Math.max(from, start + part.trimEnd().length)];
}

// Places counted in code points (Python) as places counted in UTF-16 (here).
function unitPlace(text, place) {
  return [...text].slice(0, place).join("").length;
}

function unitMarks(text, marks) {
  const isPlain = !/[\u{10000}-\u{10ffff}]/u.test(text);
  return (marks ?? []).map(([start, end, kind]) => (isPlain ? [start, end, kind] : [unitPlace(text, start), unitPlace(text, end), kind]));
}

const RANK = ["number", "date", "quote"];

// What a change is about: a number or date it touches, else a name, else words of a quotation.
function kindOf(text, [start, end], marks, code) {
  const met = unitMarks(text, marks).filter(([from, to]) => from < end && start < to).map(([, , kind]) => kind);
  const [first] = RANK.filter((kind) => kind !== "quote" && met.includes(kind));
  if (first) return first;
  if (hasName(text, start, end, code)) return "name";
  return met.includes("quote") ? "quote" : "word";
}

// A capitalised word within a sentence; in German, where all nouns are, two in a row.
function hasName(text, start, end, code) {
  const part = text.slice(start, end);
  const found = [...part.matchAll(/\p{Lu}[\p{L}\p{M}'’-]+/gu)].filter((one) => start + one.index > 0 && !/[.!?“"„»]\s*$/u.test(text.slice(0, start + one.index)));
  if (code !== "de") return found.length > 0;
  return /\p{Lu}[\p{L}\p{M}'’-]+\s+\p{Lu}[\p{L}\p{M}'’-]+/u.test(text.slice(Math.max(0, start - 20), end + 20)) && found.length > 0;
}

function marked(text, places, tag, kinds) {
  const parts = [];
  let at = 0;
  places.forEach(([start, end], n) => {
    if (start > at) parts.push(text.slice(at, start));
    if (end > start) parts.push(el(tag, { "data-kind": kinds[n], title: kinds[n] === "word" ? null : `changed ${kinds[n]}` }, text.slice(start, end)));
    at = Math.max(at, end);
  });
  parts.push(text.slice(at));
  return el("span", { class: "said", dir: "auto" }, parts);
}

function strongest(a, b) {
  const order = ["number", "date", "name", "quote", "word"];
  return order[Math.min(order.indexOf(a), order.indexOf(b))];
}

function changedRow(detail, row, codes, told) {
  const [left, right] = [detail.sentences[row.left], detail.sentences[row.right]];
  const runs = wordRuns(left, right);
  const kinds = runs.map((run) => strongest(kindOf(left, run.left, detail.marks[row.left], codes[0]), kindOf(right, run.right, detail.marks[row.right], codes[1])));
  runs.forEach((run, n) => told.push({ kind: kinds[n], left: left.slice(...run.left).trim(), right: right.slice(...run.right).trim() }));
  return el("div", { class: "row changed-row" }, el("div", { class: "cell" }, marked(left, runs.map((run) => run.left), "del", kinds)), el("div", { class: "cell" }, marked(right, runs.map((run) => run.right), "ins", kinds)));
}

function oneSided(detail, row) {
  const isLeft = row.left !== undefined;
  const text = detail.sentences[isLeft ? row.left : row.right];
  const label = row.kind === "moved" ? "stands elsewhere in the other" : isLeft ? "only here" : "only here";
  const full = el("div", { class: "cell" }, el("span", { class: "label" }, label), row.kind === "moved" ? said(text, "span") : el(isLeft ? "del" : "ins", { class: "said", dir: "auto" }, text));
  const empty = el("div", { class: "cell empty", "aria-hidden": "true" });
  return el("div", { class: "row" }, isLeft ? [full, empty] : [empty, full]);
}

function sameRows(detail, rows) {
  return el("div", { class: "row same" }, el("details", {}, el("summary", {}, `${plural(rows.length, "sentence")} the same`), rows.map((row) => el("p", { class: "said", dir: "auto" }, detail.sentences[row.left]))));
}

const alignments = new WeakMap();

// The rows of two members' versions, aligned once: their first difference is shown, then all of them.
function alignedVersions(detail, left, right) {
  if (!alignments.has(detail)) alignments.set(detail, new Map());
  const known = alignments.get(detail);
  const pair = `${left.version} ${right.version}`;
  if (!known.has(pair)) known.set(pair, alignedRows(detail.texts[left.version], detail.texts[right.version], (place) => detail.sentences[place]));
  return known.get(pair);
}

// The comparison of two members; its changed facts are listed above it.
function diffView(detail, left, right) {
  const rows = alignedVersions(detail, left, right);
  const told = [];
  const shown = [];
  for (let n = 0; n < rows.length; n += 1) {
    if (rows[n].kind === "same") {
      const from = n;
      while (rows[n + 1]?.kind === "same") n += 1;
      shown.push(sameRows(detail, rows.slice(from, n + 1)));
    } else if (rows[n].kind === "changed") shown.push(changedRow(detail, rows[n], [left.language, right.language], told));
    else shown.push(oneSided(detail, rows[n]));
  }
  return [changeSummary(rows, told), el("div", { class: "diff", id: "diff" }, el("div", { class: "row" }, [left, right].map((one) => el("div", { class: "cell head" }, said(one.outlet), el("span", { class: "label" }, said(one.title))))), shown)];
}

function changeSummary(rows, told) {
  const n = (kind) => rows.filter((row) => row.kind === kind).length;
  const line = `${plural(n("same"), "sentence")} the same, ${n("changed")} changed, ${n("left")} only in the first, ${n("right")} only in the second, ${n("moved") / 2} moved.`;
  const facts = told.filter((one) => one.kind !== "word");
  return el("div", { id: "changes" }, el("p", {}, line), facts.length ? el("ul", { class: "changes" }, facts.slice(0, 40).map((one) => el("li", {}, el("b", {}, one.kind), ": ", one.left ? said(one.left) : "nothing", " → ", one.right ? said(one.right) : "nothing"))) : el("p", { class: "note" }, "No changed number, date, name or quotation was found."));
}
