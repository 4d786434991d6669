//! The public page of coming activities, and its calendar feed: for anybody, without a script, in any browser; no person,
//! no number of people.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use community::kind::views::Kinds;
use community::public::queries::coming;
use community::public::views::PublicSession;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp};
use kernel::{Id, Lang, SiteId};
use serde::Deserialize;

use super::caller::Params;
use super::docs::escaped;
use super::problem::{Fail, lang_of};
use crate::app::App;
use crate::queries::SITES;

const STYLE: &str = include_str!("gatherings.css");

/// Days ahead on the page.
const AHEAD: i32 = 120;
/// Days back and ahead in the feed: what was cancelled yesterday is still told.
const FEED: (i32, i32) = (30, 400);

/// Which site, in which language.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    site: Option<String>,
    #[serde(default)]
    lang: Option<String>,
}

/// A site by its name.
struct Place {
    site: SiteId,
    name: String,
}

/// The page's style.
pub async fn style() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, STYLE).into_response()
}

async fn sites(app: &App) -> Result<Vec<Place>, Fail> {
    let rows = app.node.rows(SITES.text, Vec::new()).await?;
    Ok(rows.iter().map(|row| Place { site: SiteId(row.id(0)), name: row.text(1).to_owned() }).collect())
}

/// The site that is meant: the one named, or the only one.
fn chosen<'a>(sites: &'a [Place], which: &Which) -> Option<&'a Place> {
    match &which.site {
        Some(text) => {
            let id: Id = text.parse().ok()?;
            sites.iter().find(|place| place.site.0 == id)
        }
        None if sites.len() == 1 => sites.first(),
        None => None,
    }
}

fn language(which: &Which, headers: &HeaderMap) -> Lang {
    which.lang.as_deref().and_then(Lang::of_tag).unwrap_or_else(|| lang_of(headers))
}

fn say(lang: Lang, zh: &'static str, en: &'static str) -> Cow<'static, str> {
    lang.pick(zh, en)
}

/// The language's tag, as the page and its addresses name it.
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-Hans",
        Lang::Hant => "zh-Hant",
        Lang::En => "en",
    }
}

fn days(today: Date, (back, ahead): (i32, i32)) -> (Date, Date) {
    (today.saturating_sub(Span::new().days(back)), today.saturating_add(Span::new().days(ahead)))
}

/// The page.
pub async fn page(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Params(which): Params<Which>,
) -> Result<Response, Fail> {
    let lang = language(&which, &headers);
    let all = sites(&app).await?;
    let Some(place) = chosen(&all, &which) else {
        let status = if which.site.is_none() { StatusCode::OK } else { StatusCode::NOT_FOUND };
        return Ok((status, framed(&say(lang, "近期活动", "Coming activities"), lang, &choice(&all, lang)))
            .into_response());
    };
    let today = app.node.today();
    let sessions = coming(&app.node, place.site, days(today, (0, AHEAD))).await?;
    let kinds = community::kind::queries::of_site(&app.node, place.site).await?;
    let title = format!("{} · {}", place.name, say(lang, "近期活动", "Coming activities"));
    let mut body = format!("<h1>{}</h1>", escaped(&title));
    if sessions.is_empty() {
        let words = say(
            lang,
            "近期还没有公开的活动，过几天再来看看。",
            "Nothing public is planned yet. Look again in a few days.",
        );
        let _ = write!(body, "<p>{words}</p>");
    }
    let mut month = None;
    for session in &sessions {
        let this = (session.day.year(), session.day.month());
        if month != Some(this) {
            if month.is_some() {
                body.push_str("</ul>");
            }
            let _ = write!(body, "<h2>{}</h2><ul>", month_words(session.day, lang));
            month = Some(this);
        }
        item(&mut body, session, &kinds, lang);
    }
    if month.is_some() {
        body.push_str("</ul>");
    }
    foot(&mut body, place, lang);
    let cached = [(header::CACHE_CONTROL, "public, max-age=300")];
    Ok((cached, framed(&title, lang, &body)).into_response())
}

fn framed(title: &str, lang: Lang, body: &str) -> Html<String> {
    let code = tag(lang);
    Html(format!(
        "<!doctype html><html lang=\"{code}\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/gatherings.css\"></head><body><main>{body}</main></body></html>",
        escaped(title)
    ))
}

fn choice(sites: &[Place], lang: Lang) -> String {
    let mut body = format!("<h1>{}</h1><ul>", say(lang, "近期活动", "Coming activities"));
    for place in sites {
        let _ = write!(
            body,
            "<li><a href=\"/gatherings?site={}&amp;lang={}\">{}</a></li>",
            place.site,
            tag(lang),
            escaped(&place.name)
        );
    }
    body + "</ul>"
}

