// Many photos uploaded at once: one credit for all of them, and one button that saves them all.
const list = document.getElementById("upload-list");
const MANY = 2;

function waiting() {
  return [...list.querySelectorAll("form")];
}

function field(form, name) {
  return form.querySelector(`[name$="-${name}"]`);
}

function bar() {
  const made = document.createElement("div");
  made.className = "many-photos";
  made.hidden = true;
  made.innerHTML = `
    <label class="w-field__label" for="many-photos-credit">Credit for all of them</label>
    <p class="help">Who took them. You can still change it at each. Each needs its own description.</p>
    <div class="many-photos__row">
      <input type="text" id="many-photos-credit" maxlength="120" placeholder="Photo by Robin Castellane">
      <button type="button" class="button">Update all</button>
    </div>
    <p class="many-photos__said" role="status"></p>`;
  return made;
}

function start() {
  const tools = bar();
  const credit = tools.querySelector("input");
  document.getElementById("fileupload").setAttribute("aria-label", "Choose from your computer");
  const said = tools.querySelector("[role=status]");
  list.before(tools);
  credit.addEventListener("input", () => {
    for (const form of waiting()) {
      if (field(form, "credit")) field(form, "credit").value = credit.value;
    }
  });
  tools.querySelector("button").addEventListener("click", () => {
    const without = waiting().filter((form) => field(form, "description")?.value.trim() === "");
    for (const form of waiting()) {
      if (!without.includes(form)) form.requestSubmit();
    }
    said.textContent = without.length ? `${without.length} still without a description: the first is marked.` : "";
    if (without.length) field(without[0], "description").focus();
  });
  new MutationObserver(() => {
    tools.hidden = waiting().length < MANY && tools.hidden;
    for (const form of waiting()) {
      const theirs = field(form, "credit");
      if (theirs && !theirs.value && !theirs.dataset.seen) {
        theirs.dataset.seen = "yes";
        theirs.value = credit.value;
      }
    }
  }).observe(list, { childList: true, subtree: true });
}

if (list && document.getElementById("fileupload")) start();
