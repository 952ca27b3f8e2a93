// The small part of Markdown that answers use: "## " headings, "- " and "1. " lists, **bold**, paragraphs.

import { el } from "./dom.js";
import { linkNumbers } from "./phones.js";

const HEADING = /^#{1,4}\s+(.*)$/;
const BULLET = /^\s*[-*]\s+(.*)$/;
const NUMBERED = /^\s*(\d{1,2})\.\s+(.*)$/;

export function renderMarkdown(text, { emergency = false } = {}) {
  const nodes = document.createDocumentFragment();
  for (const block of blocksOf(text)) nodes.append(renderBlock(block, emergency));
  return nodes;
}

function blocksOf(text) {
  const blocks = [];
  for (const line of text.split(/\r?\n/)) addLine(blocks, line);
  return blocks.filter((block) => block.kind !== "gap");
}

function addLine(blocks, line) {
  const { kind, content, start } = readLine(line);
  const last = lastBlock(blocks, kind);
  if (last && last.kind === kind && kind !== "heading") last.lines.push(content);
  else blocks.push({ kind, lines: [content], start });
}

/** A blank line ends a paragraph, but not a list that goes on after it. */
function lastBlock(blocks, kind) {
  const last = blocks[blocks.length - 1];
  const isList = kind === "ul" || kind === "ol";
  return isList && last && last.kind === "gap" ? blocks[blocks.length - 2] : last;
}

function readLine(line) {
  const heading = line.match(HEADING);
  if (heading) return { kind: "heading", content: heading[1] };
  const bullet = line.match(BULLET);
  if (bullet) return { kind: "ul", content: bullet[1] };
  const numbered = line.match(NUMBERED);
  if (numbered) return { kind: "ol", content: numbered[2], start: Number(numbered[1]) };
  return line.trim() ? { kind: "p", content: line.trim() } : { kind: "gap", content: "" };
}

function renderBlock({ kind, lines, start }, emergency) {
  if (kind === "heading") return el("h3", {}, renderInline(lines[0], emergency));
  if (kind === "p") return el("p", {}, joinLines(lines, emergency));
  const items = lines.map((line) => el("li", {}, renderInline(line, emergency)));
  return el(kind, { start: start > 1 ? start : null }, items);
}

function joinLines(lines, emergency) {
  return lines.flatMap((line, index) => (index ? [el("br"), ...renderInline(line, emergency)] : renderInline(line, emergency)));
}

function renderInline(text, emergency) {
  const pieces = text.split(/\*\*(.+?)\*\*/);
  return pieces.flatMap((piece, index) => {
    const nodes = linkNumbers(piece, emergency);
    return index % 2 ? [el("strong", {}, nodes)] : nodes;
  });
}
