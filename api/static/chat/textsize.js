// The large-text version for older people: base size 22 px, adjustable up to 30 px.

import { relabel, t } from "./language.js";
import { keep, recall } from "./storage.js";

const KEY = "chat.elder";
const SIZES = [22, 24, 26, 28, 30];
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
let choice = { on: false, size: SIZES[0] };

export function startTextSize(announce) {
  const kept = recall("localStorage", KEY, choice);
  if (SIZES.includes(kept.size)) choice = { on: kept.on === true, size: kept.size };
  byId("elder").addEventListener("click", toggleElder);
  byId("smaller").addEventListener("click", () => step(-1, announce));
  byId("larger").addEventListener("click", () => step(1, announce));
  byId("more").addEventListener("click", () => openMore(byId("more").getAttribute("aria-expanded") !== "true"));
  for (const chosen of document.querySelectorAll("[data-language]")) chosen.addEventListener("click", foldMore);
  showSize();
}

/** A chosen language folds the extra tools away again, where they are folded at all. */
function foldMore() {
  if (!byId("more").offsetParent) return;
  openMore(false);
  byId("more").focus();
}

function toggleElder() {
  choice = { ...choice, on: !choice.on };
  keep("localStorage", KEY, choice);
  openMore(false);
  showSize();
}

function step(by, announce) {
  const size = SIZES[SIZES.indexOf(choice.size) + by];
  if (!size) return;
  choice = { ...choice, size };
  keep("localStorage", KEY, choice);
  showSize();
  announce(t("sizeNow", { size }));
}

function showSize() {
  root.classList.toggle("elder", choice.on);
  root.dataset.size = choice.on ? choice.size : "";
  document.querySelector(".sizes").hidden = !choice.on;
  relabel(byId("elder"), choice.on ? "elderOff" : "elderOn");
  byId("smaller").setAttribute("aria-disabled", String(choice.size === SIZES[0]));
  byId("larger").setAttribute("aria-disabled", String(choice.size === SIZES[SIZES.length - 1]));
}

function openMore(open) {
  byId("more").setAttribute("aria-expanded", String(open));
  byId("more-tools").classList.toggle("open", open);
}
