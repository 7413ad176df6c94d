//! Watches the folders that are embedded, so that a fresh build of the web app is not missed.
//!
//! They are made if they are missing: Cargo would take a missing folder for a changed one and
//! compile this crate anew each time.

fn main() {
    for folder in ["../../frontend/dist", "assets/swagger-ui"] {
        // Without write access the crate still builds, only more often.
        let _ = std::fs::create_dir_all(folder);
        println!("cargo:rerun-if-changed={folder}");
    }
}
