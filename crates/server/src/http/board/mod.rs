//! The needs board as the community reads it: a page without script for any browser, for those inside chats, and for the
//! printer. It holds the entries that the team marked public, and nothing else.

use std::fmt::Write;
use std::sync::Arc;

use access::account::queries::{site as site_of, sites};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get as reads;
use kernel::{Id, Lang, SiteId};
use outreach::board::Status;
use outreach::board::views::BoardCard;

use super::docs::escaped;
use super::problem::{Fail, lang};
use crate::app::App;

const STYLE: &str = include_str!("board.css");

/// The community's pages of the board.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/board", reads(first))
        .route("/board/style.css", reads(style))
        .route("/board/{site}", reads(of_site))
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// The board of the oldest site: most installations have one.
async fn first(State(app): State<Arc<App>>) -> Result<Response, Fail> {
    let sites = sites(&app.node).await?;
    shown(&app, sites.first().map(|site| SiteId(site.id))).await
}

async fn of_site(State(app): State<Arc<App>>, Path(site): Path<String>) -> Result<Response, Fail> {
    let site = site.parse::<Id>().ok().map(SiteId);
    shown(&app, site).await
}

async fn shown(app: &App, site: Option<SiteId>) -> Result<Response, Fail> {
    let found = match site {
        Some(site) => site_of(&app.node, site).await?,
        None => None,
    };
    let lang = lang();
    let (status, body) = match found {
        Some(card) => {
            let entries = outreach::board::queries::public(&app.node, SiteId(card.id)).await?;
            (StatusCode::OK, page(lang, &card.name, &entries))
        }
        None => (StatusCode::NOT_FOUND, page(lang, "", &[])),
    };
    let mut response = (status, Html(body)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

fn words(status: Status, lang: Lang) -> String {
    let (zh, en) = status.words();
    lang.pick(zh, en).into_owned()
}

fn page(lang: Lang, site: &str, entries: &[BoardCard]) -> String {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let code = match lang {
        Lang::Zh => "zh-CN",
        Lang::Hant => "zh-Hant",
        Lang::En => "en",
    };
    let title = say("大家说，我们做", "You said, we did");
    let mut list = String::new();
    for entry in entries {
        item(&mut list, lang, entry);
    }
    let body = if entries.is_empty() {
        let empty = say(
            "这里还没有内容。想说什么，来中心告诉我们。",
            "Nothing here yet. Come by and tell us what you need.",
        );
        format!("<p>{empty}</p>")
    } else {
        let lead = say(
            "大家提到的事，和我们做了什么。不写任何人的名字。还想说什么，随时来告诉我们。",
            "What people told us, and what we did. Nobody is named. Come by and tell us more at any time.",
        );
        format!("<p class=\"lead\">{lead}</p><ol>{list}</ol>")
    };
    let name = escaped(site);
    format!(
        "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><title>{title} · {name}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/board/style.css\"></head>\
         <body><main><p class=\"site\">{name}</p><h1>{title}</h1>{body}</main></body></html>"
    )
}

fn item(list: &mut String, lang: Lang, entry: &BoardCard) {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let (zh, en) = entry.code.words();
    let code = entry.status;
    let _ = write!(
        list,
        "<li><p class=\"kind\"><span>{}</span> <strong class=\"status {}\">{}</strong></p>\
         <h2>{}</h2><p class=\"said\">{}</p>",
        lang.pick(zh, en),
        code.code(),
        words(code, lang),
        say("大家说", "You said"),
        escaped(&entry.said),
    );
    if !entry.did.is_empty() {
        let _ =
            write!(list, "<h2>{}</h2><p class=\"did\">{}</p>", say("我们做", "We did"), escaped(&entry.did));
    }
    let mut facts = Vec::new();
    if entry.voices > 0 {
        facts.push(say("{n} 个声音", "{n} voices").replace("{n}", &entry.voices.to_string()));
    }
    if let Some(day) = &entry.changed_on {
        facts.push(say("从 {day} 起", "since {day}").replace("{day}", day));
    }
    if !facts.is_empty() {
        let _ = write!(list, "<p class=\"facts\">{}</p>", facts.join(" · "));
    }
    list.push_str("</li>");
}
