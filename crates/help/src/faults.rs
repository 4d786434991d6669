//! What can go wrong with requests and referrals. Numbers 3300–3399.

kernel::problems! {
    /// A request is for somebody.
    WHOSE = "SK-3301" 422
        zh "没有写明为谁" "请选择这个请求是为哪个人，或来自哪个需要。"
        en "For whom" "Choose the person the request is for, or the need it comes from.";
    /// The day by which it is due is far off.
    DUE = "SK-3302" 422
        zh "期限不对" "期限应在 {first} 至 {last} 之间。请改正。"
        en "Due date out of range" "The due date is between {first} and {last}. Correct it.";
    /// It is finished or dropped.
    NOT_OPEN = "SK-3303" 409
        zh "请求已结束" "这个请求已完成或已放弃。如要继续，请先重新打开。"
        en "Request is closed" "This request was finished or dropped. Reopen it to go on.";
    /// It is open.
    IS_OPEN = "SK-3304" 409
        zh "请求未结束" "这个请求仍在进行，不需要重新打开。"
        en "Request is open" "This request is still open; there is nothing to reopen.";
    /// What came of it is said.
    OUTCOME = "SK-3305" 422
        zh "请写明结果" "请用一句话写明结果，再结束这个请求。"
        en "Say what came of it" "Say in a sentence what came of it, then close the request.";
    /// Other requests say what.
    WORDS = "SK-3306" 422
        zh "请写明请求" "“其他”类请求请用文字说明。"
        en "Say what is asked" "A request of the kind \"other\" says in words what it is.";
    /// Nobody was to ask again.
    NO_FOLLOW_UP = "SK-3307" 409
        zh "没有约定回访" "这个请求还没有结束，或结束时没有约定回访。"
        en "No follow-up" "This request is still open, or no follow-up was set when it was closed.";
    /// A referral rests on a consent.
    CONSENT = "SK-3310" 409
        zh "没有有效的同意" "转介需要一项有效的同意：用途是“转介”，说的是这个人，允许告诉这家机构，没有到期也没有撤回。请先记一项同意。"
        en "No consent in force" "A referral needs a consent in force: for referral, about this person, allowing this organisation, neither expired nor withdrawn. Record one first.";
    /// The consent does not cover it.
    NOT_COVERED = "SK-3311" 409
        zh "超出同意的范围" "同意里没有包括“{group}”这一项，不能告诉对方。请删去，或另记一项包括它的同意。"
        en "Beyond the consent" "The consent does not cover \"{group}\", so it cannot be told. Leave it out, or record a consent that covers it.";
    /// The partner must be told something.
    TELLS_NOTHING = "SK-3312" 422
        zh "没有写明告诉对方什么" "请至少写一项要告诉对方的内容，不要留空行。"
        en "Nothing to tell" "Give at least one thing to tell the partner, and leave no entry empty.";
    /// Too much for a packet.
    TELLS_MUCH = "SK-3313" 422
        zh "内容太多" "告诉对方的内容最多 {limit} 条。请合并或删去。"
        en "Too much" "The partner can be told at most {limit} things. Join or remove some.";
    /// It is closed.
    REFERRAL_CLOSED = "SK-3314" 409
        zh "转介已结束" "这次转介已经有了结果或已取消。如要继续，请先重新打开。"
        en "Referral is closed" "This referral has an outcome or was cancelled. Reopen it to go on.";
    /// It is open.
    REFERRAL_OPEN = "SK-3315" 409
        zh "转介未结束" "这次转介仍在进行，不需要重新打开。"
        en "Referral is open" "This referral is still open; there is nothing to reopen.";
    /// It was accepted before.
    ACCEPTED = "SK-3316" 409
        zh "已经接收" "对方已经接收了这次转介。办完后请填写结果。"
        en "Accepted already" "The partner has accepted this referral already. Give the outcome when it is done.";
    /// Declining and finishing are told in words.
    ANSWER_WORDS = "SK-3317" 422
        zh "请写一句说明" "不能接收请写明原因，已办结请写明结果，一句话就好。"
        en "Say it in a sentence" "Say in a sentence why it is declined or what came of it.";
    /// The link opens nothing any more.
    LINK_OVER = "SK-3318" 410
        zh "链接已失效" "这个链接已经失效。请联系发出转介的机构。"
        en "The link has ended" "This link opens nothing any more. Ask the centre that sent it.";
    /// What is kept of a link are hashes.
    LINK_SHAPE = "SK-3319" 422
        zh "链接内容不对" "链接只能由服务器生成。请重新点“生成链接”。"
        en "Not a link" "Links are made by the server only. Make a new one there.";
}
