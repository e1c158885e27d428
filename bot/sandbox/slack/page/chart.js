import { h } from "./dom.js";
import { store } from "./store.js";

const COLOURS = ["#1264a3", "#b3261e", "#007a5a", "#8f5a00", "#6b2c91", "#3f6470", "#b0307a", "#4a6a00", "#314ea5"];
const [WIDTH, HEIGHT, LEFT, TOP, FLOOR] = [560, 240, 52, 26, 196];
const colour = (at) => COLOURS[at % COLOURS.length];
const figure = (value) => new Intl.NumberFormat(store.snapshot.me.locale).format(value);
const text = (x, y, words, anchor = "middle", rest = {}) => h("text", { x, y, "text-anchor": anchor, ...rest }, words);
/** Return the chart of a data_visualization block with its figures in words, null for a type that isn't known. */
export function chart({ chart: { type, segments, series, axis_config: axes = {} }, title }) {
  if (!["bar", "line", "area", "pie"].includes(type)) return null;
  const keys = segments?.map(({ label, value }) => `${label}: ${figure(value)}`) ?? series.map(({ name }) => name);
  const swatch = (at) => h("svg", { viewBox: "0 0 9 9" }, h("rect", { width: 9, height: 9, fill: colour(at) }));
  const shapes = segments ? pie(segments.map(({ value }) => value)) : plot(type, series, axes);
  const drawing = h("svg", { role: "img", viewBox: `0 0 ${WIDTH} ${HEIGHT}` }, h("title", title), shapes);
  return [drawing, keys.length > 1 && h("ul", keys.map((key, at) => h("li", swatch(at), key)))];
}
function plot(type, series, axes) {
  const { categories = series[0].data.map(({ label }) => label), x_label: below, y_label: beside } = axes;
  const rows = series.map(({ data }) => categories.map((name) => data.find(({ label }) => label === name)?.value ?? 0));
  const [low, high] = [Math.min(0, ...rows.flat()), Math.max(0, ...rows.flat())];
  const y = (value) => FLOOR - ((value - low) / (high - low || 1)) * (FLOOR - TOP);
  const step = (WIDTH - LEFT) / categories.length;
  const x = (at) => LEFT + step * (at + 0.5);
  const turn = (at) => (categories.length > 6 ? ["end", { transform: `rotate(-30 ${x(at)} ${FLOOR + 14})` }] : []);
  const ruler = (at) => h("line.grid", { x1: LEFT, x2: WIDTH, y1: y(at), y2: y(at) });
  const grid = [low, (low + high) / 2, high].map((at) => [ruler(at), text(LEFT - 6, y(at) + 4, figure(at), "end")]);
  const width = type === "bar" ? (step * 0.7) / rows.length : 0;
  const shapes = rows.map((values, row) => {
    const points = values.map((value, at) => [x(at) + width * (row + 0.5 - rows.length / 2), y(value)]);
    const numbers = points.map(([left, top], at) => text(left, top - 7, figure(values[at])));
    return [width ? bars(points, width, y(0), colour(row)) : line(points, colour(row)), numbers];
  });
  const names = categories.map((label, at) => text(x(at), FLOOR + 14, label, ...turn(at)));
  return [grid, names, text(WIDTH / 2, HEIGHT - 2, below), text(0, 10, beside, "start"), shapes];
}
const bars = (points, width, y1, stroke) =>
  points.map(([x, y2]) => h("line", { x1: x, x2: x, y1, y2, stroke, "stroke-width": width * 0.92 }));
function line(points, stroke) {
  const dots = points.map(([cx, cy]) => h("circle", { cx, cy, r: 3.5, fill: stroke }));
  return [h("polyline", { points: points.join(" "), fill: "none", stroke, "stroke-width": 2.5 }), dots];
}
function pie(values) {
  const sum = (some) => some.reduce((all, value) => all + value, 0);
  const [x, y, pathLength, gap] = [WIDTH / 2, HEIGHT / 2, sum(values) || 1, sum(values) / 250];
  const disc = { cx: x, cy: y, r: y / 2 - 4, "stroke-width": y - 8, pathLength, transform: `rotate(-90 ${x} ${y})` };
  return values.map((value, at) => {
    const dashes = [Math.max(value - gap, 0), pathLength];
    const from = -sum(values.slice(0, at));
    return h("circle.slice", { ...disc, stroke: colour(at), "stroke-dasharray": dashes, "stroke-dashoffset": from });
  });
}
