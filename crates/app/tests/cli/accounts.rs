//! Accounts and the schema from the terminal.

use crate::support::{Banter, Ended};

#[test]
fn accounts_are_made_from_standard_input_and_the_first_is_admin() {
    let banter = Banter::new().env("BANTER_SECURITY__BCRYPT_COST", "4");
    let create = |email: &str, more: &[&str], password: &str| -> Ended {
        let mut arguments = vec!["user", "create", "--email", email];
        arguments.extend(more);
        banter.run_with(&arguments, &[], password)
    };
    let alice = create("alice@example.com", &["--name", "Alice"], "correct horse\n").expect_code(0);
    assert!(alice.stdout.contains("permission admin"), "{}", alice.stdout);
    let bob = create("bob@example.com", &[], "battery staple\n").expect_code(0);
    assert!(bob.stdout.contains("permission user"), "{}", bob.stdout);
    let carol = create("carol@example.com", &["--admin"], "battery staple").expect_code(0);
    assert!(carol.stdout.contains("permission admin"), "{}", carol.stdout);
    create("dave@example.com", &[], "").expect_code(1);
    create("dave@example.com", &[], "short\n").expect_code(1);
    create("ALICE@example.com", &[], "correct horse\n").expect_code(1);
    let list = banter.run(&["user", "list"]).expect_code(0).stdout;
    assert_eq!(list.lines().count(), 3, "{list}");
    banter
        .run_with(&["user", "passwd", "alice@example.com"], &[], "another horse\n")
        .expect_code(0);
    banter
        .run_with(&["user", "passwd", "nobody@example.com"], &[], "another horse\n")
        .expect_code(1)
        .expect_words("has no account \"nobody@example.com\"");

    let server = banter.serve();
    assert!(!server.greeting.contains("admin"), "{}", server.greeting);
    assert!(
        server
            .login("alice@example.com", "another horse")
            .starts_with("HTTP/1.1 200")
    );
    assert!(
        server
            .login("alice@example.com", "correct horse")
            .starts_with("HTTP/1.1 401")
    );
    server.stop("TERM");
}

#[test]
fn an_account_becomes_admin_and_an_ordinary_one_again() {
    let banter = Banter::new().env("BANTER_SECURITY__BCRYPT_COST", "4");
    for (email, name) in [("alice@example.com", "Alice"), ("bob@example.com", "Bob")] {
        let create = ["user", "create", "--email", email, "--name", name];
        banter.run_with(&create, &[], "correct horse\n").expect_code(0);
    }
    let permission = |login: &str, permission: &str| banter.run(&["user", "permission", login, permission]);
    permission("alice", "user")
        .expect_code(1)
        .expect_words("somebody else admin first");
    permission("nobody", "admin")
        .expect_code(1)
        .expect_words("has no account");
    permission("bob", "king").expect_code(2);
    let bob = permission("bob@example.com", "admin").expect_code(0);
    assert_eq!(bob.stdout, "Bob has permission admin and is signed out everywhere.\n");
    permission("alice", "user").expect_code(0);
    let list = banter.run(&["user", "list"]).expect_code(0).stdout;
    assert!(list.contains("user   Alice") && list.contains("admin  Bob"), "{list}");
}

#[test]
fn nobody_is_looked_for_in_a_folder_without_a_database() {
    let banter = Banter::new();
    for arguments in [
        ["user", "list"].as_slice(),
        &["user", "passwd", "alice"],
        &["user", "permission", "alice", "admin"],
    ] {
        let ended = banter.run_with(arguments, &[], "correct horse\n").expect_code(1);
        ended.expect_words("there is no database");
    }
    banter.run(&["migrate", "status"]).expect_code(0);
}

#[test]
fn the_schema_goes_up_and_down_and_says_where_it_stands() {
    let banter = Banter::new();
    let before = banter.run(&["migrate", "status"]).expect_code(0).stdout;
    assert!(
        before.lines().all(|line| line.starts_with("pending")) && !before.is_empty(),
        "{before}"
    );
    banter.run(&["migrate"]).expect_code(0);
    let after = banter.run(&["migrate", "status"]).expect_code(0).stdout;
    assert!(after.lines().all(|line| line.starts_with("applied")), "{after}");
    banter.run(&["migrate", "down"]).expect_code(0);
    let down = banter.run(&["migrate", "status"]).expect_code(0).stdout;
    assert_eq!(
        down.lines().filter(|line| line.starts_with("pending")).count(),
        1,
        "{down}"
    );
    banter.run(&["migrate", "up"]).expect_code(0);
}
