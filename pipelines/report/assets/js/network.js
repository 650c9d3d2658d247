// Who carries whom, drawn when it is looked at, and the same as a list.

// on a phone the drawing is as wide as the screen, or its labels could not be read
const WIDTH = window.innerWidth < 640 ? 430 : 960;
const HEIGHT = 620;
const MARGIN = WIDTH / 10;
const TICKS = 220;

function showNetwork(content) {
  const { edges } = networkChoices(content);
  const body = byId("network-body");
  if (!edges.length) {
    body.append(el("p", { class: "note" }, "No outlet shares text with another in this crawl."));
    return;
  }
  const state = { least: readableSize(edges), hasWires: true, hasOpen: true, language: "", around: "" };
  const drawing = el("div", { class: "net" });
  const list = el("div", {});
  const told = el("p", { class: "note" });

  function update() {
    const chosen = chosenEdges(edges, state);
    const nodes = new Set(chosen.flatMap((edge) => [edge.from, edge.to]));
    const open = chosen.filter((edge) => edge.n === 0).length;
    told.textContent = `${plural(nodes.size, "outlet")}, ${plural(chosen.length, "pair")} of ${count(content.network.n)}, ${count(open)} of them without a known direction.`;
    drawing.replaceChildren(drawNetwork(chosen));
    list.replaceChildren(edgeTable(chosen));
  }

  body.append(networkTools(edges, state, update), told, drawing, networkLegend(), el("details", { id: "edge-list" }, el("summary", {}, "The same as a list"), list));
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((one) => one.isIntersecting)) return;
    watcher.disconnect();
    update();
  }, { rootMargin: "400px" });
  watcher.observe(drawing);
  window.addEventListener("beforeprint", () => { if (!drawing.childElementCount) update(); });
}

function networkTools(edges, state, update) {
  const languages = [...new Set(edges.map((edge) => edge.language).filter(Boolean))].sort();
  const names = [...new Set(edges.flatMap((edge) => [edge.from, edge.to]))].sort();
  const change = (name, value) => { state[name] = value; update(); };
  const around = (value) => { if (!value || names.includes(value)) change("around", value); };
  return el(
    "div",
    { class: "tools" },
    labelled("Articles carried or shared, at least", el("input", { type: "number", id: "net-least", min: 1, value: state.least, onchange: (event) => change("least", Math.max(1, Number(event.target.value) || 1)) })),
    labelled("Language", el("select", { id: "net-language", onchange: (event) => change("language", event.target.value) }, option("", "all", true), languages.map((code) => option(code, language(code))))),
    labelled("Around one outlet", el("input", { type: "search", id: "net-around", list: "net-names", onchange: (event) => around(event.target.value.trim()) })),
    el("datalist", { id: "net-names" }, names.map((name) => option(name, name))),
    labelled("agencies", el("input", { type: "checkbox", id: "net-wires", checked: true, onchange: (event) => change("hasWires", event.target.checked) }), "check"),
    labelled("direction unknown", el("input", { type: "checkbox", id: "net-open", checked: true, onchange: (event) => change("hasOpen", event.target.checked) }), "check"),
  );
}

function placed(chosen) {
  const names = [...new Set(chosen.flatMap((edge) => [edge.from, edge.to]))].sort();
  const nodes = names.map((id) => ({ id, carried: d3.sum(chosen, (edge) => (edge.from === id ? edge.n : 0)), degree: chosen.filter((edge) => edge.from === id || edge.to === id).length }));
  const links = chosen.map((edge) => ({ ...edge, source: edge.from, target: edge.to }));
  const forces = d3
    .forceSimulation(nodes)
    .force("link", d3.forceLink(links).id((node) => node.id).distance(70).strength((link) => 0.08 + 0.02 * Math.min(10, link.size)))
    .force("charge", d3.forceManyBody().strength(-160).distanceMax(320))
    .force("collide", d3.forceCollide((node) => radius(node) + 12))
    .force("x", d3.forceX(0).strength(0.05))
    .force("y", d3.forceY(0).strength(0.09))
    .stop();
  forces.tick(TICKS);
  return { nodes, links };
}

function radius(node) {
  return 4 + Math.min(20, 2.2 * Math.sqrt(node.carried));
}

function drawNetwork(chosen) {
  const { nodes, links } = placed(chosen);
  const [left, right] = d3.extent(nodes, (node) => node.x);
  const [top, bottom] = d3.extent(nodes, (node) => node.y);
  const scale = Math.min((WIDTH - 2 * MARGIN) / Math.max(1, right - left), (HEIGHT - 60) / Math.max(1, bottom - top), 1.6);
  for (const node of nodes) {
    node.px = WIDTH / 2 + (node.x - (left + right) / 2) * scale;
    node.py = HEIGHT / 2 + (node.y - (top + bottom) / 2) * scale;
  }
  const marks = nodes.map((node) => drawNode(node));
  const labels = namedNodes(nodes);
  for (const [n, node] of nodes.entries()) if (labels.has(node)) marks[n].append(label(node));
  const lines = links.map((link) => drawLink(link));
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `Network of ${nodes.length} outlets; the list below has the same` }, arrowHead(), lines, marks);
}

