//! A referral from the consent to the outcome, as staff and partner go through it; and those who try what they must not.

use axum::http::StatusCode;
use kernel::Id;
use serde_json::{Value, json};

use crate::client::{Answer, Browser, Program, on_both};

/// What must never reach the partner: it is on the register, the consent does not cover it.
const SECRET: &[&str] = &["13800138000", "哮喘", "北营村", "530102199001011234"];

struct Sent {
    person: Id,
    consent: Id,
    referral: Id,
    path: String,
    code: String,
}

async fn sent(staff: &Browser) -> Sent {
    let me = staff.get("/api/v1/session").await["account"]["id"].clone();
    let person = staff
        .make(
            "person.create",
            json!({
                "names": [{ "text": "李娜<script>alert(1)</script>" }], "phones": [{ "number": "13800138000" }],
                "disability": { "has": true, "type": "哮喘" }, "id_number": "530102199001011234",
            }),
        )
        .await;
    let members = json!([{ "person": person, "role": "head" }]);
    staff.make("household.create", json!({ "number": "N1", "address": "北营村", "members": members })).await;
    let partner =
        staff.make("organisation.add", json!({ "name": "法律援助中心", "group": "government" })).await;
    let service = json!({ "organisation": partner, "what": "讨薪咨询", "code": "wage" });
    let service = staff.make("service.add", service).await;
    let consent = staff
        .make(
            "consent.record",
            json!({
                "person": person, "purpose": "referral", "fields": ["name", "need"], "relation": "own",
                "proof": "spoken", "witness": me, "given_on": staff.node.today(),
            }),
        )
        .await;
    let told = json!([
        { "group": "name", "text": "李娜<script>alert(1)</script>" },
        { "group": "need", "text": "三个月工资没有发" },
    ]);
    let referral = staff
        .make(
            "referral.send",
            json!({
                "person": person, "organisation": partner, "service": service, "consent": consent, "code": "wage",
                "told": told, "due": staff.node.today(),
            }),
        )
        .await;
    let (path, code) = link(staff, referral).await;
    Sent { person, consent, referral, path, code }
}

async fn link(staff: &Browser, referral: Id) -> (String, String) {
    let answer = staff.send("POST", &format!("/api/v1/referrals/{referral}/link"), Some(json!({}))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let link = answer.json();
    let text = |name: &str| link[name].as_str().unwrap().to_owned();
    (text("path"), text("code"))
}

async fn form(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let encoded = |text: &str| -> String {
        text.bytes().fold(String::new(), |coded, byte| coded + &format!("%{byte:02X}"))
    };
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let kind = "application/x-www-form-urlencoded";
    browser.send_raw("POST", path, kind, body.join("&").into_bytes()).await
}

/// The hidden id that makes a second tap the same command.
fn command(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"command\" value=\"").expect("a form to answer by");
    rest[..26].to_owned()
}

fn clean(answer: &Answer) {
    let text = answer.text();
    for secret in SECRET {
        assert!(!text.contains(secret), "{secret} on the partner's page");
    }
    assert!(!text.contains("<script"), "markup in a name");
}

#[test]
fn the_partner_opens_accepts_and_finishes() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let partner = program.browser();
        let sent = sent(&staff).await;
        let ask = partner.send("GET", &sent.path, None).await;
        assert_eq!((ask.status, ask.kind.as_str()), (StatusCode::OK, "text/html; charset=utf-8"));
        assert!(!ask.text().contains("李娜"), "the address alone tells nothing");
        clean(&ask);

        let shown = form(&partner, &sent.path, &[("code", &sent.code)]).await;
        assert_eq!(shown.status, StatusCode::OK);
        for told in ["李娜&lt;script&gt;", "三个月工资没有发", "讨薪咨询", "雁来"] {
            assert!(shown.text().contains(told), "{told}");
        }
        clean(&shown);
        let answer = format!("{}/answer", sent.path);
        let id = command(&shown.text());
        let fields = [("code", sent.code.as_str()), ("command", &id), ("answer", "accepted"), ("words", "")];
        let accepted = form(&partner, &answer, &fields).await;
        assert_eq!(accepted.status, StatusCode::OK, "{}", accepted.text());
        let again = form(&partner, &answer, &fields).await;
        assert_eq!(again.status, StatusCode::OK, "tapped twice");
        let page = staff.get(&format!("/api/v1/referrals/{}", sent.referral)).await;
        assert_eq!(
            (page["status"].as_str(), page["replies"].as_array().unwrap().len()),
            (Some("accepted"), 1)
        );
        assert!(page["viewed"].as_array().unwrap().len() >= 3, "each view is noted");

        let id = command(&accepted.text());
        let silent = [("code", sent.code.as_str()), ("command", &id), ("answer", "done"), ("words", " ")];
        let refused = form(&partner, &answer, &silent).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("role=\"alert\""));
        let id = command(&refused.text());
        let said =
            [("code", sent.code.as_str()), ("command", &id), ("answer", "done"), ("words", "追回 6000 元")];
        let thanks = form(&partner, &answer, &said).await;
        assert_eq!(thanks.status, StatusCode::OK);
        assert!(!thanks.text().contains("李娜"), "nothing personal any more");
        let over = form(&partner, &sent.path, &[("code", &sent.code)]).await;
        assert_eq!(over.status, StatusCode::GONE);
        assert!(!over.text().contains("李娜"));
        let page = staff.get(&format!("/api/v1/referrals/{}", sent.referral)).await;
        assert_eq!(page["replies"][1]["words"], "追回 6000 元");
        assert_eq!(page["replies"][1]["via"], "link");
        let timeline = staff.get(&format!("/api/v1/people/{}", sent.person)).await["timeline"].clone();
        assert!(timeline.as_array().unwrap().iter().any(|entry| entry["kind"] == "referral"));
        let log = staff.get("/api/v1/access-log").await;
        let by_link = |line: &Value| line["noun"] == "referral" && line["account"] == json!(sent.referral);
        assert!(log["items"].as_array().unwrap().iter().any(by_link));
    });
}

