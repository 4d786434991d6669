//! What is published, as anybody sees it: a page without script. Whether everybody on a work still consents is asked at
//! every reading, so that a withdrawal takes it away at once.

use std::fmt::Write;
use std::sync::Arc;

use access::account::queries::{site as site_of, sites};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get as reads;
use kernel::{Held, Id, Lang, SiteId};
use publishing::work::queries::published;
use publishing::work::{Kind, Work};

use super::docs::escaped;
use super::loops::unknown;
use super::problem::{Fail, lang};
use super::work_file;
use super::works::Stands;
use crate::app::App;

const STYLE: &str = include_str!("gallery.css");

/// The pages of what is published.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/gallery", reads(first))
        .route("/gallery/style.css", reads(style))
        .route("/gallery/{site}", reads(of_site))
        .route("/gallery/{site}/{work}", reads(file))
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// The oldest site's: most installations have one.
async fn first(State(app): State<Arc<App>>) -> Result<Response, Fail> {
    let sites = sites(&app.node).await?;
    shown(&app, sites.first().map(|site| SiteId(site.id))).await
}

async fn of_site(State(app): State<Arc<App>>, Path(site): Path<String>) -> Result<Response, Fail> {
    let site = site.parse::<Id>().ok().map(SiteId);
    shown(&app, site).await
}

/// The published works that hold today.
async fn holding(app: &App, site: SiteId) -> Result<Vec<Held>, Fail> {
    let mut works = published(&app.node, site).await?;
    let stands = Stands::of(app, site, &works).await?;
    works.retain(|held| stands.hold(&journal::state(held)));
    Ok(works)
}

async fn file(
    State(app): State<Arc<App>>,
    Path((site, work)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let (Ok(site), Ok(work)) = (site.parse::<Id>(), work.parse::<Id>()) else { return Err(unknown()) };
    let held = app.node.held(SiteId(site), "work", work).await?.ok_or_else(unknown)?;
    let open = held.is_live() && !held.meta.erased && journal::state::<Work>(&held).published_on.is_some();
    let held = [held];
    let stands = Stands::of(&app, SiteId(site), &held).await?;
    let [held] = held;
    if !open || !stands.hold(&journal::state(&held)) {
        return Err(unknown());
    }
    work_file::answer(&app, &held, &headers).await
}

async fn shown(app: &App, site: Option<SiteId>) -> Result<Response, Fail> {
    let found = match site {
        Some(site) => site_of(&app.node, site).await?,
        None => None,
    };
    let lang = lang();
    let (status, body) = match found {
        Some(card) => {
            let works = holding(app, SiteId(card.id)).await?;
            (StatusCode::OK, page(lang, &card.name, &works))
        }
        None => (StatusCode::NOT_FOUND, page(lang, "", &[])),
    };
    let mut response = (status, Html(body)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn page(lang: Lang, site: &str, works: &[Held]) -> String {
    let say = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let code = match lang {
        Lang::Zh => "zh-CN",
        Lang::Hant => "zh-Hant",
        Lang::En => "en",
    };
    let title = say("照片和声音", "Pictures and voices");
    let body = if works.is_empty() {
        format!("<p class=\"lead\">{}</p>", say("这里还没有内容。", "Nothing here yet."))
    } else {
        let lead = say(
            "能认出来的人都同意公开。不愿意了，随时告诉我们，我们马上撤下来。",
            "Everybody who can be recognised here consents. Whoever has a change of mind tells us, and it is gone at once.",
        );
        let items: String = works.iter().map(|held| item(lang, held)).collect();
        format!("<p class=\"lead\">{lead}</p><ul>{items}</ul>")
    };
    let name = escaped(site);
    format!(
        "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><title>{title} · {name}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\">\
         <link rel=\"stylesheet\" href=\"/gallery/style.css\"></head>\
         <body><main><p class=\"site\">{name}</p><h1>{title}</h1>{body}</main></body></html>"
    )
}

/// One work. Who is on it is not told, nor who tells: consent to a picture is none to a name.
fn item(lang: Lang, held: &Held) -> String {
    let work: Work = journal::state(held);
    let src = format!("/gallery/{}/{}", held.meta.site.0, held.meta.id);
    let title = escaped(&work.title);
    let file = work.file.unwrap_or_default();
    let mut out = String::from("<li><figure>");
    let _ = match work.kind {
        Kind::Photo => write!(
            out,
            "<img src=\"{src}\" alt=\"{title}\" width=\"{}\" height=\"{}\" loading=\"lazy\">",
            file.width, file.height
        ),
        Kind::Recording => {
            write!(out, "<audio controls preload=\"none\" src=\"{src}\" aria-label=\"{title}\"></audio>")
        }
    };
    let _ = write!(out, "<figcaption><h2>{title}</h2>");
    if !work.about.is_empty() {
        let _ = write!(out, "<p class=\"about\">{}</p>", escaped(&work.about));
    }
    let mut facts = vec![work.day.to_string()];
    if !work.language.is_empty() {
        facts.push(format!("{}{}", lang.pick("语言：", "Language: "), escaped(&work.language)));
    }
    let _ = write!(out, "<p class=\"facts\">{}</p></figcaption></figure></li>", facts.join(" · "));
    out
}
