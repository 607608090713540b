// A page is sent once at a time: by itself, or by a button. What is new in it, a photo of an album for example, gets its
// number with the answer; sent a second time before that, it would be there twice. So a button waits until it has been
// heard how the page saved itself, and a page that a button sends does not save itself any more.
const LONGEST = 60000;
const savesItself = "[data-controller~='w-autosave']";
const saving = new WeakSet();
const waiting = new WeakMap();
const leaving = new WeakSet();

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

document.addEventListener("w-autosave:save", (event) => {
  if (leaving.has(event.target)) event.preventDefault();
  else saving.add(event.target);
});

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

window.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches(savesItself)) return;
  leaving.add(form);
  // Still there after so long, or here once more by the browser's way back: it goes on.
  setTimeout(() => leaving.delete(form), LONGEST);
  window.addEventListener("pageshow", () => leaving.delete(form), { once: true });
});
