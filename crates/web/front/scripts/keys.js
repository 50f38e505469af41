// Keys for going through a page and to others. A page says what a key does: `data-key` on a button, link, summary, field
// or what holds fields, `data-go` on a link of the navigation. Plain letters only where nothing is being typed, and not when turned off.
import { keysAreOff } from "./help.js";

const GOING = 1_500;
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog";
let isGoingSince = 0;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "ArrowDown" && event.target.matches?.("#main input[type=search]") && step(1)) return event.preventDefault();
  if (event.target.closest?.(TYPING) || keysAreOff()) return;
  if (act(event.key)) event.preventDefault();
});

function act(key) {
  if (Date.now() - isGoingSince < GOING) {
    isGoingSince = 0;
    return press(document.querySelector(`[data-go="${CSS.escape(key)}"]`));
  }
  switch (key) {
    case "g":
      isGoingSince = Date.now();
      return true;
    case "j":
      return step(1) || press(meant("j"));
    case "k":
      return step(-1) || press(meant("k"));
    case "/":
      return search();
    case "?":
      document.querySelector("luotsi-help")?.open();
      return true;
    case " ":
      return peek();
    default:
      return /^[a-z]$/.test(key) && press(meant(key));
  }
}

const rows = () => [...document.querySelectorAll("#main [data-row] [data-row-link]")].filter((link) => link.checkVisibility());
const row = () => document.activeElement?.closest?.("[data-row]");

function step(by) {
  const links = rows();
  if (links.length === 0) return false;

  const here = row();
  const now = links.findIndex((link) => link === document.activeElement || (here && here === link.closest("[data-row]")));
  const next = links[now < 0 ? 0 : Math.min(Math.max(now + by, 0), links.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function search() {
  const field = document.querySelector("#main input[type=search]");
  if (!field) return press(document.querySelector("[data-opens-palette]"));
  field.focus();
  field.select();
  return true;
}

function peek() {
  const panel = document.querySelector("luotsi-peek");
  const link = document.activeElement;
  if (!panel || !link?.matches?.("[data-row-link]")) return false;
  panel.toggle(link);
  return true;
}

/** In the row one stands on, else in what was just done, else what is seen in the page, else on another page, else folded away in the first row. */
function meant(key) {
  const selector = `[data-key="${key}"]`;
  const all = [...document.querySelectorAll(selector)];
  const usable = (candidate) => candidate.checkVisibility() || candidate.closest("[data-row]")?.checkVisibility();
  return [...(row()?.querySelectorAll(selector) ?? [])].find(usable)
    ?? document.querySelector(`.receipt ${selector}`)
    ?? all.find((candidate) => candidate.checkVisibility())
    ?? document.querySelector(`[data-key-far="${key}"]`)
    ?? all.find(usable);
}

const FIELD = "input:not([type=hidden]), textarea, select";

function press(found) {
  if (!found) return false;
  const stood = document.activeElement;
  const folded = found.closest("details:not([open])");
  if (folded && !found.matches("summary")) folded.open = true;
  if (found.matches(FIELD)) found.focus();
  else if (found.matches("form, section, div")) firstOf(found);
  else found.click();
  // One who picks a row still stands on it.
  if (found.matches("label") && stood?.matches("[data-row-link]")) stood.focus();
  if (found.matches("summary") && found.parentElement.open) firstOf(found.parentElement);
  return true;
}

/** Where one begins: in the first field where they are filled in in order, as an amount that comes first, to be typed over; else in the first line that is empty and that Enter sends; else the first field there is. */
export function firstOf(part) {
  const fields = [...part.querySelectorAll(FIELD), ...part.querySelectorAll("button")].filter((field) => field.checkVisibility());
  const first = fields[0]?.inputMode || part.matches("[data-in-order]") ? fields[0] : fields.find((field) => field.matches("input[type=text]:not([inputmode]), [data-enter-sends] textarea") && field.value === "") ?? fields[0];
  first?.focus();
  if (first?.inputMode) first.select();
}
