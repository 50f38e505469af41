import { firstOf } from "./keys.js";

// A note is sent with Enter and goes on to a new line with Shift+Enter; without this script its button sends it.
document.addEventListener("keydown", (event) => {
  const note = event.target.closest?.("form[data-enter-sends] textarea");
  if (!note || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  note.form.requestSubmit();
});

// A note that begins with the name of another kind, or a piece of it, and a colon is of that kind: `käy: sovittiin`.
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("form[data-enter-sends] textarea")) return;
  const [all, word] = /^(\p{L}{3,}): /u.exec(target.value) ?? [];
  const kind = target.form.elements.kind;
  const meant = word && [...kind.options].find((option) => option.text.toLowerCase().startsWith(word.toLowerCase()));
  if (!meant) return;
  kind.value = meant.value;
  target.value = target.value.slice(all.length);
});

// What was sent and taken is not kept in the form it came from, though the page keeps what is being typed.
document.addEventListener("htmx:after:request", ({ detail }) => {
  const { request, response, sourceElement } = detail.ctx;
  const form = request.form ?? sourceElement;
  if (request.method === "POST" && response?.status < 400 && form?.matches?.("form")) {
    form.reset();
    form.closest("details[data-editor]")?.removeAttribute("open");
  }
});

// What was refused stands as it was typed, with what is wrong beside it, while another form of the page is refused too;
// the caret goes to that one.
document.addEventListener("htmx:before:swap", ({ detail }) => {
  const { request, response, sourceElement } = detail.ctx;
  const sent = request.form ?? sourceElement;
  for (const field of document.querySelectorAll("form [aria-invalid]")) {
    field.autofocus = false;
    field.form.toggleAttribute("hx-morph-skip", response.status === 422 && field.form !== sent);
  }
});

// A value that was opened for editing takes the caret; Esc closes it as it was.
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("details[data-editor]") || !target.open) return;
  if (target.contains(document.activeElement) && !document.activeElement.matches("summary")) return;
  const field = target.querySelector("[aria-invalid=true], input:not([type=hidden]), select, textarea");
  if (!target.querySelector("form[data-enter-sends]")) return field?.focus();
  // On a phone the caret would bring up a keyboard over the button.
  if (matchMedia("(pointer: fine)").matches) firstOf(target);
}, true);
document.addEventListener("keydown", (event) => {
  const editor = event.key === "Escape" && !event.defaultPrevented && event.target.closest?.("details[data-editor]");
  if (!editor) return;
  editor.querySelectorAll("form").forEach((form) => form.reset());
  editor.open = false;
  editor.querySelector("summary").focus();
});
