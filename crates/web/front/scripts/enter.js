// A note is sent with Enter and goes on to a new line with Shift+Enter; without this script its button sends it.
document.addEventListener("keydown", (event) => {
  const note = event.target.closest?.("form[data-enter-sends] textarea");
  if (!note || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  note.form.requestSubmit();
});

// What was sent and taken is not kept in the form it came from, though the page keeps what is being typed.
document.addEventListener("htmx:after:request", ({ detail }) => {
  const { request, response, sourceElement } = detail.ctx;
  const form = request.form ?? sourceElement;
  if (request.method === "POST" && response?.status < 400 && form?.matches?.("form")) form.reset();
});
