// What one page only needs is loaded where it is needed.
function load() {
  if (document.querySelector("luotsi-matrix")) import("./matrix.js");
}

load();
document.addEventListener("htmx:after:swap", load);
