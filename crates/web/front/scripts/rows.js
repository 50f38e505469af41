// Keys for going through a page: j and k step from row to row, Enter opens, / goes to the search field.
// Plain letters only where nothing is being typed.
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;

  const act = { j: () => step(1), k: () => step(-1), "/": search }[event.key];
  if (act?.()) event.preventDefault();
});

function step(by) {
  const rows = [...document.querySelectorAll("[data-row] [data-row-link]")];
  if (rows.length === 0) return false;

  const now = rows.findIndex((row) => row === document.activeElement);
  const next = now < 0 ? 0 : Math.min(Math.max(now + by, 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
  return true;
}

function search() {
  const field = document.querySelector("#main input[type=search]");
  field?.focus();
  field?.select();
  return Boolean(field);
}
