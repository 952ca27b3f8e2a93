// The question before the conversation is cleared.

import { t } from "./language.js";

export function startClearing(onClear) {
  const dialog = document.getElementById("confirm");
  document.getElementById("clear").addEventListener("click", () => openDialog(dialog, onClear));
  document.getElementById("confirm-no").addEventListener("click", () => dialog.close());
  document.getElementById("confirm-yes").addEventListener("click", () => (dialog.close(), onClear()));
}

/** Older built-in browsers know no <dialog>. */
function openDialog(dialog, onClear) {
  if (dialog.showModal) dialog.showModal();
  else if (window.confirm(`${t("clearTitle")} ${t("clearText")}`)) onClear();
}
