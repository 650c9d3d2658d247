// Which sentence of one version stands where in another, and which words differ. Pure.

// Longest common subsequence of two lists as pairs of places.
function commonPlaces(left, right, isSame = (a, b) => a === b) {
  const width = right.length + 1;
  const best = new Uint16Array((left.length + 1) * width);
  for (let a = left.length - 1; a >= 0; a -= 1) {
    for (let b = right.length - 1; b >= 0; b -= 1) {
      best[a * width + b] = isSame(left[a], right[b]) ? best[(a + 1) * width + b + 1] + 1 : Math.max(best[(a + 1) * width + b], best[a * width + b + 1]);
    }
  }
  const pairs = [];
  for (let a = 0, b = 0; a < left.length && b < right.length;) {
    if (isSame(left[a], right[b])) pairs.push([a++, b++]);
    else if (best[(a + 1) * width + b] >= best[a * width + b + 1]) a += 1;
    else b += 1;
  }
  return pairs;
}

const WORD = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[\p{L}\p{M}\p{N}]+(?:['’.,:\-–/][\p{L}\p{M}\p{N}]+)*|\s+|[^\s]/gu;

function words(sentence) {
  return (sentence.match(WORD) ?? []).slice(0, 700);
}

// Shared words over all words of both sentences.
function likeness(left, right) {
  const counts = new Map();
  const a = words(left.toLowerCase()).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const b = words(right.toLowerCase()).filter((word) => /[\p{L}\p{N}]/u.test(word));
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const left_over = counts.get(word) ?? 0;
    if (left_over) {
      shared += 1;
      counts.set(word, left_over - 1);
    }
  }
  return shared / Math.max(1, a.length + b.length - shared);
}

const ALIKE = 0.4;
const COMPARED = 60;

// Pairs of places in a gap between identical sentences whose sentences say nearly the same.
function alikePairs(left, right, text) {
  const scores = [];
  left.slice(0, COMPARED).forEach((a, i) => right.slice(0, COMPARED).forEach((b, j) => {
    const score = likeness(text(a), text(b));
    if (score >= ALIKE) scores.push([score, i, j]);
  }));
  scores.sort(([a, i, j], [b, k, l]) => b - a || i - k || j - l);
  const pairs = [];
  for (const [, i, j] of scores) {
    // in order: no pair may cross another
    if (pairs.every(([k, l]) => (i - k) * (j - l) > 0)) pairs.push([i, j]);
  }
  return pairs.sort(([i], [k]) => i - k);
}

// The two versions as rows: same, changed, only left, only right, moved.
function alignedRows(left, right, text) {
  const anchors = [...commonPlaces(left, right), [left.length, right.length]];
  const inLeft = new Set(left);
  const inRight = new Set(right);
  const rows = [];
  let [a, b] = [0, 0];
  const gap = (some, others) => {
    const pairs = [...alikePairs(some, others, text), [some.length, others.length]];
    let [i, j] = [0, 0];
    for (const [k, l] of pairs) {
      for (; i < k; i += 1) rows.push({ kind: inRight.has(some[i]) ? "moved" : "left", left: some[i] });
      for (; j < l; j += 1) rows.push({ kind: inLeft.has(others[j]) ? "moved" : "right", right: others[j] });
      if (k < some.length) rows.push({ kind: "changed", left: some[i++], right: others[j++] });
    }
  };
  for (const [c, d] of anchors) {
    gap(left.slice(a, c), right.slice(b, d));
    if (c < left.length) rows.push({ kind: "same", left: left[c], right: right[d] });
    [a, b] = [c + 1, d + 1];
  }
  return rows;
}
