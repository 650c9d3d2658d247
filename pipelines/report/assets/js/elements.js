// Elements made of plain values. Text from pages only ever becomes text: nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((one) => one !== null && one !== undefined).map(asNode));
  return node;
}

function asNode(value) {
  return value instanceof Node ? value : document.createTextNode(String(value));
}

function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

// A drawing of Plot as one picture with one name: its groups have names too, which groups may not.
function asPicture(drawing) {
  drawing.setAttribute("role", "img");
  drawing.querySelectorAll("[aria-label]").forEach((part) => part.removeAttribute("aria-label"));
  return drawing;
}

// What a page says, in whatever direction it is written, kept from turning the text around it.
function said(text, tag = "bdi") {
  if (text === null || text === undefined || text === "") return unknown();
  return el(tag, { class: "said", dir: "auto" }, text);
}

function unknown(what = "unknown") {
  return el("span", { class: "unknown" }, what);
}

// An address of a page as a link, where it is one that a browser may follow.
function pageLink(url) {
  if (!/^https?:\/\//i.test(url ?? "")) return said(url);
  const shown = url.length > 72 ? `${url.slice(0, 71)}…` : url;
  return el("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank", class: "said address", dir: "auto", title: url }, shown);
}

function byId(id) {
  return document.getElementById(id);
}

function say(text) {
  byId("status").textContent = text;
}

function option(value, text, isChosen) {
  return el("option", { value, selected: isChosen }, text);
}

function labelled(text, control, kind) {
  return el("label", { class: kind }, ...(kind === "check" ? [control, text] : [text, control]));
}
