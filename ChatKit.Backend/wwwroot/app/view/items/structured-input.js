import { text } from "../../text.js";
import { formatList } from "../../format.js";
import { h, newId } from "../dom.js";
import { icon } from "../icon.js";

/** Questions of the assistant: choices (one, several, or words of one's own) and free answers. Each can be skipped, and all at once. */
export function structuredInput(deeds) {
  const element = h("section", { class: "card questions", "aria-label": text.questions });
  let status = null;
  return {
    element,
    update(item) {
      // What a person has filled in stays while the item is told of again.
      if (status === item.status) return;
      status = item.status;
      element.replaceChildren(...status === "pending" ? [form(item, deeds)] : answered(item));
    },
  };
}

function form(item, deeds) {
  const questions = item.inputs.map((input) => (input.type === "multiple_choice" ? choiceQuestion(input) : freeQuestion(input)));
  const send = (input) => {
    if (!deeds.refuseWhileBusy()) deeds.answerForm(item, input);
  };
  return h("form", {
    onsubmit: (event) => {
      event.preventDefault();
      const answers = Object.fromEntries(questions.map(({ id, values }) => [id, { values: values(), skipped: values().length === 0 }]));
      send({ status: "answered", answers });
    },
  }, ...questions.map(({ element }) => element),
  h("div", { class: "ways" },
    h("button", { type: "button", class: "button", onclick: () => send({ status: "skipped", answers: {} }) }, questions.length > 1 ? text.skipAll : text.skip),
    h("button", { type: "submit", class: "button primary" }, text.sendAnswers)));
}

function choiceQuestion({ id, question, options, multiple = false }) {
  const group = newId("choice");
  const own = h("input", { class: "field", type: "text", dir: "auto", "aria-label": text.ownAnswerTo(question), placeholder: text.ownAnswer });
  const choices = options.map(({ value }) => h("input", { type: multiple ? "checkbox" : "radio", name: group, value }));
  const ownChoice = h("input", { type: multiple ? "checkbox" : "radio", name: group, "aria-label": text.ownAnswer });
  own.addEventListener("input", () => {
    ownChoice.checked = own.value.trim() !== "" || (ownChoice.checked && !multiple);
  });
  ownChoice.addEventListener("change", () => {
    if (ownChoice.checked) own.focus();
  });
  return {
    id,
    values: () => [...choices.filter(({ checked }) => checked).map(({ value }) => value), ...ownChoice.checked && own.value.trim() ? [own.value.trim()] : []],
    element: h("fieldset", { class: "question" },
      h("legend", { dir: "auto" }, question),
      multiple ? h("p", { class: "card-note" }, text.chooseSeveral) : null,
      ...choices.map((choice) => h("label", { class: "choice" }, choice, h("span", { dir: "auto" }, choice.value))),
      h("div", { class: "choice" }, ownChoice, own)),
  };
}

function freeQuestion({ id, question, description }) {
  const name = newId("question");
  const field = h("textarea", { class: "field", id: name, rows: "2", dir: "auto", "aria-describedby": description ? `${name}-more` : null });
  return {
    id,
    values: () => (field.value.trim() ? [field.value.trim()] : []),
    element: h("div", { class: "question" },
      h("label", { for: name, class: "question-label", dir: "auto" }, question),
      description ? h("p", { class: "card-note", id: `${name}-more`, dir: "auto" }, description) : null,
      field),
  };
}

function answered({ status, inputs }) {
  if (status === "skipped") return [h("p", { class: "card-head" }, icon("circle-check"), text.questionsSkipped)];
  return [h("dl", { class: "answers" }, ...inputs.flatMap(({ question, answer }) => [
    h("dt", { dir: "auto" }, question),
    h("dd", { dir: "auto", class: isAnswered(answer) ? null : "skipped" }, isAnswered(answer) ? formatList(answer.values) : text.skipped),
  ]))];
}

const isAnswered = (answer) => Boolean(answer) && !answer.skipped && answer.values.length > 0;
