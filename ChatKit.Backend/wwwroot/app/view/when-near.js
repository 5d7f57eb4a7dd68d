/** So many rows are drawn ahead of need; beyond that, only what comes near. */
const mostAhead = 1000;
const slice = 6;

/** The browser tells when a row that it lays out by need (content-visibility) comes near what is seen; one that cannot draws at once. */
const tells = "ContentVisibilityAutoStateChangeEvent" in window;

/** Safari has no idle time of its own to tell of. */
const whenIdle = window.requestIdleCallback?.bind(window) ?? ((work) => setTimeout(() => work({ timeRemaining: () => slice }), 50));

const waiting = new Map();
const queue = [];
let idle = 0;
let ahead = 0;

/**
 * Calls `draw` when `row` comes near the part of the conversation that is seen, or when the browser has nothing else to do, so that the browser's own search
 * finds it too. A long thread thus opens as fast as a short one.
 */
export function whenNear(row, draw) {
  if (!tells) return draw();
  if (!waiting.has(row)) {
    row.addEventListener("contentvisibilityautostatechange", comeNear);
    queue.push(row);
  }

  waiting.set(row, draw);
  idle ||= whenIdle(drawAhead);
}

/** It is drawn, or gone. */
export function notNeeded(row) {
  waiting.delete(row);
  row.removeEventListener("contentvisibilityautostatechange", comeNear);
}

function comeNear({ skipped, target }) {
  if (!skipped) drawNow(target);
}

function drawNow(row) {
  const draw = waiting.get(row);
  notNeeded(row);
  draw?.();
}

/** The newest first: people read at the end. */
function drawAhead(deadline) {
  idle = 0;
  const began = performance.now();
  while (queue.length > 0 && ahead < mostAhead && deadline.timeRemaining() > 2 && performance.now() - began < slice) {
    const row = queue.pop();
    if (!waiting.has(row)) continue;
    if (!row.isConnected) notNeeded(row);
    else {
      ahead++;
      drawNow(row);
    }
  }

  if (queue.length > 0 && ahead < mostAhead) idle = whenIdle(drawAhead);
}
