//! What can go wrong with requests. Numbers 3300–3399.

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
}
