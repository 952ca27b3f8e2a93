// Long numbers (ID, bank card) are hidden on the screen and in the kept conversation.

const DIGIT = "[0-9０-９]";
const GAP = "[ \\-‐-―－_.·]{0,3}";
const LONG_NUMBER = new RegExp(`${DIGIT}(?:${GAP}${DIGIT}){13,}(?:${GAP}[0-9０-９XxＸｘ])`, "g");
const DATES = new RegExp(`^(?:(?:19|20)\\d\\d([-.])\\d{1,2}\\1\\d{1,2}${GAP})+$`);

export function mask(text) {
  return text.replace(LONG_NUMBER, (number) => (DATES.test(number) ? number : hidden(number)));
}

function hidden(number) {
  return `${number.slice(0, 3)}${"*".repeat(number.length - 5)}${number.slice(-2)}`;
}
