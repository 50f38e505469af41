// A filter asks only for what was chosen, so that its URL says no more than that; without this script it says more.
document.addEventListener("htmx:config:request", ({ target, detail }) => {
  if (!target.matches?.("form[data-acts-on-change]")) return;
  const { body } = detail.ctx.request;
  for (const [name, value] of [...body.entries()]) if (value === "") body.delete(name);
});

// A filter acts when a choice is made; without this script its button does.
document.addEventListener("change", ({ target }) => {
  if (target.matches?.("form[data-acts-on-change] select")) target.form.requestSubmit();
});
