//! Accounts: who gets one, who is the first, and who is the admin.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::json;

use crate::support::{Backend, PASSWORD, Person, Server, on_each_backend};

/// Makes an admin as the operator does, from the command line.
async fn make_admin(server: &Server, email: &str, name: &str) {
    let command = ["user", "create", "--email", email, "--name", name, "--admin"];
    server.operate(&command, PASSWORD).await;
}

#[tokio::test]
async fn nobody_registers_where_registration_is_not_open() {
    for registration in ["closed", "invite"] {
        let server = Server::start(Backend::Sqlite, &[("SECURITY__REGISTRATION", registration)]).await;
        make_admin(&server, "op@banter.example", "Op").await;
        let anonymous = Person::anonymous(&server);
        let wish = json!({"email": "eve@banter.example", "password": PASSWORD, "permission": "admin",
            "invite": "guess", "inviteCode": "guess", "registration": "open"});
        let tries = (0..8).map(|_| anonymous.post("/api/register", wish.clone()));
        for answer in futures_util::future::join_all(tries).await {
            answer.refused(403, 403);
        }
        let mut guess = wish.clone();
        guess["invitation"] = "0000000000000000000000".into();
        let code = if registration == "closed" { 403 } else { 404 };
        anonymous.post("/api/register", guess).await.refused(code, code);
        let login = json!({"email": "eve@banter.example", "password": PASSWORD});
        anonymous.post("/api/login", login).await.refused(401, 1002);
        let operator = Person {
            email: "op@banter.example".into(),
            ..anonymous.clone()
        }
        .sign_in()
        .await;
        let found = operator.get("/api/user?email=eve@banter.example").await.data();
        assert_eq!(found, json!([]));
    }
}

#[tokio::test]
async fn a_new_server_knows_nobody_and_keeps_its_files_to_itself() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let anonymous = Person::anonymous(&server);
    for name in [
        "admin",
        "root",
        "administrator",
        "banter",
        "test",
        "admin@example.com",
        "demo",
    ] {
        for password in ["admin", "password", "banter", "12345678", "changeme", "test"] {
            let login = json!({"email": name, "password": password});
            let status = anonymous.post("/api/login", login).await.status;
            assert!(matches!(status, 401 | 429), "{name} {password}: {status}");
        }
    }
    Person::join(&server, "Alice")
        .await
        .upload("message", "a.txt", b"a")
        .await
        .data();
    let mode = |path: &Path| path.metadata().expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&server.folder.path().join("secret")), 0o600);
    let written = ["banter.db", "uploads", "logs", "logs/server.log"];
    for name in written {
        assert_eq!(mode(&server.folder.path().join(name)) & 0o027, 0, "{name}");
    }
}

#[tokio::test]
async fn exactly_one_of_many_first_accounts_becomes_admin() {
    on_each_backend(|server| async move {
        let people = futures_util::future::join_all((0..8).map(|_| Person::join(&server, "First"))).await;
        let mut admins = 0;
        for person in &people {
            admins += u32::from(person.get("/api/userInfo").await.data()["permission"] == "admin");
        }
        assert_eq!(admins, 1);
    })
    .await;
}

#[tokio::test]
async fn the_only_admin_stays_admin() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let down = json!({"permission": "user"});
        alice.post("/api/userInfo", down.clone()).await.refused(409, 409);
        assert_eq!(alice.get("/api/userInfo").await.data()["permission"], "admin");
        make_admin(&server, "two@banter.example", "Two").await;
        assert_eq!(alice.post("/api/userInfo", down).await.data()["permission"], "user");
    })
    .await;
}
