// A filter acts when a choice is made; without this script its button does.
document.addEventListener("change", ({ target }) => {
  if (target.matches?.("form[data-acts-on-change] select")) target.form.requestSubmit();
});
