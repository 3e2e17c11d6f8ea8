// A sign-in form the way React controls one: the inputs show the state, and only `input` events change the state.
// Like React's value tracker, `track` shadows each input's `value`: what a script writes through it counts as already
// known, so an `input` event after such a write changes nothing, and the next rendering takes the text away again.

const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");

function track(input) {
  let known = "";
  Object.defineProperty(input, "value", {
    configurable: true,
    get() { return native.get.call(this); },
    set(value) { known = String(value); native.set.call(this, value); },
  });
  return () => {
    const shown = native.get.call(input);
    const changed = shown !== known;
    known = shown;
    return changed;
  };
}

const state = { username: "", password: "", busy: false, refusal: "", name: "" };
const root = document.querySelector("#root");
const form = document.createElement("form");
form.className = "card";
form.noValidate = true;
form.innerHTML = `<h1>Sign in</h1><p class="refusal" role="alert" hidden></p>
<label for=":r1:">User name</label><input id=":r1:" type="text" autocomplete="username">
<label for=":r2:">Password</label><input id=":r2:" type="password" autocomplete="current-password">
<button type="submit">Sign in</button>`;
root.append(form);

const [username, password] = form.querySelectorAll("input");
const fields = [["username", username, track(username)], ["password", password, track(password)]];
const button = form.querySelector("button");
const refusal = form.querySelector(".refusal");

function render() {
  for (const [name, input] of fields) if (input.value !== state[name]) input.value = state[name];
  button.disabled = state.busy || state.username === "" || state.password === "";
  refusal.hidden = state.refusal === "";
  refusal.textContent = state.refusal;
}

function onEvent(event) {
  for (const [name, input, changed] of fields) {
    if (event.type === "input" && event.target === input && changed()) state[name] = native.get.call(input);
  }
  render();
}

async function submit(event) {
  event.preventDefault();
  if (state.busy || state.username === "" || state.password === "") return render();
  Object.assign(state, { busy: true, refusal: "" });
  render();
  const body = JSON.stringify({ username: state.username, password: state.password });
  const answer = await fetch("/login", { method: "POST", headers: { "Content-Type": "application/json" }, body }).catch(() => null);
  Object.assign(state, { busy: false, password: "" });
  if (answer?.ok) return showHome();
  state.refusal = answer ? "The user name or the password is wrong." : "The server did not answer. Try again.";
  render();
}

// Signed in: like most single-page apps, the page changes without a navigation.
async function showHome() {
  const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
  history.replaceState(null, "", "/");
  document.title = page.title;
  document.querySelector("header").replaceWith(page.querySelector("header"));
  document.querySelector("main").replaceWith(page.querySelector("main"));
}

for (const type of ["input", "change", "keydown", "keyup", "click", "focusin", "focusout"]) root.addEventListener(type, onEvent);
form.addEventListener("submit", submit);
render();
