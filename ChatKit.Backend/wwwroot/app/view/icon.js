const svg = "http://www.w3.org/2000/svg";
const path = (d) => ["path", { d }];

/** Shapes on a grid of 24, from lucide-static 1.62.0 (ISC, parts MIT; see lib/README.md). In the page itself: an icon needs no request. */
const shapes = {
  "square-pen": [
    path("M12 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2v-7"),
    path("M18.375 2.625a1 1 0 0 1 3 3l-9.013 9.014a2 2 0 0 1-.853.505l-2.873.84a.5.5 0 0 1-.62-.62l.84-2.873a2 2 0 0 1 .506-.852z"),
  ],
  "panel-left": [["rect", { width: 18, height: 18, x: 3, y: 3, rx: 2 }], path("M9 3v18")],
  "arrow-up": [path("m5 12 7-7 7 7"), path("M12 19V5")],
  "arrow-down": [path("M12 5v14"), path("m19 12-7 7-7-7")],
  square: [["rect", { x: 6, y: 6, width: 12, height: 12, rx: 2.5, fill: "currentColor" }]],
  copy: [["rect", { width: 14, height: 14, x: 8, y: 8, rx: 2, ry: 2 }], path("M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2")],
  check: [path("M20 6 9 17l-5-5")],
  ellipsis: [["circle", { cx: 12, cy: 12, r: 1 }], ["circle", { cx: 19, cy: 12, r: 1 }], ["circle", { cx: 5, cy: 12, r: 1 }]],
  "trash-2": [
    path("M10 11v6"),
    path("M14 11v6"),
    path("M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6"),
    path("M3 6h18"),
    path("M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"),
  ],
  pencil: [
    path("M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z"),
    path("m15 5 4 4"),
  ],
  sun: [
    ["circle", { cx: 12, cy: 12, r: 4 }],
    path("M12 2v2"),
    path("M12 20v2"),
    path("m4.93 4.93 1.41 1.41"),
    path("m17.66 17.66 1.41 1.41"),
    path("M2 12h2"),
    path("M20 12h2"),
    path("m6.34 17.66-1.41 1.41"),
    path("m19.07 4.93-1.41 1.41"),
  ],
  moon: [path("M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401")],
  monitor: [
    ["rect", { width: 20, height: 14, x: 2, y: 3, rx: 2 }],
    ["line", { x1: 8, x2: 16, y1: 21, y2: 21 }],
    ["line", { x1: 12, x2: 12, y1: 17, y2: 21 }],
  ],
  "chevron-down": [path("m6 9 6 6 6-6")],
  "circle-alert": [
    ["circle", { cx: 12, cy: 12, r: 10 }],
    ["line", { x1: 12, x2: 12, y1: 8, y2: 12 }],
    ["line", { x1: 12, x2: 12.01, y1: 16, y2: 16 }],
  ],
  "rotate-cw": [path("M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8"), path("M21 3v5h-5")],
  x: [path("M18 6 6 18"), path("m6 6 12 12")],
  info: [["circle", { cx: 12, cy: 12, r: 10 }], path("M12 16v-4"), path("M12 8h.01")],
  "triangle-alert": [path("m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"), path("M12 9v4"), path("M12 17h.01")],
};

/** An icon. It only decorates: the control around it carries the name. */
export function icon(name) {
  const root = element("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" });
  root.append(...shapes[name].map(([tag, attributes]) => element(tag, attributes)));
  return root;
}

/** Puts the icons of the static page in place: `<i data-icon="copy">`. */
export function placeIcons(root) {
  for (const place of root.querySelectorAll("[data-icon]")) place.replaceWith(icon(place.dataset.icon));
}

function element(tag, attributes) {
  const node = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
