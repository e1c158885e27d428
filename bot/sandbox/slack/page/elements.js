import { busy, give, h, part } from "./dom.js";
import { mrkdwn, safe } from "./mrkdwn.js";
import { post, t } from "./store.js";

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
  for (const one of box.querySelectorAll("[data-held]")) (values[one.block] ??= {})[one.action] = one.held.value;
  return values;
}
function act(node, block, element, { at, view }, what) {
  const values = view && valuesOf(node.closest(".scroll"));
  const work = () => post("click", { at, block_id: block.block_id, action_id: element.action_id, ...what, values });
  return element.type === "button" ? busy(node, work) : work();
}
const mapped = (one, read) => (Array.isArray(one) ? one.map(read) : one && read(one));
/** Make a node the control of an element: it shows what it has `held`, and of what it `take`s the app may hear. */
export function control(node, block, element, place, show) {
  const [{ block_id, label, hint, optional }, { action_id, type, focus_on_load: focus }] = [block, element];
  const [id, { state, labels, errors } = {}] = [idOf(block, element, place), place.view];
  const first = Object.entries(element).find(([key]) => key.startsWith("initial_"))?.[1];
  const { [action_id]: value = mapped(first, (one) => one.value ?? one) ?? null } = state?.[block_id] ?? {};
  const { [action_id]: text = mapped(first, (one) => one.text?.text) } = labels?.[block_id] ?? {};
  const name = label ? { "aria-labelledby": `${id}-label` } : { "aria-label": node.placeholder || t("select") };
  const has = { error: errors?.[block_id], chosen: type.startsWith("multi_"), hint };
  const notes = Object.keys(has).filter((kind) => has[kind]).map((kind) => `${id}-${kind}`);
  give(node, { id, ...name, "aria-describedby": notes.join(" "), "aria-invalid": Boolean(has.error) });
  give(node, { "data-held": true, "data-focus": focus, "aria-required": label && !optional && node.role !== "group" });
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
  const onclick = async ({ currentTarget: node }) =>
    (!confirm || (await confirmed(confirm))) && act(node, block, element, place, { value });
  return h(`${link ? "a" : "button"}.button.${style}`, { ...given, name: element.action_id, onclick }, text.text);
}
function confirmed({ title, text, confirm, deny, style = "primary" }) {
  const [dialog, texts] = [part("confirm"), { "confirm-title": title, "confirm-text": text, deny, agree: confirm }];
  for (const [id, said] of Object.entries(texts)) part(id).replaceChildren(h("span", words(said)));
  part("agree").className = `button ${style}`;
  Object.assign(dialog, { returnValue: "" }).showModal();
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
  const type = many ? "checkbox" : "radio";
  const inputs = element.options.map(({ value }, at) => h("input", { type, name, id: `${name}-${at}`, value }));
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
