import { callForJson } from "./http.js";

/** The models on offer, `[{id, label, default}]`. The page works without a list too: the server then chooses. */
export const fetchModels = () => fetchList("api/models");

/** The tools that a person may ask for, `[{id, name, description?, icon?}]`. */
export const fetchTools = () => fetchList("api/tools");

async function fetchList(url) {
  try {
    return (await callForJson(url)).data ?? [];
  } catch {
    return [];
  }
}
