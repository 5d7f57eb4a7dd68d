import { formatNumber } from "../../format.js";
import { text } from "../../text.js";
import { h } from "../dom.js";
import { element as svg } from "../icon.js";
import { barPlaces, linePath, numberIn, scaleOf, spansOf } from "./chart-scale.js";
import { block, colour, put } from "./style.js";

/** Until the place is known. */
const standardSize = { width: 520, height: 200 };
const margin = { top: 12, right: 12, bottom: 28, left: 12 };
const palette = ["blue", "orange", "green", "purple", "red", "yellow", "pink"];

/**
 * Bars, areas and lines over categories, drawn as SVG without any library. Whoever does not see it reads the same figures in a table; whoever points at a
 * category reads them beside it.
 */
export function chart(node) {
  const { data = [], series = [], showYAxis = false, showLegend = true, showTooltip = true } = node;
  const axis = typeof node.xAxis === "string" ? { dataKey: node.xAxis } : node.xAxis;
  const shown = series.map((one, index) => ({ ...one, label: one.label ?? one.dataKey, paint: colour(one.color ?? palette[index % palette.length]) ?? "currentColor" }));
  const labels = data.map((row) => axis.labels?.[row[axis.dataKey]] ?? String(row[axis.dataKey] ?? ""));
  const draw = (size) => drawing(shown, data, labels, { ...node, ...size, axis, showYAxis });
  const picture = h("div", { class: "w-chart-picture" }, draw(standardSize));
  const element = h("figure", { class: "w-chart" }, showLegend && shown.length > 0 ? legend(shown) : null, picture, figures(shown, data, labels, axis));
  if (showTooltip) pointing(picture, shown, data, labels);
  block(element, node);
  // Drawn anew for each size, so that words and lines keep theirs.
  new ResizeObserver(([{ contentRect: { width, height } }]) => {
    if (width > 0 && height > 0) picture.querySelector("svg").replaceWith(draw({ width, height }));
  }).observe(picture);
  return { element, holder: null };
}

function drawing(series, data, labels, { axis, showYAxis, width, height, barGap = 2, barCategoryGap = 12 }) {
  const spans = spansOf(series, data);
  const scale = scaleOf(spans.flat().flatMap((span) => (span ? [span.from, span.to] : [])));
  const left = margin.left + (showYAxis ? 8 + Math.max(...scale.ticks.map((tick) => formatNumber(tick).length)) * 7 : 0);
  const step = (width - left - margin.right) / Math.max(data.length, 1);
  const bottom = height - (axis.hide ? margin.top : margin.bottom);
  const y = (value) => bottom - ((value - scale.low) / (scale.high - scale.low)) * (bottom - margin.top);
  const x = (index) => left + step * (index + 0.5);
  const layers = series.map((one, index) => layer(one, spans[index], { x, y, step, bars: barPlaces(series), index, barGap, barCategoryGap }));
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", class: "w-chart-svg" },
    ...scale.ticks.map((tick) => svg("line", { x1: left, x2: width - margin.right, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis" : "grid" })),
    ...showYAxis ? scale.ticks.map((tick) => svg("text", { x: left - 8, y: y(tick) + 4, class: "tick end" }, formatNumber(tick))) : [],
    ...axis.hide ? [] : tickLabels(labels, x, step, bottom),
    ...layers.flat());
}

/** Where labels would run into each other, only some are shown. */
function tickLabels(labels, x, step, bottom) {
  const room = Math.max(...labels.map((label) => Math.min(label.length, 14)), 1) * 7 + 8;
  const every = Math.max(1, Math.ceil(room / step));
  return labels.flatMap((label, index) => (index % every === 0
    ? [svg("text", { x: x(index), y: bottom + 18, class: "tick middle" }, label.length > 14 ? `${label.slice(0, 13)}…` : label)]
    : []));
}

function layer(one, spans, place) {
  if (one.type === "bar") return bars(one, spans, place);
  const { x, y } = place;
  const points = spans.flatMap((span, index) => (span ? [[x(index), y(span.to)]] : []));
  const line = painted(svg("path", { d: linePath(points, one.curveType ?? "monotone"), class: "line" }), "stroke", one.paint);
  if (one.type !== "area") return [line, ...points.map(([cx, cy]) => painted(svg("circle", { cx, cy, r: 3 }), "fill", one.paint))];
  const ground = spans.flatMap((span, index) => (span ? [[x(index), y(span.from)]] : [])).reverse();
  const area = points.length > 0 ? `${linePath(points, one.curveType ?? "monotone")}${linePath(ground, one.curveType ?? "monotone").replace("M", "L")}Z` : "";
  return [painted(svg("path", { d: area, class: "area" }), "fill", one.paint), line];
}

function bars(one, spans, { x, y, step, bars: { placeOf, count }, index: series, barGap, barCategoryGap }) {
  const room = Math.max(step - barCategoryGap, step * 0.4);
  const wide = Math.max(1, (room - barGap * (count - 1)) / count);
  const begin = -room / 2 + placeOf[series] * (wide + barGap);
  return spans.flatMap((span, index) => {
    if (!span) return [];
    const [upper, lower] = [Math.min(y(span.from), y(span.to)), Math.max(y(span.from), y(span.to))];
    return [painted(svg("rect", { x: x(index) + begin, y: upper, width: wide, height: Math.max(lower - upper, 0.5), rx: Math.min(3, wide / 4) }), "fill", one.paint)];
  });
}

function painted(shape, property, paint) {
  put(shape, property, paint);
  return shape;
}

const swatch = (paint) => painted(h("span", { class: "swatch" }), "background-color", paint);

const legend = (series) => h("ul", { class: "w-legend", "aria-hidden": "true" }, ...series.map(({ label, paint }) => h("li", {}, swatch(paint), label)));

/** The same figures for those who do not see the picture. */
const figures = (series, data, labels, axis) => h("table", { class: "visually-hidden" },
  h("caption", {}, text.chart),
  h("thead", {}, h("tr", {}, h("th", { scope: "col" }, axis.dataKey), ...series.map(({ label }) => h("th", { scope: "col" }, label)))),
  h("tbody", {}, ...data.map((row, index) => h("tr", {},
    h("th", { scope: "row" }, labels[index]),
    ...series.map(({ dataKey }) => h("td", {}, shownNumber(row[dataKey])))))));

const shownNumber = (value) => (numberIn(value) === null ? "–" : formatNumber(numberIn(value)));

function pointing(picture, series, data, labels) {
  const tip = h("div", { class: "w-tip", hidden: true, "aria-hidden": "true" });
  picture.append(tip);
  picture.addEventListener("pointermove", (event) => {
    const box = picture.getBoundingClientRect();
    const index = Math.min(data.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * data.length)));
    if (!data[index]) return;
    tip.replaceChildren(h("strong", {}, labels[index]), ...series.map(({ label, dataKey, paint }) =>
      h("span", {}, swatch(paint), `${label} `, h("b", {}, shownNumber(data[index][dataKey])))));
    tip.hidden = false;
    tip.style.left = `${Math.min(event.clientX - box.left + 12, box.width - tip.offsetWidth)}px`;
    tip.style.top = `${Math.max(0, event.clientY - box.top - tip.offsetHeight - 8)}px`;
  });
  picture.addEventListener("pointerleave", () => { tip.hidden = true; });
}
