//! What stands beside the API: media, probes, documents, and the page.

mod support;

use actix_web::http::header::AUTHORIZATION;
use actix_web::test::TestRequest;
use http_api::HttpOptions;
use support::{ask, ask_with};

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path)
}

#[actix_web::test]
async fn media_that_nobody_may_see_are_404() {
    for path in [
        "/uploads/",
        "/uploads/abc.png",
        "/uploads/..%2f..%2fetc%2fpasswd",
        "/uploads/../secret",
        "/uploads/generated/abc.svg",
        "/uploads/generated/../abc.svg",
    ] {
        ask(get(path)).await.is_failure(404, 404);
    }
}

#[actix_web::test]
async fn generated_pictures_are_public_and_can_do_nothing() {
    let url = service::media::picture::generated("somebody");
    let seen = ask(get(&url)).await;
    assert_eq!(seen.status, 200);
    assert_eq!(seen.header("content-type"), "image/svg+xml");
    assert!(seen.header("content-security-policy").starts_with("sandbox"));
    assert_eq!(seen.header("x-content-type-options"), "nosniff");
    assert!(seen.header("cache-control").starts_with("public"));
}

#[actix_web::test]
async fn who_asks_what_nobody_answers_is_told_so() {
    let soon = std::time::Duration::from_millis(10);
    let options = HttpOptions {
        body_timeout: soon,
        patience: soon,
        ..HttpOptions::default()
    };
    let asked = get("/api/userInfo").insert_header((AUTHORIZATION, "Bearer silent"));
    let seen = ask_with(options, asked).await;
    seen.is_failure(503, 503);
    assert_eq!(seen.header("retry-after"), "1");
    assert!(!seen.header("x-request-id").is_empty());
}

#[actix_web::test]
async fn the_process_is_alive_but_not_ready() {
    let seen = ask(get("/healthz")).await;
    assert_eq!((seen.status, &seen.json["status"]), (200, &"ok".into()));
    let seen = ask(get("/readyz")).await;
    assert_eq!((seen.status, &seen.json["database"]), (503, &"unavailable".into()));
    assert_eq!(seen.json["media"], "ok");
}

#[actix_web::test]
async fn a_server_that_is_about_to_end_is_not_ready_whatever_answers() {
    let mut edge = support::edge(HttpOptions::default());
    std::sync::Arc::get_mut(&mut edge).unwrap().is_ending = Box::new(|| true);
    let seen = support::ask_of(edge.clone(), get("/readyz")).await;
    assert_eq!((seen.status, &seen.json["status"]), (503, &"ending".into()));
    assert_eq!(support::ask_of(edge, get("/healthz")).await.status, 200);
}

#[actix_web::test]
async fn metrics_are_for_local_callers_and_for_the_token() {
    let from = |address: &str| get("/metrics").peer_addr(format!("{address}:4711").parse().unwrap());
    let seen = ask(from("127.0.0.1")).await;
    assert_eq!((seen.status, seen.text.as_str()), (200, "banter_up 1\n"));
    ask(from("127.0.0.1").insert_header(("X-Forwarded-For", "127.0.0.1")))
        .await
        .is_failure(404, 404);
    ask(from("198.51.100.7")).await.is_failure(404, 404);

    let options = HttpOptions {
        metrics_token: Some("secret".to_owned()),
        ..HttpOptions::default()
    };
    let with = |token: &str| from("198.51.100.7").insert_header((AUTHORIZATION, format!("Bearer {token}")));
    assert_eq!(ask_with(options.clone(), with("secret")).await.status, 200);
    assert_eq!(ask_with(options, with("wrong")).await.status, 404);
}

#[actix_web::test]
async fn the_documents_are_served_and_can_be_switched_off() {
    assert_eq!(ask(get("/openapi.json")).await.json["openapi"], "3.0.0");
    assert_eq!(ask(get("/swagger.json")).await.json["swagger"], "2.0");
    assert_eq!(ask(get("/swagger")).await.header("location"), "/swagger/");
    let page = ask(get("/swagger/")).await;
    assert!(page.text.contains("Banter API") && !page.text.contains("<script>"));
    ask(get("/swagger/anything-else.js")).await.is_failure(404, 404);

    let off = HttpOptions {
        swagger: false,
        ..HttpOptions::default()
    };
    for path in ["/openapi.json", "/swagger.json", "/swagger/", "/swagger"] {
        ask_with(off.clone(), get(path)).await.is_failure(404, 404);
    }
}

#[actix_web::test]
async fn paths_of_the_web_app_answer_with_its_page() {
    for path in ["/", "/room/7", "/index.html"] {
        let seen = ask(get(path)).await;
        assert_eq!(seen.status, 200, "{path}");
        assert!(seen.header("content-type").starts_with("text/html"));
        assert!(!seen.text.contains("<script>") && !seen.text.contains("style=\""));
    }
    ask(get("/no-such-file.js")).await.is_failure(404, 404);
    ask(get("/assets/../../Cargo.toml")).await.is_failure(404, 404);
}
