// Asks for notices when the page opens and once a minute while somebody can see it.

const EVERY_MS = 60 * 1000;
const MOST_MS = 16 * EVERY_MS;

/** `look()` fetches and shows notices; where it fails, the pause doubles until it works again. */
export function startNotices(look) {
  let pause = EVERY_MS;
  let timer = 0;
  let looking = false;
  let due = 0;

  async function round() {
    looking = true;
    pause = await look().then(() => EVERY_MS, () => Math.min(2 * pause, MOST_MS));
    looking = false;
    due = Date.now() + pause;
    plan();
  }

  /** A page that comes back into view asks at once if its time is over, and waits if not. */
  function plan() {
    clearTimeout(timer);
    if (!document.hidden && !looking) timer = setTimeout(round, Math.max(0, due - Date.now()));
  }

  document.addEventListener("visibilitychange", plan);
  plan();
}
