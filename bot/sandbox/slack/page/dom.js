const SVG = ["svg", "use", "path", "rect", "circle", "line", "polyline", "text", "title"];

/** Return a `tag.class` element: `on…` listens, null and false are left out, strings become text. */
export function h(kind, ...children) {
  const [tag, ...classes] = kind.split(".");
  const given = children[0]?.constructor === Object ? children.shift() : {};
  const drawn = SVG.includes(tag) && document.createElementNS("http://www.w3.org/2000/svg", tag);
  const node = drawn || document.createElement(tag);
  if (classes.length) node.setAttribute("class", classes.join(" "));
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (![false, null, undefined].includes(value)) node.setAttribute(name, value);
  }
  node.append(...children.flat(9).filter((child) => child && child !== true));
  return node;
}

/** Return one of the drawings of index.html; it says nothing by itself. */
export const icon = (name) => h("svg.icon", { "aria-hidden": "true" }, h("use", { href: `#${name}-drawing` }));

/** Return a part of index.html. */
export const part = (id) => document.getElementById(id);

/** Make the children of `parent` be these things, as `build` draws them. What is the same keeps its node, and so
 * its focus and whatever is open in it; what changed gets the focus that it had before. */
export function renew(parent, things, build) {
  const held = parent.contains(document.activeElement) && document.activeElement;
  const old = [...parent.children];
  const nodes = things.map((thing) => {
    const print = JSON.stringify(thing);
    return old.find((node) => node.print === print) ?? Object.assign(build(thing), { print });
  });
  old.filter((node) => !nodes.includes(node)).forEach((node) => node.remove());
  nodes.forEach((node, at) => parent.children[at] === node || parent.insertBefore(node, parent.children[at] ?? null));
  const heir = held && !held.isConnected && part(held.id);
  if (heir) heir.focus();
  if (heir && Number.isInteger(held.selectionStart)) heir.setSelectionRange(held.selectionStart, held.selectionEnd);
}

/** Show on a control that its work is under way, and let nobody start it twice. */
export async function busy(control, work) {
  const focused = control === document.activeElement;
  Object.assign(control, { ariaBusy: "true", disabled: true });
  const answer = await work();
  Object.assign(control, { ariaBusy: null, disabled: false });
  if (focused && document.activeElement === document.body) control.focus();
  return answer;
}

/** Say something that has no place of its own on the page; it goes away by itself. */
export function say(sentence) {
  const toast = part("toast");
  toast.textContent = sentence;
  toast.hidePopover();
  toast.showPopover();
  setTimeout(() => toast.textContent === sentence && toast.hidePopover(), 4000);
}
