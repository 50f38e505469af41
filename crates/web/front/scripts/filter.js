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

// What numbers would change is looked at while they are typed; without this script the button does it.
let typing;
document.addEventListener("input", ({ target }) => {
  const looks = target.form?.querySelector("[data-looks]");
  if (!looks || !target.closest("[data-looked-at]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => target.form.requestSubmit(looks), 300);
});
// Whoever sends the form before that has no need to look.
document.addEventListener("submit", ({ target, submitter }) => {
  clearTimeout(typing);
  // Choices are made in an open menu one after the other; whoever presses its button has made them.
  const menu = submitter?.closest("form[data-acts-on-change] details.menu[open]");
  if (menu && target.contains(menu)) menu.open = false;
});
document.addEventListener("htmx:after:swap", () => {
  // What could not be read is told there.
  const menu = document.querySelector("form[data-acts-on-change] [aria-invalid]")?.closest("details.menu");
  if (menu) menu.open = true;
});

// Looking is no step to go back over, and what is sent once stays out of the address.
document.addEventListener("htmx:config:request", ({ target, detail: { ctx } }) => {
  if (ctx.request.method !== "GET" || !target.querySelector?.("[data-looks]")) return;
  ctx.replace = "true";
  ctx.request.body.delete("request");
});
