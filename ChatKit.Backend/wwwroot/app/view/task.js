import { fillWithMarkdown } from "../markdown/static-markdown.js";
import { text } from "../text.js";
import { h } from "./dom.js";
import { icon } from "./icon.js";
import { sourceCard } from "./sources.js";
import { widgetIcons } from "./widget/icons.js";

const icons = { custom: "circle-check", web_search: "globe", thought: "brain", file: "file-text", image: "image" };

/** One step of a workflow. It is drawn anew only when it has changed. */
export function taskView() {
  const mark = h("span", { class: "task-icon" });
  const body = h("div", { class: "task-body" });
  const element = h("li", { class: "task" }, mark, body);
  let drawn = null;
  return {
    element,
    update(task, running) {
      const state = JSON.stringify([task, running]);
      if (state === drawn) return;
      drawn = state;
      const loading = task.status_indicator === "loading" || (running && task.status_indicator !== "complete");
      element.classList.toggle("running-task", loading);
      mark.replaceChildren(...loading ? [h("span", { class: "spinner" }), h("span", { class: "visually-hidden" }, text.inProgress)] : [icon(iconOf(task))]);
      body.replaceChildren(...bodies[task.type]?.(task) ?? titled(task));
    },
  };
}

const iconOf = (task) => widgetIcons(task.icon) ?? (task.status_indicator === "complete" && task.type === "custom" ? "circle-check" : icons[task.type] ?? "circle");

const titled = ({ title }, standard = null) => (title || standard ? [h("p", { class: "task-title", dir: "auto" }, title || standard)] : []);

const bodies = {
  custom: (task) => [...titled(task), ...task.content ? [fillWithMarkdown(h("div", { class: "task-text" }), task.content)] : []],

  thought: (task) => [...titled(task), fillWithMarkdown(h("div", { class: "task-text" }), task.content ?? "")],

  web_search: (task) => [
    ...titled(task, task.title_query ? text.searchingFor(task.title_query) : text.searching),
    ...task.queries?.length ? [h("ul", { class: "queries" }, ...task.queries.map((query) => h("li", { dir: "auto" }, icon("search"), query)))] : [],
    ...sources(task),
  ],

  file: (task) => [...titled(task, text.readingFiles), ...sources(task)],

  image: (task) => titled(task, text.drawingBegins),
};

const sources = ({ sources: found = [] }) => (found.length > 0 ? [h("ul", { class: "task-sources" }, ...found.map((source) => h("li", {}, sourceCard(source))))] : []);
