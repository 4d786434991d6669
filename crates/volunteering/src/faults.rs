//! What can go wrong with hours. Numbers 3900–3999.

kernel::problems! {
    /// Hours are somebody's.
    WHO = "SK-3901" 422
        zh "没有写明是谁的时间" "请选择一位同事，或登记过的一个人，二者选一。"
        en "Whose time" "Choose either a colleague or a person of the register.";
    /// Nothing, or longer than a day.
    MINUTES = "SK-3902" 422
        zh "时长不对" "时长应在 1 至 1440 分钟之间。请改正。"
        en "Duration out of range" "The duration is between 1 and 1440 minutes. Correct it.";
    /// The day is far off or to come.
    DAY = "SK-3903" 422
        zh "日期不对" "日期应在 {first} 至今天（{last}）之间。请改正。"
        en "Day out of range" "The day is between {first} and today, {last}. Correct it.";
}
