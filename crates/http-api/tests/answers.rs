//! What every answer keeps to, whatever the use cases say.

mod support;

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, ORIGIN, RETRY_AFTER};
use actix_web::test::TestRequest;
use http_api::HttpOptions;
use serde_json::json;
use support::{ask, ask_with};

fn post(path: &str) -> TestRequest {
    TestRequest::post().uri(path)
}

fn login(name: &str) -> TestRequest {
    post("/api/login").set_json(json!({ "email": name, "password": "secret password" }))
}

#[actix_web::test]
async fn unknown_paths_of_the_api_are_404_envelopes() {
    for path in ["/api", "/api/", "/api/nothing", "/api/room/nothing/deep", "/api//room"] {
        ask(TestRequest::get().uri(path)).await.is_failure(404, 404);
    }
}

#[actix_web::test]
async fn wrong_methods_are_405_and_name_the_right_ones() {
    let seen = ask(TestRequest::get().uri("/api/login")).await;
    seen.is_failure(405, 405);
    assert_eq!(seen.header(ALLOW.as_str()), "POST");
    let seen = ask(TestRequest::put().uri("/api/room")).await;
    seen.is_failure(405, 405);
    assert_eq!(seen.header(ALLOW.as_str()).split(", ").count(), 4);
    let seen = ask(TestRequest::default().method(Method::TRACE).uri("/api/register")).await;
    seen.is_failure(405, 405);
    ask(post("/some/page")).await.is_failure(405, 405);
}

#[actix_web::test]
async fn every_operation_refuses_garbage_credentials_in_one_way() {
    let document = http_api::openapi();
    let mut bodies = std::collections::BTreeSet::new();
    let mut operations = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["security"][0].get("bearerAuth").is_none() {
                continue;
            }
            operations += 1;
            for token in [None, Some("Bearer x.y.z"), Some("garbage"), Some("Basic YTpi")] {
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let mut request = TestRequest::default().method(method).uri(path);
                if let Some(token) = token {
                    request = request.insert_header((AUTHORIZATION, token));
                }
                let seen = ask(request).await;
                seen.is_failure(401, 401);
                assert_eq!(seen.header("www-authenticate"), "Bearer");
                bodies.insert(seen.text);
            }
        }
    }
    assert!(operations > 20, "{operations}");
    assert_eq!(bodies.len(), 1, "{bodies:?}");
}

#[actix_web::test]
async fn a_verification_that_fails_lets_nobody_in() {
    let document = http_api::openapi();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["security"][0].get("bearerAuth").is_none() {
                continue;
            }
            for (token, status) in [("fault", 500), ("busy", 503), ("panic", 500)] {
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let request = TestRequest::default().method(method).uri(path);
                let seen = ask(request.insert_header((AUTHORIZATION, token))).await;
                seen.is_failure(status, status);
                assert!(
                    !seen.text.contains("fire") && !seen.text.contains("panics"),
                    "{}",
                    seen.text
                );
            }
        }
    }
}

#[actix_web::test]
async fn tokens_in_the_query_count_for_nothing() {
    ask(TestRequest::get().uri("/api/userInfo?token=x&access_token=x&Authorization=x"))
        .await
        .is_failure(401, 401);
}

