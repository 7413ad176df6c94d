//! Backups and the way back from them.

use std::fs;
use std::io::Read as _;

use flate2::read::GzDecoder;

use crate::support::{Banter, mode_of};

#[test]
fn a_backup_of_a_running_server_comes_back_on_another() {
    let banter = Banter::new().env("BANTER_SECURITY__BCRYPT_COST", "4");
    banter
        .run_with(
            &["user", "create", "--email", "alice@example.com"],
            &[],
            "correct horse\n",
        )
        .expect_code(0);
    let server = banter.serve();
    fs::write(banter.path("storage/uploads/ab12.png"), b"picture").unwrap();
    banter.run(&["backup", "copy.tar.gz"]).expect_code(0);
    banter.run(&["backup", "copy.tar.gz"]).expect_code(1);
    server.stop("TERM");
    let copy = banter.path("copy.tar.gz");
    assert_eq!(mode_of(&copy), 0o600);

    let other = Banter::new().env("BANTER_SECURITY__BCRYPT_COST", "4");
    other.run(&["restore", copy.to_str().unwrap()]).expect_code(0);
    assert_eq!(fs::read(other.path("storage/uploads/ab12.png")).unwrap(), b"picture");
    let full = other.run(&["restore", copy.to_str().unwrap()]).expect_code(1);
    assert!(full.stderr.contains("not empty"), "{}", full.stderr);
    let server = other.serve();
    assert!(
        server
            .login("alice@example.com", "correct horse")
            .starts_with("HTTP/1.1 200")
    );
    server.stop("TERM");
}

#[test]
fn a_broken_backup_leaves_nothing_behind() {
    let banter = Banter::new();
    banter.run(&["migrate"]).expect_code(0);
    banter.run(&["backup", "copy.tar.gz"]).expect_code(0);
    let good = fs::read(banter.path("copy.tar.gz")).unwrap();
    let mut plain = Vec::new();
    GzDecoder::new(good.as_slice()).read_to_end(&mut plain).unwrap();

    let other = Banter::new();
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x40;
    for broken in [
        &good[..good.len() / 2],
        &good[..good.len() - 4],
        &flipped,
        &plain,
        b"",
        b"no backup at all",
    ] {
        fs::write(other.path("broken.tar.gz"), broken).unwrap();
        other.run(&["restore", "broken.tar.gz"]).expect_code(1);
        let left = fs::read_dir(other.path("storage")).map_or(0, Iterator::count);
        assert_eq!(left, 0, "something was left behind");
    }
    other.write("broken.tar.gz", "");
    fs::write(other.path("broken.tar.gz"), good).unwrap();
    other.run(&["restore", "broken.tar.gz"]).expect_code(0);
}

#[test]
fn mysql_is_backed_up_with_its_own_tools() {
    let banter = Banter::new().env("BANTER_DATA__DB__DSN", "mysql://banter:hunter2@db/banter");
    let ended = banter.run(&["backup", "copy.tar.gz"]).expect_code(1);
    assert!(ended.stderr.contains("mysqldump"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("hunter2"), "{}", ended.stderr);
}
