//! Makes the folder of the UI exist, so that the program also builds before the UI does.

fn main() {
    let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/dist");
    std::fs::create_dir_all(dist).expect("the folder of the UI can be made");
    println!("cargo:rerun-if-changed={dist}");
}
