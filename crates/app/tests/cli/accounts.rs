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
        .expect_code(1);

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
