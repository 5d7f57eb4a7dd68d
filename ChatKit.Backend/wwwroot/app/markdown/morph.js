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
    else if (!alike(present, node)) present.replaceWith(node);
    else if (node.nodeType === Node.TEXT_NODE) setText(present, node.data);
    else morphElement(present, node);
  });
}

const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName;

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
