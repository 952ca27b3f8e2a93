// Telephone numbers a citizen can tap: the hotline anywhere, the emergency numbers in an emergency only.

import { el } from "./dom.js";
import { t } from "./language.js";

const EMERGENCY = new Set(["110", "119", "120", "122", "12338", "12345", "12348", "12355", "12356"]);

export const hotline = () => document.body.dataset.hotline;

export function telephone(number, attributes = {}, ...label) {
  const dialled = number.replace(/[^\d+]/g, "");
  return el("a", { href: `tel:${dialled}`, ...attributes }, ...(label.length ? label : [number]));
}

/** Text as nodes, with its telephone numbers as links. */
export function linkNumbers(text, emergency) {
  const nodes = [];
  let done = 0;
  for (const { number, at } of numbersIn(text, emergency)) {
    nodes.push(text.slice(done, at), telephone(number, { class: "tel" }));
    done = at + number.length;
  }
  nodes.push(text.slice(done));
  return nodes.filter((node) => node !== "");
}

/** The numbers of an emergency reply as large buttons. */
export function callButtons(text) {
  const numbers = [...new Set(numbersIn(text, true).map((found) => found.number))];
  if (!numbers.length) return null;
  return el("div", { class: "calls" }, numbers.map(callButton));
}

function callButton(number) {
  const what = EMERGENCY.has(number) ? t(`call${number}`) : t("hotline");
  const picture = el("img", { src: `${document.body.dataset.static}/chat/phone-white.svg`, alt: "", width: 22, height: 22 });
  return telephone(number, { class: "call" }, picture, el("strong", {}, t("call", { number })), el("span", {}, what));
}

function numbersIn(text, emergency) {
  const found = [];
  for (const match of text.matchAll(numberPattern())) {
    const number = match[0];
    if (number === hotline() || (emergency && EMERGENCY.has(number))) found.push({ number, at: match.index });
  }
  return found;
}

function numberPattern() {
  if (!hotline()) return /\d[\d-]*\d/g;
  const literal = hotline().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`${literal}(?!\\d)|\\d[\\d-]*\\d`, "g");
}
