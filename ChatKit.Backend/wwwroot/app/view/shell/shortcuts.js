import { text } from "../../text.js";
import { byId, h, isCovered } from "../dom.js";
import { ask } from "../dialog.js";

const onMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** `keys`: how it is written; `mod` is Ctrl, and ⌘ on a Mac. */
const table = (deeds) => [
  { keys: ["mod", "K"], label: text.keys.search, run: deeds.search },
  { keys: ["mod", "Shift", "O"], label: text.keys.newChat, run: deeds.newChat },
  { keys: ["mod", "Shift", "S"], label: text.keys.sidebar, run: deeds.sidebar },
  { keys: ["/"], label: text.keys.write, run: deeds.write },
  { keys: ["?"], label: text.keys.help, run: () => showShortcuts(deeds) },
];

/** What needs no table: the message box and the dialogs take these themselves. */
const others = () => [
  { keys: ["Enter"], label: text.keys.send },
  { keys: ["Shift", "Enter"], label: text.keys.newLine },
  { keys: ["↑"], label: text.keys.editLast },
  { keys: ["Esc"], label: text.keys.stop },
];

/** `deeds`: {stop, newChat, search, write, sidebar}; `stop` says whether there was anything to stop. */
export function shortcuts(deeds) {
  const entries = table(deeds);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || isCovered()) return;
    if (event.key === "Escape") return void deeds.stop();
    const entry = entries.find(({ keys }) => isPressed(keys, event));
    if (!entry || (entry.keys[0] !== "mod" && isTyping(event.target))) return;
    event.preventDefault();
    entry.run();
  });
  byId("help").addEventListener("click", () => showShortcuts(deeds));
}

function isPressed(keys, event) {
  const mod = onMac ? event.metaKey : event.ctrlKey;
  const wantsMod = keys.includes("mod");
  if (wantsMod !== mod || event.altKey) return false;
  if (wantsMod && keys.includes("Shift") !== event.shiftKey) return false;
  return event.key.toLowerCase() === keys.at(-1).toLowerCase();
}

const isTyping = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

function showShortcuts(deeds) {
  const rows = [...others(), ...table(deeds)].flatMap(({ keys, label }) => [
    h("dt", {}, label),
    h("dd", {}, ...keys.map((key) => h("kbd", {}, nameOf(key)))),
  ]);
  ask({ heading: text.shortcuts, body: h("dl", { class: "keys" }, ...rows), agree: text.close });
}

const nameOf = (key) => ({ mod: onMac ? "⌘" : text.keys.control, Shift: text.keys.shift, Enter: text.keys.enter, Esc: text.keys.escape })[key] ?? key;
