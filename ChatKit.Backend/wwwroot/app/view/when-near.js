import { byId } from "./dom.js";

/** So many rows are drawn ahead of need; beyond that, only what comes near. */
const mostAhead = 1000;
const slice = 6;

/** Safari has no idle time of its own to tell of. */
const whenIdle = window.requestIdleCallback?.bind(window) ?? ((work) => setTimeout(() => work({ timeRemaining: () => slice }), 50));

const waiting = new Map();
let observer = null;
let idle = 0;
let ahead = 0;

/**
 * Calls `draw` when `element` comes near the part of the conversation that is seen, or when the browser has nothing else to do, so that the browser's own
 * search finds it too. A long thread thus opens as fast as a short one.
 */
export function whenNear(element, draw) {
  waiting.set(element, draw);
  watch().observe(element);
  idle ||= whenIdle(drawAhead);
}

/** It is drawn, or gone. */
export function notNeeded(element) {
  waiting.delete(element);
  observer?.unobserve(element);
}

function watch() {
  return observer ??= new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) drawNow(target);
  }, { root: byId("scroller"), rootMargin: "150% 0px" });
}

function drawNow(element) {
  const draw = waiting.get(element);
  notNeeded(element);
  draw?.();
}

/** The newest first: people read at the end. */
function drawAhead(deadline) {
  idle = 0;
  const began = performance.now();
  for (const element of [...waiting.keys()].reverse()) {
    if (ahead >= mostAhead) return;
    if (deadline.timeRemaining() < 2 || performance.now() - began > slice) break;
    ahead++;
    drawNow(element);
  }

  if (waiting.size > 0) idle = whenIdle(drawAhead);
}
