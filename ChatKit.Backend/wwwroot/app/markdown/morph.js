/**
 * Changes the children of `target` into those of `source`, keeping every element that can stay: a code block that grows while it streams
 * keeps its scroll position, its selection and the focus of its button.
 */
export function morph(target, source) {
  const wanted = [...source.childNodes];
  while (target.childNodes.length > wanted.length) target.lastChild.remove();
  wanted.forEach((node, index) => {
    const present = target.childNodes[index];
    if (!present) target.append(node);
    else if (isSameFormula(present, node)) return;
    else if (!alike(present, node)) present.replaceWith(node);
    else if (node.nodeType === Node.TEXT_NODE) setText(present, node.data);
    else morphElement(present, node);
  });
}

/** A formula is one thing: it stays, or another takes its place. */
const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && !isFormula(one) && !isFormula(other);

const isFormula = (node) => node instanceof Element && node.classList.contains("math");

const isSameFormula = (one, other) => isFormula(one) && isFormula(other) && one.dataset.tex === other.dataset.tex && one.className === other.className;

function setText(node, data) {
  if (data.startsWith(node.data)) node.appendData(data.slice(node.data.length));
  else node.data = data;
}

function morphElement(target, source) {
  for (const { name } of [...target.attributes]) {
    if (!source.hasAttribute(name)) target.removeAttribute(name);
  }

  for (const { name, value } of source.attributes) {
    if (target.getAttribute(name) !== value) target.setAttribute(name, value);
  }

  morph(target, source);
}
