//! A made-up register, entered through the one door.

use std::path::Path;
use std::time::Instant;

use access::account::Language;
use access::setup::{Founding, found};
use journal::{Node, StoreOptions};
use kernel::{Actor, Envelope, Id, Lang, Outcome as Ended, Role};
use serde_json::{Value, json};
use server::boot::Place;

use crate::Outcome;

/// Login name of the one who measures.
pub const LOGIN: &str = "bench";
/// Their password.
pub const PASSWORD: &str = "measured honestly";

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
    "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "单", "曾", "欧阳", "勒伍",
];
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉梅建国海春雨晨梓涵子轩欣怡思佳\
                     红燕兰凤洁琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉文辉力永健世广志义兴良山";

/// An open node with one manager.
pub struct Site {
    /// The node.
    pub node: Node,
    /// The manager.
    pub actor: Actor,
}

/// Records that the measurements ask for.
pub struct People {
    /// Everybody.
    pub all: Vec<Id>,
    /// Those with stays, ties and participations.
    pub rich: Vec<Id>,
    /// An activity for the measured marks.
    pub activity: Id,
    /// A session of another one, with a roll of 60.
    pub roll: Id,
    /// Sessions without marks.
    pub sessions: Vec<Id>,
}

/// The command line's way of naming a node.
pub fn place(dir: &Path, store: &StoreOptions) -> Place {
    let postgres = match store {
        StoreOptions::Sqlite { .. } => None,
        StoreOptions::Postgres { url } => Some(url.clone()),
    };
    Place { dir: dir.to_owned(), postgres, key: None, passphrase: false }
}

/// A new node with a site.
pub async fn site(dir: &Path, store: &StoreOptions) -> Outcome<Site> {
    let place = place(dir, store);
    let node = place.open().await?;
    let founding = Founding {
        site: "测量".into(),
        lang: Language::Zh,
        timezone: "Asia/Shanghai".into(),
        login: LOGIN.into(),
        display: "Bench".into(),
        password: access::login::hashed(&node, PASSWORD.into()).await?,
    };
    let (site, account) = found(&node, &founding, Lang::En).await.map_err(|problem| problem.detail)?;
    Ok(Site { node, actor: Actor { account, role: Role::Manager, site } })
}

impl Site {
    /// A command.
    pub fn command(&self, verb: &str, record: Id, body: Value) -> Envelope {
        Envelope {
            id: self.node.new_id(),
            verb: verb.into(),
            record,
            base: None,
            at: self.node.now(),
            device: "bench".into(),
            bundle: None,
            reason: None,
            body,
        }
    }

    /// Sends commands; a refusal ends the bench.
    pub async fn send(&self, commands: Vec<Envelope>) -> Outcome {
        self.send_by(TOGETHER, commands).await
    }

    /// The same with so many at a time.
    async fn send_by(&self, together: usize, commands: Vec<Envelope>) -> Outcome {
        for part in commands.chunks(together) {
            let receipts = self.node.submit(&self.actor, part.to_vec(), None, Lang::En).await;
            let refused = receipts.into_iter().find(|receipt| receipt.outcome == Ended::Refused);
            if let Some(problem) = refused.and_then(|receipt| receipt.problem) {
                return Err(format!("{} {}", problem.code, problem.detail).into());
            }
        }
        Ok(())
    }
}

