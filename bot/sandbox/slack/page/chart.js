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
  const found = (data, label) => data.find((point) => point.label === label)?.value ?? 0;
  const rows = series.map(({ data }) => categories.map((label) => found(data, label)));
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
function bars(points, width, zero, fill) {
  const size = (top) => ({ y: Math.min(top, zero), height: Math.abs(top - zero), width: width * 0.92, rx: 2 });
  return points.map(([left, top]) => h("rect", { x: left - width / 2, ...size(top), fill }));
}
function line(points, stroke) {
  const dots = points.map(([cx, cy]) => h("circle", { cx, cy, r: 3.5, fill: stroke }));
  return [h("polyline", { points: points.join(" "), fill: "none", stroke, "stroke-width": 2.5 }), dots];
}
function pie(values) {
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  const [x, y, radius] = [WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 8];
  const at = (share) => [x + radius * Math.sin(share * 2 * Math.PI), y - radius * Math.cos(share * 2 * Math.PI)];
  let to = 0;
  return values.map((value, place) => {
    const from = to;
    to += Math.min(value / total, 0.9999);
    const arc = `A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)}`;
    return h("path.slice", { d: `M${x},${y}L${at(from)}${arc}Z`, fill: colour(place) });
  });
}
