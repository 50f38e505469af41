// The points of the value matrix: drawn pixel by pixel, told when pointed at, selected by mouse, touch or keys.
// Fields, axes and names stand in the page already; the legend's colours are the points' colours. Where a selection may
// end is listed by the page (place, value, words), so that no rule of the axes is written twice.
const FAR = 65_535;
const REACH = 14;
const DRAG_FROM = 6;
/** Up to so many accounts each is a shape of its own; more are pixels. */
const SHAPES_MAX = 3_000;

class Matrix extends HTMLElement {
  static observedAttributes = ["data-source", "data-right", "data-up"];

  connectedCallback() {
    this.listening = new AbortController();
    this.replaceChildren();
    this.canvas = this.part("canvas", "");
    const layer = this.part("div", "matrix__layer");
    this.cursor = this.part("div", "matrix__cursor", layer);
    this.area = this.part("div", "matrix__area", layer);
    this.ring = this.part("div", "matrix__ring", layer);
    this.card = this.part("div", "matrix__card card");
    this.said = this.part("p", "only-read-out");
    this.said.setAttribute("role", "status");
    this.forget();
    this.attributeChangedCallback("data-right");
    this.load();

    const { signal } = this.listening;
    const on = (name, act, target = this) => target.addEventListener(name, act, { signal });
    on("pointermove", (event) => this.move(event));
    on("pointerdown", (event) => this.press(event));
    on("pointerup", (event) => this.release(event));
    on("pointercancel", () => this.cancel());
    on("pointerleave", (event) => this.contains(event.relatedTarget) || this.forget());
    on("keydown", (event) => this.key(event));
    on("blur", () => this.forget());
    on("htmx:after:swap", () => this.dragged || (this.area.hidden = true), document);
    on("change", () => this.draw(), matchMedia("(prefers-color-scheme: dark)"));
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this);
  }

  disconnectedCallback() {
    this.listening.abort();
    this.resized.disconnect();
  }

  attributeChangedCallback(name) {
    if (!this.canvas) return;
    if (name === "data-source") return void this.load();
    const steps = (text) => (text ?? "").split(";").map((step) => {
      const [place, value, words] = step.split("|");
      return { place: Number(place), value, words: words || this.dataset.unlimited };
    });
    this.steps = { right: steps(this.dataset.right), up: steps(this.dataset.up) };
  }

  part(name, className, parent = this) {
    const part = document.createElement(name);
    if (className) part.className = className;
    parent.append(part);
    return part;
  }

  async load() {
    const source = this.dataset.source;
    const answer = await fetch(source).catch(() => null);
    if (!answer?.ok) return;
    const bytes = await answer.arrayBuffer();
    if (source !== this.dataset.source) return;

    const count = bytes.byteLength / 5;
    this.points = {
      count,
      right: new Uint16Array(bytes, 0, count),
      up: new Uint16Array(bytes, count * 2, count),
      category: new Uint8Array(bytes, count * 4, count),
    };
    performance.mark("matrix-loaded");
    this.draw();
    performance.measure("matrix-drawn", "matrix-loaded");
  }

  draw() {
    const { clientWidth: width, clientHeight: height, points, canvas } = this;
    if (!points || !width) return;
    const scale = devicePixelRatio || 1;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const look = this.look();
    if (points.count > SHAPES_MAX) return splat(canvas, points, look, scale);
    stamp(canvas, points, look, scale);
  }

  /** Each category's shape and colour, as the legend shows them; a canvas knows no light-dark(). */
  look() {
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const look = [];
    for (const item of document.querySelectorAll("#matrix-legend [data-category]")) {
      probe.fillStyle = getComputedStyle(item.querySelector("svg")).color;
      probe.fillRect(0, 0, 1, 1);
      look[item.dataset.category] = { shape: item.dataset.shape, colour: probe.getImageData(0, 0, 1, 1).data };
    }
    return look;
  }

  /** From the event to shares of the picture, from its lower left corner. */
  at(event) {
    const box = this.getBoundingClientRect();
    const share = (at, size) => Math.min(Math.max(at / size, 0), 1);
    return { right: share(event.clientX - box.left, box.width), up: share(box.bottom - event.clientY, box.height) };
  }

  move(event) {
    const at = this.at(event);
    if (this.dragged) return this.drag(at, event);
    if (event.pointerType === "mouse") this.point(at);
  }

  press(event) {
    if (event.button !== 0 || this.card.contains(event.target)) return;
    this.dragged = { from: this.at(event), x: event.clientX, y: event.clientY, isOpen: false };
    this.setPointerCapture(event.pointerId);
  }

  drag(at, { clientX, clientY }) {
    const { x, y, isOpen, from } = this.dragged;
    if (!isOpen && Math.hypot(clientX - x, clientY - y) < DRAG_FROM) return;
    this.dragged.isOpen = true;
    this.forget();
    this.show(this.between(this.nearestStep(from), this.nearestStep(at)));
  }

  release(event) {
    const dragged = this.dragged;
    this.dragged = null;
    if (!dragged) return;
    if (dragged.isOpen) return this.select(this.between(this.nearestStep(dragged.from), this.nearestStep(this.at(event))));
    this.point(this.at(event));
    if (event.pointerType === "mouse") this.open();
  }

  cancel() {
    this.dragged = null;
    this.started = null;
    this.area.hidden = true;
  }

  nearestStep({ right, up }) {
    const nearest = (steps, place) => steps.reduce(
      (best, step, number) => (Math.abs(step.place - place) < Math.abs(steps[best].place - place) ? number : best), 0);
    return { right: nearest(this.steps.right, right * FAR), up: nearest(this.steps.up, up * FAR) };
  }

  /** The rectangle between two corners; it is never empty. */
  between(one, other) {
    const side = (steps, a, b) => {
      const low = Math.min(a, b, steps.length - 2);
      return [steps[low], steps[Math.max(a, b, low + 1)]];
    };
    return {
      right: side(this.steps.right, one.right, other.right),
      up: side(this.steps.up, one.up, other.up),
    };
  }

  show({ right, up }) {
    const percent = (place) => `${(place / FAR) * 100}%`;
    const { style } = this.area;
    style.left = percent(right[0].place);
    style.width = percent(right[1].place - right[0].place);
    style.bottom = percent(up[0].place);
    style.height = percent(up[1].place - up[0].place);
    this.area.hidden = false;
    const words = ([low, high]) => `${low.words} – ${high.words}`;
    const count = this.count({ right, up }).toLocaleString(document.documentElement.lang);
    this.area.textContent = count;
    this.area.title = `${words(right)} · ${words(up)}`;
    return `${count}: ${words(right)}, ${words(up)}`;
  }

  count({ right: [left, end], up: [low, high] }) {
    const { points } = this;
    let count = 0;
    for (let n = 0; n < (points?.count ?? 0); n += 1) {
      const isWithin = (place, from, to) => from.place <= place && (place < to.place || to.place === FAR);
      if (isWithin(points.right[n], left, end) && isWithin(points.up[n], low, high)) count += 1;
    }
    return count;
  }

  select({ right, up }) {
    const form = document.querySelector("#selection-form");
    const limits = { value_min: right[0], value_max: right[1], potential_min: up[0], potential_max: up[1] };
    for (const [name, step] of Object.entries(limits)) form.elements[name].value = step.value;
    form.requestSubmit();
  }

  /** Tells which account is nearest, where one is within reach. */
  point({ right, up }) {
    const { points, clientWidth: width, clientHeight: height } = this;
    if (!points) return;
    let nearest = -1;
    let least = REACH * REACH;
    let here = 0;
    for (let n = 0; n < points.count; n += 1) {
      const dx = (points.right[n] / FAR - right) * width;
      const dy = (points.up[n] / FAR - up) * height;
      const distance = dx * dx + dy * dy;
      if (distance < least) [least, nearest] = [distance, n];
    }
    if (nearest < 0) return this.forget();
    if (nearest === this.pointed) return;
    for (let n = 0; n < points.count; n += 1) {
      const dx = ((points.right[n] - points.right[nearest]) / FAR) * width;
      const dy = ((points.up[n] - points.up[nearest]) / FAR) * height;
      if (n !== nearest && dx * dx + dy * dy < 9) here += 1;
    }
    this.pointed = nearest;
    this.place(this.ring, points.right[nearest] / FAR, points.up[nearest] / FAR);
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.ask(nearest, here), 80);
  }

  async ask(number, others) {
    const answer = await fetch(`${this.dataset.one}${number}`).catch(() => null);
    if (answer?.status === 409) document.body.dispatchEvent(new CustomEvent("refresh"));
    if (!answer?.ok || number !== this.pointed) return;
    this.card.innerHTML = await answer.text();
    if (others > 0) {
      const count = others.toLocaleString(document.documentElement.lang);
      this.part("p", "card__others", this.card).textContent = this.dataset.others.replace("%", count);
    }
    const right = this.points.right[number] / FAR;
    const up = this.points.up[number] / FAR;
    this.card.classList.toggle("matrix__card--left", right > 0.6);
    this.card.classList.toggle("matrix__card--below", up > 0.6);
    this.place(this.card, right, up);
    this.said.textContent = this.card.innerText.replace(/\s+/g, " ");
    if (this.isOpening) this.open();
  }

  open() {
    this.isOpening = this.card.hidden && this.pointed >= 0;
    if (!this.card.hidden) this.card.querySelector("a")?.click();
  }

  forget() {
    clearTimeout(this.asking);
    this.pointed = -1;
    this.isOpening = false;
    this.ring.hidden = true;
    this.card.hidden = true;
    this.cursor.hidden = true;
    if (!this.dragged) this.area.hidden = true;
  }

  place(part, right, up) {
    part.style.left = `${right * 100}%`;
    part.style.bottom = `${up * 100}%`;
    part.hidden = false;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = event.shiftKey ? 5 : 1;
    const act = {
      ArrowLeft: () => this.step(-by, 0),
      ArrowRight: () => this.step(by, 0),
      ArrowDown: () => this.step(0, -by),
      ArrowUp: () => this.step(0, by),
      " ": () => this.mark(),
      Enter: () => this.open(),
      Escape: () => this.leave(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  step(right, up) {
    const limit = (number, steps) => Math.min(Math.max(number, 0), steps.length - 1);
    this.stood ??= this.nearestStep({ right: 0.5, up: 0.5 });
    this.stood = {
      right: limit(this.stood.right + right, this.steps.right),
      up: limit(this.stood.up + up, this.steps.up),
    };
    const place = [this.steps.right[this.stood.right], this.steps.up[this.stood.up]];
    this.cursor.hidden = false;
    this.place(this.cursor, place[0].place / FAR, place[1].place / FAR);
    if (this.started) {
      this.said.textContent = this.show(this.between(this.started, this.stood));
      return;
    }
    this.said.textContent = `${place[0].words}, ${place[1].words}`;
    this.point({ right: place[0].place / FAR, up: place[1].place / FAR });
    this.cursor.hidden = false;
  }

  mark() {
    if (!this.stood) return this.step(0, 0);
    if (!this.started) {
      this.started = this.stood;
      this.step(0, 0);
      return;
    }
    const area = this.between(this.started, this.stood);
    this.started = null;
    this.select(area);
  }

  leave() {
    if (!this.started && this.area.hidden) document.querySelector("#selection-clear")?.click();
    this.cancel();
    this.forget();
  }
}

const PATHS = {
  growth: (r) => `M0 ${-r}L${r} ${r}H${-r}z`,
  strategic: (r) => `M0 ${-1.2 * r}L${1.2 * r} 0 0 ${1.2 * r} ${-1.2 * r} 0z`,
  retention: (r) => `M${-0.9 * r} ${-0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z`,
  efficiency: (r) => `M${-r} ${-0.4 * r}h${2 * r}v${0.8 * r}h${-2 * r}z`,
  acquisition: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
};

function stamp(canvas, points, look, scale) {
  const pen = canvas.getContext("2d");
  const radius = scale * (points.count > 1_000 ? 2.5 : points.count > 200 ? 3.5 : 4.5);
  const drawn = look.map(({ shape, colour }) => ({
    path: new Path2D((PATHS[shape] ?? PATHS.acquisition)(radius)),
    colour: `rgb(${colour[0]} ${colour[1]} ${colour[2]} / 0.8)`,
  }));
  for (let n = 0; n < points.count; n += 1) {
    const kind = drawn[points.category[n]];
    if (!kind) continue;
    pen.setTransform(1, 0, 0, 1, (points.right[n] / FAR) * canvas.width, (1 - points.up[n] / FAR) * canvas.height);
    pen.fillStyle = kind.colour;
    pen.fill(kind.path);
  }
}

/** A point is a few pixels; where points lie on each other the colour grows denser. */
function splat(canvas, points, look, scale) {
  const { width, height } = canvas;
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(width, height);
  const { data } = image;
  const size = Math.round(scale * (points.count > 30_000 ? 1.5 : 2.5));
  const alpha = points.count > 30_000 ? 110 : 170;
  for (let n = 0; n < points.count; n += 1) {
    const colour = look[points.category[n]]?.colour;
    if (!colour) continue;
    const left = Math.round((points.right[n] / FAR) * (width - size));
    const top = Math.round((1 - points.up[n] / FAR) * (height - size));
    for (let y = top; y < top + size; y += 1) {
      for (let at = (y * width + left) * 4, end = at + size * 4; at < end; at += 4) {
        const before = data[at + 3];
        const after = before + ((255 - before) * alpha) / 255;
        const share = alpha / after;
        data[at] += (colour[0] - data[at]) * share;
        data[at + 1] += (colour[1] - data[at + 1]) * share;
        data[at + 2] += (colour[2] - data[at + 2]) * share;
        data[at + 3] = after;
      }
    }
  }
  pen.putImageData(image, 0, 0);
}

customElements.define("luotsi-matrix", Matrix);