/// A number that looks drawn by chance and is always the same (the finisher of SplitMix64).
pub fn mix(n: usize) -> usize {
    let mut x = (n as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (x >> 33) as usize
}

/// Name of the `n`-th person.
pub fn name(n: usize) -> String {
    let given: Vec<char> = GIVEN.chars().collect();
    let (a, b) = (mix(3 * n), mix(3 * n + 1));
    let mut name = SURNAMES[a % SURNAMES.len()].to_owned();
    name.push(given[(a / 97) % given.len()]);
    if b % 4 != 0 {
        name.push(given[(b / 7) % given.len()]);
    }
    name
}

/// Phone number of the `n`-th person, in a range that is not in use.
pub fn phone(n: usize) -> String {
    format!("16{:09}", mix(5 * n) % 1_000_000_000)
}

/// Birth date of the `n`-th person.
pub fn born(n: usize) -> String {
    let x = mix(7 * n);
    format!("{}-{:02}-{:02}", 1950 + x % 70, 1 + (x / 70) % 12, 1 + (x / 840) % 28)
}

/// The fields of the `n`-th person.
pub fn person(n: usize) -> Value {
    json!({
        "names": [{ "kind": "birth", "text": name(n) }],
        "sex": if n.is_multiple_of(2) { "F" } else { "M" },
        "birth": { "precision": "day", "date": born(n) },
        "phones": [{ "number": phone(n) }],
    })
}

/// Commands at a time while the register is filled.
const TOGETHER: usize = 500;
/// How many people have full pages.
const RICH: usize = 300;
/// How many of them are on the roll that is read.
const ROLL: usize = 60;
/// How many sessions they came to.
const HELD: usize = 20;

/// Fills the register: people, a household for every three, and full pages for some.
pub async fn register(site: &Site, many: usize) -> Outcome<People> {
    let started = Instant::now();
    let all: Vec<Id> = (0..many).map(|_| site.node.new_id()).collect();
    // A million would take hours in small transactions: each touches pages all over the indexes.
    let together = TOGETHER.max(many / 20);
    let part_size = together.max(5_000);
    for (part, ids) in all.chunks(part_size).enumerate() {
        let commands = ids
            .iter()
            .enumerate()
            .map(|(at, id)| site.command("person.create", *id, person(part * part_size + at)));
        site.send_by(together, commands.collect()).await?;
        let households = ids.chunks(3).map(|members| {
            let members: Vec<Value> =
                members.iter().map(|person| json!({ "person": person, "role": "other" })).collect();
            site.command("household.create", site.node.new_id(), json!({ "members": members }))
        });
        site.send_by(together, households.collect()).await?;
    }
    let commands = many + many.div_ceil(3);
    let rate = commands as f64 / started.elapsed().as_secs_f64();
    println!(
        "register filled                    {commands} commands, {rate:.0} a second ({together} at a time)"
    );
    let rich = all.iter().step_by((many / RICH).max(1)).copied().take(RICH).collect();
    lives(site, all, rich).await
}

async fn lives(site: &Site, all: Vec<Id>, rich: Vec<Id>) -> Outcome<People> {
    let mut commands = Vec::new();
    let (class, other) = (site.node.new_id(), site.node.new_id());
    let day = site.node.today().to_string();
    let mut sessions = Vec::new();
    // The measured marks lie on sessions of an activity of their own: a class has no thousands of children.
    for (activity, title, many) in [(class, "四点半课堂", HELD), (other, "庙会", 4)] {
        commands.push(site.command("activity.create", activity, json!({ "title": title, "kind": "class" })));
        for _ in 0..many {
            let session = site.node.new_id();
            let body = json!({ "activity": activity, "day": day, "start": "16:30" });
            commands.push(site.command("session.create", session, body));
            sessions.push(session);
        }
    }
    let home = json!({ "province": "53", "city": "5301", "county": "530111" });
    for (at, person) in rich.iter().enumerate() {
        for kind in ["registered", "living"] {
            let body = json!({ "person": person, "kind": kind, "home": home });
            commands.push(site.command("stay.create", site.node.new_id(), body));
        }
        let other = rich[(at + 1) % rich.len()];
        if other != *person {
            let body = json!({ "person": person, "other": other, "kind": "kin" });
            commands.push(site.command("tie.create", site.node.new_id(), body));
        }
        // A roll of 60, and as many regulars who did not come that day.
        for session in
            sessions.iter().take(if at < 2 * ROLL { HELD } else { 0 }).skip(usize::from(at >= ROLL))
        {
            commands.push(mark(site, class, *session, *person));
        }
    }
    site.send(commands).await?;
    let roll = sessions[0];
    let sessions = sessions.split_off(HELD);
    Ok(People { all, rich, activity: other, roll, sessions })
}

/// A person's mark at a session.
pub fn mark(site: &Site, activity: Id, session: Id, person: Id) -> Envelope {
    let record = session.derive(&format!("person:{person}"));
    let body = json!({ "session": session, "activity": activity, "kind": "person", "person": person });
    site.command("participation.mark", record, body)
}
