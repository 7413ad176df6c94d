//! A person with an HTTP client: registers, signs in, asks.

use std::sync::Arc;

use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::{Server, Socket, unique};

/// What the server answered over HTTP.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes().await.expect("a whole answer").to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Self {
            status,
            headers,
            body,
            bytes,
        }
    }

    /// The `data` of a successful answer.
    #[track_caller]
    pub(crate) fn data(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        assert_eq!(self.body["code"], 0, "{}", self.body);
        self.body["data"].clone()
    }

    /// Asserts a failure with this HTTP status and code.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: u16) -> &Self {
        assert_eq!(
            (self.status, self.body["code"].as_u64()),
            (status, Some(code.into())),
            "{}",
            self.body
        );
        self
    }

    /// The value of a cookie that the answer sets.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let start = format!("{name}=");
        let lines = self
            .headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|line| line.to_str().ok());
        let value = lines.filter_map(|line| line.strip_prefix(&start)).next()?;
        Some(value.split(';').next().unwrap_or_default().to_owned())
    }
}

/// Somebody who uses the server, signed in or not.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) server: Arc<Server>,
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) token: String,
    pub(crate) refresh: String,
    pub(crate) media: String,
}

pub(crate) const PASSWORD: &str = "correct horse battery";

impl Person {
    /// Somebody without an account.
    pub(crate) fn anonymous(server: &Arc<Server>) -> Self {
        let server = server.clone();
        let nothing = String::new;
        Self {
            server,
            id: 0,
            name: nothing(),
            email: nothing(),
            token: nothing(),
            refresh: nothing(),
            media: nothing(),
        }
    }

    /// Somebody who has registered and signed in.
    pub(crate) async fn join(server: &Arc<Server>, name: &str) -> Self {
        let mut person = Self::anonymous(server);
        person.name = unique(name);
        person.email = format!("{}@banter.example", person.name.to_lowercase());
        let wish = json!({"email": person.email, "password": PASSWORD, "userName": person.name});
        person.id = person.post("/api/register", wish).await.data()["id"]
            .as_i64()
            .expect("an id");
        person.sign_in().await
    }

    /// The same person on another device.
    pub(crate) async fn sign_in(&self) -> Self {
        let mut person = Self {
            token: String::new(),
            ..self.clone()
        };
        let answer = person
            .post("/api/login", json!({"email": self.email, "password": PASSWORD}))
            .await;
        person.token = answer.data()["accessToken"].as_str().expect("a token").to_owned();
        person.refresh = answer.cookie("banter_refresh").expect("a refresh cookie");
        person.media = answer.cookie("banter_media").expect("a media cookie");
        person
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, Some(body)).await
    }

    /// Asks with a body; the answer may be one that the document does not know of.
    pub(crate) async fn post_as_it_is(&self, path: &str, body: Value) -> Answer {
        let request = self.server.client.post(self.server.url(path)).bearer_auth(&self.token);
        let request = request
            .header("content-type", "application/json")
            .body(body.to_string());
        Answer::of(request.send().await.expect("an answer")).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, None).await
    }

    /// Asks with this person's token, if there is one; the answer is held to the API document.
    pub(crate) async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.server.client.request(method.clone(), self.server.url(path));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let answer = Answer::of(request.send().await.expect("an answer")).await;
        self.server.schema().await.check(method.as_str(), path, &answer);
        answer
    }

    /// Uploads a file as multipart/form-data (RFC 7578).
    pub(crate) async fn upload(&self, scene: &str, name: &str, bytes: &[u8]) -> Answer {
        let boundary = "banter-test-boundary";
        let mut body = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"scene\"\r\n\r\n{scene}\r\n\
             --{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let request = self
            .server
            .client
            .post(self.server.url("/api/upload"))
            .bearer_auth(&self.token);
        let request = request
            .header("content-type", format!("multipart/form-data; boundary={boundary}"))
            .body(body);
        let answer = Answer::of(request.send().await.expect("an answer")).await;
        self.server.schema().await.check("POST", "/api/upload", &answer);
        answer
    }

    /// A connection that is signed in as this person.
    pub(crate) async fn socket(&self) -> Socket {
        let mut socket = Socket::connect(&self.server).await;
        socket.handshake().await;
        let bound = socket.request("session.auth", json!({"token": self.token})).await;
        assert_eq!(bound["code"], 0, "{bound}");
        socket
    }

    /// A new room of this person with those admins and members; its id.
    pub(crate) async fn room(&self, admins: &[&Person], members: &[&Person]) -> i64 {
        let ids = |people: &[&Person]| people.iter().map(|person| person.id).collect::<Vec<_>>();
        let wish = json!({"name": unique("Room "), "adminIds": ids(admins), "memberIds": ids(members)});
        self.post("/api/room", wish).await.data()["id"].as_i64().expect("an id")
    }

    /// A new invitation into a room; its code.
    pub(crate) async fn invitation(&self, room: i64, max_uses: u32) -> String {
        let wish = json!({"channelId": room, "maxUses": max_uses});
        let made = self.post("/api/invitation", wish).await.data();
        made["code"].as_str().expect("a code").to_owned()
    }

    /// Says something over HTTP; the stored message.
    pub(crate) async fn say(&self, room: i64, text: &str) -> Value {
        self.post("/api/room/message", text_message(room, text)).await.data()
    }
}

/// The body of a text message.
pub(crate) fn text_message(room: i64, text: &str) -> Value {
    json!({"channelId": room, "contentType": "TEXT_MESSAGE", "textMessage": {"text": text}})
}

/// The same with the text as its sender's own id, by which it is known when it comes again.
pub(crate) fn said_once(room: i64, text: &str) -> Value {
    let mut message = text_message(room, text);
    message["clientMsgId"] = json!(text);
    message
}
