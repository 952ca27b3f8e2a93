// How the messages look: greeting, citizen, assistant, failure.

import { asksFeedback, renderFeedback } from "./feedback.js";
import { button, el, languageOf } from "./dom.js";
import { examples, language, t } from "./language.js";
import { renderMarkdown } from "./markdown.js";
import { callButtons, hotline, linkNumbers } from "./phones.js";
import { renderSources } from "./sources.js";

const TONES = { emergency: "alarm", unsure: "caution", nothing_found: "caution", expired: "caution", not_ours: "elsewhere" };
const FINAL = new Set(["refused", "maskedAway"]);

export function renderGreeting(handlers) {
  const bureau = document.body.dataset.bureau;
  return message("assistant greeting", t("assistant"), language(),
    renderMarkdown(t("greeting", { bureau })),
    renderContact(),
    el("p", { class: "choices-title" }, t("examplesTitle")),
    renderChoices(examples().map((text) => ({ title: text, text })), handlers));
}

function renderContact() {
  const facts = ["hours", "address"].filter((name) => document.body.dataset[name]);
  const lines = facts.map((name) => el("div", {}, el("dt", {}, t(name)),
    el("dd", { lang: languageOf(document.body.dataset[name], "zh-Hans") }, document.body.dataset[name])));
  return lines.length ? el("dl", { class: "contact" }, lines) : null;
}

/** A turn: the citizen's bubble, which a notice has not, and a place that `renderResult` fills. */
export function renderTurn(turn, handlers) {
  return el("div", { class: "turn" },
    turn.shown ? message("citizen", t("you"), languageOf(turn.shown, turn.language), el("p", {}, turn.shown)) : null,
    el("div", { class: "result" }, renderResult(turn, handlers)));
}

export function renderResult(turn, handlers) {
  if (turn.body) return renderReplies(turn, handlers);
  return turn.failure ? [renderFailure(turn, handlers)] : [];
}

function renderReplies(turn, handlers) {
  const replies = repliesOf(turn.body);
  const nodes = replies.map((reply) => renderReply(reply, turn.body.language, handlers));
  const last = nodes[nodes.length - 1];
  if (turn.body.degraded) last.append(el("p", { class: "degraded" }, t("degraded")));
  if (replies.some((reply) => asksFeedback(reply.outcome))) {
    last.append(renderFeedback(turn.helpful, (helpful) => handlers.vote(turn, helpful)));
  }
  return nodes;
}

/** The bot stays silent while a person is in charge: the citizen is told so. */
function repliesOf(body) {
  const replies = body.replies ?? [];
  return replies.length ? replies : [{ text: t("passedOn", { hotline: hotline() }), outcome: "passed_on" }];
}

function renderReply(reply, replyLanguage, handlers) {
  const emergency = reply.outcome === "emergency";
  const tone = TONES[reply.outcome];
  return message(`assistant ${tone ?? ""}`.trim(), t("assistant"), languageOf(reply.text, replyLanguage),
    tone ? el("p", { class: "outcome", lang: language() }, t(reply.outcome)) : null,
    reply.title && !tone ? el("h2", {}, reply.title) : null,
    emergency ? callButtons(reply.text) : null,
    renderMarkdown(reply.text, { emergency }),
    renderChoices(reply.buttons ?? [], handlers),
    renderSources(reply.sources ?? []));
}

function renderChoices(choices, handlers) {
  if (!choices.length) return null;
  const buttons = choices.map(({ title, text }) => button(title, { class: "ask", onclick: () => handlers.ask(text, title) }));
  return el("div", { class: "choices" }, buttons);
}

function renderFailure(turn, handlers) {
  const { reason, sentence } = turn.failure;
  const words = sentence || t(reason === "refused" ? "broken" : reason, { hotline: hotline() });
  const retry = FINAL.has(reason) ? null : button(t("retry"), { class: "retry", onclick: () => handlers.retry(turn) });
  return message("assistant failure", t("assistant"), language(),
    el("p", { class: "outcome" }, t("notSent")),
    el("p", {}, linkNumbers(words, false)),
    el("div", { class: "failure-choices" }, retry, callHotline(words)));
}

/** A sentence from the server may leave the hotline out; it is offered all the same. */
function callHotline(words) {
  if (!hotline() || words.includes(hotline())) return null;
  return el("span", {}, linkNumbers(`${t("hotline")} ${hotline()}`, false));
}

function message(kind, who, lang, ...content) {
  return el("div", { class: `message ${kind}` },
    el("p", { class: "who" }, who, el("span", { class: "spoken" }, ":")),
    el("div", { class: "bubble", lang }, content));
}
