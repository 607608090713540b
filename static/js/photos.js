// A photo too large to send is made smaller before it is sent: the site keeps no more than these pixels of it anyway.
// What cannot be made smaller here is refused here, not after minutes of sending it.
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;
const KEPT_A_SIDE = 3200;
// Below, no camera has so many pixels.
const LARGE = 3 * 1024 * 1024;
const underWay = new Map(); // form: what its files wait for
const ready = new WeakSet(); // inputs whose files were looked at

async function smaller(file) {
  if (file.size <= LARGE) return file;
  let picture;
  try {
    picture = await createImageBitmap(file); // upright, whichever way the phone was held
  } catch {
    return file; // no picture, or of a kind that this browser cannot read
  }
  const { width, height } = picture;
  if (file.size <= MOST_BYTES && width * height <= MOST_PIXELS) return picture.close(), file;
  const scale = Math.min(1, KEPT_A_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const kind = file.type === "image/png" ? "png" : "jpeg";
  const blob = await new Promise((done) => canvas.toBlob(done, `image/${kind}`, 0.9));
  if (!blob) return file;
  return new File([blob], file.name.replace(/\.[^.]*$/, "") + (kind === "png" ? ".png" : ".jpg"), { type: blob.type });
}

function say(input, words) {
  let note = input.parentElement.querySelector(":scope > .too-large");
  if (!note && !words) return;
  if (!note) {
    note = document.createElement("p");
    note.className = input.matches(".field__input") ? "too-large field__error" : "too-large error-message";
    note.setAttribute("role", "status");
    input.after(note);
  }
  note.textContent = words;
}

const megabytes = (file) => `${(file.size / 1024 / 1024).toFixed(1)} MB`;

async function look(input) {
  const files = [];
  for (const file of [...input.files]) files.push(await smaller(file)); // one at a time: each is large while it is open
  const tooLarge = files.filter((file) => file.size > MOST_BYTES);
  const sent = new DataTransfer();
  // Where many are sent, each has a line of its own that says what is wrong with it.
  for (const file of files) if (input.multiple || !tooLarge.includes(file)) sent.items.add(file);
  input.files = sent.files;
  const words = input.dataset.tooLarge || "{name} has {size}. At most 10 MB can be sent: save it smaller, then choose it again.";
  say(input, input.multiple ? "" : tooLarge.map((file) => words.replace("{name}", file.name).replace("{size}", megabytes(file))).join(" "));
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.("input[type=file]") || ready.delete(input)) return;
  if (![...input.files].some((file) => file.size > LARGE)) return say(input, "");
  event.stopImmediatePropagation();
  say(input, input.dataset.smaller || "One moment: we look at the file.");
  const wait = look(input).finally(() => {
    underWay.delete(input.form);
    ready.add(input);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  underWay.set(input.form, wait);
}, true);

// Pressed too soon: it is sent when its photos are ready.
document.addEventListener("submit", (event) => {
  const wait = underWay.get(event.target);
  if (!wait) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  wait.then(() => event.target.requestSubmit(event.submitter));
}, true);

// What is dropped goes the way of what is chosen.
document.addEventListener("drop", (event) => {
  const zone = event.target.closest?.(".drop-zone");
  const input = zone?.querySelector("input[type=file]");
  if (!input || ![...event.dataTransfer.files].some((file) => file.size > LARGE)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  zone.dispatchEvent(new Event("dragend"));
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}, true);
