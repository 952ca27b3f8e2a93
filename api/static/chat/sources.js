// What an answer rests on: law and article, where it applies, when it was last reviewed.

import { el, languageOf } from "./dom.js";
import { language, t } from "./language.js";

export function renderSources(sources) {
  if (!sources.length) return null;
  const scopes = [...new Set(sources.map(scopeText))];
  const shared = scopes.length === 1;
  return el("div", { class: "sources" },
    el("p", { class: "sources-title" }, t("basis")),
    el("ul", {}, sources.map((source) => renderSource(source, !shared))),
    shared ? el("p", { class: "sources-scope" }, scopes[0]) : null);
}

function renderSource(source, withScope) {
  const name = [source.law, source.article].filter(Boolean).join(" ");
  return el("li", { class: source.verified ? null : "unverified" },
    el("span", { class: "law", lang: languageOf(name, language()) }, name),
    remark(source),
    withScope ? el("span", { class: "sources-scope" }, scopeText(source)) : null);
}

function remark(source) {
  const inForce = source.in_force ? t("inForce", { date: source.in_force }) : "";
  const parts = source.verified ? [inForce, source.note] : [t("unverified"), source.note];
  const text = parts.filter(Boolean).join(t("comma"));
  return text ? el("span", { class: "remark" }, t("brackets", { text })) : null;
}

function scopeText(source) {
  const region = source.region === "national" ? t("national") : source.region;
  return [region && t("region", { region }), source.reviewed_on && t("reviewed", { date: source.reviewed_on })]
    .filter(Boolean).join(" · ");
}