fn item(body: &mut String, session: &PublicSession, kinds: &Kinds, lang: Lang) {
    let names = kinds.names(lang);
    let kind = names.get(session.kind.as_str()).map(String::as_str).unwrap_or_default();
    let class = if session.cancelled { " class=\"off\"" } else { "" };
    let _ = write!(
        body,
        "<li{class}><p class=\"when\"><time datetime=\"{}\">{}</time> {}</p><div><h3>{}</h3>",
        session.day,
        day_words(session.day, lang),
        escaped(&hours(session)),
        escaped(&session.title)
    );
    if session.cancelled {
        let word = say(lang, "取消", "Cancelled");
        let _ = write!(body, "<p class=\"mark\"><b>{word}</b> {}</p>", escaped(&session.why));
    } else if session.moved {
        let _ = write!(body, "<p class=\"mark\"><b>{}</b></p>", say(lang, "时间已改", "New time"));
    }
    let facts: Vec<String> = [kind, session.place_text.as_str()]
        .iter()
        .filter(|it| !it.is_empty())
        .map(|it| escaped(it))
        .collect();
    let _ = write!(body, "<p class=\"facts\">{}</p>", facts.join(" · "));
    if !session.words.is_empty() {
        let _ = write!(body, "<p>{}</p>", escaped(&session.words).replace('\n', "<br>"));
    }
    body.push_str("</div></li>");
}

fn foot(body: &mut String, place: &Place, lang: Lang) {
    let _ = write!(
        body,
        "<footer><a href=\"/gatherings.ics?site={site}&amp;lang={}\">{}</a>",
        tag(lang),
        say(lang, "订阅到手机日历（ICS）", "Subscribe in a calendar (ICS)"),
        site = place.site,
    );
    for (other, name) in [(Lang::Zh, "简体中文"), (Lang::Hant, "繁體中文"), (Lang::En, "English")] {
        if other != lang {
            let other = tag(other);
            let _ = write!(
                body,
                " <a href=\"/gatherings?site={}&amp;lang={other}\" lang=\"{other}\">{name}</a>",
                place.site
            );
        }
    }
    body.push_str("</footer>");
}

fn hours(session: &PublicSession) -> String {
    match (&session.start, &session.end) {
        (Some(start), Some(end)) => format!("{start}–{end}"),
        (Some(start), None) => start.clone(),
        _ => String::new(),
    }
}

fn month_words(day: Date, lang: Lang) -> String {
    if lang == Lang::En {
        day.strftime("%B %Y").to_string()
    } else {
        day.strftime("%Y 年 %-m 月").to_string()
    }
}

fn day_words(day: Date, lang: Lang) -> String {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    if lang == Lang::En {
        return day.strftime("%a %-d %b").to_string();
    }
    let weekday = ZH[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs()) % 7];
    format!("{} {weekday}", day.strftime("%-m 月 %-d 日"))
}

/// The calendar feed.
pub async fn feed(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Params(which): Params<Which>,
) -> Result<Response, Fail> {
    let lang = language(&which, &headers);
    let all = sites(&app).await?;
    let Some(place) = chosen(&all, &which) else { return Err(super::loops::unknown()) };
    let sessions = coming(&app.node, place.site, days(app.node.today(), FEED)).await?;
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Skein//gatherings//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.name(&line(&place.name));
    for session in &sessions {
        calendar.push(event(&app, session, lang));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=300"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"gatherings.ics\""),
    ];
    Ok((headers, calendar.to_string()).into_response())
}

/// Text for the feed, without what its lines cannot hold.
fn line(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn event(app: &App, session: &PublicSession, lang: Lang) -> Event {
    let mut event = Event::new();
    event.uid(&format!("{}@skein", session.id));
    event.append_property(Property::new("DTSTAMP", stamp(session.changed)));
    event.append_property(Property::new("LAST-MODIFIED", stamp(session.changed)));
    event.sequence(session.changes);
    let at = |time: &str| -> Option<String> {
        let time: Time = format!("{time}:00").parse().ok()?;
        Some(stamp(app.node.instant(session.day.to_datetime(time))))
    };
    if let Some(start) = session.start.as_deref().and_then(at) {
        event.append_property(Property::new("DTSTART", start));
        if let Some(end) = session.end.as_deref().and_then(at) {
            event.append_property(Property::new("DTEND", end));
        }
    } else {
        let mut day = Property::new("DTSTART", session.day.strftime("%Y%m%d").to_string());
        day.add_parameter("VALUE", "DATE");
        event.append_property(day);
    }
    event.summary(&line(&session.title));
    if !session.place_text.is_empty() {
        event.location(&line(&session.place_text));
    }
    let words = if session.cancelled {
        format!("{}：{}", say(lang, "取消", "Cancelled"), session.why)
    } else {
        session.words.clone()
    };
    if !words.is_empty() {
        event.description(&line(&words));
    }
    let status = if session.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed };
    event.status(status).done()
}
