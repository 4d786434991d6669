//! Accounts and logging in, on both databases.

use access::account::queries::{list, objection};
use access::log::{self, Filter};
use access::login::session::Token;
use access::login::{Attempt, LoginError, log_in, log_out, look, password, queries, totp};
use access::setup::{Founding, found};
use jiff::SignedDuration;
use kernel::{AccountId, Actor, Lang, Outcome, Role};
use serde_json::json;
use testkit::{PASSWORD, TestSite, on_both, on_sqlite};

fn attempt(login: &str, password: &str) -> Attempt {
    Attempt {
        login: login.into(),
        password: password.into(),
        code: None,
        address: "192.0.2.7".into(),
        agent: "Firefox".into(),
    }
}

fn code(error: &LoginError) -> &'static str {
    match error {
        LoginError::Refused(refusal) => refusal.def.code,
        LoginError::Store(error) => panic!("{error}"),
    }
}

async fn refused(site: &TestSite, attempt: Attempt) -> &'static str {
    code(&log_in(&site.node, attempt).await.err().expect("refused"))
}

#[test]
fn logging_in_and_out() {
    on_both(Vec::new, async |site| {
        let (who, token) = log_in(&site.node, attempt(" LI ", PASSWORD)).await.expect("logged in");
        assert_eq!(who.actor(), site.cast.li);
        assert_eq!(who.display, "李");
        let cookie = Token::from_cookie(token.cookie()).expect("the shape of a token");
        assert_eq!(look(&site.node, &cookie).await.unwrap(), Some(who));
        assert!(token.csrf_fits(&token.csrf()) && !token.csrf_fits("") && !token.csrf_fits(token.cookie()));
        log_out(&site.node, &token).await.unwrap();
        assert_eq!(look(&site.node, &token).await.unwrap(), None);
        for strange in ["", "李娜", "'; DROP TABLE account_row; --", "𠮷", &"a".repeat(10_000), "a\0b"] {
            assert_eq!(refused(site, attempt(strange, "x")).await, "SK-2001");
        }
    });
}

#[test]
fn sessions_end() {
    on_both(Vec::new, async |site| {
        let (_, idle) = log_in(&site.node, attempt("li", PASSWORD)).await.expect("logged in");
        site.advance(SignedDuration::from_hours(24 * 6));
        assert!(look(&site.node, &idle).await.unwrap().is_some());
        site.advance(SignedDuration::from_hours(24 * 6));
        assert!(look(&site.node, &idle).await.unwrap().is_some(), "used within a week");
        site.advance(SignedDuration::from_hours(24 * 8));
        assert!(look(&site.node, &idle).await.unwrap().is_none(), "unused for a week");

        let (who, used) = log_in(&site.node, attempt("wang", PASSWORD)).await.expect("logged in");
        for _ in 0..6 {
            site.advance(SignedDuration::from_hours(24 * 5 - 1));
            assert!(look(&site.node, &used).await.unwrap().is_some());
        }
        site.advance(SignedDuration::from_hours(24));
        assert!(look(&site.node, &used).await.unwrap().is_none(), "a month is the end");

        let (_, one) = log_in(&site.node, attempt("wang", PASSWORD)).await.expect("logged in");
        let (_, two) = log_in(&site.node, attempt("wang", PASSWORD)).await.expect("logged in");
        queries::end_others(&site.node, who.account, Some(&two)).await.unwrap();
        assert!(look(&site.node, &one).await.unwrap().is_none());
        assert!(look(&site.node, &two).await.unwrap().is_some());
        site.done(&site.cast.manager, "account.retire", who.account.0, json!({})).await;
        assert!(look(&site.node, &two).await.unwrap().is_none(), "a retired account is out at once");
        assert_eq!(refused(site, attempt("wang", PASSWORD)).await, "SK-2001");
        queries::tidy_up(&site.node).await.unwrap();
    });
}

