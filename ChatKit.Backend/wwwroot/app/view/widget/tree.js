import { text } from "../../text.js";
import { h } from "../dom.js";
import { components } from "./components.js";

/** Deeper trees are not built: nobody draws one, and a hostile one would take the page with it. */
const deepest = 25;

/**
 * Builds a component: `{node, element, holder, children, context, change?}`; `holder` is where its children's elements stand, null where it has none, and
 * `change(node)` shows a new text without building anew. What a component throws over a malformed description is told in its place, and only there.
 */
export function build(node, context) {
  const depth = (context.depth ?? 0) + 1;
  if (depth > deepest) return broken(node);
  try {
    const create = Object.hasOwn(components, node?.type) ? components[node.type] : null;
    if (!create) return broken(node);
    const made = create(node, context);
    const inner = { ...context, ...made.context, depth };
    const children = made.holder ? childrenOf(node).map((child) => build(child, inner)) : [];
    if (made.holder) made.holder.append(...children.map(({ element }) => element));
    made.built?.(children);
    return { ...made, node, children, context: inner };
  } catch {
    return broken(node);
  }
}

/** Shows `node` where `old` stands, with as much of it as can stay. Returns what stands there now. */
export function renew(old, node, context) {
  if (old.node === node || isSame(old.node, node)) return { ...old, node };
  if (old.change && old.node.type === node.type && isSame(without(old.node, "value", "streaming"), without(node, "value", "streaming"))) {
    old.change(node);
    return { ...old, node };
  }

  if (!old.holder || old.built || !isSame(without(old.node, "children"), without(node, "children"))) {
    const fresh = build(node, context);
    old.element.replaceWith(fresh.element);
    return fresh;
  }

  const children = childrenOf(node).map((child, index) => renewChild(old, child, index));
  for (const gone of old.children.slice(children.length)) gone.element.remove();
  return { ...old, node, children };
}

function renewChild(parent, node, index) {
  if (index < parent.children.length) return renew(parent.children[index], node, parent.context);
  const fresh = build(node, parent.context);
  parent.holder.append(fresh.element);
  return fresh;
}

/** One child may stand without a list around it; a list may stand within a list. */
function childrenOf({ children }) {
  if (children === null || children === undefined) return [];
  return (Array.isArray(children) ? children.flat(3) : [children]).filter((child) => child && typeof child === "object");
}

const broken = (node) => ({ node, element: h("p", { class: "widget-unknown" }, text.unknownComponent(String(node?.type ?? ""))), holder: null, children: [] });

const without = (node, ...names) => Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)));

function isSame(one, other) {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]));
}
