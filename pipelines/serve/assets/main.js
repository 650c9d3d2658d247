// The forms, and what the address names: #story=ID&run=RUN, #outlet=ID.

// Of the story that the server gave: the panel of report.html asks for it by this name.
async function storyDetail(content) {
  return content.detail;
}

function evidenceLink(run) {
  return (left, right) => (left.id === right.id ? null : el("p", {}, el("a", { href: query("/evidence", { left: left.id, right: right.id, run }), target: "_blank", rel: "noopener", class: "evidence-link" }, "Evidence sheet of these two"), " to print, file or send"));
}

async function openedStory(id, run) {
  const answer = await fetched(query("/api/story", { id, run }));
  const content = { stories: [answer.story], detail: answer.detail, beside: evidenceLink(answer.run) };
  const { title, body } = await storyPanel(content, answer.story.id);
  return { title, body: [el("p", { class: "kicker" }, "Run ", said(answer.run)), ...body] };
}

async function openedOutlet(id, run) {
  const [content, history] = await Promise.all([fetched(query("/api/outlet", { id, run })), fetched(query("/api/outlet/history", { id }))]);
  const { title, body } = outletPanel(content, id);
  return { title, body: [el("p", { class: "kicker" }, "Run ", said(content.run)), ...historyPart(history), ...body] };
}

let comesFrom = null;

async function openFromAddress() {
  const named = new URLSearchParams(location.hash.slice(1));
  const kind = ["story", "outlet"].find((name) => named.has(name));
  const panel = byId("panel");
  if (!kind) {
    if (panel.open) panel.close();
    return;
  }
  const asked = location.hash;
  if (!panel.open) comesFrom = document.activeElement;
  say("opening");
  let opened;
  try {
    opened = await (kind === "story" ? openedStory : openedOutlet)(named.get(kind), named.get("run"));
  } catch (error) {
    opened = { title: "Not opened", body: [wrong(error)] };
  }
  if (location.hash !== asked) return;
  showPanel(opened, `${kind}=${named.get(kind)}`);
  say("opened");
}

function closed() {
  leavePanel(location.hash.startsWith("#outlet=") ? "outlets" : "ask");
  if (comesFrom?.isConnected) comesFrom.focus({ preventScroll: true });
  comesFrom = null;
}

async function askText(text) {
  const isArticle = /^https?:\/\/\S+$/i.test(text.trim());
  const place = byId("ask-body");
  const question = () => fetched("/api/match", isArticle ? { article: text.trim() } : { text });
  if (await show(place, byId("ask-form"), question, (content) => matchAnswer(content, isArticle))) focusAnswer(place);
}

async function askArticle(id) {
  const place = byId("ask-body");
  if (await show(place, null, () => fetched("/api/match", { article: id }), (content) => matchAnswer(content, true))) focusAnswer(place);
  byId("ask-body").scrollIntoView({ block: "start" });
}

function values(form) {
  return Object.fromEntries(new FormData(form));
}

function onSubmit(id, ask) {
  byId(id).addEventListener("submit", (event) => {
    event.preventDefault();
    ask(event.target);
  });
}

async function findOutlets(form) {
  await show(byId("outlets-body"), form, () => fetched(query("/api/outlets", values(form))), outletsAnswer);
}

async function main() {
  byId("theme").addEventListener("click", changeTheme);
  byId("panel").addEventListener("close", closed);
  window.addEventListener("hashchange", openFromAddress);
  onSubmit("ask-form", () => askText(byId("text").value));
  byId("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("ask-form").requestSubmit();
  });
  onSubmit("search-form", async (form) => {
    if (await show(byId("search-body"), form, () => fetched(query("/api/search", values(form))), searchAnswer)) focusAnswer(byId("search-body"));
  });
  onSubmit("outlets-form", findOutlets);
  await Promise.all([show(byId("runs-body"), null, () => fetched("/api/runs"), runsAnswer), findOutlets(byId("outlets-form"))]);
  say("");
  document.documentElement.dataset.ready = "yes";
  await openFromAddress();
}

main();
