//! The words and the markup of the partner's pages.

use std::borrow::Cow;
use std::fmt::Write;

use help::referral::views::PartnerView;
use help::referral::{Answered, Status};
use kernel::Lang;

use super::super::docs::escaped;
use super::{possible, say};

/// What a step of the partner left behind.
pub(super) struct Step<'a> {
    /// The token of the address.
    pub token: &'a str,
    /// The code that opened it.
    pub code: &'a str,
    /// What is wrong with the answer that was sent.
    pub fault: Option<String>,
    /// What was typed, so that nothing has to be typed again.
    pub said: &'a str,
}

/// What stands around the referral itself.
pub(super) struct Around {
    /// The centre's name.
    pub site: String,
    /// The service that is asked for; may be empty.
    pub service: String,
    /// The id of the command that the next answer will be.
    pub command: String,
}

fn frame(lang: Lang, title: &str, body: &str) -> String {
    let code = match lang {
        Lang::Zh => "zh-CN",
        Lang::Hant => "zh-Hant",
        Lang::En => "en",
    };
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><link rel=\"stylesheet\" href=\"/r/style.css\"></head>\
         <body><main><h1>{title}</h1>{body}</main></body></html>"
    )
}

/// Nothing is here any more.
pub(super) fn over(lang: Lang) -> String {
    let title = say(lang, ("这个页面已经不能查看", "This page is no longer available"));
    let text = say(
        lang,
        (
            "链接已经用过、到期，或当事人收回了同意。需要的话，请联系把链接发给您的机构。",
            "The link was used up or has expired, or the person withdrew their consent. If you need it, ask whoever \
             sent you the link.",
        ),
    );
    frame(lang, &title, &format!("<p>{text}</p>"))
}

/// The answer arrived, and that was all.
pub(super) fn thanks(lang: Lang) -> String {
    let title = say(lang, ("收到，谢谢", "Received, thank you"));
    let text = say(
        lang,
        (
            "您的答复已经送到。这个链接到此关闭，可以离开这个页面了。",
            "Your answer has arrived. The link is closed now; you can leave this page.",
        ),
    );
    frame(lang, &title, &format!("<p>{text}</p>"))
}

/// A code that is not the link's.
pub(super) fn wrong(lang: Lang) -> Cow<'static, str> {
    say(lang, ("查看码不对，请再核对一次。", "This is not the code. Please check it."))
}

/// No answer was chosen.
pub(super) fn choose(lang: Lang) -> Cow<'static, str> {
    say(lang, ("请选择一项答复。", "Please choose an answer."))
}

/// Too many wrong codes.
pub(super) fn wait(lang: Lang, seconds: i64) -> String {
    let words = (
        "输错的次数太多，请 {seconds} 秒后再试。",
        "Too many wrong codes. Please try again in {seconds} seconds.",
    );
    say(lang, words).replace("{seconds}", &seconds.to_string())
}

/// Asks for the code; nothing here tells about anybody.
pub(super) fn ask(lang: Lang, token: &str, fault: Option<&str>) -> String {
    let title = say(lang, ("有一份转介请您看一下", "A referral for you"));
    let lead = say(
        lang,
        (
            "请输入发链接的人另外告诉您的 6 位查看码。",
            "Enter the six digits that whoever sent the link told you separately.",
        ),
    );
    let label = say(lang, ("查看码", "Code"));
    let button = say(lang, ("查看", "Open"));
    let token = escaped(token);
    let fault = alert(fault);
    let described = if fault.is_empty() { "" } else { " aria-describedby=\"fault\" aria-invalid=\"true\"" };
    let body = format!(
        "<p>{lead}</p>{fault}<form method=\"post\" action=\"/r/{token}\"><label for=\"code\">{label}</label>\
         <input id=\"code\" name=\"code\" class=\"code\" inputmode=\"numeric\" autocomplete=\"one-time-code\" \
         maxlength=\"12\" required{described}><button>{button}</button></form>"
    );
    frame(lang, &title, &body)
}

