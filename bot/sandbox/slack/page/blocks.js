import { chart } from "./chart.js";
import { h } from "./dom.js";
import { button, idOf, picker, textInput, ticks, unknown, words } from "./elements.js";
import { channel, link, mention } from "./mrkdwn.js";
import { select } from "./select.js";
import { t } from "./store.js";

const header = ({ text }) => h("h3.block", words(text));
const context = ({ elements }) => h("div.block.context", elements.map((text) => h("div", words(text))));
const divider = () => h("hr.block");
const actions = (block, place) => h("div.block.actions", block.elements.map((one) => drawElement(block, one, place)));
const data_visualization = (block) => h("figure.block.chart", h("figcaption", block.title), chart(block));
const alert = ({ text, level }) => h(`div.block.alert.${level ?? "default"}`, { role: "status" }, words(text));

function section(block, place) {
  const { text, fields, accessory } = block;
  const columns = fields && h("div.fields", fields.map((field) => h("div", words(field))));
  const aside = accessory && drawElement(block, accessory, place);
  return h("div.block.section", h("div", text && words(text), columns), aside);
}

function input(block, place) {
  const id = idOf(block, block.element, place);
  const error = place.view?.errors[block.block_id];
  const label = [words(block.label), block.optional && h("small", ` ${t("optional")}`)];
  return h(
    `div.block.input${error ? ".bad" : ""}`,
    h("label", { id: `${id}-label`, for: id }, label),
    drawElement(block, block.element, place),
    error && h("p.problem", { id: `${id}-error`, role: "alert" }, error),
    block.hint && h("p.hint", { id: `${id}-hint` }, words(block.hint)),
  );
}

function table({ rows, column_settings: settings = [] }) {
  const kind = (one) => `.${one?.align ?? "left"}${one?.is_wrapped ? ".wrapped" : ""}`;
  const draw = (tag, row) => h("tr", row.map((one, at) => h(`${tag}${kind(settings[at])}`, cell(one))));
  return h("div.block.table", { tabindex: 0 }, h("table", rows.map((row, at) => draw(at ? "td" : "th", row))));
}

function cell(content) {
  if (content.type === "raw_text" || content.type === "raw_number") return content.text ?? `${content.value}`;
  if (content.type !== "rich_text") return unknown(content);
  return content.elements.map((paragraph) => h("div", paragraph.elements.map(rich)));
}

const RICH = {
  text: (piece) => piece.text, date: (piece) => piece.fallback, link: (piece) => link(piece.url, piece.text),
  user: (piece) => mention(piece.user_id), channel: (piece) => channel(piece.channel_id),
};
const TAGS = { bold: "b", italic: "i", strike: "s", code: "code" };

function rich(piece) {
  const tags = Object.keys(piece.style ?? {}).map((style) => TAGS[style]);
  return tags.reduce((inner, tag) => h(tag, inner), (RICH[piece.type] ?? unknown)(piece));
}

/** Every block the page has, by Slack's name for it. */
export const BLOCKS = { header, section, context, divider, actions, input, table, data_visualization, alert };

/** Every element the page has, by Slack's name for it. */
export const ELEMENTS = {
  button, plain_text_input: textInput, datepicker: picker, timepicker: picker, radio_buttons: ticks, checkboxes: ticks,
  static_select: select, external_select: select, conversations_select: select,
};

/** Draw one block in its place. */
export const drawBlock = (block, place) => (BLOCKS[block.type] ?? unknown)(block, place);

function drawElement(block, element, place) {
  const draw = ELEMENTS[element.type];
  return h("div.element", draw ? draw(block, element, place) : unknown(element));
}
