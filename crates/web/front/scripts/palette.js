// The palette: Ctrl or Cmd K from anywhere, a few letters, Enter. What it offers is the list of the page /search.
import { go, make, partOf } from "./go.js";

const WAIT = 80;

class Palette extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      this.toggle();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest?.("[data-opens-palette]") || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.toggle();
    }, true);
  }

  build() {
    const { label } = this.dataset;
    // What keys do is no news where there is no keyboard.
    this.hint = matchMedia("(pointer: coarse)").matches ? "" : this.dataset.hint;
    this.field = make("input", {
      class: "palette__field", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: "100",
      placeholder: label, "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": "palette-list",
    });
    this.list = make("ul", { class: "palette__list", id: "palette-list", role: "listbox", "aria-label": label });
    this.said = make("p", { class: "palette__hint", role: "status" }, this.hint);
    this.dialog = make("dialog", { class: "palette", "aria-label": label }, this.field, this.list, this.said);
    this.append(this.dialog);

    this.field.addEventListener("input", () => this.look(WAIT));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
      this.open(event.target.closest("[role=option]"));
    });
    this.list.addEventListener("pointermove", (event) => this.choose(event.target.closest("[role=option]")));
  }

  toggle() {
    if (!this.dialog) this.build();
    if (this.dialog.open) return this.dialog.close();
    this.field.value = "";
    this.dialog.showModal();
    this.look(0);
  }

  look(wait) {
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    this.waiting = setTimeout(async () => {
      const found = await partOf(`/search?q=${encodeURIComponent(this.field.value)}`, "#main", signal);
      if (found && !signal.aborted) this.offer([...found.querySelectorAll("#found > li")]);
    }, wait);
  }

  offer(found) {
    this.list.replaceChildren(...found.map((item, number) => {
      const link = item.querySelector("a");
      const option = make("li", { class: "palette__option", role: "option", id: `palette-${number}`, "data-href": link.getAttribute("href") });
      link.replaceWith(make("span", { class: "palette__label" }, link.textContent));
      option.append(...item.childNodes);
      return option;
    }));
    this.said.textContent = found.length > 0 ? this.hint : this.dataset.none;
    this.choose(this.list.firstElementChild);
  }

  choose(option) {
    if (!option && this.list.children.length > 0) return;
    for (const each of this.list.children) each.setAttribute("aria-selected", String(each === option));
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const options = [...this.list.children];
    const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const turned = (by) => this.choose(options[(now + by + options.length) % options.length]);
    const act = {
      ArrowDown: () => turned(1),
      ArrowUp: () => turned(-1),
      Enter: () => this.open(options[now]),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  open(option) {
    if (!option) return;
    this.dialog.close();
    go(option.dataset.href);
  }
}

customElements.define("luotsi-palette", Palette);
