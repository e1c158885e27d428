import { h, icon } from "./dom.js";
import { control, idOf } from "./elements.js";
import { Listbox } from "./listbox.js";
import { post, store, t } from "./store.js";

const PAUSE = 150;
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
/** Return the combobox that every select is; they differ in where their options come from and in how many they hold. */
export function select(block, element, place) {
  const { type, options = [], option_groups: groups = [{ options }], min_query_length: length = 3 } = element;
  const own = groups.flatMap(({ label, options: some }) => some.map(({ value, text, description }) =>
    ({ value, text: text.text, description: description?.text, group: label?.text })));
  const { placeholder: { text: hint } = { text: t("select") }, max_selected_items: most = Infinity } = element;
  const [many, least] = [type.startsWith("multi_"), type.endsWith("external_select") ? length : 0];
  const still = (event) => event.preventDefault(); // after a click, Chromium would unselect what `open` selected
  const reactions = { oninput: open, onblur: close, onkeydown: press, onfocus: () => input.select(), onmouseup: still };
  const given = { id: idOf(block, element, place), type: "text", placeholder: hint, autocomplete: "off" };
  const input = h("input", { role: "combobox", "aria-expanded": "false", ...given, ...reactions });
  const box = h("div.choices", { role: "listbox", popover: "manual", "aria-label": hint });
  const list = new Listbox(input, box, (option) => keep(many ? [...chosen(), option] : [option]));
  const clear = button(t("clear"), () => keep([]));
  const [chips, said] = [h("ul"), h("small.unseen", { id: `${input.id}-chosen`, role: "status" })];
  const chip = ({ text }, at, all) => h("li", text, button(t("remove", text), () => keep(all.toSpliced(at, 1))));
  let [round, typing] = [0, false];
  function chosen() {
    const [values, texts] = [input.held.value, input.held.text].map((held) => [held ?? []].flat());
    return values.map((value, at) => ({ value, text: texts[at] ?? store.snapshot.channels[value] ?? value }));
  }
  function keep(all) {
    const [values, text] = ["value", "text"].map((name) => all.map((option) => option[name]));
    const value = many ? values : (values[0] ?? null);
    if (many || value !== input.held.value) input.take({ value, text });
    show();
    input.focus();
  }
  function close() {
    round += 1;
    if (list.isOpen) list.toggle(false);
    input.value = many ? "" : (chosen()[0]?.text ?? "");
  }
  function show() {
    const all = chosen();
    close();
    clear.hidden = !all.length || !block.optional;
    chips.replaceChildren(...(many ? all.map(chip) : []));
    said.textContent = t("chosen", all.map(({ text }) => text).join(", ") || t("nothing"));
  }
  function open(event) {
    event.preventDefault(); // Enter would send the form
    typing = event.type === "input";
    if (!typing) input.select();
    if (!list.isOpen || typing) find(typing ? input.value.trim() : "");
  }
  async function find(query) {
    const turn = ++round;
    if (chosen().length >= most) return list.show([], t("most", most));
    if (query.length < least) return list.show([], t("typeMore", least));
    if (type === "static_select") return offer(own.filter(({ text }) => folded(text).includes(folded(query))));
    list.show([], t("loading"));
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    const body = { at: place.at, block_id: block.block_id, action_id: element.action_id, query };
    const answer = turn === round && (await post("options", body));
    if (turn === round) offer(answer.options ?? [], answer.error);
  }
  function offer(found, error = "noResults") {
    const rest = many ? found.filter(({ value }) => !input.held.value?.includes(value)) : found;
    const at = rest.findIndex(({ value }) => value === input.held.value);
    list.show(rest, t(found.length ? "already" : error), typing ? 0 : Math.max(at, 0));
  }
  function press(event) {
    if (event.key === "Tab" && typing && list.active) list.pick(list.active.option);
    if (event.key === "Backspace" && !event.repeat && !input.value && chips.lastChild) keep(chosen().slice(0, -1));
    if (list.took(event)) return list.isOpen || close();
    if (["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) open(event);
  }
  control(input, block, element, place, show);
  const onclick = (event) => event.target.closest("button, .choices") || input.focus() || open(event);
  return h("div.select", { onclick }, many && [chips, said], input, !many && clear, icon("down"), list.box);
}
const button = (name, onclick) => h("button.plain", { type: "button", "aria-label": name, onclick }, icon("close"));
