// Elements are built node by node: text goes in as text, never as markup.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : String(value));
}

export function button(label, attributes = {}) {
  return el("button", { type: "button", ...attributes }, label);
}

const LETTERS_PER_SIGN = 4;

/** The language of a piece of text, so that it is read aloud and drawn in the right script. English names Chinese terms. */
export function languageOf(text, chinese) {
  const signs = text.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const letters = text.match(/[A-Za-z]/g)?.length ?? 0;
  if (!signs || letters > LETTERS_PER_SIGN * signs) return "en";
  return chinese === "en" ? "zh-Hans" : chinese;
}