#[test]
fn guessing_is_slowed_down() {
    on_both(Vec::new, async |site| {
        for _ in 0..5 {
            assert_eq!(refused(site, attempt("li", "wrong")).await, "SK-2001");
        }
        let right = log_in(&site.node, attempt("li", PASSWORD)).await;
        assert_eq!(code(&right.err().expect("refused")), "SK-2003", "even the right password waits");
        assert!(log_in(&site.node, attempt("wang", PASSWORD)).await.is_ok(), "others do not");
        site.advance(SignedDuration::from_secs(2));
        assert_eq!(refused(site, attempt("li", "wrong")).await, "SK-2001");
        site.advance(SignedDuration::from_secs(1));
        assert_eq!(refused(site, attempt("li", "wrong")).await, "SK-2003", "the pause doubles");
        site.advance(SignedDuration::from_secs(2));
        assert!(log_in(&site.node, attempt("li", PASSWORD)).await.is_ok());
        assert_eq!(refused(site, attempt("li", "wrong")).await, "SK-2001", "counted anew after a success");
    });
}

#[test]
fn the_second_factor_is_used_once() {
    on_both(Vec::new, async |site| {
        let li = &site.cast.li;
        let secret = totp::secret([3; 20]);
        assert!(totp::is_secret(&secret) && !totp::is_secret("short") && !totp::is_secret("李娜"));
        site.done(li, "account.set_totp", li.account.0, json!({ "totp": secret })).await;
        assert_eq!(refused(site, attempt("li", PASSWORD)).await, "SK-2002");
        assert_eq!(refused(site, attempt("li", "wrong")).await, "SK-2001");
        let code = totp::code(&secret, site.now().as_second()).unwrap();
        let with = |code: &str| Attempt { code: Some(code.into()), ..attempt("li", PASSWORD) };
        assert_eq!(refused(site, with("000000x")).await, "SK-2009");
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert!(log_in(&site.node, with(&spaced)).await.is_ok());
        assert_eq!(refused(site, with(&code)).await, "SK-2009", "a code is good once");
        site.advance(SignedDuration::from_secs(30));
        let next = totp::code(&secret, site.now().as_second()).unwrap();
        assert!(log_in(&site.node, with(&next)).await.is_ok());
        let manager = &site.cast.manager;
        let other = site.refused(manager, "account.set_totp", li.account.0, json!({ "totp": secret })).await;
        assert_eq!(other, "SK-2019", "nobody sets another's secret");
        site.done(manager, "account.set_totp", li.account.0, json!({})).await;
        assert!(log_in(&site.node, attempt("li", PASSWORD)).await.is_ok());
        assert!(
            totp::uri(&secret, "li", "昆明")
                .starts_with("otpauth://totp/Skein%20%E6%98%86%E6%98%8E:li?secret=")
        );
    });
}

#[test]
fn passwords_are_hashed_before_the_pipeline() {
    on_both(Vec::new, async |site| {
        let li = &site.cast.li;
        let own =
            site.envelope("account.set_password", li.account.0, json!({ "new_password": "春天来了昆明" }));
        let short = password::prepare(own).expect_err("six characters are few");
        assert_eq!(short.def.code, "SK-2006");
        let own =
            site.envelope("account.set_password", li.account.0, json!({ "new_password": "春天来了,昆明好" }));
        let ready = password::prepare(own.clone()).unwrap();
        assert!(!ready.body.to_string().contains("春天"));
        assert_eq!(site.send(li, vec![ready]).await[0].outcome, Outcome::Applied);
        let again = password::prepare(own).unwrap();
        assert_eq!(site.send(li, vec![again]).await[0].outcome, Outcome::AlreadyApplied);
        assert!(log_in(&site.node, attempt("li", "春天来了,昆明好")).await.is_ok());
        assert_eq!(refused(site, attempt("li", PASSWORD)).await, "SK-2001");
        let wang = site.cast.wang.account.0;
        let hash = password::hash("春天来了,昆明好", [1; 16]).unwrap();
        let body = json!({ "password": hash });
        assert_eq!(site.refused(li, "account.set_password", wang, body).await, "SK-1004");
        for bad in ["", "plain", "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$aGFzaGhhc2hoYXNo", "李娜"] {
            let body = json!({ "password": bad });
            assert_eq!(site.refused(li, "account.set_password", li.account.0, body).await, "SK-2011");
        }
    });
}

