import { formatDay } from "../format.js";
import { text } from "../text.js";
import { h, newId } from "./dom.js";
import { hasIcon, icon } from "./icon.js";
import { widgetIcons } from "./widget/icons.js";

/** Each source once, numbered as first cited, and the places in the whole text that cite it. */
export function citedSources(item) {
  const sources = new Map();
  const places = [];
  let offset = 0;
  for (const part of item.content) {
    for (const annotation of part.annotations ?? []) {
      if (!annotation?.source) continue;
      const entry = entryOf(sources, annotation.source);
      if (Number.isInteger(annotation.index)) places.push({ index: offset + annotation.index, number: entry.number, target: entry.id });
    }

    offset += part.text?.length ?? 0;
  }

  return { sources: [...sources.values()], places: withoutRepeats(places) };
}

function entryOf(sources, source) {
  const key = source.url ?? source.filename ?? source.id ?? source.title;
  if (!sources.has(key)) sources.set(key, { id: newId("source"), number: sources.size + 1, source });
  return sources.get(key);
}

const withoutRepeats = (places) => places.filter((place, at) => places.findIndex(({ index, number }) => index === place.index && number === place.number) === at);

/** The sources of an answer, folded until someone asks, or follows a citation to one. */
export function sourceList(sources) {
  return h("details", { class: "sources" },
    h("summary", {}, icon("book-open"), text.sources(sources.length)),
    h("ol", {}, ...sources.map(({ id, source }) => h("li", { id, tabindex: "-1" }, sourceCard(source)))));
}

/** Opens the list and goes to the source that a citation names. */
export function goToSource(id) {
  const place = document.getElementById(id);
  if (!place) return;
  place.closest("details").open = true;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

/** One source. Only an address of the web is a link. */
export function sourceCard(source) {
  const { title, description, timestamp, group, attribution, url, filename, type } = source;
  const name = source.label ?? (title || filename || url);
  const link = webAddress(url);
  const head = link
    ? h("a", { href: link.href, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, name)
    : h("span", { class: "source-name", dir: "auto" }, name);
  const details = [attribution ?? link?.hostname ?? (filename === name ? null : filename), group, timestamp ? formatDay(timestamp) : null].filter(Boolean);
  return h("div", { class: "source" },
    icon(iconOf(type, source.icon)),
    h("div", {}, head,
      details.length > 0 ? h("span", { class: "source-more" }, details.join(" · ")) : null,
      description ? h("p", { dir: "auto" }, description) : null));
}

const iconOf = (type, wished) => {
  const named = widgetIcons(wished);
  return named && hasIcon(named) ? named : { url: "globe", file: "file-text" }[type] ?? "tag";
};

export function webAddress(address) {
  if (!URL.canParse(address ?? "")) return null;
  const url = new URL(address);
  return url.protocol === "https:" || url.protocol === "http:" ? url : null;
}
