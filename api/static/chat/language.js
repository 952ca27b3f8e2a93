// One current language; every text of the page follows it at once.

import { STRINGS, fill } from "../strings.js";
import { keep, recall } from "./storage.js";

const KEY = "chat.language";
let current = "zh-Hans";

export const language = () => current;
export const t = (key, values) => fill(STRINGS[current][key], values);
export const examples = () => STRINGS[current].examples;

export function startLanguage(onSwitch) {
  for (const choice of document.querySelectorAll("[data-language]")) {
    choice.addEventListener("click", () => switchLanguage(choice.dataset.language, onSwitch));
  }
  current = recall("localStorage", KEY, null) ?? preferred(navigator.languages ?? [navigator.language]);
  if (!STRINGS[current]) current = "zh-Hans";
  showLanguage();
}

export function switchLanguage(chosen, onSwitch) {
  if (!STRINGS[chosen] || chosen === current) return null;
  current = chosen;
  keep("localStorage", KEY, chosen);
  showLanguage();
  return onSwitch();
}

function preferred(languages) {
  const first = (languages[0] ?? "").toLowerCase();
  if (/^zh-(hant|tw|hk|mo)/.test(first)) return "zh-Hant";
  return first.startsWith("en") ? "en" : "zh-Hans";
}

function showLanguage() {
  document.documentElement.lang = current;
  document.title = `${document.body.dataset.bureau} · ${t("title")}`;
  for (const choice of document.querySelectorAll("[data-language]")) {
    choice.setAttribute("aria-pressed", String(choice.dataset.language === current));
  }
  translate();
}

function translate() {
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
}

/** Changes which text a translated element carries. */
export function relabel(node, key) {
  node.dataset.t = key;
  node.textContent = t(key);
}
