// The conversation on the screen.

import { renderGreeting, renderResult, renderTurn } from "./messages.js";

const SETTLING_MS = 120;
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

export function createLog(conversation, handlers) {
  const log = document.getElementById("log");
  const nodes = new Map();

  function add(turn) {
    const node = renderTurn(turn, handlers);
    nodes.set(turn.id, node);
    log.append(node);
  }

  function update(turn) {
    nodes.get(turn.id).querySelector(".result").replaceChildren(...renderResult(turn, handlers));
  }

  /** Draws everything anew; a screen reader is not made to read it all again. */
  async function redraw() {
    log.setAttribute("aria-live", "off");
    log.replaceChildren(renderGreeting(handlers));
    conversation().turns.forEach(add);
    await new Promise((done) => setTimeout(done, SETTLING_MS));
    log.setAttribute("aria-live", "polite");
  }

  function show(turn, smoothly = true) {
    const behavior = smoothly && !calm.matches ? "smooth" : "auto";
    nodes.get(turn.id)?.scrollIntoView({ block: "start", behavior });
  }

  return { add, update, redraw, show };
}
