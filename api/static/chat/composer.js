// Where the citizen writes.

import { t } from "./language.js";

const LIMIT = 1000;
const NEAR = 100;
const SPOKEN_AT = new Set([100, 50, 20, 10]);
const byId = (id) => document.getElementById(id);

export function createComposer(onSend, announce) {
  const question = byId("question");
  const submit = () => onSend(question.value.trim());
  byId("composer").addEventListener("submit", (event) => (event.preventDefault(), submit()));
  question.addEventListener("keydown", (event) => sendsNow(event) && (event.preventDefault(), submit()));
  question.addEventListener("input", () => (grow(question), count(question, announce)));
  return {
    write: (text) => write(question, text, announce),
    isEmpty: () => question.value === "",
    focus: () => question.focus({ preventScroll: true }),
    setWaiting: (waiting) => setWaiting(question, waiting),
    recount: () => count(question, announce),
  };
}

/** Enter sends, but not the Enter that ends an input-method composition. */
function sendsNow(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

function write(question, text, announce) {
  question.value = text;
  grow(question);
  count(question, announce);
}

function grow(question) {
  question.style.height = "auto";
  if (question.value) question.style.height = `${question.scrollHeight + question.offsetHeight - question.clientHeight}px`;
}

function count(question, announce) {
  const left = LIMIT - question.value.length;
  const words = left > 0 ? t("left", { count: left }) : t("full", { limit: LIMIT });
  byId("counter").hidden = left > NEAR;
  byId("counter").textContent = left > NEAR ? "" : words;
  if (left <= 0 || SPOKEN_AT.has(left)) announce(words);
}

function setWaiting(question, waiting) {
  question.readOnly = waiting;
  byId("composer").classList.toggle("waiting", waiting);
  byId("send").setAttribute("aria-disabled", String(waiting));
}
