// The citizen's page: puts its parts together and carries a question to the office and back.

import { ask as askOffice, sendFeedback, takeNotices } from "./chat/client.js";
import { createComposer } from "./chat/composer.js";
import { startClearing } from "./chat/confirm.js";
import { loadConversation, newConversation, newTurn, noticeTurn, saveConversation } from "./chat/conversation.js";
import { language, startLanguage, switchLanguage, t } from "./chat/language.js";
import { createLog } from "./chat/log.js";
import { startNotices } from "./chat/notices.js";
import { startTextSize } from "./chat/textsize.js";

const STILL_SEARCHING_MS = 6000;
/** A page that is being closed breaks off its own calls; it is gone before it could call that a failure. */
const LEAVING_MS = 1000;
const touch = window.matchMedia("(pointer: coarse)");
const status = document.getElementById("status");
let conversation = loadConversation();
let waiting = false;
let patience = 0;
let leaving = false;

const announce = (words) => { document.getElementById("spoken").textContent = words; };
const composer = createComposer(askTyped, announce);
const log = createLog(() => conversation, { ask: askChosen, retry, vote });

function askTyped(text) {
  if (waiting || !text) return;
  composer.write("");
  ask(text, text).then(() => composer.focus());
}

/** A chosen button keeps the on-screen keyboard away, so that the answer stays visible. */
function askChosen(text, title) {
  if (waiting) return;
  ask(text, title).then(() => touch.matches || composer.focus());
}

function retry(turn) {
  if (waiting) return;
  turn.failure = null;
  log.update(turn);
  deliver(turn).then(() => touch.matches || composer.focus());
}

async function ask(text, shown) {
  const turn = newTurn(text, shown, language());
  conversation.turns.push(turn);
  log.add(turn);
  await deliver(turn);
}

async function deliver(turn) {
  saveConversation(conversation);
  setWaiting(true);
  log.show(turn);
  const result = await resultOf(turn);
  if (result.failure && leaving) await new Promise((stays) => setTimeout(stays, LEAVING_MS));
  setWaiting(false);
  if (!conversation.turns.includes(turn)) return;
  await followLanguage(turn, result);
  Object.assign(turn, result);
  saveConversation(conversation);
  giveBack(turn);
  log.update(turn);
  log.show(turn);
}

async function resultOf(turn) {
  const { id, text, language: asked } = turn;
  try {
    return { body: await askOffice({ sender: conversation.sender, message_id: id, text, language: asked }), failure: null };
  } catch (error) {
    return { failure: { reason: error.reason ?? "broken", sentence: error.sentence ?? "" } };
  }
}

/** The citizen may have asked for another language within the conversation. */
async function followLanguage(turn, { body }) {
  if (body?.language && body.language !== turn.language) await switchLanguage(body.language, redraw);
}

/** What was refused for its form returns to the composer, to be changed. */
function giveBack(turn) {
  const typed = turn.failure?.reason === "refused" && turn.text;
  if (typed && composer.isEmpty()) composer.write(turn.text);
}

function setWaiting(now) {
  waiting = now;
  clearTimeout(patience);
  composer.setWaiting(now);
  document.body.classList.toggle("waiting", now);
  status.textContent = now ? t("searching") : "";
  if (now) patience = setTimeout(() => { status.textContent = t("stillSearching"); }, STILL_SEARCHING_MS);
}

async function vote(turn, helpful) {
  try {
    await sendFeedback({ sender: conversation.sender, message_id: turn.id, helpful });
  } catch {
    return false;
  }
  turn.helpful = helpful;
  saveConversation(conversation);
  return true;
}

async function redraw() {
  composer.recount();
  if (waiting) status.textContent = t("searching");
  await log.redraw();
}

/** News of a followed application; it belongs to whoever asked to be told, not to a successor. */
async function notice() {
  const { sender } = conversation;
  const replies = await takeNotices(sender);
  if (!replies.length || conversation.sender !== sender) return;
  const turn = noticeTurn(replies, language());
  conversation.turns.push(turn);
  saveConversation(conversation);
  log.add(turn);
  if (!waiting) log.show(turn);
}

/** The next person at the same screen starts as somebody else. */
async function clear() {
  conversation = newConversation();
  saveConversation(conversation);
  composer.write("");
  await log.redraw();
  announce(t("cleared"));
  composer.focus();
}

async function start() {
  startLanguage(redraw);
  startTextSize(announce);
  startClearing(clear);
  await log.redraw();
  const last = conversation.turns[conversation.turns.length - 1];
  if (last) log.show(last, false);
  startNotices(notice);
  window.addEventListener("beforeunload", () => (leaving = true));
  window.addEventListener("pageshow", () => (leaving = false));
}

start();
