// A sign-in form inside an open shadow root, where component libraries put it.

customElements.define("contoso-sign-in", class extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).innerHTML = `<link rel="stylesheet" href="/assets/samples.css">
<section class="card"><h1>Sign in to your orders</h1>
<p class="refusal" role="alert" hidden>The user name or the password is wrong.</p>
<form action="/login" method="post">
<label for="buyer">User name</label><input id="buyer" name="buyer" type="text" autocomplete="username" required>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button></form></section>`;
  }

  connectedCallback() {
    this.shadowRoot.querySelector(".refusal").hidden = !this.hasAttribute("refused");
  }
});
