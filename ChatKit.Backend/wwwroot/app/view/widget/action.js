import { host } from "../../host.js";
import { text } from "../../text.js";
import { notify } from "../notices.js";

/**
 * Runs the actions of a widget: `{type, payload?, handler: "server" | "client", loadingBehavior: "auto" | "none" | "self" | "container", streaming}`. While one
 * is on its way, its control or the whole widget shows it and takes no second press. `send(action)` asks the server, which waits for its turn unless
 * `streaming` is false.
 */
export function actionsOf(widget, send, deeds) {
  return async function act(config, origin, values = {}) {
    if (!config?.type || widget.inert) return;
    const action = { type: config.type, payload: withValues(config.payload, values) };
    if (config.handler === "client") return atHome(action, deeds);
    if (config.streaming !== false && deeds.refuseWhileBusy()) return;
    const done = showLoading(config.loadingBehavior ?? "auto", origin, widget);
    try {
      await send({ ...action, atOnce: config.streaming === false });
    } finally {
      done();
    }
  };
}

function atHome(action, deeds) {
  const handle = Object.hasOwn(host.actions, action.type) ? host.actions[action.type] : null;
  if (handle) handle(action.payload, deeds);
  else notify(text.failures.noClientAction(action.type), "warning");
}

/** What a form holds goes into the payload; a dot in a name makes an object: `address.city`. */
function withValues(payload, values) {
  if (Object.keys(values).length === 0) return payload ?? {};
  const whole = structuredClone(payload && typeof payload === "object" ? payload : {});
  for (const [name, value] of Object.entries(values)) {
    const path = name.split(".");
    if (path.some((step) => step === "__proto__")) continue;
    let place = whole;
    for (const step of path.slice(0, -1)) place = place[step] = Object.hasOwn(place, step) && typeof place[step] === "object" ? place[step] ?? {} : {};
    place[path.at(-1)] = value;
  }

  return whole;
}

function showLoading(behaviour, origin, widget) {
  if (behaviour === "none") return () => {};
  const whole = behaviour === "container" || (behaviour === "auto" && origin.matches("form"));
  if (whole) widget.inert = true;
  const busy = whole ? widget : origin;
  busy.setAttribute("aria-busy", "true");
  busy.classList.add("loading-now");
  if (busy instanceof HTMLButtonElement) busy.disabled = true;
  return () => {
    widget.inert = false;
    busy.removeAttribute("aria-busy");
    busy.classList.remove("loading-now");
    if (busy instanceof HTMLButtonElement) busy.disabled = false;
  };
}
