// After going to another page the reader starts at its heading, as after a full load; after a refresh nothing moves.
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const source = detail.ctx?.sourceElement;
  if (source?.id === "main" && detail.ctx.sourceEvent?.type === "refresh") return;

  const isKept = document.activeElement?.closest?.("[data-keep-focus]");
  if (isKept && detail.ctx?.request?.method === "GET") return;

  // A form that comes back starts at what is to be put right, or at what somebody else has made of it.
  const wrong = document.querySelector("#main form:not([hx-morph-skip]) [aria-invalid=true]") ?? document.querySelector("#main .entry:has(> .entry__now) > [name]");
  if (wrong) return wrong.focus();
  if (isKept) return;

  const begin = document.querySelector("#main [autofocus]");
  if (begin) return begin.focus();

  document.querySelector("#main h1")?.focus({ preventScroll: true });
  document.querySelector("#main form > [role=alert]")?.scrollIntoView({ block: "center" });
});

// A page that cannot be had is told in words where the reader is, not in the console.
document.addEventListener("htmx:error", () => {
  document.querySelector("#offline")?.removeAttribute("hidden");
});
document.addEventListener("htmx:after:request", () => {
  document.querySelector("#offline")?.setAttribute("hidden", "");
});