function label(node) {
  const place = isAtEdge(node) ? { x: -radius(node) - 3, "text-anchor": "end" } : { x: radius(node) + 3 };
  return svg("text", { ...place, dy: "0.35em" }, shortName(node.id));
}

function isAtEdge(node) {
  return node.px + radius(node) + labelWidth(node) > WIDTH - 4;
}

function labelWidth(node) {
  return 7 * shortName(node.id).length + 3;
}

function shortName(id) {
  const name = id.startsWith("wire:") ? id.slice(5) : id;
  return name.length > 28 ? `${name.slice(0, 27)}…` : name;
}

// Larger nodes first; a label that would lie on another is left out and stands in the node's title.
function namedNodes(nodes) {
  const kept = [];
  const named = new Set();
  for (const node of [...nodes].sort((a, b) => b.carried - a.carried || b.degree - a.degree)) {
    const box = { x: isAtEdge(node) ? node.px - radius(node) - labelWidth(node) : node.px + radius(node), y: node.py - 7, w: labelWidth(node), h: 14 };
    if (kept.some((one) => box.x < one.x + one.w && one.x < box.x + box.w && box.y < one.y + one.h && one.y < box.y + box.h)) continue;
    kept.push(box);
    named.add(node);
  }
  return named;
}

function arrowHead() {
  return svg("defs", {}, svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 9, markerHeight: 9, orient: "auto", markerUnits: "userSpaceOnUse" }, svg("path", { d: "M0,0L8,4L0,8z", class: "tip-arrow" })));
}

function drawLink(link) {
  const { source, target } = link;
  const [dx, dy] = [target.px - source.px, target.py - source.py];
  const length = Math.hypot(dx, dy) || 1;
  const end = Math.max(0, length - radius(target) - 2) / length;
  const [x, y] = [source.px + dx * end, source.py + dy * end];
  const bend = length / 9;
  const [cx, cy] = [source.px + dx / 2 - (dy / length) * bend, source.py + dy / 2 + (dx / length) * bend];
  const isOpen = link.n === 0;
  return svg(
    "path",
    { class: isOpen ? "link open" : "link", d: isOpen ? `M${source.px},${source.py}L${target.px},${target.py}` : `M${source.px},${source.py}Q${cx},${cy} ${x},${y}`, "stroke-width": Math.min(6, 0.8 + 0.5 * Math.sqrt(link.size)), "marker-end": isOpen ? null : "url(#arrow)" },
    svg("title", {}, linkTitle(link)),
  );
}

function linkTitle(link) {
  const carried = `${link.to} carried ${plural(link.n, "article")} of ${link.from}, ${link.credited} with a credit`;
  const open = `${link.from} and ${link.to} share ${plural(link.open, "article")}, direction unknown`;
  return [link.n ? carried : null, link.open ? open : null].filter(Boolean).join("; ");
}

function drawNode(node) {
  const isWire = node.id.startsWith("wire:");
  const size = radius(node);
  const shape = isWire ? svg("rect", { x: -size, y: -size, width: 2 * size, height: 2 * size, transform: "rotate(45)" }) : svg("circle", { r: size });
  const mark = svg("g", { class: isWire ? "node wire" : "node", transform: `translate(${node.px},${node.py})` }, shape, svg("title", {}, `${node.id}: ${plural(node.carried, "article")} carried by others`));
  if (!isWire) mark.addEventListener("click", () => { location.hash = `outlet=${encodeURIComponent(node.id)}`; });
  return mark;
}

function networkLegend() {
  const line = (kind) => svg("svg", { viewBox: "0 0 14 14" }, svg("path", { class: kind, d: "M0,7H14", "stroke-width": 2 }));
  return el("ul", { class: "legend net-legend" }, el("li", {}, line("link"), " carried, to the arrow's end"), el("li", {}, line("link open"), " shared, direction unknown"), el("li", {}, "● outlet, larger the more of its articles others carried"), el("li", {}, "◆ news agency"));
}

function edgeTable(chosen) {
  const names = ["from", "to", "articles", "with a credit", "excerpts", "direction unknown", "median lag"];
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Pairs of outlets" },
    el(
      "table",
      { id: "edge-table" },
      el("thead", {}, el("tr", {}, names.map((name, n) => el("th", { scope: "col", class: n > 1 ? "n" : null }, name)))),
      el("tbody", {}, chosen.slice(0, 300).map((edge) => el("tr", {}, el("td", {}, outletLink(edge.from)), el("td", {}, outletLink(edge.to)), [edge.n, edge.credited, edge.excerpt, edge.open].map((n) => el("td", { class: "n" }, count(n))), el("td", { class: "n" }, edge.lagS === null ? unknown() : lag(edge.lagS))))),
    ),
    chosen.length > 300 ? el("p", { class: "note" }, `and ${count(chosen.length - 300)} more; narrow the filters, or read the table copy_edges`) : null,
  );
}
