// @ts-check
/** A page as an administration console makes them: a table where every cell can be changed, and a sign-in form above it. */

/** @param {number} count */
export function manyControls(count) {
  const rows = [];
  for (let row = 0; row < Math.floor(count / 5); row += 1)
    rows.push(`<tr><td><input type="checkbox" aria-label="Choose ${row}"></td><td><label for="name-${row}">Name</label>
      <input id="name-${row}" name="name" value="Item ${row}"></td><td><input type="number" name="amount" placeholder="Amount"></td>
      <td><select name="state"><option>Open<option>Done</select></td><td><button type="button" class="save">Save</button></td></tr>`);
  return `<!doctype html><title>Inventory</title><style>td { padding: 2px; border-bottom: 1px solid #ccc }</style>
    <form action="/session" method="post"><h1>Sign in</h1><label>User name <input name="user"></label>
    <label>Password <input type="password" name="password"></label><button>Sign in</button></form>
    <form><table>${rows.join("")}</table></form>`;
}
