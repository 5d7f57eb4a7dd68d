/** Builds an element. Attributes that are null or false are left out; `on…` members listen; strings become text, never HTML. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }

  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Makes `nodes` the children of `parent`, moving only what is out of place: what stays keeps its focus. */
export function arrange(parent, nodes) {
  nodes.forEach((node, index) => {
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] ?? null);
  });
  while (parent.childNodes.length > nodes.length) parent.lastChild.remove();
}

/** Something lies above the page (a dialog, a menu): Escape is meant for it. */
export const isCovered = () => document.querySelector("dialog[open], [popover]:popover-open") !== null;

export const byId = (id) => document.getElementById(id);
