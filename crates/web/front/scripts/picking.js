// Ticking rows: the box in the head ticks the page, and the button says how many.
document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[data-pick-all]")) {
    for (const pick of document.querySelectorAll("[data-pick]")) pick.checked = target.checked;
  }
  if (target.matches?.("[data-pick-all], [data-pick]")) tell();
});
document.addEventListener("htmx:after:swap", tell);

function tell() {
  const picks = [...document.querySelectorAll("[data-pick]")];
  const picked = picks.filter((pick) => pick.checked).length;
  const count = document.querySelector("[data-picked-count]");
  if (count) count.textContent = picked > 0 ? `(${picked})` : "";
  const all = document.querySelector("[data-pick-all]");
  if (!all) return;
  all.hidden = false;
  all.checked = picked > 0 && picked === picks.length;
  all.indeterminate = picked > 0 && picked < picks.length;
}

tell();
