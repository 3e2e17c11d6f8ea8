//! Cargo can't know that the migrations are compiled in: a new one must build the portal anew.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
