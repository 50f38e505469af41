// What was done is told for a while, with the way to take it back; z takes it back. What asks for more stays.
const STAYS = 12_000;
const told = new WeakSet();

function tell() {
  for (const receipt of document.querySelectorAll("[data-receipt]")) {
    if (told.has(receipt)) continue;
    told.add(receipt);
    setTimeout(() => fade(receipt), STAYS);
  }
}

function fade(receipt) {
  if (receipt.matches(":hover, :focus-within") && document.contains(receipt)) return void setTimeout(() => fade(receipt), 2_000);
  receipt.remove();
}

tell();
document.addEventListener("htmx:after:swap", tell);
