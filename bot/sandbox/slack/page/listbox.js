import { give, h } from "./dom.js";

/** A list of options at the field that it belongs to, which keeps the focus. `keys` pick what is marked. */
export class Listbox {
  constructor(field, box, pick, keys = ["Enter"]) {
    Object.assign(this, { field, box, pick, keys, nodes: [], isOpen: false });
    give(box, { id: `${field.id}-list`, onmousedown: (event) => event.preventDefault() });
    give(field, { "aria-controls": box.id, "aria-autocomplete": "list" });
  }
  toggle(open) {
    const role = open || this.field.type === "text" ? "combobox" : null;
    this.isOpen = open;
    this.box.togglePopover(open);
    Object.assign(this.field, { role, ariaExpanded: role && String(open) });
    this.mark(null);
  }
  /** Show options, `{text, description, group}`, or a sentence where there are none; the one at `at` is marked. */
  show(options, otherwise = "", at = 0, role = "option") {
    this.box.role = role === "option" ? "listbox" : "menu";
    this.nodes = options.map((option, place) => {
      const given = { id: `${this.field.id}-${place}`, role, onclick: () => this.pick(option) };
      return Object.assign(h("div", given, option.text, h("small", option.description)), { option });
    });
    const opens = ({ group }, place) => group && group !== options[place - 1]?.group && h("div.group", group);
    const rows = this.nodes.flatMap((node, place) => [opens(node.option, place), node]).filter(Boolean);
    this.box.replaceChildren(...(rows.length ? rows : [h("div.group", { role: "status" }, otherwise)]));
    this.toggle(Boolean(rows.length || otherwise));
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
    else if (this.keys.includes(event.key) && this.active && !event.shiftKey) this.pick(this.active.option);
    else if (event.key === "Escape") this.toggle(false);
    else return false;
    event.preventDefault();
    return true;
  }
}
