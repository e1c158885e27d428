import { h } from "./dom.js";
import { unknown } from "./elements.js";
import { store, t } from "./store.js";

const COLOURS = ["#1264a3", "#b3261e", "#007a5a", "#8f5a00", "#6b2c91", "#3f6470", "#b0307a", "#4a6a00", "#314ea5"];
const [WIDTH, HEIGHT, LEFT, TOP, FLOOR, MOST_NUMBERS] = [560, 240, 52, 26, 196, 24];
const colour = (at) => COLOURS[at % COLOURS.length];
const figure = (value) => new Intl.NumberFormat(store.snapshot.me.locale).format(value);
const text = (x, y, words, anchor = "middle", rest = {}) => h("text", { x, y, "text-anchor": anchor, ...rest }, words);

/** Return the chart of a data_visualization block, with its figures as a table under it. */
export function chart({ chart: { type, segments, series, axis_config: axes = {} }, title }) {
  if (!["bar", "line", "area", "pie"].includes(type)) return unknown({ type });
  const all = series ?? [{ name: title, data: segments }];
  const labels = axes.categories ?? all[0].data.map((point) => point.label);
  const found = (data, label) => data.find((point) => point.label === label)?.value ?? 0;
  const rows = all.map(({ name, data }) => ({ name, values: labels.map((label) => found(data, label)) }));
  const shapes = segments ? pie(rows[0].values) : plot(type, rows, labels, axes);
  const keys = segments?.map(({ label, value }) => `${label}: ${figure(value)}`) ?? all.map(({ name }) => name);
  const swatch = (at) => h("svg", { viewBox: "0 0 9 9" }, h("rect", { width: 9, height: 9, fill: colour(at) }));
  const legend = keys.length > 1 && h("ul", keys.map((key, at) => h("li", swatch(at), key)));
  const line = (label, at) => h("tr", h("th", label), rows.map(({ values }) => h("td.right", figure(values[at]))));
  const figures = h("table", h("tr", h("th"), rows.map(({ name }) => h("th.right", name))), labels.map(line));
  const drawing = h("svg", { role: "img", viewBox: `0 0 ${WIDTH} ${HEIGHT}` }, h("title", title), shapes);
  return [drawing, legend, h("details", h("summary", t("figures")), figures)];
}

function plot(type, rows, labels, axes) {
  const all = rows.flatMap(({ values }) => values);
  const [low, high, step] = [Math.min(0, ...all), Math.max(0, ...all), (WIDTH - LEFT) / labels.length];
  const x = (at) => LEFT + step * (at + 0.5);
  const y = (value) => FLOOR - ((value - low) / (high - low || 1)) * (FLOOR - TOP);
  const turn = (at) => (labels.length > 6 ? ["end", { transform: `rotate(-30 ${x(at)} ${FLOOR + 14})` }] : []);
  const grid = [low, (low + high) / 2, high].map((value) => [
    h("line.grid", { x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value) }),
    text(LEFT - 6, y(value) + 4, figure(value), "end"),
  ]);
  const names = labels.map((label, at) => text(x(at), FLOOR + 14, label, ...turn(at)));
  const axis = [text(WIDTH / 2, HEIGHT - 2, axes.x_label), text(0, 10, axes.y_label, "start")];
  const width = type === "bar" ? (step * 0.7) / rows.length : 0;
  const shapes = rows.map(({ values }, row) => {
    const points = values.map((value, at) => [x(at) + width * (row + 0.5 - rows.length / 2), y(value)]);
    const numbers = points.map(([left, top], at) => text(left, top - 7, figure(values[at])));
    const draw = type === "bar" ? bars : line;
    return [draw(points, colour(row), y(0), width || type === "area"), all.length <= MOST_NUMBERS && numbers];
  });
  return [grid, names, axis, shapes];
}

function bars(points, fill, zero, width) {
  const size = (top) => ({ y: Math.min(top, zero), height: Math.abs(top - zero), width: width * 0.92, rx: 2 });
  return points.map(([left, top]) => h("rect", { x: left - width / 2, ...size(top), fill }));
}

function line(points, fill, zero, filled) {
  const under = [[points[0][0], zero], ...points, [points.at(-1)[0], zero]].join(" ");
  const dots = points.map(([cx, cy]) => h("circle", { cx, cy, r: 3.5, fill }));
  const stroke = h("polyline", { points: points.join(" "), fill: "none", stroke: fill, "stroke-width": 2.5 });
  return [filled && h("polyline", { points: under, fill, opacity: 0.2 }), stroke, dots];
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
