//! Has the assets embedded anew when one is added or removed, which the compiler doesn't see.

fn main() {
    println!("cargo::rerun-if-changed=assets");
}
