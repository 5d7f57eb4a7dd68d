import { formatMoment, formatTime } from "../format.js";
import { h } from "./dom.js";

export const timeOf = (iso) => h("time", { datetime: iso, title: formatMoment(iso) }, formatTime(iso));
