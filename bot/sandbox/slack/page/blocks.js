import { chart } from "./chart.js";
import { h } from "./dom.js";
import { button, field, idOf, ticks, unknown, words } from "./elements.js";
import { link, reference } from "./mrkdwn.js";
import { select } from "./select.js";
import { t } from "./store.js";

const header = ({ text }) => h("h3.block", words(text));
const context = ({ elements }) => h("div.block.context", elements.map((text) => h("div", words(text))));
const divider = () => h("hr.block");
const actions = (block, place) => h("div.block.actions", block.elements.map((one) => drawElement(block, one, place)));
const alert = ({ text, level }) => h(`div.block.alert.${level ?? "default"}`, { role: "status" }, words(text));
const data_visualization = (block) =>
  h("figure.block.chart", h("figcaption", block.title), chart(block) ?? unknown(block.chart));
function section(block, place) {
  const { text, fields, accessory } = block;
  const columns = fields && h("div.fields", fields.map((one) => h("div", words(one))));
  const aside = accessory && drawElement(block, accessory, place);
  return h("div.block.section", h("div", text && words(text), columns), aside);
}
function input(block, place) {
  const [id, error] = [idOf(block, block.element, place), place.view?.errors[block.block_id]];
  const optional = block.optional && h("small", ` ${t("optional")}`);
  const label = h("label", { id: `${id}-label`, for: id }, words(block.label), optional);
  const problem = error && h("p.failed", { id: `${id}-error`, role: "alert" }, error);
  const hint = block.hint && h("small", { id: `${id}-hint` }, words(block.hint));
  return h(`div.block.input${error ? ".bad" : ""}`, label, drawElement(block, block.element, place), problem, hint);
}
function table({ rows, column_settings: settings = [] }) {
  const kind = (one) => `.${one?.align ?? "left"}${one?.is_wrapped ? ".wrapped" : ""}`;
  const draw = (tag, row) => h("tr", row.map((one, at) => h(`${tag}${kind(settings[at])}`, cell(one))));
  return h("div.block.table", { tabindex: 0 }, h("table", rows.map((row, at) => draw(at ? "td" : "th", row))));
}
function cell({ type, text, value, elements }) {
  if (type === "raw_text" || type === "raw_number") return text ?? `${value}`;
  return type === "rich_text" ? elements.map((one) => h("div", one.elements.map(rich))) : unknown({ type });
}
const RICH = {
  text: ({ text }) => text, date: ({ fallback }) => fallback, link: ({ url, text }) => link(url, text),
  user: ({ user_id: id }) => reference(`@${id}`), channel: ({ channel_id: id }) => reference(`#${id}`),
};
function rich({ style = {}, ...piece }) {
  const tags = Object.keys(style).map((one) => ({ bold: "b", italic: "i", strike: "s", code: "code" })[one]);
  return tags.reduce((inner, tag) => h(tag, inner), (RICH[piece.type] ?? unknown)(piece));
}
/** Every block the page has, by Slack's name for it. */
export const BLOCKS = { header, section, context, divider, actions, input, table, data_visualization, alert };
/** Every element the page has, by Slack's name for it. */
export const ELEMENTS = {
  button, plain_text_input: field, datepicker: field, timepicker: field, radio_buttons: ticks, checkboxes: ticks,
  static_select: select, external_select: select, conversations_select: select, multi_external_select: select,
};
/** Draw one block in its place. */
export const drawBlock = (block, place) => (BLOCKS[block.type] ?? unknown)(block, place);
function drawElement(block, element, place) {
  const late = element.unanswered && h("b.failed", { role: "img", title: t("late"), "aria-label": t("late") }, "⚠");
  return h("div.element", ELEMENTS[element.type]?.(block, element, place) ?? unknown(element), late);
}
