import { h } from "./dom.js";
import { date } from "./moments.js";
import { conversation, person, store } from "./store.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const decoded = (text) => text.replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity]);
const between = (mark, tag) => {
  const outside = `[\\p{L}\\p{N}${mark}]`;
  return `(?<!${outside})${mark}(?<${tag}>[^\\s${mark}](?:[^${mark}\\n]*[^\\s${mark}])?)${mark}(?!${outside})`;
};
const REFERENCES = ["`(?<code>[^`\\n]+)`", "<(?<token>[^<>\\n]+)>", "(?<bare>https?://[^\\s<>|]*[^\\s<>|.,;:!?)])"];
const INLINE = new RegExp([...REFERENCES, between("\\*", "b"), between("_", "i"), between("~", "s")].join("|"), "gu");
const PERMALINK = /archives\/(\w+)(?:\/p(\d+)(\d{6}))?(?:\?.*thread_ts=([\d.]+))?/;

/** Return Slack's mrkdwn as nodes: code, quotes and lines. */
export function mrkdwn(text) {
  const pieces = text.split(/```\n?([\s\S]*?)\n?```\n?/);
  return pieces.flatMap((piece, at) => (at % 2 ? h("pre", decoded(piece)) : runs(piece)));
}

const runs = (text) => text.split(/^((?:(?:>|&gt;).*\n?)+)/m).map((run, at) => {
  if (at % 2) return h("blockquote", inline(run.replace(/^(>|&gt;) ?/gm, "").trimEnd()));
  return run && h("div", inline(run.replace(/\n$/, "")));
});

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(decoded(text.slice(from, found.index)), marked(found.groups));
    from = found.index + found[0].length;
  }
  return [...nodes, decoded(text.slice(from))];
}

function marked({ code, token, bare, ...marks }) {
  if (code) return h("code", decoded(code));
  if (token) return reference(...token.split("|"));
  if (bare) return link(decoded(bare));
  const [tag, inner] = Object.entries(marks).find(([, words]) => words);
  return h(tag, inline(inner));
}

function reference(target, label) {
  const [kind, name, words] = [target[0], target.slice(1), label && decoded(label)];
  if (kind === "@") return mention(name);
  if (kind === "#") return channel(name, words);
  if (name.startsWith("date^")) return date(name.split("^").slice(1), words);
  return kind === "!" ? h("span.mention.mine", words ?? `@${name}`) : link(decoded(target), words);
}

/** Return somebody's name as a chip, stronger when it is whoever looks. */
export const mention = (id) =>
  h(`span.mention${id === store.snapshot.me.id ? ".mine" : ""}`, `@${person(id).real_name}`);

/** Return a channel's name, as a link where one may go there. */
export function channel(id, label) {
  const name = `#${store.snapshot.channels[id] ?? label ?? id}`;
  return conversation(id) ? h("a.mention", { href: `#/${id}` }, name) : name;
}

/** Return a link, within the page for messages of this workspace; what is neither web nor mail stays text. */
export function link(url, label = url.replace("mailto:", "")) {
  const [, id, seconds, rest, thread] = PERMALINK.exec(url) ?? [];
  const here = `#/${id}/${thread ?? "-"}/${seconds ? `${seconds}.${rest}` : ""}`;
  if (id && url.startsWith(`${store.snapshot.team.url}archives/`)) return h("a", { href: here }, label);
  return safe(url) ? h("a", { href: url, target: "_blank", rel: "noreferrer" }, label) : label;
}

/** Tell whether an address may be followed. */
export const safe = (url) => /^(https?:\/\/|mailto:)/i.test(url);
