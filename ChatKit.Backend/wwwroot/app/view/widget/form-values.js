/** What the controls of a form hold, by their names: booleans for boxes to tick, strings for the rest. */
export function collect(form) {
  const values = {};
  for (const field of form.querySelectorAll("[name]")) {
    if (field.disabled || !field.dataset.name) continue;
    const name = field.dataset.name;
    if (field.type === "checkbox") values[name] = field.checked;
    else if (field.type === "radio") values[name] = field.checked ? field.value : values[name] ?? null;
    else values[name] = field.value;
  }

  return values;
}

/** Attributes of an element that is no button but does what one does. */
export const control = (run) => ({
  role: "button",
  tabindex: "0",
  onclick: (event) => {
    if (!event.target.closest("button, a, input, select, textarea, label")) run();
  },
  onkeydown: (event) => {
    if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    run();
  },
});
