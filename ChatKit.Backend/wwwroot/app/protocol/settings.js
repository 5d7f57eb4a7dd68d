import { callForJson } from "./http.js";

/** What holds where the server does not say: `{strategy: "two_phase" | "direct", url?, max_bytes, max_count, accept: [types]}`. */
const standard = { strategy: "two_phase", max_bytes: 20 * 1024 * 1024, max_count: 20, accept: null };

/** How files are sent, and which. */
export async function fetchUploadSettings() {
  try {
    return { ...standard, ...(await callForJson("api/page")).uploads };
  } catch {
    return standard;
  }
}
