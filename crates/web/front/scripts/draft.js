// Unsent text outlives a closed window: forms with `data-draft` keep it in this browser until it is sent and taken, or
// until the person logs out.
const PREFIX = "luotsi-draft ";
const FIELDS = "textarea[name], input[type=text][name], input:not([type])[name]";
const restored = new WeakSet();

const place = (form) => `${PREFIX}${location.pathname} ${form.id}`;
const drafts = (form) => [...form.querySelectorAll(FIELDS)];

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-draft]");
  if (!form) return;
  const typed = drafts(form).filter((field) => field.value !== field.defaultValue && field.value.trim() !== "");
  if (typed.length === 0) return localStorage.removeItem(place(form));
  localStorage.setItem(place(form), JSON.stringify(Object.fromEntries(typed.map((field) => [field.name, field.value]))));
});

document.addEventListener("htmx:after:request", ({ detail }) => {
  const { request, response, sourceElement } = detail.ctx;
  const form = request?.form ?? sourceElement;
  if (request?.method === "POST" && response?.status < 400 && form?.matches?.("form[data-draft]")) {
    localStorage.removeItem(place(form));
  }
});

document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action") !== "/logout") return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
});

function restore() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (restored.has(form)) continue;
    restored.add(form);
    const kept = JSON.parse(localStorage.getItem(place(form)) ?? "{}");
    for (const field of drafts(form)) {
      if (field.name in kept && field.value === field.defaultValue) field.value = kept[field.name];
    }
  }
}

restore();
document.addEventListener("htmx:after:swap", restore);