fn alert(fault: Option<&str>) -> String {
    let alert = |words| format!("<p id=\"fault\" class=\"fault\" role=\"alert\">{}</p>", escaped(words));
    fault.map(alert).unwrap_or_default()
}

/// The referral, and the form to answer it by.
pub(super) fn referral(lang: Lang, view: &PartnerView, around: &Around, step: &Step<'_>) -> String {
    let need = say(lang, view.code.words());
    let title = say(lang, ("转介：{need}", "Referral: {need}")).replace("{need}", &need);
    let mut body = String::new();
    let words = (
        "{site}请您帮助下面这位居民。请在 {due} 前答复。",
        "{site} asks you to help the person below. Please answer by {due}.",
    );
    // The name goes in last: it may hold anything.
    let from = say(lang, words).replace("{due}", &view.due).replace("{site}", &around.site);
    let _ = write!(body, "<p>{}</p>{}<dl>", escaped(&from), alert(step.fault.as_deref()));
    if !around.service.is_empty() {
        entry(&mut body, &say(lang, ("希望得到的服务", "Service asked for")), &around.service);
    }
    for told in &view.told {
        entry(&mut body, &say(lang, told.group.words()), &told.text);
    }
    entry(&mut body, &say(lang, ("转介单编号", "Slip number")), &view.slip);
    body.push_str("</dl>");
    for reply in &view.replies {
        let answer = say(lang, reply.answer.words());
        let line =
            if reply.words.is_empty() { answer.into_owned() } else { format!("{answer}：{}", reply.words) };
        let _ = write!(body, "<p class=\"done\" role=\"status\">✓ {}</p>", escaped(&line));
    }
    form(&mut body, lang, view.status, around, step);
    let note = say(
        lang,
        (
            "以上内容经当事人或监护人同意，只供这次帮助使用，请不要转发。每次查看都有记录。",
            "The person or their guardian agreed that you are told this, for this help only; please do not pass it \
             on. Every view is noted.",
        ),
    );
    let _ = write!(body, "<p class=\"quiet\">{note}</p>");
    frame(lang, &title, &body)
}

fn entry(body: &mut String, name: &str, text: &str) {
    let _ = write!(body, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(text));
}

fn form(body: &mut String, lang: Lang, status: Status, around: &Around, step: &Step<'_>) {
    let legend = say(lang, ("您的答复", "Your answer"));
    let (token, code) = (escaped(step.token), escaped(step.code));
    let _ = write!(
        body,
        "<form method=\"post\" action=\"/r/{token}/answer\"><input type=\"hidden\" name=\"code\" value=\"{code}\">\
         <input type=\"hidden\" name=\"command\" value=\"{}\"><fieldset><legend>{legend}</legend>",
        around.command
    );
    for (at, answer) in possible(status).iter().enumerate() {
        let words = match answer {
            Answered::Accepted => ("可以帮忙，我们会联系", "We can help and will get in touch"),
            Answered::Done => ("已经办好", "It is done"),
            Answered::Declined => ("这次帮不上", "We cannot help this time"),
        };
        let words = say(lang, words);
        let value = answer.code();
        let checked = if at == 0 { " checked" } else { "" };
        let _ = write!(
            body,
            "<label class=\"choice\"><input type=\"radio\" name=\"answer\" value=\"{value}\"{checked}> {words}</label>"
        );
    }
    let label = say(lang, ("说明", "In words"));
    let hint = say(
        lang,
        (
            "办好了请写结果，帮不上请写原因，一句话就好。",
            "Say what came of it, or why you cannot; a sentence is enough.",
        ),
    );
    let button = say(lang, ("送出答复", "Send the answer"));
    let _ = write!(
        body,
        "</fieldset><label for=\"words\">{label}</label><textarea id=\"words\" name=\"words\" rows=\"4\" \
         maxlength=\"2000\" aria-describedby=\"hint\">{}</textarea><p id=\"hint\" class=\"quiet\">{hint}</p>\
         <button>{button}</button></form>",
        escaped(step.said)
    );
}
