const svg = "http://www.w3.org/2000/svg";

/** An icon of the sprite. It only decorates: the control around it carries the name. */
export function icon(name) {
  const element = document.createElementNS(svg, "svg");
  element.setAttribute("class", "icon");
  element.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg, "use");
  use.setAttribute("href", `icons.svg#${name}`);
  element.append(use);
  return element;
}
