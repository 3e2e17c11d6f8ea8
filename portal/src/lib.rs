//! The portal: people sign in, see their apps, store passwords for them; the extension fetches one password at a time.
//!
//! The protocol it speaks is docs/portal-api.md. This library is the whole server; the program around it reads the
//! command line. What it deliberately does not do: fill anything, speak SAML or OpenID Connect to apps, keep a password
//! in a form that it could show again.

pub mod address;
pub mod app;

pub mod clock;
pub mod text;
pub mod token;

pub mod database;
pub mod key;
pub mod lock;
pub mod vault;

pub mod account;
pub mod known_browser;
pub mod pace;
pub mod password;
pub mod session;
pub mod throttle;

pub mod act;
pub mod assignment;
pub mod audit;
pub mod catalogue;
pub mod credential;
pub mod csv;
pub mod form;
pub mod form_version;
pub mod link_change;
pub mod link_map;
pub mod outcome;

pub mod oauth;
pub mod settings;

pub mod http;

pub mod backup;
pub mod cli;
pub mod connections;
pub mod demo;
pub mod icon;
pub mod import;
pub mod key_change;
pub mod log;
pub mod serve;