#[test]
fn a_withdrawn_consent_closes_the_page() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let partner = program.browser();
        let sent = sent(&staff).await;
        let shown = form(&partner, &sent.path, &[("code", &sent.code)]).await;
        let id = command(&shown.text());
        staff.done("consent.withdraw", sent.consent, json!({})).await;
        let answer = format!("{}/answer", sent.path);
        let fields = [("code", sent.code.as_str()), ("command", &id), ("answer", "accepted"), ("words", "")];
        for closed in [
            partner.send("GET", &sent.path, None).await,
            form(&partner, &sent.path, &[("code", &sent.code)]).await,
            form(&partner, &answer, &fields).await,
        ] {
            assert_eq!(closed.status, StatusCode::GONE);
            assert!(!closed.text().contains("李娜") && !closed.text().contains("工资"));
        }
        let page = staff.get(&format!("/api/v1/referrals/{}", sent.referral)).await;
        assert_eq!((page["status"].as_str(), page["consent_holds"].as_bool()), (Some("sent"), Some(false)));
        let told = staff.get(&format!("/api/v1/referrals?consent={}", sent.consent)).await;
        assert_eq!(told["items"][0]["organisation"]["name"], "法律援助中心", "who was told under it");
        let link = format!("/api/v1/referrals/{}/link", sent.referral);
        assert_eq!(staff.send("POST", &link, Some(json!({}))).await.code(), "SK-3310");
    });
}

#[test]
fn codes_cannot_be_guessed_nor_links_made_up() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let stranger = program.browser();
        let sent = sent(&staff).await;
        for path in ["/r/x", "/r/%00", "/r/..%2F..", "/r/'; DROP TABLE referral_row; --"] {
            let path = path.replace(' ', "%20");
            let answer = stranger.send("GET", &path, None).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        let long = format!("/r/{}", "a".repeat(2_000));
        assert_eq!(stranger.send("GET", &long, None).await.status, StatusCode::NOT_FOUND);
        let mut refused = 0;
        let mut throttled = false;
        for guess in 0..12 {
            let guess = format!("{:06}", (guess + 1 + sent.code.parse::<u32>().unwrap()) % 1_000_000);
            let answer = form(&stranger, &sent.path, &[("code", &guess)]).await;
            assert!(!answer.text().contains("李娜"));
            match answer.status {
                StatusCode::FORBIDDEN => refused += 1,
                StatusCode::TOO_MANY_REQUESTS => throttled = true,
                other => panic!("{other}"),
            }
        }
        assert!(throttled && refused < 10, "{refused} guesses went through");
        let right = form(&stranger, &sent.path, &[("code", &sent.code)]).await;
        assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "the right code waits, too");
        // A new link ends the old one; nobody who is not staff makes one or reads the referral.
        let (path, code) = link(&staff, sent.referral).await;
        assert_eq!(stranger.send("GET", &sent.path, None).await.status, StatusCode::NOT_FOUND);
        let shown = form(&stranger, &path, &[("code", &code)]).await;
        assert_eq!(shown.status, StatusCode::OK, "a new link has a count of its own");
        let volunteer = program.other(&staff, "chen", "volunteer").await;
        let at = format!("/api/v1/referrals/{}", sent.referral);
        assert_eq!(volunteer.send("GET", &at, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            volunteer.send("POST", &format!("{at}/link"), Some(json!({}))).await.status,
            StatusCode::NOT_FOUND
        );
        let found = volunteer.get("/api/v1/referrals").await;
        assert_eq!(found["items"], json!([]));
        // The role of partners is no account's.
        let body =
            json!({ "login": "zhao", "display": "x", "role": "partner", "new_password": "guo-yan-wu-sheng" });
        assert_eq!(staff.one("account.create", staff.id(), body).await["outcome"], "refused");
    });
}

#[test]
fn what_the_consent_does_not_cover_is_nowhere() {
    on_both(async |program: Program| {
        let staff = program.manager().await;
        let sent = sent(&staff).await;
        let page = staff.get(&format!("/api/v1/referrals/{}", sent.referral)).await;
        let told = page["told"].to_string();
        for secret in SECRET {
            assert!(!told.contains(secret), "{secret} in the packet");
        }
        let mut body = json!({
            "person": sent.person, "organisation": page["organisation"]["id"], "consent": sent.consent, "code": "wage",
            "due": staff.node.today(), "told": [{ "group": "phone", "text": "13800138000" }],
        });
        let refused = staff.one("referral.send", staff.id(), body.clone()).await;
        assert_eq!(refused["problem"]["code"], "SK-3311");
        body["told"] = json!([{ "group": "need", "text": "讨薪" }]);
        staff.make("referral.send", body).await;
        let slip = page["slip"].as_str().unwrap();
        let found = staff.get(&format!("/api/v1/referrals?slip={slip}")).await;
        assert_eq!(found["items"][0]["id"], json!(sent.referral));
        let today = staff.get("/api/v1/today").await;
        assert_eq!(today["referrals_unanswered"], json!([]), "its day has not passed");
    });
}
