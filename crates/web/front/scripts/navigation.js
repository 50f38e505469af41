// After going to another page the reader starts at its heading, as after a full load; after a refresh nothing moves.
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const source = detail.ctx?.sourceElement;
  if (source?.id === "main" && detail.ctx.sourceEvent?.type === "refresh") return;

  // A form that comes back starts at what is to be put right.
  const wrong = document.querySelector("#main [aria-invalid=true]");
  if (wrong) return wrong.focus();

  const field = document.activeElement?.closest?.("[data-keep-focus]");
  if (field) return;

  const begin = document.querySelector("#main [autofocus]");
  if (begin) return begin.focus();

  document.querySelector("#main h1")?.focus({ preventScroll: true });
});

// A page that cannot be had is told in words where the reader is, not in the console.
document.addEventListener("htmx:error", () => {
  document.querySelector("#offline")?.removeAttribute("hidden");
});
document.addEventListener("htmx:after:request", () => {
  document.querySelector("#offline")?.setAttribute("hidden", "");
});
