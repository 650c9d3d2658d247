// The panel in which a story or an outlet opens, and the change between light and dark.

function showPanel({ title, body }, shown) {
  const panel = byId("panel");
  const close = el("button", { type: "button", id: "close", onclick: () => panel.close() }, "Close");
  panel.replaceChildren(el("div", { class: "panel-head" }, el("h2", { id: "panel-h" }, title), close), el("div", { class: "panel-body" }, body));
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  panel.dataset.shown = shown;
}

// When the panel was closed: the address names a part of the page again, which stays where it is.
function leavePanel(part) {
  delete byId("panel").dataset.shown;
  if (!/^#(story|outlet)=/.test(location.hash)) return;
  const [x, y] = [window.scrollX, window.scrollY];
  location.hash = part;
  window.scrollTo({ left: x, top: y, behavior: "instant" });
}

function changeTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
}
