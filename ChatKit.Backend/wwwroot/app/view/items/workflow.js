import { formatSeconds } from "../../format.js";
import { text } from "../../text.js";
import { h } from "../dom.js";
import { icon } from "../icon.js";
import { taskView } from "../task.js";
import { widgetIcons } from "../widget/icons.js";

/** What the assistant does on its way to an answer. Folded, it shows the step that runs; unfolded, all of them. A person's choice outlives updates. */
export function workflowItem() {
  const title = h("span", { class: "workflow-title", dir: "auto" });
  const mark = h("span", { class: "workflow-icon" });
  const list = h("ol", { class: "tasks" });
  const element = h("details", { class: "workflow" }, h("summary", {}, mark, title), list);
  const tasks = [];
  let chosen = false;
  element.querySelector("summary").addEventListener("click", () => { chosen = true; });

  return {
    element,
    update({ workflow }, live) {
      if (!chosen) element.open = workflow.expanded === true;
      element.classList.toggle("live", live);
      element.setAttribute("aria-busy", String(live));
      title.textContent = titleOf(workflow, live);
      mark.replaceChildren(icon(widgetIcons(workflow.summary?.icon) ?? (workflow.type === "reasoning" ? "brain" : "sparkles")));
      workflow.tasks.forEach((task, index) => {
        if (!tasks[index]) list.append((tasks[index] = taskView()).element);
        tasks[index].update(task, live && index === workflow.tasks.length - 1);
      });
      tasks.splice(workflow.tasks.length).forEach((task) => task.element.remove());
      element.hidden = workflow.tasks.length === 0 && !live && !workflow.summary;
    },
  };
}

/** A step that stands alone. */
export function taskItem() {
  const task = taskView();
  const element = h("ol", { class: "tasks alone" }, task.element);
  return { element, update: (item, live) => task.update(item.task, live) };
}

function titleOf({ type, summary, tasks }, live) {
  if (summary?.title) return summary.title;
  if (Number.isFinite(summary?.duration)) return text.thoughtFor(formatSeconds(summary.duration));
  const running = tasks.findLast(({ title }) => title);
  if (live) return running?.title ?? (type === "reasoning" ? text.thinking : text.working);
  return type === "reasoning" ? text.thoughts : text.steps(tasks.length);
}
