/** Builds an element. Attributes that are null or false are left out; `on…` members listen; strings become text, never HTML. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }

  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Makes `nodes` the children of `parent`, moving only what is out of place: what stays keeps its focus. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...parent.childNodes]) if (!wanted.has(node)) node.remove();
  let place = parent.firstChild;
  for (const node of nodes) {
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
}

/** Something lies above the page (a dialog, a menu): Escape is meant for it. */
export const isCovered = () => document.querySelector("dialog[open], [popover]:popover-open") !== null;

export const byId = (id) => document.getElementById(id);

let ids = 0;

/** An id that nothing else on the page has. */
export const newId = (prefix) => `${prefix}-${++ids}`;