#[test]
fn the_last_manager_stays() {
    on_both(Vec::new, async |site| {
        let (xu, operator, li) = (&site.cast.manager, &site.cast.operator, &site.cast.li);
        let own = json!({ "role": "worker" });
        assert_eq!(site.refused(xu, "account.amend", xu.account.0, own.clone()).await, "SK-2008");
        assert_eq!(site.refused(xu, "account.retire", xu.account.0, json!({})).await, "SK-2008");
        for (verb, body) in [("account.amend", own.clone()), ("account.retire", json!({}))] {
            let command = site.envelope(verb, xu.account.0, body);
            let refusal = objection(&site.node, operator, &command).await.unwrap().expect("refused");
            assert_eq!(refusal.def.code, "SK-2007");
        }
        site.done(xu, "account.amend", li.account.0, json!({ "role": "manager" })).await;
        let command = site.envelope("account.retire", xu.account.0, json!({}));
        assert_eq!(objection(&site.node, operator, &command).await.unwrap(), None);
        let li = Actor { role: Role::Manager, ..li.clone() };
        site.done(&li, "account.retire", xu.account.0, json!({})).await;
        assert_eq!(site.refused(&li, "account.retire", xu.account.0, json!({})).await, "SK-2014");
        site.done(&li, "account.reinstate", xu.account.0, json!({})).await;
    });
}

#[test]
fn login_names_are_usable_and_taken_once() {
    on_both(Vec::new, async |site| {
        let xu = &site.cast.manager;
        for bad in ["", "a", "has space", &"x".repeat(41), "<b>", "a\0b"] {
            let body = json!({ "login": bad, "display": "甲", "role": "worker" });
            assert_eq!(site.refused(xu, "account.create", site.id(), body).await, "SK-2004", "{bad}");
        }
        let rare = site.make(xu, "account.create", json!({ "login": "𠮷田", "role": "volunteer" })).await;
        let cards = list(&site.node, xu).await.unwrap();
        let card = cards.iter().find(|card| card.id == rare).unwrap();
        assert_eq!((card.display.as_str(), card.login.as_deref()), ("𠮷田", Some("𠮷田")));
        let seen = list(&site.node, &site.cast.li).await.unwrap();
        assert!(seen.iter().all(|card| card.login.is_none() && card.role.is_none()));
        let body = json!({ "login": "LI", "display": "乙", "role": "worker" });
        let taken = site.envelope("account.create", site.id(), body);
        assert_eq!(objection(&site.node, xu, &taken).await.unwrap().unwrap().def.code, "SK-2005");
        let kept = site.envelope("account.amend", site.cast.li.account.0, json!({ "login": "li" }));
        assert_eq!(objection(&site.node, xu, &kept).await.unwrap(), None);
        let no_role = json!({ "login": "ding", "role": "emperor" });
        assert_eq!(site.refused(xu, "account.create", site.id(), no_role).await, "SK-1001");
        let refused = json!({ "login": "ding", "role": "worker" });
        assert_eq!(site.refused(&site.cast.li, "account.create", site.id(), refused).await, "SK-1003");
    });
}

#[test]
fn an_assignment_opens_a_record_to_a_volunteer() {
    on_both(
        || vec![testkit::stand_in::people()],
        async |site| {
            let (li, chen) = (&site.cast.li, &site.cast.chen);
            let lina = site.make(li, "person.create", json!({ "name": "李娜" })).await;
            let seen = |node: journal::Node, chen: Actor| async move {
                node.visible(&chen, "person", &[lina], kernel::Use::Read).await.unwrap().len()
            };
            assert_eq!(seen(site.node.clone(), chen.clone()).await, 0);
            let body = json!({ "account": chen.account, "noun": "person", "record": lina });
            let given = site.make(li, "assignment.give", body.clone()).await;
            assert_eq!(seen(site.node.clone(), chen.clone()).await, 1);
            site.done(li, "assignment.take", given, json!({})).await;
            assert_eq!(seen(site.node.clone(), chen.clone()).await, 0);
            assert_eq!(site.refused(chen, "assignment.give", site.id(), body).await, "SK-1003");
            let strange = json!({ "account": chen.account, "noun": "account", "record": li.account });
            assert_eq!(site.refused(li, "assignment.give", site.id(), strange).await, "SK-2015");
            let nobody = json!({ "account": site.id(), "noun": "person", "record": lina });
            assert_eq!(site.refused(li, "assignment.give", site.id(), nobody).await, "SK-1004");
        },
    );
}

