//! Randomness for a sign-in, from the browser's generator, and its SHA-256.

use js_sys::Uint8Array;

use super::chrome;
use my_apps_sign_in::provider::oauth::{Proof, base64url};

/// 256 bits, as RFC 7636 section 7.1 recommends for the verifier.
const VERIFIER_BYTES: u32 = 32;
/// 128 bits cannot be guessed within a sign-in.
const STATE_BYTES: u32 = 16;

/// A fresh verifier with its challenge, and a state.
pub(crate) async fn proof() -> Option<Proof> {
    let verifier = base64url(&random(VERIFIER_BYTES)?);
    let bytes = Uint8Array::from(verifier.as_bytes());
    let digest = chrome::call("crypto.subtle.digest", ["SHA-256".into(), bytes.into()]).await.ok()?;
    let challenge = base64url(&Uint8Array::new(&digest).to_vec());
    Some(Proof { verifier, challenge, state: base64url(&random(STATE_BYTES)?) })
}

fn random(length: u32) -> Option<Vec<u8>> {
    let bytes = Uint8Array::new_with_length(length);
    chrome::call_now("crypto.getRandomValues", [bytes.clone().into()]).ok()?;
    Some(bytes.to_vec())
}
