// What was done can be taken back for a while where it is told; z does it. Later the history still can.
const STAYS = 12_000;
const told = new Map();

function tell() {
  for (const receipt of document.querySelectorAll("[data-receipt]")) {
    const which = receipt.dataset.receipt;
    if (!told.has(which)) told.set(which, Date.now() + STAYS);
    wait(which);
  }
}

/** A page that is drawn again tells it no longer than the first one did. */
function wait(which) {
  setTimeout(() => {
    for (const receipt of document.querySelectorAll("[data-receipt]")) {
      if (receipt.dataset.receipt !== which) continue;
      if (receipt.matches(":hover, :focus-within")) told.set(which, Date.now() + 2_000);
      else receipt.remove();
    }
    if (document.querySelector(`[data-receipt="${CSS.escape(which)}"]`)) wait(which);
  }, Math.max(told.get(which) - Date.now(), 0));
}

tell();
document.addEventListener("htmx:after:swap", tell);
