// A field that completes: what is typed is looked up, what is chosen goes into a hidden field beside it. Without this
// script the words themselves are sent, and the answer asks back where they fit several.
import { make, partOf } from "./go.js";

const WAIT = 120;

// Also the field that has the caret when the page comes.
for (const event of ["focusin", "input"]) document.addEventListener(event, ({ target }) => {
  const box = target.closest?.("[data-completes]");
  if (box && target.matches("input[type=text]") && !box.querySelector("[role=listbox]")) begin(box, target);
}, true);

function begin(box, input) {
  const list = box.appendChild(make("ul", { class: "choices", hidden: "", id: `${input.id}-choices`, role: "listbox" }));
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  let waiting, asked = 0;
  input.addEventListener("input", () => {
    hidden(box).value = "";
    input.form.elements.contact?.closest(".entry").remove();
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const turn = ++asked;
      const found = input.value.trim() ? await look(box.dataset.completes, input.value) : [];
      if (turn === asked) show(input, found);
    }, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const options = [...list.children];
    if (list.hidden || options.length === 0) return;
    const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const to = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key];
    if (to !== undefined) mark(input, options, (to + options.length) % options.length);
    else if (event.key === "Enter" && now >= 0) take(box, input, options[now]);
    else if (event.key === "Escape") show(input, []);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", () => setTimeout(() => show(input, []), 150));
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(box, input, option);
  });
}

function hidden(box) {
  const name = box.dataset.completesInto;
  const form = box.closest("form");
  return form.elements.namedItem(name) ?? form.appendChild(make("input", { type: "hidden", name }));
}

async function look(address, text) {
  const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`, { headers: { accept: "application/json" } }).catch(() => null);
  return answer?.ok ? answer.json() : [];
}

function show(input, found) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  // The page has gone on meanwhile.
  if (!list) return;
  list.replaceChildren(...found.map(({ value, label, who }, index) => make("li", {
    id: `${list.id}-${index}`, role: "option", "data-value": value, "data-label": label,
  }, label, ...(who ? [make("p", { class: "hint" }, who)] : []))));
  list.hidden = found.length === 0;
  input.setAttribute("aria-expanded", String(found.length > 0));
  input.removeAttribute("aria-activedescendant");
  if (found.length > 0) mark(input, [...list.children], 0);
}

function mark(input, options, index) {
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
  input.setAttribute("aria-activedescendant", options[index].id);
}

function take(box, input, option) {
  input.value = option.dataset.label;
  hidden(box).value = option.dataset.value;
  show(input, []);
  offer(box.dataset.completesWith, input.form.elements, option.dataset.value);
  input.form.querySelector("textarea")?.focus();
}

// With whom it was, of the account that was chosen.
async function offer(address, { account, kind }, chosen) {
  const field = address && await partOf(`${address}?account=${chosen}`, "body > .entry");
  if (field && account.value === chosen) kind.closest(".entry").after(field);
}
