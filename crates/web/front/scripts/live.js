// The page asks for itself again when the reader comes back to it, and once a minute while it is looked at.
// The answer is mostly "not changed" (304); what changed is morphed in, so that typed text and open parts stay.
const EVERY = 60_000;
let asked = Date.now();

function refresh() {
  if (document.visibilityState !== "visible" || Date.now() - asked < 5_000) return;
  asked = Date.now();
  document.body.dispatchEvent(new CustomEvent("refresh"));
}

setInterval(refresh, EVERY);
addEventListener("focus", refresh);
document.addEventListener("visibilitychange", refresh);
