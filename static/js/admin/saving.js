// A page that saves itself at this moment is sent by a button only once it has heard the end of that. What was new in it,
// a photo of an album for example, is known to the server already and gets its number with the answer: sent before, it
// would be there twice.
const LONGEST = 10000;
const savesItself = "[data-controller~='w-autosave']";
const saving = new WeakSet();
const waiting = new WeakMap();

function send(form) {
  if (!waiting.has(form)) return;
  const { button, late } = waiting.get(form);
  clearTimeout(late);
  waiting.delete(form);
  saving.delete(form);
  // Wagtail has greyed the button out meanwhile, and its name would not be sent.
  if (button) button.disabled = false;
  form.requestSubmit(button);
}

document.addEventListener("w-autosave:save", ({ target }) => saving.add(target));

for (const end of ["success", "error"]) {
  document.addEventListener(`w-autosave:${end}`, ({ target }) => {
    saving.delete(target);
    // What was written in the meantime is saved right afterwards, and is waited for as well.
    setTimeout(() => saving.has(target) || send(target), 0);
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(savesItself) || !saving.has(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (waiting.has(form)) clearTimeout(waiting.get(form).late);
  waiting.set(form, { button: event.submitter, late: setTimeout(send, LONGEST, form) });
}, true);
