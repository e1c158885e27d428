import { busy, h, part } from "./dom.js";
import { mrkdwn, safe } from "./mrkdwn.js";
import { post, store, t, viewOf } from "./store.js";

/** Return a text object as nodes. A kind that isn't known is a red box. */
export function words(text) {
  if (text?.type === "plain_text") return text.text;
  return text?.type === "mrkdwn" ? mrkdwn(text.text) : unknown(text);
}

/** Return a red box that names what the page can't show. */
export function unknown(thing) {
  console.error("the page can't show this", thing);
  return h("div.unknown", { role: "alert" }, `? ${thing?.type}`);
}

/** Return where blocks stand, a message or a view; `pane` sets apart what is shown twice. */
export const placeOf = (pane, at) => ({ at, pane, view: viewOf(at.view) });

/** Return the id of an element, the same each time it is drawn. */
export const idOf = ({ block_id: block }, { action_id: action }, { at, pane }) =>
  [pane, at.view ?? at.ts, block, action].join("-").replace(/[^\w.-]/g, "_");

/** Return all that the controls in a box hold, by block and action. */
export function valuesOf(box) {
  const values = {};
  for (const { block, action, held } of box.querySelectorAll(".control")) (values[block] ??= {})[action] = held.value;
  return values;
}

async function act(node, block, element, { at, view }, what) {
  const values = view && valuesOf(node.closest(".scroll"));
  const body = { at, block_id: block.block_id, action_id: element.action_id, ...what, values };
  node.parentElement.querySelector(".failed")?.remove();
  const answer = await (element.type === "button" ? busy(node, () => post("click", body)) : post("click", body));
  if (!answer.ok) node.after(h("span.failed", { role: "alert" }, `⚠ ${t(answer.error)}`));
}

/** Make a node the control of an element: `held` is what it holds, `show` shows that, `take` has it hold something
 * else, of which the app hears where it wants to. */
export function control(node, block, element, place, show) {
  const { block_id: id, label, hint, optional } = block;
  const { action_id: action, initial_option: option, initial_options: options, placeholder } = element;
  const start = element.initial_conversation ?? element.initial_date ?? element.initial_time ?? element.initial_value;
  const value = place.view?.state[id]?.[action] ?? option?.value ?? options?.map((one) => one.value) ?? start ?? null;
  const text = place.view?.labels[id]?.[action] ?? option?.text.text ?? store.snapshot.channels[value];
  const [own, bad] = [idOf(block, element, place), label && place.view?.errors[id]];
  const given = {
    id: own, "data-focus": element.focus_on_load, "aria-invalid": bad && "true",
    "aria-required": label && !optional && node.role !== "group" && "true",
    "aria-describedby": [bad && `${own}-error`, hint && `${own}-hint`].filter(Boolean).join(" "),
    ...(label ? { "aria-labelledby": `${own}-label` } : { "aria-label": placeholder?.text ?? t("select") }),
  };
  Object.entries(given).forEach(([name, said]) => said && node.setAttribute(name, said));
  node.classList.add("control");
  function take(held, tells = block.type !== "input" || block.dispatch_action) {
    Object.assign(node, { held, dirty: true });
    if (tells) act(node, block, element, place, { selected: held.value });
  }
  Object.assign(node, { block: id, action, held: { value, text }, show, take });
  show();
  return node;
}

/** Return a button, or a link where it has an address; either tells the app. */
export function button(block, element, place) {
  const { text, value, style = "ordinary", url, confirm, accessibility_label: label } = element;
  async function onclick({ currentTarget: node }) {
    if (!confirm || (await confirmed(confirm))) act(node, block, element, place, { value });
  }
  const link = safe(url ?? "") && { href: url, target: "_blank", rel: "noreferrer" };
  const given = { ...(link || { type: "button" }), id: `${idOf(block, element, place)}-${value}`, "aria-label": label };
  return h(`${link ? "a" : "button"}.button.${style}`, { ...given, onclick }, text.text);
}

function confirmed({ title, text, confirm, deny, style = "primary" }) {
  const dialog = part("confirm");
  const texts = { "confirm-title": title, "confirm-text": text, deny, agree: confirm };
  for (const [id, said] of Object.entries(texts)) part(id).replaceChildren(h("span", words(said)));
  part("agree").className = `button ${style}`;
  dialog.returnValue = "";
  dialog.showModal();
  part("agree").focus();
  return new Promise((resolve) => (dialog.onclose = () => resolve(dialog.returnValue === "yes")));
}

/** Return a field for a date or a time, with the browser's own picker. */
export function picker(block, element, place) {
  const onchange = () => node.take({ value: node.value || null });
  const node = h("input", { type: element.type.replace("picker", ""), onchange });
  return control(node, block, element, place, () => (node.value = node.held.value ?? ""));
}

/** Return a field for a line of text, or for several. */
export function textInput(block, element, place) {
  const { multiline, placeholder, max_length: maxlength, dispatch_action_config: config } = element;
  const moments = config?.trigger_actions_on ?? ["on_enter_pressed"];
  const take = (moment) => node.take({ value: node.value || null }, block.dispatch_action && moments.includes(moment));
  function onkeydown(event) {
    if (event.key !== "Enter" || !block.dispatch_action || multiline) return;
    event.preventDefault();
    take("on_enter_pressed");
  }
  const given = { type: multiline ? null : "text", placeholder: placeholder?.text, maxlength, autocomplete: "off" };
  const reactions = { oninput: () => take("on_character_entered"), onkeydown };
  const node = h(multiline ? "textarea" : "input", { ...given, ...reactions });
  return control(node, block, element, place, () => (node.value = node.held.value ?? ""));
}

/** Return radio buttons or checkboxes. */
export function ticks(block, element, place) {
  const [many, name] = [element.type === "checkboxes", idOf(block, element, place)];
  const options = element.options.map(({ value, text, description }, at) => {
    const input = h("input", { type: many ? "checkbox" : "radio", name, id: `${name}-${at}`, value });
    return h("label", input, h("span", words(text), description && h("small", words(description))));
  });
  const onchange = () => {
    const values = inputs.filter((input) => input.checked).map((input) => input.value);
    node.take({ value: many ? values : values[0] });
  };
  const node = h("fieldset.ticks", { role: many ? "group" : "radiogroup", onchange }, options);
  const inputs = [...node.querySelectorAll("input")];
  const show = () => inputs.forEach((input) => (input.checked = [node.held.value].flat().includes(input.value)));
  return control(node, block, element, place, show);
}
