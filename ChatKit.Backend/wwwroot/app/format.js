import { language, text } from "./text.js";

const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const moment = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
const shortDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
const number = new Intl.NumberFormat(language);
const rounded = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const percentage = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
const list = new Intl.ListFormat(language, { type: "conjunction" });

const isValid = (date) => !Number.isNaN(date.getTime());

export const formatTime = (iso) => clock.format(new Date(iso));
export const formatMoment = (iso) => moment.format(new Date(iso));
export const formatNumber = (value) => number.format(value);
export const formatPercent = (part) => percentage.format(part);
export const formatList = (words) => list.format(words);

/** A day as servers write it, `2026-05-01` or a full instant; what is neither stays as it came. */
export function formatDay(words) {
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(words) ? `${words}T12:00` : words);
  return isValid(date) ? shortDay.format(date) : words;
}

export function formatBytes(count) {
  const steps = text.bytes;
  const step = Math.min(steps.length - 1, Math.floor(Math.log(Math.max(count, 1)) / Math.log(1024)));
  return `${rounded.format(count / 1024 ** step)} ${steps[step]}`;
}

export function formatSeconds(seconds) {
  return seconds < 60 ? text.seconds(number.format(Math.round(seconds))) : text.minutes(number.format(Math.floor(seconds / 60)), number.format(Math.round(seconds % 60)));
}
