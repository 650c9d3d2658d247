// What pipelines/report/packing.py packed: JSON, gzip, base64. No request is made for it.

async function unpack(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let n = 0; n < letters.length; n += 1) bytes[n] = letters.charCodeAt(n);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

const opened = new Map();

// The details of a story, or null where the page has no room for them.
async function storyDetail(content, id) {
  const place = content.where[id];
  if (place === undefined) return null;
  if (!opened.has(place)) opened.set(place, unpack(document.querySelectorAll("script.chunk")[place].textContent));
  return (await opened.get(place))[id] ?? null;
}
