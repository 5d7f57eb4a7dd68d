/** The address holds the thread: `#/t/thr_…`, or `#/` for a new chat. The part after # never reaches a server's log. */
const route = /^#\/t\/([^/]+)$/;

export const threadInAddress = () => {
  const match = route.exec(location.hash);
  return match ? decodeURIComponent(match[1]) : null;
};

export const addressOf = (threadId) => (threadId ? `#/t/${encodeURIComponent(threadId)}` : "#/");

export const go = (threadId) => {
  location.hash = addressOf(threadId);
};

/** Changes the address in place: the same conversation got its id, or the one shown is gone. */
export const replaceAddress = (threadId) => history.replaceState(null, "", addressOf(threadId));

export const onNavigate = (handler) => window.addEventListener("hashchange", () => handler(threadInAddress()));