#[test]
fn founding_makes_all_or_nothing() {
    on_both(Vec::new, async |site| {
        let mut founding = Founding {
            site: " 第二站 ".into(),
            lang: access::Language::En,
            timezone: "Asia/Shanghai".into(),
            login: "no good".into(),
            display: "高".into(),
            password: password::hash(PASSWORD, [1; 16]).unwrap(),
        };
        let problem = found(&site.node, &founding, Lang::Zh).await.expect_err("the login name is bad");
        assert_eq!(problem.code, "SK-2004");
        assert_eq!(access::account::queries::sites(&site.node).await.unwrap().len(), 1);
        founding.login = "gao".into();
        site.advance(SignedDuration::from_secs(1));
        let (second, account) = found(&site.node, &founding, Lang::Zh).await.unwrap();
        let sites = access::account::queries::sites(&site.node).await.unwrap();
        assert_eq!(sites.iter().map(|card| card.name.as_str()).collect::<Vec<_>>(), ["测试站", "第二站"]);
        let (who, _) = log_in(&site.node, attempt("gao", PASSWORD)).await.expect("logged in");
        assert_eq!((who.site, who.account, who.role), (second, account, Role::Manager));
        let gao = who.actor();
        assert_eq!(list(&site.node, &gao).await.unwrap().len(), 1, "sites do not see each other");
        let stolen = site.refused(&gao, "account.retire", site.cast.li.account.0, json!({})).await;
        assert_eq!(stolen, "SK-1004");
        let body = json!({ "name": "第三站", "timezone": "Asia/Shanghai" });
        assert_eq!(site.refused(&site.cast.operator, "site.create", site.id(), body).await, "SK-1004");
        for (field, value, code) in [("timezone", "北京", "SK-2013"), ("name", "  ", "SK-2012")] {
            let body = json!({ field: value });
            assert_eq!(site.refused(&gao, "site.amend", second.0, body).await, code);
        }
        let strangers = Actor { account: AccountId(site.id()), role: Role::Worker, site: second };
        assert_eq!(site.refused(&strangers, "site.amend", second.0, json!({ "name": "x" })).await, "SK-1003");
    });
}

#[test]
fn reads_of_children_are_logged() {
    on_both(Vec::new, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let (ana, bela) = (site.id(), site.id());
        log::note(&site.node, li, "person", &[ana, bela], "care").await.unwrap();
        site.advance(SignedDuration::from_secs(1));
        log::note(&site.node, wang, "person", &[ana], "report \0 of the year").await.unwrap();
        let all = log::list(&site.node, site.site, Filter::All, None, 2).await.unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].account, all[0].purpose.as_str()), (wang.account.0, "report  of the year"));
        let rest = log::list(&site.node, site.site, Filter::All, Some(all[1].id), 2).await.unwrap();
        assert_eq!(rest.len(), 1);
        let of = log::list(&site.node, site.site, Filter::Record(ana), None, 9).await.unwrap();
        assert_eq!(of.len(), 2);
        let by = log::list(&site.node, site.site, Filter::Account(li.account), None, 9).await.unwrap();
        assert_eq!(by.len(), 2);
    });
}

#[test]
fn secrets_are_sealed() {
    on_sqlite(Vec::new, async |site| {
        let sql = "SELECT doc FROM record WHERE site = $1 AND noun = 'account'";
        let rows = site.node.rows(sql, vec![site.site.into()]).await.unwrap();
        assert_eq!(rows.len(), 7);
        assert!(rows.iter().all(|row| !row.text(0).contains("argon2")));
        let events = site.node.rows("SELECT events FROM journal WHERE site = $1", vec![site.site.into()]);
        assert!(events.await.unwrap().iter().all(|row| !row.text(0).contains("argon2")));
    });
}
