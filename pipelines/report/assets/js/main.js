// Unpacks the summary, shows each part, and opens what the address names: #story=ID, #outlet=ID.

async function openFromAddress(content) {
  const [kind, name] = decodeURIComponent(location.hash.slice(1)).split(/=(.*)/s);
  const panel = byId("panel");
  if (!["story", "outlet"].includes(kind) || name === undefined) {
    if (panel.open) panel.close();
    return;
  }
  const told = kind === "story" ? await storyPanel(content, name) : outletPanel(content, name);
  const missing = { title: "Not in this page", body: [el("p", {}, "This page has no room for it; it is in the tables.")] };
  showPanel(told ?? missing, `${kind}=${name}`);
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
  byId("panel").addEventListener("close", () => leavePanel(location.hash.startsWith("#outlet=") ? "outlets" : "stories"));
  window.addEventListener("hashchange", () => openFromAddress(content));
  document.documentElement.dataset.ready = "yes";
  performance.mark("interactive");
  // what was added since has moved the part that the address names
  if (/^#[a-z]+$/.test(location.hash)) byId(location.hash.slice(1))?.scrollIntoView({ behavior: "instant" });
  await openFromAddress(content);
}

main();
