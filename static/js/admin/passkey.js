// Asks the browser for a passkey, or to make one, and sends its answer with the form. Without it, codes work.
"use strict";

(() => {
  const options = document.getElementById("passkey-options");
  if (!options || !window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = form.querySelector("[role=alert]");
      said.hidden = true;
      try {
        const answer = await window.webauthnJSON[form.dataset.passkey](JSON.parse(options.textContent));
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch {
        said.hidden = false;
      }
    });
  }
})();
