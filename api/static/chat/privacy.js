// Long numbers (ID, bank card) are hidden on the screen and in the kept conversation.

const LONG_NUMBER = /[0-9０-９](?:[ -]?[0-9０-９]){13,18}[ -]?[0-9０-９XxＸｘ]/g;

export function mask(text) {
  return text.replace(LONG_NUMBER, (number) => `${number.slice(0, 3)}${"*".repeat(number.length - 5)}${number.slice(-2)}`);
}
