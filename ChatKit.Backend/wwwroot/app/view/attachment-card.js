import { formatBytes } from "../format.js";
import { text } from "../text.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";
import { showImage } from "./image-dialog.js";

/** A file of a message: a picture opens large, anything else is downloaded. The address is the server's own, whatever name it knows itself by. */
export function attachmentCard({ type, name, preview_url: preview, id }) {
  if (type !== "image") return h("a", { class: "file", href: `attachments/${encodeURIComponent(id)}`, download: name, title: text.download(name) }, ...fileFace(name));
  const source = ownAddress(preview, `attachments/${encodeURIComponent(id)}`);
  return h("button", { type: "button", class: "picture", "aria-label": text.enlarge(name), title: name, onclick: () => showImage(source, name) },
    h("img", { src: source, alt: name, loading: "lazy", decoding: "async" }));
}

/** How a file looks that has no picture. */
export function fileFace(name, size = null) {
  const kind = /\.(\w{1,5})$/.exec(name)?.[1]?.toUpperCase() ?? "";
  return [
    h("span", { class: "file-icon" }, icon("file-text")),
    h("span", { class: "file-words" }, h("span", { class: "file-name", dir: "auto" }, name), h("span", { class: "file-kind" }, [kind, size === null ? "" : formatBytes(size)].filter(Boolean).join(" · "))),
  ];
}

/** An address on our own host, by our own scheme; null for any other: the page fetches nothing from third parties. */
export function ownAddress(address, otherwise = null) {
  if (/^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(address ?? "")) return address;
  if (!URL.canParse(address ?? "", document.baseURI) || !address) return otherwise;
  const url = new URL(address, document.baseURI);
  return url.host === location.host && /^https?:$/.test(url.protocol) ? url.pathname + url.search : otherwise;
}
