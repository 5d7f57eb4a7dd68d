/** Small choices that this browser remembers. Where storage is blocked they last as long as the page. */
const kept = new Map();

export const preferences = {
  theme: preference("theme"),
  model: preference("model"),
  typedModel: preference("typed-model"),
  sidebar: preference("sidebar"),
};

function preference(name) {
  const key = `chatkit.${name}`;
  return {
    get() {
      try {
        return localStorage.getItem(key);
      } catch {
        return kept.get(key) ?? null;
      }
    },
    set(value) {
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      } catch {
        kept.set(key, value);
      }
    },
  };
}