#[actix_web::test]
async fn bodies_are_checked_and_the_field_is_named() {
    for (body, part) in [
        (r#"{"email":"a@example.org"}"#, "password"),
        (r#"{"email":7,"password":"x"}"#, "email"),
        ("{", "EOF"),
        (r#"["a@example.org","secret password"]"#, "object"),
        ("x", "object"),
        ("", "email"),
    ] {
        let request = post("/api/login").insert_header((CONTENT_TYPE, "application/json"));
        let seen = ask(request.set_payload(body)).await;
        seen.is_failure(400, 400);
        assert!(
            seen.json["message"].as_str().unwrap().contains(part),
            "{body}: {}",
            seen.text
        );
    }
    let deep = format!("{}1", r#"{"email":"#.repeat(10_000));
    let request = post("/api/login").insert_header((CONTENT_TYPE, "application/json; charset=utf-8"));
    ask(request.set_payload(deep)).await.is_failure(400, 400);
}

#[actix_web::test]
async fn other_types_and_compressed_bodies_are_415() {
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
        let request = post("/api/login").insert_header((CONTENT_TYPE, media_type));
        ask(request.set_payload("{}")).await.is_failure(415, 415);
    }
    ask(post("/api/login").set_payload("{}")).await.is_failure(415, 415);
    let request = login("a").insert_header(("Content-Encoding", "gzip"));
    ask(request).await.is_failure(415, 415);
}

#[actix_web::test]
async fn large_bodies_are_413() {
    let body = format!(r#"{{"email":"{}"}}"#, "x".repeat(300 * 1024));
    let request = post("/api/login").insert_header((CONTENT_TYPE, "application/json"));
    ask(request.set_payload(body)).await.is_failure(413, 413);
}

#[actix_web::test]
async fn failures_of_use_cases_have_their_codes() {
    ask(login("somebody")).await.is_failure(401, 1002);
    let wish = json!({ "email": "a@example.org", "password": "secret password" });
    ask(post("/api/register").set_json(wish)).await.is_failure(409, 1001);
    let seen = ask(login("busy")).await;
    seen.is_failure(503, 503);
    assert_eq!(seen.header(RETRY_AFTER.as_str()), "1");
}

#[actix_web::test]
async fn faults_and_panics_tell_nothing() {
    for name in ["fault", "panic"] {
        let seen = ask(login(name)).await;
        seen.is_failure(500, 500);
        assert!(!seen.text.contains("fire") && !seen.text.contains("panic"));
    }
}

#[actix_web::test]
async fn the_callers_request_id_comes_back() {
    let path = "/api/userImage?username=x";
    let seen = ask(TestRequest::get().uri(path).insert_header(("X-Request-Id", "abc-1"))).await;
    assert_eq!((seen.status, seen.header("x-request-id")), (200, "abc-1"));
    let seen = ask(TestRequest::get().uri(path).insert_header(("X-Request-Id", "a b"))).await;
    assert_eq!(seen.header("x-request-id").len(), 32);
    assert_eq!(seen.header("cache-control"), "no-store, private");
    assert!(seen.header("content-security-policy").contains("default-src 'none'"));
}

#[actix_web::test]
async fn pages_of_other_origins_change_nothing() {
    let from = |origin: &str| {
        login("somebody")
            .insert_header((ORIGIN, origin))
            .insert_header((HOST, "chat.example.org"))
    };
    for origin in ["https://evil.example", "null"] {
        ask(from(origin)).await.is_failure(403, 403);
    }
    ask(from("https://chat.example.org")).await.is_failure(401, 1002);

    let options = HttpOptions {
        allowed_origins: vec!["https://app.example.org".to_owned()],
        ..HttpOptions::default()
    };
    let seen = ask_with(options.clone(), from("https://app.example.org")).await;
    seen.is_failure(401, 1002);
    assert_eq!(seen.header("access-control-allow-origin"), "https://app.example.org");
    let preflight = TestRequest::default()
        .method(Method::OPTIONS)
        .uri("/api/login")
        .insert_header((ORIGIN, "https://app.example.org"))
        .insert_header(("Access-Control-Request-Method", "POST"));
    let seen = ask_with(options, preflight).await;
    assert_eq!(seen.status, 204);
    assert!(seen.header("access-control-allow-headers").contains("Authorization"));
}

#[actix_web::test]
async fn signing_out_always_works_and_clears_the_cookies() {
    let seen = ask(post("/api/logout").insert_header((AUTHORIZATION, "garbage"))).await;
    assert_eq!((seen.status, &seen.json["code"]), (200, &json!(0)));
    let cookies: Vec<_> = seen.headers.get_all("set-cookie").collect();
    assert_eq!(cookies.len(), 2);
}

#[actix_web::test]
async fn a_refused_refresh_clears_the_cookie() {
    let seen = ask(post("/api/refresh").insert_header((COOKIE, "banter_refresh=old"))).await;
    seen.is_failure(401, 401);
    let cookie = seen.header("set-cookie");
    assert!(
        cookie.starts_with("banter_refresh=; Path=/api/refresh; Max-Age=0; HttpOnly"),
        "{cookie}"
    );
    ask(post("/api/refresh")).await.is_failure(401, 401);
}
