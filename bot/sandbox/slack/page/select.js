import { h, icon } from "./dom.js";
import { control } from "./elements.js";
import { ask, t } from "./store.js";

const PAUSE = 150;
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const flat = ({ value, text, description }) => ({ value, text: text.text, description: description?.text });

/** A list of options at the field that it belongs to, which keeps the focus. */
export class Listbox {
  constructor(field, box, pick) {
    Object.assign(this, { field, box, pick, nodes: [], isOpen: false });
    box.addEventListener("mousedown", (event) => event.preventDefault());
  }

  toggle(open) {
    const role = open || this.field.type === "text" ? "combobox" : null;
    this.isOpen = open;
    this.box.id = `${this.field.id}-list`;
    this.box.togglePopover(open);
    Object.assign(this.field, { role, ariaExpanded: role && String(open), ariaAutoComplete: "list" });
    this.field.setAttribute("aria-controls", this.box.id);
    this.mark(null);
  }

  /** Show groups of options, `{label, options}`, or a sentence where there are none; `at` is marked. */
  show(groups, otherwise = "", at = 0) {
    const build = (option, place) => {
      const given = { id: `${this.field.id}-${place}`, role: "option", onclick: () => this.pick(option) };
      const note = option.description && h("small", option.description);
      return Object.assign(h("div", given, option.text, note), { option });
    };
    this.nodes = groups.flatMap(({ options }) => options).map(build);
    const rows = groups.map(({ label, options }) => {
      const own = this.nodes.filter(({ option }) => options.includes(option));
      return h("div", { role: label && "group", "aria-label": label }, label && h("div.group", label), own);
    });
    this.box.replaceChildren(...(this.nodes.length ? rows : [h("div.none", { role: "status" }, otherwise)]));
    this.toggle(Boolean(this.nodes.length || otherwise));
    this.mark(this.nodes[at]);
  }

  mark(node) {
    this.active = node;
    this.nodes.forEach((one) => (one.ariaSelected = String(one === node)));
    node?.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", node?.id ?? "");
  }

  /** Return whether a key was meant for the list. */
  took(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!this.isOpen) return false;
    if (step) this.mark(this.nodes.at((this.nodes.indexOf(this.active) + step) % this.nodes.length));
    else if (event.key === "Enter" && this.active) this.pick(this.active.option);
    else if (event.key === "Escape") this.toggle(false);
    else return false;
    event.preventDefault();
    return true;
  }
}

/** Every select is this one combobox; they differ in where their options come from. */
export function select(block, element, place) {
  const { type, option_groups: groups = [{ options: element.options ?? [] }] } = element;
  const least = type === "external_select" ? element.min_query_length ?? 3 : 0;
  const placeholder = element.placeholder?.text ?? t("select");
  const given = { type: "text", placeholder, role: "combobox", autocomplete: "off", "aria-expanded": "false" };
  const input = h("input", { ...given, onclick: open, oninput: open, onblur: close, onkeydown: press });
  const box = h("div.choices", { role: "listbox", popover: "manual", "aria-label": placeholder });
  const list = new Listbox(input, box, choose);
  const wipe = { type: "button", "aria-label": t("clear"), onclick: () => choose({ value: null }) };
  const clear = h("button.clear", wipe, icon("close"));
  let [round, typing] = [0, false];

  function close() {
    const { value, text } = input.held;
    const own = groups.flatMap(({ options }) => options).find((option) => option.value === value);
    round += 1;
    if (list.isOpen) list.toggle(false);
    input.value = value ? text ?? own?.text.text ?? value : "";
    clear.hidden = !value || !block.optional;
  }

  function choose({ value, text }) {
    if (value !== input.held.value) input.take({ value, text });
    close();
    input.focus();
  }

  function open(event) {
    typing = event.type === "input";
    if (list.isOpen && !typing) return;
    if (!typing) input.select();
    find(typing ? input.value.trim() : "");
  }

  async function find(query) {
    const turn = ++round;
    if (query.length < least) return list.show([], t("typeMore", least));
    if (type === "static_select") return offer(groups.map((group) => matching(group, folded(query))));
    list.show([], t("loading"));
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (turn !== round) return;
    const ids = { at: place.at, block_id: block.block_id, action_id: element.action_id };
    const { options = [], error } = await ask("options", { ...ids, query });
    if (turn === round) offer([{ options }], error);
  }

  function offer(shown, error) {
    const at = shown.flatMap(({ options }) => options).findIndex(({ value }) => value === input.held.value);
    list.show(shown.filter(({ options }) => options.length), t(error ?? "noResults"), typing ? 0 : Math.max(at, 0));
  }

  function press(event) {
    if (event.key === "Tab" && typing && list.active) choose(list.active.option);
    if (list.took(event)) return list.isOpen || close();
    if (!["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    open(event);
  }

  control(input, block, element, place, close);
  return h("div.select", input, clear, icon("down"), box);
}

function matching({ label, options }, query) {
  return { label: label?.text, options: options.map(flat).filter(({ text }) => folded(text).includes(query)) };
}
