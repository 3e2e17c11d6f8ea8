//! OAuth 2.0 for the extension: authorization code with PKCE, one public client, opaque tokens.
//!
//! Written by hand on purpose. oxide-auth, the established crate, keeps its grants behind synchronous traits, has no
//! revocation endpoint, and revokes nothing when a code comes twice; what would be left of it here is parsing.
//! Deliberately absent: other grants, client secrets, refresh tokens, consent (the client is the portal's own).

pub mod grant;
pub mod parameters;
pub mod pkce;
pub mod request;
