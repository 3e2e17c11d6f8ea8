#!/usr/bin/env bash
# Asks a real directory what the stand-in of the tests can't know, and walks a person through the rest of the list in
# docs/entra.md. Writes nothing, and signs nobody in by itself.
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: scripts/entra-check.sh CLIENT-ID TENANT" >&2; exit 2; }
client=$1 tenant=$2
login=https://login.microsoftonline.com
extension_origin=moz-extension://00000000-0000-4000-8000-000000000000

say() { printf '%s\n' "$*"; }
ask() { # QUESTION
  local answer
  read -r -p "$1 [y/n/-] " answer
  case "$answer" in y) say "  yes" ;; n) say "  NO: write down what you saw" ;; *) say "  not tried" ;; esac
}

say "1. Does the directory exist, and what is its id?"
curl -fsS "$login/$tenant/v2.0/.well-known/openid-configuration" | jq -r '"  issuer \(.issuer)\n  Graph  \(.msgraph_host)"'

say "2. Does the token endpoint speak to an extension? A code that is none must be refused for itself, not for its origin."
answer=$(curl -sS -D - -H "Origin: $extension_origin" -d "client_id=$client&grant_type=authorization_code&code=none&redirect_uri=https://example.invalid/&code_verifier=none" \
  "$login/$tenant/oauth2/v2.0/token")
grep -i '^access-control-allow-origin' <<<"$answer" | sed 's/^/  /' || say "  NO Access-Control-Allow-Origin"
grep -o 'AADSTS[0-9]*' <<<"$answer" | head -1 | sed 's/^/  /'

say "3. Does Graph let a page read how long it wants to be left alone?"
curl -sS -o /dev/null -D - -H "Origin: $extension_origin" https://graph.microsoft.com/v1.0/me | grep -i '^access-control-expose-headers' | sed 's/^/  /' ||
  say "  nothing is exposed"

say "4. In a browser, with this client id and directory in the settings page (docs/admin.md):"
ask "Does the sign-in end with the list of apps?"
ask "Are all your apps there, none that is hidden at Microsoft's page, and does each open?"
ask "Do the apps that have a logo at Microsoft's page show it in the menu?"
ask "Do password apps open their own sign-on page?"
ask "An hour later: does the popup show the list without a window?"
ask "After closing and starting the browser: without a window?"
ask "As a guest, with the resource directory's id: does it sign in?"
ask "With My Apps limited to people you are not among: is there a sentence with AADSTS50105?"
ask "After 'Revoke sessions' in the admin center: does it ask to sign in again?"
