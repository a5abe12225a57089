//! The migrations are embedded by a macro, which Cargo can't see: a new file would not be noticed.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations/postgres");
}
