// Like apps that first ask their server what to show: a loading state, and two seconds later the sign-in form.

const root = document.querySelector("#warehouse");

function show() {
  root.removeAttribute("aria-busy");
  root.innerHTML = `<h1>Warehouse sign-in</h1><p class="refusal" role="alert" hidden>The user name or the password is wrong.</p>
<form action="/login" method="post">
<label for="clerk">User name</label><input id="clerk" name="user_login" type="text" autocomplete="username" required>
<label for="word">Password</label><input id="word" name="user_pass" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button></form>`;
  root.querySelector(".refusal").hidden = root.dataset.refused !== "true";
}

setTimeout(show, 2000);
