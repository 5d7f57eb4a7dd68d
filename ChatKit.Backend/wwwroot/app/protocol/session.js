const address = "api/session";

/** Who the page speaks for, `{user: {name}?, sign_in: path?}`; without a path there is no signing in, and no signing out. */
export async function fetchSession() {
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    return response.ok ? await response.json() : {};
  } catch {
    return {};
  }
}

export const endSession = () => fetch(address, { method: "DELETE", credentials: "same-origin" });

/** Nobody is signed in (any more): only the server's own page can change that. It comes back to where the person was. */
export async function signIn() {
  const { sign_in: page } = await fetchSession();
  if (page) location.assign(`${page}?return=${encodeURIComponent(location.pathname + location.search + location.hash)}`);
}
