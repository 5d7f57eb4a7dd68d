import { text } from "../../text.js";
import { ownAddress } from "../attachment-card.js";
import { h } from "../dom.js";
import { formatPercent } from "../../format.js";
import { foreignImage } from "../foreign-image.js";
import { showImage } from "../image-dialog.js";

/** A picture that the assistant makes: a place for it, drafts that become clearer, and in the end the picture. */
export function generatedImage() {
  const element = h("figure", { class: "generated" });
  let shown = null;
  return {
    element,
    update(item, live) {
      const unfinished = live && (item.progress ?? 0) < 1;
      element.classList.toggle("unfinished", unfinished);
      element.setAttribute("aria-busy", String(live));
      if (item.image?.url !== shown || !item.image) element.replaceChildren(face(item.image));
      shown = item.image?.url ?? null;
      element.querySelector("figcaption")?.remove();
      if (unfinished) element.append(progressLine(item.progress));
    },
  };
}

function face(image) {
  if (!image?.url) return h("div", { class: "generated-blank" });
  const source = ownAddress(image.url);
  if (!source) return foreignImage(image.url, text.generatedImage);
  return h("button", { type: "button", class: "picture large", "aria-label": text.enlarge(text.generatedImage), onclick: () => showImage(source, text.generatedImage) },
    h("img", { src: source, alt: text.generatedImage, decoding: "async" }));
}

const progressLine = (part) => h("figcaption", {},
  h("span", {}, part ? text.drawing(formatPercent(part)) : text.drawingBegins),
  h("progress", { max: "1", value: part ?? null, "aria-label": text.drawingBegins }));
