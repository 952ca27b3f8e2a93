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

/** The language of a piece of text, so that it is read aloud and drawn in the right script. */
export function languageOf(text, chinese) {
  if (!/[\u3400-\u9fff]/.test(text)) return "en";
  return chinese === "en" ? "zh-Hans" : chinese;
}
