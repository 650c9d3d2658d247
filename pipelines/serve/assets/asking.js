// Questions to the server that this page came from, and what is shown while and when they fail.

async function fetched(path, body) {
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  let response;
  try {
    response = await fetch(path, { ...options, cache: "no-store" });
  } catch {
    throw new Error("the server does not answer; is copytrail serve still running?");
  }
  const content = await response.json().catch(() => null);
  if (!response.ok || content === null) throw new Error(content?.error?.message ?? `the server answered ${response.status}`);
  return content;
}

function query(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const search = new URLSearchParams(given).toString();
  return search ? `${path}?${search}` : path;
}

function wrong(error) {
  return el("p", { class: "wrong", role: "alert" }, error.message);
}

// Shows in `place` what `answer` makes of the question; the last question of a place wins.
const lastAsked = new Map();
async function show(place, form, question, answer) {
  const number = (lastAsked.get(place) ?? 0) + 1;
  lastAsked.set(place, number);
  const button = form?.querySelector("button");
  button?.setAttribute("aria-disabled", "true");
  place.setAttribute("aria-busy", "true");
  say("looking it up");
  let body;
  try {
    body = answer(await question());
    say("answered");
  } catch (error) {
    body = [wrong(error)];
    say("");
  }
  if (lastAsked.get(place) !== number) return false;
  place.replaceChildren(...[body].flat(2).filter(Boolean));
  place.removeAttribute("aria-busy");
  button?.removeAttribute("aria-disabled");
  place.dataset.answered = String(number);
  return true;
}

// The heading of an answer takes the focus, so that a screen reader goes on from there.
function heading(text) {
  return el("h3", { tabindex: "-1", class: "answer-h" }, text);
}

function focusAnswer(place) {
  place.querySelector(".answer-h")?.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

function seconds(written) {
  return written ? Date.parse(written) / 1000 : null;
}

function storyLink(row, text) {
  return el("a", { href: `#story=${encodeURIComponent(row.cluster_id)}&run=${encodeURIComponent(row.run_id)}` }, text);
}

function outletOf(row) {
  return row.source_id ? el("a", { href: `#outlet=${encodeURIComponent(row.source_id)}` }, said(row.source_id)) : said(row.host);
}

function noteList(notes) {
  return notes.length ? el("ul", { class: "note" }, notes.map((note) => el("li", {}, said(note, "span")))) : null;
}
