/** The models on offer, `[{id, label}]`. The page works without a list too: the server then chooses. */
export async function fetchModels(url) {
  try {
    const response = await fetch(url);
    return response.ok ? (await response.json()).data : [];
  } catch {
    return [];
  }
}
