// Unpacks the summary, shows each part, and opens what the address names: #story=ID, #outlet=ID.

async function openFromAddress(content) {
  const [kind, name] = decodeURIComponent(location.hash.slice(1)).split(/=(.*)/s);
  const panel = byId("panel");
  if (!["story", "outlet"].includes(kind) || name === undefined) {
    if (panel.open) panel.close();
    return;
  }
  const told = kind === "story" ? await storyPanel(content, name) : outletPanel(content, name);
  const close = el("button", { type: "button", id: "close", onclick: () => panel.close() }, "Close");
  const missing = { title: "Not in this page", body: [el("p", {}, "This page has no room for it; it is in the tables.")] };
  const { title, body } = told ?? missing;
  panel.replaceChildren(el("div", { class: "panel-head" }, el("h2", { id: "panel-h" }, title), close), el("div", { class: "panel-body" }, body));
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  panel.dataset.shown = `${kind}=${name}`;
}

function keepPlace() {
  const panel = byId("panel");
  const kind = location.hash.startsWith("#outlet=") ? "outlets" : "stories";
  delete panel.dataset.shown;
  if (/^#(story|outlet)=/.test(location.hash)) {
    const [x, y] = [window.scrollX, window.scrollY];
    location.hash = kind;
    window.scrollTo({ left: x, top: y, behavior: "instant" });
  }
}

function changeTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
}

async function main() {
  byId("theme").addEventListener("click", changeTheme);
  const content = await unpack(byId("summary").textContent);
  showGlance(content);
  showReading(content);
  showStories(content);
  showOutlets(content);
  showNetwork(content);
  showLegend();
  byId("panel").addEventListener("close", keepPlace);
  window.addEventListener("hashchange", () => openFromAddress(content));
  document.documentElement.dataset.ready = "yes";
  performance.mark("interactive");
  // what was added since has moved the part that the address names
  if (/^#[a-z]+$/.test(location.hash)) byId(location.hash.slice(1))?.scrollIntoView({ behavior: "instant" });
  await openFromAddress(content);
}

main();
