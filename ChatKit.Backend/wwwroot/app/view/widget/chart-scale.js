/** The arithmetic of a chart: no elements. */

/** Round numbers that span the values and hold zero: `{low, high, ticks}`. */
export function scaleOf(values, wanted = 4) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const rough = (high - low || 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step) || 1];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
  return { low: first * step, high: last * step, ticks };
}

/**
 * Where each value of each series begins and ends: `spans[series][row] = {from, to}`, null where a row has no number. What stands in one stack stands on what
 * is there already, on its own side of zero.
 */
export function spansOf(series, data) {
  return data.reduce((spans, row) => {
    const heights = new Map();
    series.forEach(({ dataKey, stack }, index) => {
      const value = numberIn(row[dataKey]);
      if (value === null) return spans[index].push(null);
      const pile = stack ? `${stack}${value < 0 ? "-" : "+"}` : null;
      const from = pile ? heights.get(pile) ?? 0 : 0;
      if (pile) heights.set(pile, from + value);
      return spans[index].push({ from, to: from + value });
    });
    return spans;
  }, series.map(() => []));
}

export const numberIn = (value) => (value === null || value === "" || !Number.isFinite(Number(value)) ? null : Number(value));

/** Bars of one category stand side by side; those of one stack share a place. Gives each series its place, and how many there are. */
export function barPlaces(series) {
  const places = new Map();
  const placeOf = series.map((one, index) => {
    const key = one.stack ?? `#${index}`;
    if (one.type !== "bar") return null;
    if (!places.has(key)) places.set(key, places.size);
    return places.get(key);
  });
  return { placeOf, count: places.size };
}

/** A line through points `[x, y]`: straight, in steps, or smooth without overshooting (Fritsch and Carlson's monotone cubic). */
export function linePath(points, curve = "linear") {
  if (points.length === 0) return "";
  if (curve.startsWith("step")) return stepPath(points, { stepBefore: 0, stepAfter: 1 }[curve] ?? 0.5);
  if (curve.startsWith("linear") || points.length < 3) return points.map(([x, y], index) => `${index ? "L" : "M"}${x},${y}`).join("");
  return smoothPath(points);
}

function stepPath(points, share) {
  return points.map(([x, y], index) => {
    if (index === 0) return `M${x},${y}`;
    const [before, level] = points[index - 1];
    const turn = before + (x - before) * share;
    return `L${turn},${level}L${turn},${y}L${x},${y}`;
  }).join("");
}

function smoothPath(points) {
  const slopes = points.slice(1).map(([x, y], index) => (y - points[index][1]) / (x - points[index][0] || 1));
  const tangents = points.map((_, index) => {
    const [before, after] = [slopes[index - 1], slopes[index]];
    if (before === undefined || after === undefined) return before ?? after;
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  return points.map(([x, y], index) => {
    if (index === 0) return `M${x},${y}`;
    const [x0, y0] = points[index - 1];
    const third = (x - x0) / 3;
    return `C${x0 + third},${y0 + third * tangents[index - 1]},${x - third},${y - third * tangents[index]},${x},${y}`;
  }).join("");
}
