// One press is enough: the second press of a form that is under way does nothing. The server finds the same signup
// for both anyway; this only spares a double request.
for (const form of document.querySelectorAll("form[data-once]")) {
  let pressed = 0;
  const buttons = () => document.querySelectorAll(`[data-send]`);
  form.addEventListener("submit", (event) => {
    const now = Date.now();
    if (now - pressed < 8000) {
      event.preventDefault();
      return;
    }
    pressed = now;
    for (const button of buttons()) button.setAttribute("aria-busy", "true");
  });
  // Back from the payment page, the form must work again.
  addEventListener("pageshow", () => {
    pressed = 0;
    for (const button of buttons()) button.removeAttribute("aria-busy");
  });
}
