// What an answer rests on: law and article, where it applies, when it was last reviewed.

import { el, languageOf } from "./dom.js";
import { language, t } from "./language.js";

export function renderSources(sources) {
  if (!sources.length) return null;
  return el("div", { class: "sources", lang: language() },
    el("p", { class: "sources-title" }, t("basis")),
    groupsOf(sources).flatMap(renderGroup));
}

/** Sources that share place and review date share one line for them. */
function groupsOf(sources) {
  const groups = new Map();
  for (const source of sources) {
    const key = scopeOf(source).join();
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  return [...groups.values()];
}

function renderGroup(sources) {
  const scope = scopeOf(sources[0]).map((words) => el("span", { class: "scope" }, words));
  return [el("ul", {}, sources.map(renderSource)), el("p", { class: "sources-scope" }, scope)];
}

function renderSource(source) {
  const name = [source.law, source.article].filter(Boolean).join(" ");
  return el("li", { class: source.verified ? null : "unverified" },
    el("span", { class: "law", lang: languageOf(name, language()) }, name),
    t("wordGap"),
    remark(source));
}

function remark(source) {
  const inForce = source.in_force ? t("inForce", { date: source.in_force }) : "";
  const parts = source.verified ? [inForce, source.note] : [t("unverified"), source.note];
  const text = parts.filter(Boolean).join(t("comma"));
  return text ? el("span", { class: "remark" }, t("brackets", { text })) : null;
}

function scopeOf(source) {
  const region = source.region === "national" ? t("national") : source.region;
  const parts = [region && t("region", { region }), source.reviewed_on && t("reviewed", { date: source.reviewed_on })];
  return parts.filter(Boolean);
}
