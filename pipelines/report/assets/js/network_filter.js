// Which edges the network shows: by size, wire, language, and around one outlet.

const MOST_EDGES = 160;

function networkChoices(content) {
  const languages = new Map(content.outlets.rows.map((one) => [one.id, mainLanguage(content, one)]));
  const edges = content.network.edges.map(([from, to, n, credited, excerpt, open, lagS]) => ({
    from, to, n, credited, excerpt, open, lagS,
    size: n + open,
    isWire: from.startsWith("wire:"),
    language: languages.get(to) ?? null,
  }));
  return { edges, languages };
}

// The language of most of its articles: `languages` is listed as "de 17", largest counts not first.
function mainLanguage(content, one) {
  const place = content.outlets.measures.findIndex((measure) => measure.name === "languages");
  const told = one.values[place] ?? [];
  const counts = told.map((entry) => entry.split(" ")).filter((pair) => pair.length === 2);
  return counts.length ? d3.greatest(counts, (pair) => Number(pair[1]))[0] : null;
}

function chosenEdges(edges, state) {
  return edges.filter((edge) =>
    edge.size >= state.least
    && (state.hasWires || !edge.isWire)
    && (state.hasOpen || edge.n > 0)
    && (!state.language || edge.language === state.language)
    && (!state.around || edge.from === state.around || edge.to === state.around));
}

// The smallest size at which so few edges are left that a person can read them.
function readableSize(edges) {
  const sizes = edges.map((edge) => edge.size).sort(d3.descending);
  return sizes.length <= MOST_EDGES ? 1 : sizes[MOST_EDGES - 1] + 1;
}
