// The keys and what they do, over any page, with the switch that turns single letters off in this browser.
import { make, partOf } from "./go.js";

const OFF = "luotsi-keys";

/** Single letters do nothing where the person, or this browser, has turned them off. */
export const keysAreOff = () =>
  document.querySelector("#viewer")?.dataset.keys === "off" || localStorage.getItem(OFF) === "off";

class Help extends HTMLElement {
  connectedCallback() {
    document.addEventListener("click", (event) => {
      if (!event.target.closest?.("[data-opens-keys]") || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.open();
    }, true);
  }

  async open() {
    if (this.dialog?.open) return;
    const keys = await partOf("/keys", "#keys");
    if (!keys) return;
    this.dialog?.remove();
    const { label, close } = this.dataset;
    const choice = make("input", { type: "checkbox" });
    choice.checked = localStorage.getItem(OFF) !== "off";
    choice.addEventListener("change", () => {
      if (choice.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "off");
    });
    const closing = make("button", { class: "button", type: "button" }, close);
    closing.addEventListener("click", () => this.dialog.close());
    this.dialog = make("dialog", { class: "help", "aria-label": label },
      make("div", { class: "help__head" }, make("h2", {}, label), closing),
      keys,
      make("label", { class: "help__switch" }, choice, ` ${this.dataset.switch}`));
    this.append(this.dialog);
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.showModal();
  }
}

customElements.define("luotsi-help", Help);
