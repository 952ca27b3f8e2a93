// The conversation of this browser tab: a sender id and its turns (a question with its reply or failure).

import { randomId } from "./client.js";
import { mask } from "./privacy.js";
import { keep, recall } from "./storage.js";

const KEY = "chat.conversation";
const MOST_TURNS = 50;

export function newConversation() {
  return { sender: randomId(), turns: [] };
}

export function newTurn(text, shown, language) {
  return { id: randomId(), text, shown: mask(shown), language, body: null, failure: null, helpful: null };
}

/** Replies that nobody asked for just now: a turn without a question. */
export function noticeTurn(replies, language) {
  return { ...newTurn("", "", language), body: { language, replies } };
}

export function saveConversation({ sender, turns }) {
  keep("sessionStorage", KEY, { sender, turns: turns.slice(-MOST_TURNS).map(withoutNumbers) });
}

export function loadConversation() {
  const kept = recall("sessionStorage", KEY, null);
  return kept ? { sender: kept.sender, turns: kept.turns.map(revived) } : newConversation();
}

/** A text with an ID or card number stays in memory only. */
function withoutNumbers(turn) {
  return { ...turn, text: mask(turn.text ?? "") === turn.text ? turn.text : null };
}

function revived(turn) {
  if (turn.body) return turn;
  if (turn.text === null) return { ...turn, failure: { reason: "maskedAway", sentence: "" } };
  return { ...turn, failure: turn.failure ?? { reason: "interrupted", sentence: "" } };
}
