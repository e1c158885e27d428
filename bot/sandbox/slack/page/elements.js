import { busy, give, h, icon, part } from "./dom.js";
import { Listbox } from "./listbox.js";
import { mrkdwn, safe } from "./mrkdwn.js";
import { post, store, t } from "./store.js";

const PAUSE = 150;
const hintOf = (element) => element.placeholder?.text ?? t("select");
/** Return a text object as nodes; a kind that isn't known is a red box. */
export const words = (text) =>
  ({ plain_text: () => text.text, mrkdwn: () => mrkdwn(text.text) })[text?.type]?.() ?? unknown(text);
/** Return a red box that names what the page can't show. */
export function unknown(thing) {
  console.error("the page can't show this", thing);
  return h("div.unknown", { role: "alert" }, `? ${thing?.type}`);
}
/** Return the id of an element, the same each time it is drawn in this place: `{pane, at, view}`. */
export const idOf = ({ block_id: block }, { action_id: action }, { at, pane }) =>
  [pane, at.view ?? at.ts, block, action].join("-").replace(/[^\w.-]/g, "_");
/** Return all that the controls in a box hold, by block and action. */
export function valuesOf(box) {
  const values = {};
  for (const { block, action, held } of box.querySelectorAll(".control")) (values[block] ??= {})[action] = held.value;
  return values;
}
function act(node, block, element, { at, view }, what) {
  const values = view && valuesOf(node.closest(".scroll"));
  const work = () => post("click", { at, block_id: block.block_id, action_id: element.action_id, ...what, values });
  return element.type === "button" ? busy(node, work) : work();
}
// Makes a node the control of an element: it shows what it has `held`, and of what it `take`s the app may hear.
function control(node, block, element, place, show) {
  const [{ block_id, label, hint, optional }, { action_id, initial_option: option }] = [block, element];
  const [id, bad] = [idOf(block, element, place), label && place.view?.errors[block_id]];
  const { initial_conversation: channel, initial_date: date, initial_time: time, initial_value: typed } = element;
  const start = option?.value ?? element.initial_options?.map(({ value }) => value) ?? channel ?? date ?? time ?? typed;
  const value = place.view?.state[block_id]?.[action_id] ?? start ?? null;
  const text = place.view?.labels[block_id]?.[action_id] ?? option?.text.text ?? store.snapshot.channels[value];
  const name = label ? { "aria-labelledby": `${id}-label` } : { "aria-label": hintOf(element) };
  const notes = [bad && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  const needed = label && !optional && node.role !== "group";
  give(node, { id, ...name, "aria-describedby": notes, "aria-invalid": bad && true, "aria-required": needed && true });
  give(node, { class: `${node.className} control`, "data-focus": element.focus_on_load });
  function take(held, tells = block.type !== "input" || block.dispatch_action) {
    Object.assign(node, { held, dirty: true });
    if (tells) act(node, block, element, place, { selected: held.value });
  }
  Object.assign(node, { block: block_id, action: action_id, held: { value, text }, show, take });
  show();
  return node;
}
/** Return a button, or a link where it has an address; either tells the app. */
export function button(block, element, place) {
  const { text, value, style = "ordinary", url, confirm, accessibility_label: label } = element;
  const link = safe(url ?? "") && { href: url, target: "_blank", rel: "noreferrer" };
  const given = { ...(link || { type: "button" }), id: `${idOf(block, element, place)}-${value}`, "aria-label": label };
  async function onclick({ currentTarget: node }) {
    if (!confirm || (await confirmed(confirm))) act(node, block, element, place, { value });
  }
  return h(`${link ? "a" : "button"}.button.${style}`, { ...given, name: element.action_id, onclick }, text.text);
}
function confirmed({ title, text, confirm, deny, style = "primary" }) {
  const [dialog, texts] = [part("confirm"), { "confirm-title": title, "confirm-text": text, deny, agree: confirm }];
  for (const [id, said] of Object.entries(texts)) part(id).replaceChildren(h("span", words(said)));
  part("agree").className = `button ${style}`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => (dialog.onclose = () => resolve(dialog.returnValue === "yes")));
}
/** Return a field for a date, for a time (with the browser's own pickers), or for text of one or several lines. */
export function field(block, element, place) {
  const { multiline, placeholder, max_length: maxlength } = element;
  const type = { datepicker: "date", timepicker: "time" }[element.type] ?? "text";
  const take = (tells) => node.take({ value: node.value || null }, tells);
  const given = { type: multiline ? null : type, placeholder: placeholder?.text, maxlength, autocomplete: "off" };
  const node = h(multiline ? "textarea" : "input", { ...given, oninput: () => take(false), onchange: () => take() });
  return control(node, block, element, place, () => (node.value = node.held.value ?? ""));
}
/** Return radio buttons or checkboxes. */
export function ticks(block, element, place) {
  const [many, name] = [element.type === "checkboxes", idOf(block, element, place)];
  const inputs = element.options.map(({ value }, at) =>
    h("input", { type: many ? "checkbox" : "radio", name, id: `${name}-${at}`, value }));
  const labels = element.options.map(({ text, description }, at) =>
    h("label", inputs[at], h("span", words(text), description && h("small", words(description)))));
  function onchange() {
    const values = inputs.filter((input) => input.checked).map((input) => input.value);
    node.take({ value: many ? values : values[0] });
  }
  const node = h("fieldset.ticks", { role: many ? "group" : "radiogroup", onchange }, labels);
  const show = () => inputs.forEach((input) => (input.checked = [node.held.value].flat().includes(input.value)));
  return control(node, block, element, place, show);
}
/** Return the combobox that every select is; they differ in where their options come from. */
export function select(block, element, place) {
  const { type, options = [], option_groups: groups = [{ options }], min_query_length: length = 3 } = element;
  const own = groups.flatMap(({ label, options: some }) => some.map(({ value, text, description }) =>
    ({ value, text: text.text, description: description?.text, group: label?.text })));
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const [least, hint] = [type === "external_select" ? length : 0, hintOf(element)];
  const reactions = { onclick: open, oninput: open, onblur: close, onkeydown: press, onfocus: () => input.select() };
  const given = { type: "text", placeholder: hint, role: "combobox", autocomplete: "off", "aria-expanded": "false" };
  const input = h("input", { id: idOf(block, element, place), ...given, ...reactions });
  const list = new Listbox(input, h("div.choices", { role: "listbox", popover: "manual", "aria-label": hint }), choose);
  const wipe = { type: "button", "aria-label": t("clear"), onclick: () => choose({ value: null }) };
  const clear = h("button.clear", wipe, icon("close"));
  let [round, typing] = [0, false];
  function close() {
    const { value, text = own.find((option) => option.value === value)?.text ?? value } = input.held;
    round += 1;
    if (list.isOpen) list.toggle(false);
    input.value = value ? text : "";
    clear.hidden = !value || !block.optional;
  }
  function choose({ value, text }) {
    if (value !== input.held.value) input.take({ value, text });
    close();
    input.focus();
  }
  function open(event) {
    typing = event.type === "input";
    if (!typing) input.select();
    if (!list.isOpen || typing) find(typing ? input.value.trim() : "");
  }
  async function find(query) {
    const turn = ++round;
    if (query.length < least) return list.show([], t("typeMore", least));
    if (type === "static_select") return offer(own.filter(({ text }) => folded(text).includes(folded(query))));
    list.show([], t("loading"));
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    const body = { at: place.at, block_id: block.block_id, action_id: element.action_id, query };
    const answer = turn === round && (await post("options", body));
    if (turn === round) offer(answer.options ?? [], answer.error);
  }
  function offer(shown, error = "noResults") {
    const at = shown.findIndex(({ value }) => value === input.held.value);
    list.show(shown, t(error), typing ? 0 : Math.max(at, 0));
  }
  function press(event) {
    if (event.key === "Tab" && typing && list.active) choose(list.active.option);
    if (list.took(event)) return list.isOpen || close();
    if (!["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    open(event);
  }
  control(input, block, element, place, close);
  return h("div.select", input, clear, icon("down"), list.box);
}
