import { h } from "./dom.js";
import { conversation, person, store } from "./store.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const decoded = (text) => text.replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity]);
const between = (mark, tag, outside = `[\\p{L}\\p{N}${mark}]`) =>
  `(?<!${outside})${mark}(?<${tag}>[^\\s${mark}](?:[^${mark}\\n]*[^\\s${mark}])?)${mark}(?!${outside})`;
const REFERENCES = ["`(?<code>[^`\\n]+)`", "<(?<token>[^<>\\n]+)>", "(?<bare>https?://[^\\s<>|]*[^\\s<>|.,;:!?)])"];
const INLINE = new RegExp([...REFERENCES, between("\\*", "b"), between("_", "i"), between("~", "s")].join("|"), "gu");
const PERMALINK = /archives\/(\w+)(?:\/p(\d+)(\d{6}))?(?:\?.*thread_ts=([\d.]+))?/;
const DATES = { date_num: "short", date: "long", date_short: "medium", date_long: "full" };
const TIMES = { time: "short", time_secs: "medium" };
/** Return Slack's mrkdwn as nodes: code, quotes and lines. */
export const mrkdwn = (text) => text.split(/```\n?([\s\S]*?)\n?```\n?/)
  .flatMap((piece, at) => (at % 2 ? h("pre", decoded(piece)) : runs(piece)));
const runs = (text) => text.split(/^((?:(?:>|&gt;).*\n?)+)/m).map((run, at) => {
  if (at % 2) return h("blockquote", inline(run.replace(/^(>|&gt;) ?/gm, "").trimEnd()));
  return run && h("div", inline(run.replace(/\n$/, "")));
});
function inline(text) {
  const found = [...text.matchAll(INLINE)];
  const starts = [0, ...found.map(({ index, 0: all }) => index + all.length)];
  return starts.map((from, at) => [decoded(text.slice(from, found[at]?.index)), found[at] && marked(found[at].groups)]);
}
function marked({ code, token, bare, ...marks }) {
  if (code) return h("code", decoded(code));
  if (token) return reference(...token.split("|"));
  if (bare) return link(decoded(bare));
  const [tag, inner] = Object.entries(marks).find(([, words]) => words);
  return h(tag, inline(inner));
}
/** Return somebody (`@…`), a channel (`#…`), something special (`!…`) or an address, as a chip or a link. */
export function reference(target, label) {
  const [kind, name, words] = [target[0], target.slice(1), label && decoded(label)];
  const channel = `#${store.snapshot.channels[name] ?? words ?? name}`;
  const mine = name === store.snapshot.me.id ? ".mine" : "";
  if (kind === "@") return h(`span.mention${mine}`, `@${person(name).real_name}`);
  if (kind === "#") return conversation(name) ? h("a.mention", { href: `#/${name}` }, channel) : channel;
  if (name.startsWith("date^")) return date(name.split("^").slice(1), words);
  return kind === "!" ? h("span.mention.mine", words ?? `@${name}`) : link(decoded(target), words);
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
const shown = (ts, style, locale = store.snapshot.me.locale) => new Intl.DateTimeFormat(locale, {
  timeZone: "Europe/Brussels", dateStyle: DATES[style], timeStyle: TIMES[style],
}).format(ts * 1000);
/** Return the day of a ts, today and yesterday by those words. */
export function day(ts, style = "date_long") {
  const [then, now] = [ts, Date.now() / 1000].map((one) => Date.parse(shown(one, "date_num", "sv")) / 86_400_000);
  if (then !== now && then !== now - 1) return shown(ts, style);
  return new Intl.RelativeTimeFormat(store.snapshot.me.locale, { numeric: "auto" }).format(then - now, "day");
}
/** Return the time of day of a ts, as `10:42`. */
export const clock = (ts) => shown(ts, "time");
/** Return a moment; who points at it sees it in full. */
export const moment = (ts, words = clock(ts)) =>
  h("time", { datetime: new Date(ts * 1000).toISOString(), title: `${shown(ts, "date_long")} ${clock(ts)}` }, words);
function date([seconds, pattern], fallback) {
  if (!Number(seconds) || !pattern) return fallback;
  const part = (whole, name) => (name in DATES || name in TIMES ? shown(seconds, name) : whole);
  return moment(seconds, pattern.replace(/{(\w+)_pretty}/g, (_, name) => day(seconds, name)).replace(/{(\w+)}/g, part));
}
