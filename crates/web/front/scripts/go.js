// Going to another page from a script as a link does, and looking into another page without going there.
import htmx from "htmx.org/dist/htmx.esm.min.js";

let link;

export function go(href) {
  link?.remove();
  link = Object.assign(document.createElement("a"), { href, hidden: true });
  document.body.append(link);
  htmx.process(link);
  link.click();
}

/** A part of another page; nothing where it has no such part or cannot be had. */
export async function partOf(address, selector, signal) {
  const text = await fetch(address, { signal }).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
  if (text === null) return null;
  const page = new DOMParser().parseFromString(text, "text/html");
  const part = page.querySelector(selector);
  return part && document.importNode(part, true);
}

/** Lets links and forms that a script brought into the page act as all others do. */
export const enliven = (part) => htmx.process(part);

export function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
