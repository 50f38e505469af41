// Looking at a row's account beside the list without leaving it: Space opens and closes, j and k step on.
import { enliven, make, partOf } from "./go.js";

class Peek extends HTMLElement {
  connectedCallback() {
    document.addEventListener("focusin", ({ target }) => {
      if (this.panel && target.matches?.("[data-row-link]")) this.show(target);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.panel || event.defaultPrevented) return;
      event.preventDefault();
      this.close();
    });
    document.addEventListener("htmx:after:swap", ({ detail }) => {
      if (detail.ctx?.sourceEvent?.type !== "refresh" && !document.contains(this.from)) this.close();
    });
  }

  toggle(link) {
    if (this.panel && this.from === link) return this.close();
    this.show(link);
  }

  async show(link) {
    this.from = link;
    this.asked?.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const found = await partOf(`${new URL(link.href).pathname}/peek`, "#peek", signal);
    if (!found || signal.aborted) return;

    if (!this.panel) this.build();
    this.body.replaceChildren(found);
    this.whole.href = link.getAttribute("href");
    enliven(this.panel);
  }

  build() {
    const { label, close, open } = this.dataset;
    this.whole = make("a", { class: "button" }, open);
    const closing = make("button", { class: "button button--quiet", type: "button" }, close);
    closing.addEventListener("click", () => this.close());
    this.body = make("div", { class: "peek__body" });
    this.panel = make("aside", { class: "peek", "aria-label": label },
      make("div", { class: "peek__head" }, this.whole, closing), this.body);
    this.append(this.panel);
    document.body.classList.add("frame--peeking");
  }

  close() {
    const isInside = this.panel?.contains(document.activeElement);
    this.asked?.abort();
    this.panel?.remove();
    this.panel = null;
    document.body.classList.remove("frame--peeking");
    if (isInside) this.from?.focus();
  }
}

customElements.define("luotsi-peek", Peek);
