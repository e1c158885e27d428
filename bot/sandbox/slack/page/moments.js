import { h } from "./dom.js";
import { store } from "./store.js";

const STYLES = {
  date_num: { dateStyle: "short" }, date: { dateStyle: "long" }, date_short: { dateStyle: "medium" },
  date_long: { dateStyle: "full" }, time: { timeStyle: "short" }, time_secs: { timeStyle: "medium" },
};
const dateOf = (ts) => new Date(parseFloat(ts) * 1000);
const shown = (date, style, locale = store.snapshot.me.locale) =>
  new Intl.DateTimeFormat(locale, { timeZone: "Europe/Brussels", ...STYLES[style] }).format(date);
const dayNumber = (date) => Date.parse(shown(date, "date_num", "sv")) / 86_400_000;

/** Return the day of a ts, today and yesterday by those words. */
export function day(ts, style = "date_long") {
  const apart = dayNumber(dateOf(ts)) - dayNumber(new Date());
  if (apart !== 0 && apart !== -1) return shown(dateOf(ts), style);
  return new Intl.RelativeTimeFormat(store.snapshot.me.locale, { numeric: "auto" }).format(apart, "day");
}

/** Return the time of day of a ts, as `10:42`. */
export const clock = (ts) => shown(dateOf(ts), "time");

/** Return a moment; who points at it sees it in full. */
export const moment = (ts, words = clock(ts)) =>
  h("time", { datetime: dateOf(ts).toISOString(), title: `${shown(dateOf(ts), "date_long")} ${clock(ts)}` }, words);

/** Return a `<!date^seconds^pattern|fallback>` in the words of whoever reads it. */
export function date([seconds, pattern], fallback) {
  if (!Number(seconds) || !pattern) return fallback;
  const part = (whole, name) => (name in STYLES ? shown(dateOf(seconds), name) : whole);
  return moment(seconds, pattern.replace(/{(\w+)_pretty}/g, (_, name) => day(seconds, name)).replace(/{(\w+)}/g, part));
}
