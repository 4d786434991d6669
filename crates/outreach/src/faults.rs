//! What can go wrong with encounters and needs. Numbers 3200–3299.

kernel::problems! {
    /// The day of an encounter is missing, far off or to come.
    DAY = "SK-3201" 422
        zh "日期不对" "日期应在 {first} 至今天（{last}）之间。请改正。"
        en "Day out of range" "The day is between {first} and today, {last}. Correct it.";
    /// An encounter is with somebody.
    NOBODY = "SK-3202" 422
        zh "没有写明对象" "请选择至少一个人、一户，或写明在哪里。"
        en "With nobody" "Choose at least one person or a household, or say where it was.";
    /// Too many people at once.
    TOO_MANY = "SK-3203" 422
        zh "人数太多" "一次走访最多记录 {limit} 人。请分成几次记录。"
        en "Too many people" "An encounter names at most {limit} people. Record it in parts.";
    /// Longer than a day.
    MINUTES = "SK-3204" 422
        zh "时长不对" "时长应在 0 至 1440 分钟之间。请改正。"
        en "Duration out of range" "The duration is between 0 and 1440 minutes. Correct it.";
    /// A need is somebody's.
    WHOSE = "SK-3205" 422
        zh "没有写明是谁的需要" "请选择这个需要属于哪个人，或在哪次走访中听到。"
        en "Whose need" "Choose the person whose need it is, or the encounter at which it was heard.";
    /// The need was dealt with.
    NOT_OPEN = "SK-3206" 409
        zh "这个需要已处理" "这个需要已经转为请求或已搁置，不能再这样操作。"
        en "Need already dealt with" "This need was asked for or dismissed already.";
    /// The need is open.
    IS_OPEN = "SK-3207" 409
        zh "这个需要还没有处理" "这个需要仍待处理，不需要重新打开。"
        en "Need is open" "This need is still open; there is nothing to reopen.";
    /// Other needs say which.
    WORDS = "SK-3208" 422
        zh "请写明需要" "“其他”类需要请用文字说明。"
        en "Say what is needed" "A need of the kind \"other\" says in words what it is.";
    /// A shared note is shared with somebody.
    SHARED_WITH = "SK-3209" 422
        zh "没有选共享给谁" "请选择至少一位同事，或改为“仅自己和负责人”。"
        en "Shared with nobody" "Choose at least one colleague, or keep the note to yourself and the manager.";
    /// Looking in again comes after the encounter.
    FOLLOW_UP = "SK-3210" 422
        zh "回访日期不对" "回访日期应在 {first} 至 {last} 之间。请改正。"
        en "Follow-up day out of range" "The follow-up is between {first} and {last}. Correct it.";
    /// Nobody was to look in again.
    NO_FOLLOW_UP = "SK-3211" 409
        zh "没有约定回访" "这次走访没有约定回访，不需要标记。"
        en "No follow-up" "No follow-up was set for this encounter; there is nothing to close.";
    /// A note is opened by whoever wrote it.
    NOT_YOUR_NOTE = "SK-3212" 403
        zh "不是您写的记录" "只有写记录的人和负责人能决定谁可以看。请联系他们。"
        en "Not your note" "Only its author and the manager decide who reads a note. Ask one of them.";
    /// A tag has a name.
    TAG_NAME = "SK-3213" 422
        zh "没有写标签名称" "请给这个标签起个名字。"
        en "Tag without a name" "Give the tag a name.";
    /// Something happened somewhere.
    WHERE = "SK-3214" 422
        zh "没有写明在哪里" "请选择地点，或用文字写明在哪里。"
        en "Say where" "Choose a place, or say in words where it was.";
    /// The day is far off or to come.
    PAST = "SK-3215" 422
        zh "日期不对" "日期应在 {first} 至今天（{last}）之间。请改正。"
        en "Day out of range" "The day is between {first} and today, {last}. Correct it.";
    /// A leaflet has a title.
    TITLE = "SK-3216" 422
        zh "没有写是哪一种" "请写明发的是哪一种单张。"
        en "Which leaflet" "Say which leaflet was handed out.";
    /// None, or more than anybody prints.
    COPIES = "SK-3217" 422
        zh "数量不对" "数量最多 {last}，单张至少 1 份。请改正。"
        en "Number out of range" "The number is at most {last}, and at least one copy of a leaflet. Correct it.";
    /// Too many languages.
    LANGUAGES = "SK-3218" 422
        zh "语言太多" "最多写 {limit} 种语言。请删去几种。"
        en "Too many languages" "At most {limit} languages are taken. Remove some.";
    /// A change is somebody's, or a group's.
    WHO_CHANGED = "SK-3219" 422
        zh "没有写明是谁" "请选择一个人，或一个活动。"
        en "Whose change" "Choose a person or an activity.";
    /// The ladder has so many steps.
    STEP = "SK-3220" 422
        zh "没有选哪一级" "请在 1 至 {last} 级中选一级。"
        en "Which step" "Choose a step from 1 to {last}.";
    /// The board says what people said.
    SAID = "SK-3221" 422
        zh "没有写大家说了什么" "请用一句话写明大家说了什么，不要写名字。"
        en "What was said" "Say in a sentence what people said, without names.";
    /// An answer says what was done.
    DID = "SK-3222" 422
        zh "没有写我们做了什么" "“有了改变”和“做不到”都要写明做了什么，或为什么做不到。"
        en "What was done" "Say what was done, or why it is not possible, before the entry is closed.";
}

/// Refuses a day before `first` or after today. A device east of the server may be a day ahead.
pub(crate) fn past(
    first: jiff::civil::Date,
    day: jiff::civil::Date,
    situation: &kernel::Situation<'_>,
) -> Result<(), kernel::Refusal> {
    let last = situation.today.tomorrow().unwrap_or(situation.today);
    if day >= first && day <= last {
        return Ok(());
    }
    let refusal = kernel::Refusal::new(&PAST).with("first", first).with("last", situation.today);
    Err(refusal.at("day"))
}
