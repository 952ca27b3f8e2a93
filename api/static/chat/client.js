// The calls of the page. A failed call becomes a CallFailed with a reason the page can word.

const PATIENCE_MS = 15000;

export class CallFailed extends Error {
  /** reason: "offline" | "timeout" | "broken" | "refused"; only a refusal is final. */
  constructor(reason, sentence = "") {
    super(sentence || reason);
    this.reason = reason;
    this.sentence = sentence;
  }
}

export async function ask(question) {
  return post(document.body.dataset.chat, question, (response) => response.json());
}

export async function sendFeedback(feedback) {
  return post(document.body.dataset.feedback, feedback, () => null);
}

/** Notices for this sender, each given out once: the caller shows them. */
export async function takeNotices(sender) {
  return post(document.body.dataset.notices, { sender }, (response) => response.json());
}

async function post(path, body, read) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(path, request(body, patience.signal));
    if (!response.ok) throw await failureOf(response);
    return await read(response);
  } catch (error) {
    throw named(error, patience.signal);
  } finally {
    clearTimeout(timer);
  }
}

function request(body, signal) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
}

async function failureOf(response) {
  const { message } = await response.json().catch(() => ({}));
  const again = response.status >= 500 || [408, 409, 425, 429].includes(response.status);
  return new CallFailed(again ? "broken" : "refused", typeof message === "string" ? message : "");
}

function named(error, signal) {
  if (error instanceof CallFailed) return error;
  if (signal.aborted) return new CallFailed("timeout");
  return new CallFailed(error instanceof SyntaxError ? "broken" : "offline");
}

/** 128 random bits in hexadecimal. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
