// "Was this helpful?", asked once under an answer.

import { button, el } from "./dom.js";
import { t } from "./language.js";

const ASKED_AFTER = new Set(["answered", "unsure", "not_ours", "nothing_found", "expired"]);

export const asksFeedback = (outcome) => ASKED_AFTER.has(outcome);

/** `vote(helpful)` resolves to whether the vote has been accepted. */
export function renderFeedback(given, vote) {
  const note = el("span", { class: "feedback-note" });
  const choices = [button(t("helpful"), { "data-helpful": "true" }), button(t("notHelpful"), { "data-helpful": "false" })];
  const row = el("div", { class: "feedback", role: "group", "aria-label": t("helpfulQuestion") },
    el("span", { class: "feedback-question" }, t("helpfulQuestion")), choices, note);
  for (const choice of choices) choice.addEventListener("click", () => choose(choice, choices, note, vote));
  mark(choices, given);
  if (given !== null) note.textContent = t("thanks");
  return row;
}

async function choose(choice, choices, note, vote) {
  if (choice.getAttribute("aria-disabled") === "true") return;
  const helpful = choice.dataset.helpful === "true";
  mark(choices, helpful);
  const accepted = await vote(helpful);
  if (!accepted) mark(choices, null);
  note.textContent = t(accepted ? "thanks" : "feedbackFailed");
}

function mark(choices, given) {
  for (const choice of choices) {
    choice.setAttribute("aria-pressed", String(choice.dataset.helpful === String(given)));
    choice.setAttribute("aria-disabled", String(given !== null));
  }
}
