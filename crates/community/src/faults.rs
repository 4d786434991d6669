//! What can go wrong with activities, sessions and rolls. Numbers 3100–3199.

kernel::problems! {
    /// An activity needs a title.
    TITLE_MISSING = "SK-3101" 422
        zh "缺少名称" "请填写活动名称。"
        en "Title missing" "Give the activity a title.";
    /// The day of a session is missing or far off.
    DAY = "SK-3102" 422
        zh "日期不对" "活动日期应在 {first} 至 {last} 之间。请改正。"
        en "Day out of range" "The day of a session is between {first} and {last}. Correct it.";
    /// The time of day is none.
    TIME = "SK-3103" 422
        zh "时间不对" "“{field}”应写作 16:30 这样的形式。请改正。"
        en "Time not understood" "Write \"{field}\" like 16:30.";
    /// It ends before it starts.
    ENDS_EARLY = "SK-3104" 422
        zh "结束早于开始" "结束时间应晚于开始时间。请改正。"
        en "Ends before it starts" "The end must be after the start. Correct one of them.";
    /// The session is another activity's.
    OTHER_ACTIVITY = "SK-3105" 422
        zh "场次与活动不符" "这个场次不属于这个活动。请刷新后再试。"
        en "Session of another activity" "This session does not belong to this activity. Reload and try again.";
    /// A mark says what it marks, and only that.
    MARK_SHAPE = "SK-3106" 422
        zh "签到内容不对" "“{kind}”类型的签到要填写且只填写“{field}”。请改正。"
        en "Mark not complete" "A mark of the kind \"{kind}\" needs \"{field}\" and nothing else. Correct it.";
    /// A tally counts from one to many.
    COUNT = "SK-3107" 422
        zh "人数不对" "人数应在 {least} 至 {most} 之间：已认领 {claimed} 人，不能更少。"
        en "Count out of range" "The count is between {least} and {most}; {claimed} of them were claimed and cannot be taken off.";
    /// Marks of a person or household have an id that follows from the session.
    MARK_ID = "SK-3108" 422
        zh "签到编号不对" "同一场次中同一人（户）的签到编号应为 {expected}，以免重复。请更新程序。"
        en "Id of the mark" "The mark of this person or household at this session has the id {expected}, so that it is there once only. Update the program.";
    /// Nothing is left to claim.
    NOTHING_LEFT = "SK-3109" 409
        zh "没有可认领的名额" "这条签到的人都已认领。"
        en "Nothing left to claim" "Everybody of this mark was claimed already.";
    /// Nobody is claimed twice by one mark.
    CLAIMED = "SK-3110" 409
        zh "已经认领" "这个人已认领过这条签到。"
        en "Claimed already" "This person was claimed for this mark already.";
    /// There is no such claim.
    NOT_CLAIMED = "SK-3111" 409
        zh "没有认领过" "这个人没有认领过这条签到，无需取消。"
        en "Not claimed" "This person was not claimed for this mark; there is nothing to take back.";
    /// Only nicknames and tallies are claimed.
    NOT_CLAIMABLE = "SK-3112" 422
        zh "不能认领" "只有绰号签到和人数签到可以认领。"
        en "Cannot be claimed" "Only marks by nickname and tallies can be claimed.";
    /// Only tallies have a number to change.
    NOT_A_TALLY = "SK-3113" 422
        zh "不是人数签到" "只有人数签到可以增减。"
        en "Not a tally" "Only a tally can be raised or lowered.";
    /// Too many on a list.
    TOO_MANY_STAFF = "SK-3114" 422
        zh "工作人员太多" "一个活动最多 {limit} 名工作人员。"
        en "Too many staff" "An activity has at most {limit} people in charge.";
}
